"""Outlines: papers that a lawyer finishes, written as flat statements on facts, the law that asks for them, and gaps.

A statement stands on told facts by lines and says no more than their answers; where nothing was told
there is a gap, with the question to ask.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from alongside.domain.facts import Facts, Kind, Truth
from alongside.domain.lines import Line, Lines, Op
from alongside.library.forms import told_fact
from alongside.library.reading import Cite, Entry, Text, nearest, pages
from alongside.library.reviewing import Review, review_of
from alongside.library.rule_reading import JURISDICTIONS, confidence_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from alongside.library.sources import Sources
    from alongside.library.vocabulary import Vocabulary

SLOT = "{value}"
SAYS = frozenset({Op.IS, Op.IN})
"""The operators of a statement: an answer is this, or one of these. Nothing is counted, nothing is negated."""


class Limits(StrEnum):
    """Whose limits a paper lists: nobody's, those of the steps it is for, or those of every step."""

    NONE = ""
    OWN = "own"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of a paper, and what must have been told for it to stand there.

    ``when``: lines that must hold, all of them; ``value``: the fact whose answer fills the one place
    of ``text``, empty for none.
    """

    text: Text
    when: Lines | None
    value: str

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts it stands on: without any one of them it is not said."""
        read = self.when.operands if self.when else ()
        return tuple(dict.fromkeys((*read, *((self.value,) if self.value else ()))))

    def truth(self, facts: Facts, today: date) -> Truth:
        """Say whether it may be said of what was told."""
        found = self.when.truth(facts, today) if self.when else Truth.YES
        if found is Truth.YES and self.value and not facts.knows(self.value):
            return Truth.UNKNOWN
        return found


@dataclass(frozen=True, slots=True)
class Point:
    """What a reader needs to know of one thing: its statements, and the question that closes a gap."""

    ask: Text
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the law, an office or a court asks for, and where that stands.

    ``place``: the one jurisdiction whose law it is; empty for all that the paper is for.
    """

    text: Text
    cites: tuple[Cite, ...]
    place: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Points under one heading, led by what is asked for."""

    key: str
    name: Text
    law: tuple[Asked, ...]
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """A paper that somebody finishes. ``remedies``: the steps it is for; none means any step."""

    key: str
    name: Text
    purpose: Text
    finisher: Text
    remedies: tuple[str, ...]
    forms: tuple[str, ...]
    limits: Limits
    sections: tuple[Section, ...]
    confidence: str
    cites: tuple[Cite, ...]
    review: Review

    def fits(self, remedy: str) -> bool:
        """Say whether it is for a step."""
        return not self.remedies or remedy in self.remedies

    @property
    def cited(self) -> tuple[Cite, ...]:
        """What all of it rests on, each once, its own sources first."""
        law = (cite for section in self.sections for asked in section.law for cite in asked.cites)
        return tuple(dict.fromkeys((*self.cites, *law)))

    @property
    def jurisdiction(self) -> str:
        """Where it holds: the one jurisdiction of its steps, else ``ca``."""
        places = {key.partition(".")[0] for key in self.remedies}
        return places.pop() if len(places) == 1 else "ca"


@dataclass(frozen=True, slots=True)
class Desk:
    """What an outline may name: facts, sources, steps and forms."""

    vocabulary: Vocabulary
    sources: Sources
    remedies: Mapping[str, object]
    forms: Mapping[str, object]


def load_outlines(root: Path, desk: Desk) -> dict[str, Outline]:
    """Read every file of ``content/outlines`` as one paper, in the order of the files' names."""
    found: dict[str, Outline] = {}
    for page, table in pages(root / "outlines", root):
        outline = _outline(Entry(page, table, "key", str(table.get("key", "an outline"))), desk)
        if outline.key in found:
            page.refuse(f"{outline.key} is already there.", "Give every paper one file.", "key")
        found[outline.key] = outline
    return found


def _outline(entry: Entry, desk: Desk) -> Outline:
    cites = desk.sources.check(entry, entry.cites())
    outline = Outline(
        key=entry.word("key"),
        name=entry.text("name"),
        purpose=entry.text("purpose"),
        finisher=entry.text("finisher"),
        remedies=_named(entry, "remedies", desk.remedies),
        forms=_named(entry, "forms", desk.forms),
        limits=Limits(entry.one_of("limits", Limits) if "limits" in entry.table else ""),
        sections=tuple(_section(part, desk) for part in entry.tables("section")),
        confidence=confidence_of(entry),
        cites=cites,
        review=review_of(entry, cites, desk.sources),
    )
    entry.done()
    return outline


def _named(entry: Entry, field: str, known: Mapping[str, object]) -> tuple[str, ...]:
    keys = entry.words(field)
    for key in keys:
        if key not in known:
            cure = f"Did you mean {nearest(key, known)}?"
            entry.refuse(field, f"there is no {key!r}.", cure, key)
    return keys


def _section(entry: Entry, desk: Desk) -> Section:
    law = []
    for number, part in enumerate(entry.tables("law")):
        cites = desk.sources.check(part, part.cites())
        if not cites:
            part.refuse("cite", "it cites nothing.", "Say what it rests on, or take it out.")
        place = part.one_of("place", JURISDICTIONS) if "place" in part.table else ""
        law.append(Asked(part.text("text", f"{entry.key}.law.{number}"), cites, place))
        part.done()
    points = tuple(
        _point(part, f"{entry.key}.point.{number}", desk.vocabulary)
        for number, part in enumerate(entry.tables("point"))
    )
    section = Section(entry.word("key"), entry.text("name"), tuple(law), points)
    entry.done()
    return section


def _point(entry: Entry, path: str, vocabulary: Vocabulary) -> Point:
    statements = tuple(
        _statement(part, f"{path}.say.{number}", vocabulary)
        for number, part in enumerate(entry.tables("say"))
    )
    if not statements:
        entry.refuse("say", "it says nothing.", "Write [[section.point.say]] under it.")
    point = Point(entry.text("ask", f"{path}.ask"), statements)
    entry.done()
    return point


def _statement(entry: Entry, path: str, vocabulary: Vocabulary) -> Statement:
    when, value = entry.lines("when"), entry.word("value", "")
    vocabulary.check_lines(entry, "when", when)
    _check_flat(entry, when)
    statement = Statement(entry.text("text", path), when, value)
    if not statement.facts:
        entry.refuse("when", "it stands on no fact.", "Write when = a line, or value = a fact.")
    for key in statement.facts:
        told_fact(entry, "value" if key == value else "when", key, vocabulary)
    if value and vocabulary.facts[value].kind in {Kind.YES_NO, Kind.TEXT}:
        entry.refuse("value", f"{value!r} has no value to write.", "Use when for it.")
    for words in statement.text[1:]:
        bare = words.replace(SLOT, "", 1 if value else 0)
        if (SLOT in words) is not bool(value) or "{" in bare or "}" in bare:
            cure = f"Write {SLOT} once where there is a value, and nowhere else."
            entry.refuse("text", f"{words[:40]!r} has another place to fill in.", cure)
    entry.done()
    return statement


def _check_flat(entry: Entry, when: Lines | None) -> None:
    """Refuse lines with which a statement would not stand on each of its facts, or would say more than them."""
    if when is None:
        return
    flat = len(when.groups) == 1 and all(
        isinstance(test, Line) and test.op in SAYS for test in when
    )
    if not flat:
        cure = "Write lines with is or in, joined by &; give another case its own statement."
        entry.refuse("when", f"{when.text!r} is not flat.", cure)
