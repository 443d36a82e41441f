"""Reading content files: every refusal names the file, the line and the cure."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

import tomli

from alongside.domain.lines import LineError, Lines, read_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


class ContentError(Exception):
    """Content that cannot be used. Its text is one sentence and a cure, led by file and line."""


class Text(NamedTuple):
    """A text in the two languages it is authored in. ``key`` finds it in the other catalogues."""

    key: str
    en: str
    fr: str


class Cite(NamedTuple):
    """A source and the place in it: a section, an article, a page."""

    source: str
    at: str


FEW = 13  # so many are shown whole: no province is left out


@dataclass(frozen=True, slots=True)
class Page:
    """One content file, kept so that a refusal can point at a line."""

    name: str
    raw: str

    def line_of(self, *tokens: str, begin: int = 0, end: int | None = None) -> int:
        """Return the line of the last token found, each looked for after the one before it.

        A token that begins with a line break is looked for at the beginning of a line.
        """
        found = begin
        for token in tokens:
            place = self.raw.find(token, found, end)
            if place >= 0:
                found = place + token.startswith("\n")
        return self.raw.count("\n", 0, found) + 1

    def refuse(self, sentence: str, cure: str, *tokens: str) -> NoReturn:
        """Raise ContentError at the line of the last token that is found."""
        msg = f"{self.name}:{self.line_of(*tokens)}: {sentence} {cure}"
        raise ContentError(msg)


def read_page(path: Path, root: Path) -> tuple[Page, dict[str, Any]]:
    """Read one TOML file; a file that is not TOML is refused with its line."""
    page = Page(path.relative_to(root).as_posix(), path.read_text(encoding="utf-8"))
    try:
        return page, tomli.loads(page.raw)
    except tomli.TOMLDecodeError as error:
        where = re.search(r"line (\d+)", str(error))
        line = where[1] if where else str(page.raw.count("\n") + 1)
        msg = f"{page.name}:{line}: this is not TOML: {error}. Mend the line; strings stand in double quotes."
        raise ContentError(msg) from error


class Entry:
    """One table of a content file, read field by field; what is left unread is refused."""

    def __init__(
        self, page: Page, table: dict[str, Any], anchor: str, key: str, *, begin: int = 0
    ) -> None:
        """Read ``table`` of ``page``; it stands at the first ``anchor`` from ``begin`` on."""
        self.page, self.table, self.anchor, self.key = page, table, anchor, key
        self.begin = max(begin, page.raw.find(anchor, begin))
        self._read: set[str] = set()

    def refuse(self, field: str, sentence: str, cure: str, value: str = "") -> NoReturn:
        """Raise ContentError at the line of ``field`` in this entry, or of ``value`` inside it."""
        end = self.page.raw.find("\n[", self.begin)
        tokens = () if field == "key" else (f"\n{field}", value)
        line = self.page.line_of(*tokens, begin=self.begin, end=end if end >= 0 else None)
        msg = f"{self.page.name}:{line}: {self.key}: {sentence} {cure}"
        raise ContentError(msg)

    def _get(self, field: str, default: object = None) -> Any:  # noqa: ANN401 - TOML holds anything
        self._read.add(field)
        return self.table.get(field, default)

    def word(self, field: str, default: str | None = None) -> str:
        """Return a string field; refuse another type, or its absence when there is no default."""
        value = self._get(field, default)
        if not isinstance(value, str):
            self.refuse(field, f"{field!r} is not a text.", f'Write {field} = "...".')
        return value

    def words(self, field: str) -> tuple[str, ...]:
        """Return a list of strings, empty when absent."""
        value = self._get(field, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.refuse(field, f"{field!r} is not a list of texts.", f'Write {field} = ["..."].')
        return tuple(value)

    def number(self, field: str, default: int = 0) -> int:
        """Return a whole-number field."""
        value = self._get(field, default)
        if not isinstance(value, int) or isinstance(value, bool):
            self.refuse(field, f"{field!r} is not a whole number.", f"Write {field} = 1.")
        return value

    def flag(self, field: str, *, default: bool = False) -> bool:
        """Return a true-or-false field."""
        value = self._get(field, default)
        if not isinstance(value, bool):
            self.refuse(field, f"{field!r} is not true or false.", f"Write {field} = true.")
        return value

    def day(self, field: str) -> date:
        """Return a date field."""
        value = self._get(field)
        if type(value) is not date:
            self.refuse(field, f"{field!r} is not a day.", f"Write {field} = 2026-07-23.")
        return value

    def text(self, field: str, path: str = "") -> Text:
        """Return a text in both languages; refuse one that is missing or empty."""
        value = self._get(field)
        name = path or f"{self.key}.{field}"
        if not isinstance(value, dict) or not value.get("en") or not value.get("fr"):
            self.refuse(
                field,
                f"{field!r} wants English and French.",
                f'Write {field}.en = "..." and {field}.fr = "..." side by side.',
            )
        return Text(name, value["en"], value["fr"])

    def text_or_none(self, field: str) -> Text | None:
        """Return a text in both languages, or None when the field is absent."""
        return self.text(field) if field in self.table else None

    def lines(self, field: str) -> Lines | None:
        """Return lines of a rule, or None when absent or empty."""
        value = self.word(field, "")
        return self.as_lines(field, value) if value else None

    def as_lines(self, field: str, value: str) -> Lines:
        """Read a text as lines of a rule; refuse what is none."""
        try:
            return read_lines(value)
        except LineError as error:
            return self.refuse(
                field, f"{error}.", "Write 'fact operator value', joined by & and |.", value
            )

    def cites(self, field: str = "cite") -> tuple[Cite, ...]:
        """Return citations."""
        value = self._get(field, [])
        try:
            return tuple(Cite(item["source"], item["at"]) for item in value)
        except (TypeError, KeyError):
            self.refuse(
                field,
                f"{field!r} is no list of citations.",
                f'Write {field} = [{{ source = "fed.l1", at = "s. 24" }}].',
            )

    def one_of(self, field: str, allowed: Iterable[str]) -> str:
        """Return a string field that must be one of a few; name the nearest when it is not."""
        value, allowed = self.word(field), tuple(allowed)
        if value not in allowed:
            self.refuse(field, f"{field!r} cannot be {value!r}.", f"Use {nearest(value, allowed)}.")
        return value

    def tables(self, field: str) -> Iterator[Entry]:
        """Go through a list of tables as entries of their own."""
        begin = self.begin
        for number, table in enumerate(self._get(field, [])):
            name = table.get("key") or str(number)
            anchor = f'key = "{name}"' if "key" in table else f"{field}]]\n"
            part = Entry(self.page, table, anchor, f"{self.key}.{field}.{name}", begin=begin)
            begin = part.begin + 1
            yield part

    def table_of(self, field: str) -> dict[str, Any]:
        """Return a sub-table, empty when absent."""
        value = self._get(field, {})
        if not isinstance(value, dict):
            self.refuse(
                field, f"{field!r} is not a table.", f"Write {field}.name = ... under the entry."
            )
        return value

    def done(self) -> None:
        """Refuse a field that nothing reads, and name the nearest one that is read."""
        for field in self.table:
            if field not in self._read:
                cure = f"Did you mean {nearest(field, sorted(self._read))}?"
                self.refuse(field, f"nothing reads {field!r}.", cure)


def nearest(word: str, allowed: Iterable[str]) -> str:
    """Return the allowed word nearest to ``word``, whatever its case; all of a few when none is near."""
    options = {str(option).casefold(): str(option) for option in allowed}
    folded = word.casefold()
    close = difflib.get_close_matches(folded, options, n=1, cutoff=0.5)
    if not close and len(options) <= FEW:
        return ", ".join(map(repr, options.values()))
    return repr(options[(close or difflib.get_close_matches(folded, options, n=1, cutoff=0))[0]])


def entries(page: Page, table: dict[str, Any], *names: str) -> Iterator[tuple[str, Entry]]:
    """Go through the lists ``[[name]]`` of a file; refuse anything else there, and a doubled key."""
    if not any(name in table for name in names):
        page.refuse("nothing stands here.", f"Write each entry under [[{names[0]}]].")
    for name, listed in table.items():
        if name not in names or not isinstance(listed, list):
            cure = f"Write each entry under [[{names[0]}]]."
            page.refuse(f"{name!r} does not belong here.", cure, f"\n[[{name}]]", f"\n[{name}]")
    for name in names:
        seen: set[str] = set()
        begin = 0
        for raw in table.get(name, []):
            begin = page.raw.find(f"[[{name}]]\n", begin) + 1
            key = str(raw.get("key", ""))
            entry = Entry(page, raw, f'key = "{key}"', key or f"a {name}", begin=begin)
            if key in seen:
                entry.refuse("key", "this key is already there.", "Give every key one place.")
            seen.add(key)
            yield name, entry


def pages(folder: Path, root: Path) -> Iterator[tuple[Page, dict[str, Any]]]:
    """Go through the TOML files of a folder and its folders, in the order of their names."""
    for path in sorted(folder.rglob("*.toml")):
        yield read_page(path, root)
