"""Sources and dangers: where each rule comes from, how old that is, and what a step can cause."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from alongside.library.reading import Cite, Entry, Text, entries, nearest, read_page
from alongside.library.reviewing import Review, review_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

KINDS = ("statute", "regulation", "court", "government", "standard", "secondary")


@dataclass(frozen=True, slots=True)
class Source:
    """One source. ``dated``: the date of the page or consolidation; ``read_on``: when it was read."""

    key: str
    title: Text
    kind: str
    where: str
    dated: str
    read_on: str

    @property
    def read_day(self) -> date:
        """The day it was read."""
        return date.fromisoformat(self.read_on)


@dataclass(frozen=True)
class Sources:
    """All sources by key; keeps which were cited, so that none stays unquoted."""

    table: Mapping[str, Source]
    quoted: set[str] = field(default_factory=set)

    def check_key(self, entry: Entry, key: str) -> str:
        """Note that a source is cited; refuse one that does not exist."""
        if key not in self.table:
            cure = f"Did you mean {nearest(key, self.table)}?"
            entry.refuse("cite", f"there is no source {key!r}.", cure, f'"{key}"')
        self.quoted.add(key)
        return key

    def check(self, entry: Entry, cites: Iterable[Cite]) -> tuple[Cite, ...]:
        """Note every citation; refuse one to a source that does not exist."""
        return tuple(Cite(self.check_key(entry, cite.source), cite.at) for cite in cites)

    def cited(self, cites: Iterable[Cite], lang: str = "en") -> str:
        """Return citations as one text: title, place, and the date of the source."""
        return "; ".join(self._one(cite, lang) for cite in cites)

    def _one(self, cite: Cite, lang: str) -> str:
        source = self.table[cite.source]
        title = source.title.fr if lang == "fr" else source.title.en
        at = f", {cite.at}" if cite.at else ""
        return f"{title}{at} ({source.dated or source.read_on})"

    @property
    def unquoted(self) -> tuple[str, ...]:
        """The sources that nothing cites."""
        return tuple(key for key in self.table if key not in self.quoted)


@dataclass(frozen=True, slots=True)
class DangerWords:
    """What a danger is in words. ``certain``: it happens whenever the step is taken.

    ``sensitive``: a page folds it away, because it names sex work, unauthorised work or a crime.
    """

    key: str
    level: str
    text: Text
    softer: Text | None
    note: Text
    cites: tuple[Cite, ...]
    certain: bool
    sensitive: bool
    review: Review


def load_sources(root: Path) -> Sources:
    """Read ``content/sources.toml``."""
    page, table = read_page(root / "sources.toml", root)
    found: dict[str, Source] = {}
    for _, entry in entries(page, table, "source"):
        key = entry.word("key")
        found[key] = Source(
            key,
            entry.text("title"),
            entry.one_of("kind", KINDS),
            entry.word("where", ""),
            entry.word("dated", ""),
            _read_on(entry),
        )
        entry.done()
    return Sources(found)


def _read_on(entry: Entry) -> str:
    day = entry.word("read_on")
    try:
        date.fromisoformat(day)
    except ValueError:
        entry.refuse("read_on", f"{day!r} is not a day.", 'Write read_on = "2026-07-23".')
    return day


def load_dangers(root: Path, sources: Sources) -> dict[str, DangerWords]:
    """Read ``content/dangers.toml``."""
    page, table = read_page(root / "dangers.toml", root)
    found: dict[str, DangerWords] = {}
    for _, entry in entries(page, table, "danger"):
        key, cites = entry.word("key"), sources.check(entry, entry.cites())
        found[key] = DangerWords(
            key=key,
            level=entry.one_of("level", ("R0", "R1", "R2", "R3", "R4")),
            text=entry.text("text"),
            softer=entry.text_or_none("softer"),
            note=entry.text("note"),
            cites=cites,
            certain=entry.flag("certain"),
            sensitive=entry.flag("sensitive"),
            review=review_of(entry, cites, sources),
        )
        entry.done()
    return found
