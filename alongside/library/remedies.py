"""Remedies and ways: a rule that can be weighed, and the words of its card, from one file each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from alongside.library.afterwards import named_standards, read_after, read_wait
from alongside.library.reading import Cite, Entry, Text, nearest, pages
from alongside.library.reviewing import Review
from alongside.library.rule_reading import (
    checked_lines,
    confidence_of,
    read_bar,
    read_clock,
    read_rule,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from alongside.domain.lines import Lines
    from alongside.domain.rules import Rule
    from alongside.library.afterwards import After, Standard, Wait
    from alongside.library.sources import DangerWords, Sources
    from alongside.library.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Practice:
    """What is reported of practice: beside the law, apart from it, never a bar."""

    text: Text
    source: str
    on: str


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a card."""

    name: Text
    official: Text | None
    gives: Text
    give_up: Text
    who_learns: Text
    time: Text
    cost: Text
    first: Text
    note: Text
    evidence_note: Text | None
    steps: tuple[Text, ...]
    practice: tuple[Practice, ...]
    bars: Mapping[str, Text]
    clocks: Mapping[str, Text]


@dataclass(frozen=True, slots=True)
class Remedy:
    """One way out: what the engine weighs, and what a person or a practitioner reads of it.

    ``as_of`` is the day the law was read; ``reviewed_by`` is empty until a lawyer has signed it.
    ``review_by`` is its own; what is weighed counts as fresh no longer than the dangers told with it.
    ``shown_when``: lines that must be known to hold before a page offers it at all.
    """

    rule: Rule
    words: Words
    confidence: str
    risk_level: str
    as_of: date
    review_by: date
    reviewed_by: str
    cites: tuple[Cite, ...]
    bar_cites: Mapping[str, tuple[Cite, ...]]
    clock_cites: Mapping[str, tuple[Cite, ...]]
    unlocks: tuple[str, ...]
    excludes: tuple[str, ...]
    shown_when: Lines | None
    after: tuple[After, ...]
    wait: tuple[Wait, ...]
    standards: tuple[str, ...]

    @property
    def cited(self) -> tuple[Cite, ...]:
        """Everything it cites: its own sources first, then those of what comes after and meanwhile."""
        beside = (*(after.cites for after in self.after), *(wait.cites for wait in self.wait))
        return tuple(dict.fromkeys(cite for cites in (self.cites, *beside) for cite in cites))

    @property
    def key(self) -> str:
        """The stable key: jurisdiction, family, name."""
        return self.rule.key

    @property
    def evidence(self) -> tuple[str, ...]:
        """The papers that help it."""
        return self.rule.evidence

    @property
    def review(self) -> Review:
        """Its own dates, and who has signed it."""
        return Review(self.as_of, self.review_by, self.reviewed_by)


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a remedy may name: facts, sources, dangers and standards."""

    vocabulary: Vocabulary
    sources: Sources
    dangers: Mapping[str, DangerWords]
    standards: Mapping[str, Standard]


def load_remedies(folder: Path, root: Path, shelf: Shelf) -> dict[str, Remedy]:
    """Read every file of ``folder`` as one remedy; refuse what stands on no shelf."""
    dangers = shelf.dangers
    remedies: dict[str, Remedy] = {}
    for page, table in pages(folder, root):
        entry = Entry(page, table, "key", str(table.get("key", "a remedy")))
        remedy = _remedy(entry, shelf)
        unknown = [d.key for d in remedy.rule.dangers if d.key not in dangers]
        if unknown:
            cure = f"Did you mean {nearest(unknown[0], dangers)}?"
            entry.refuse("dangers", f"there is no danger {unknown[0]!r}.", cure, unknown[0])
        if remedy.key in remedies:
            entry.refuse("key", f"{remedy.key} is already there.", "Give every remedy one file.")
        remedies[remedy.key] = _no_fresher_than_its_dangers(remedy, dangers)
    return remedies


def _no_fresher_than_its_dangers(remedy: Remedy, dangers: Mapping[str, DangerWords]) -> Remedy:
    told = [dangers[danger.key].review.review_by for danger in remedy.rule.dangers]
    return replace(remedy, rule=replace(remedy.rule, review_by=min([remedy.review_by, *told])))


def _remedy(entry: Entry, shelf: Shelf) -> Remedy:
    vocabulary, sources = shelf.vocabulary, shelf.sources
    cites = sources.check(entry, entry.cites())
    said = sources.cited(cites[:1])
    bars = [
        (read_bar(part, vocabulary, sources), part.text("reason")) for part in entry.tables("bar")
    ]
    clocks = [
        (read_clock(part, vocabulary, sources), part.text("name")) for part in entry.tables("clock")
    ]
    words = _words(
        entry,
        {bar.key: text for (bar, _), text in bars},
        {clock.key: text for (clock, _), text in clocks},
        sources,
    )
    rule = read_rule(
        entry, vocabulary, [b for (b, _), _ in bars], [c for (c, _), _ in clocks], said
    )
    remedy = Remedy(
        rule=rule,
        words=words,
        confidence=confidence_of(entry),
        risk_level=entry.word("risk_level", ""),
        as_of=entry.day("as_of"),
        review_by=rule.review_by,
        reviewed_by=entry.word("reviewed_by"),
        cites=cites,
        bar_cites={bar.key: found for (bar, found), _ in bars},
        clock_cites={clock.key: found for (clock, found), _ in clocks},
        unlocks=entry.words("unlocks"),
        excludes=entry.words("excludes"),
        shown_when=checked_lines(entry, "shown_when", vocabulary),
        after=read_after(entry, sources),
        wait=read_wait(entry, sources),
        standards=named_standards(entry, shelf.standards),
    )
    entry.done()
    return remedy


def _words(
    entry: Entry, bars: Mapping[str, Text], clocks: Mapping[str, Text], sources: Sources
) -> Words:
    steps = []
    for number, part in enumerate(entry.tables("step")):
        steps.append(part.text("text", f"{entry.key}.step.{number}"))
        part.done()
    practice = []
    for number, part in enumerate(entry.tables("practice")):
        source = sources.check_key(part, part.word("source"))
        text = part.text("text", f"{entry.key}.practice.{number}")
        practice.append(Practice(text, source, part.word("on", "")))
        part.done()
    fields = ("name", "gives", "give_up", "who_learns", "time", "cost", "first", "note")
    return Words(
        **{field: entry.text(field) for field in fields},
        official=entry.text_or_none("official"),
        evidence_note=entry.text_or_none("evidence_note"),
        steps=tuple(steps),
        practice=tuple(practice),
        bars=bars,
        clocks=clocks,
    )
