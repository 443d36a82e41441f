"""Definitions: the instruments an account is read under, element by element, and the ladder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from alongside.domain.assessment import Definition, Element
from alongside.domain.signs import BLOCKS
from alongside.library.reading import Cite, Entry, Text, entries, nearest, read_page
from alongside.library.reviewing import Review, review_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from alongside.library.sources import Sources

LEVELS = 4


@dataclass(frozen=True, slots=True)
class DefinitionWords:
    """A definition as a practitioner reads it."""

    definition: Definition
    name: Text
    text: Text
    unsettled: Text
    elements: Mapping[str, Text]
    cites: tuple[Cite, ...]
    review: Review


@dataclass(frozen=True, slots=True)
class Rung:
    """One level of the continuum: for the practitioner, and for the person (no level, no label)."""

    name: Text
    text: Text
    person: Text


@dataclass(frozen=True, slots=True)
class Definitions:
    """All definitions, the ladder of four rungs, and what these views are and are not."""

    by_key: Mapping[str, DefinitionWords]
    ladder: tuple[Rung, ...]
    standing: Text

    @property
    def all(self) -> tuple[Definition, ...]:
        """The definitions alone, for the assessment."""
        return tuple(words.definition for words in self.by_key.values())


def load_definitions(root: Path, sources: Sources) -> Definitions:
    """Read ``content/definitions.toml``; refuse an element that names no building block."""
    page, table = read_page(root / "definitions.toml", root)
    by_key: dict[str, DefinitionWords] = {}
    named = {"definition": table.pop("definition", [])}
    for _, entry in entries(page, named, "definition"):
        words = _definition(entry, sources)
        by_key[words.definition.key] = words
    whole = Entry(page, table, "", "definitions")
    rungs = [
        Rung(part.text("name"), part.text("text"), part.text("person"))
        for part in whole.tables("rung")
    ]
    if len(rungs) != LEVELS:
        whole.refuse("rung", "the ladder has four rungs, 0 to 3.", "Write [[rung]] four times.")
    found = Definitions(by_key, tuple(rungs), whole.text("standing"))
    whole.done()
    return found


def _definition(entry: Entry, sources: Sources) -> DefinitionWords:
    key = entry.word("key")
    cites = sources.check(entry, entry.cites())
    elements, texts = [], {}
    for part in entry.tables("element"):
        name = part.word("key")
        blocks = part.words("any_of")
        for block in blocks:
            if block not in BLOCKS:
                cure = f"Did you mean {nearest(block, BLOCKS)}?"
                part.refuse("any_of", f"there is no block {block!r}.", cure)
        elements.append(Element(name, blocks))
        texts[name] = part.text("text", f"{key}.element.{name}")
        part.done()
    words = DefinitionWords(
        Definition(key, tuple(elements), sources.cited(cites[:1])),
        entry.text("name"),
        entry.text("text"),
        entry.text("unsettled"),
        texts,
        cites,
        review_of(entry, cites, sources),
    )
    entry.done()
    return words
