"""Every text of the content with its place: file, line, field, English and French."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from alongside.library.reading import Page, pages

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Read by practitioners, lawyers and reviewers, never by the person.
FOR_PRACTITIONERS = frozenset({
    "note", "official", "evidence_note", "indicator", "practice", "only_if", "title",
})  # fmt: skip
ACROSS_FILES = frozenset(
    {"fact", "indicator", "contact", "organization", "service"}
)  # lists that a folder of files shares
LEDGERS = frozenset({"warning"})  # lists that keep every version of a key
PRACTITIONER_FOLDERS = ("reforms/", "outlines/")
PRACTITIONER_FILES = (
    "sources.toml", "definitions.toml", "standards.toml", "review.toml", "forms.toml",
)  # fmt: skip


@dataclass(frozen=True)
class Placed:
    """One text where it stands. ``kind`` is the folder and the field, such as ``facts.why``."""

    file: str
    line: int
    field: str
    en: str
    fr: str

    @property
    def kind(self) -> str:
        """What sort of text it is: the first folder or file, and the field."""
        return f"{self.file.split('/')[0].removesuffix('.toml')}.{self.field}"

    @property
    def place(self) -> str:
        """Where it stands, as a sentence begins."""
        return f"content/{self.file}:{self.line}"

    @property
    def for_workers(self) -> bool:
        """Say whether the person reads it."""
        if self.file in PRACTITIONER_FILES or self.file.startswith(PRACTITIONER_FOLDERS):
            return self.field == "person"
        return self.field not in FOR_PRACTITIONERS


def placed_texts(root: Path) -> Iterator[Placed]:
    """Go through every text under ``root``, a folder such as ``content``."""
    for page, table in pages(root, root):
        for path, value in _pairs(table, ()):
            line = page.line_of(f'fr = "{_as_written(value["fr"])}"')
            yield Placed(page.name, line, _field(page, path), value["en"], value["fr"])


def doubled_keys(root: Path) -> Iterator[str]:
    """Name every key that stands twice in one list, of one file or of the files of one folder."""
    seen: dict[tuple[str, ...], str] = {}
    for page, table in pages(root, root):
        for path, key in _keys(table, ()):
            if path[0] in LEDGERS:
                continue
            whole = page.name.rsplit("/", 1)[0] if path[0] in ACROSS_FILES else page.name
            line = page.raw.count("\n", 0, page.raw.rfind(f'key = "{key}"')) + 1
            place = f"content/{page.name}:{line}"
            if first := seen.get((whole, *path, key)):
                yield f"{place}: {key!r} stands twice, first in {first}. Give every key one place."
            seen[whole, *path, key] = place


def _keys(value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:  # noqa: ANN401 - TOML
    for name, inner in value.items():
        for item in inner if isinstance(inner, list) else ():
            if isinstance(item, dict):
                key = str(item.get("key", ""))
                if key:
                    yield (*path, name), key
                yield from _keys(item, (*path, name, key))


def _pairs(value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], dict[str, str]]]:  # noqa: ANN401 - TOML
    if isinstance(value, dict):
        if isinstance(value.get("en"), str) and isinstance(value.get("fr"), str):
            yield path, value
            return
        for name, inner in value.items():
            yield from _pairs(inner, (*path, name))
    elif isinstance(value, list):
        for inner in value:
            yield from _pairs(inner, path)


def _field(page: Page, path: tuple[str, ...]) -> str:
    if page.name.startswith("words/"):
        return "words"
    for name in ("option", "step", "practice", "element", "after", "wait"):
        if name in path:
            return name
    return path[-1]


def _as_written(text: str) -> str:
    """Return the text as TOML writes it between double quotes."""
    return text.replace("\\", "\\\\").replace('"', '\\"')
