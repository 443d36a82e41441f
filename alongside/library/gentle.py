"""The gentlest interview: what may still be asked of one person, and which question comes next.

Only facts that can still change a verdict or what an account supports are asked, each weighed by how
much it can settle against what it takes to answer it. Nothing depends on the order: whoever stops has
the answer that what is known gives.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from alongside.domain.asking import Unsettled, Way, in_order, worth
from alongside.domain.assessment import FOUND_BLOCKS
from alongside.domain.facts import Truth
from alongside.domain.pathways import Verdict, judge
from alongside.domain.signs import BLOCKS, Blocks, feeding
from alongside.domain.waiting import waits_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from alongside.domain.assessment import Assessment, ElementReading
    from alongside.domain.facts import Answer, Facts
    from alongside.domain.rules import Rule
    from alongside.library.book import Book
    from alongside.library.vocabulary import FactEntry

FOUND = "found."
BURDEN = (1.0, 1.5, 3.0, 6.0, 12.0)
"""What a question of each sensitivity, 0 to 4, counts: an intrusive one must settle that much more."""
WARNED = 2.0
"""A question that comes only after a warning counts so many times: it can be dangerous to have said."""
BLOCKED = 0.2
"""What is shut today can only turn to shut for good, or to another day: that is worth less."""
BAR = 0.4
"""A bar that proves not to stand settles nothing alone, and one that stands may still end."""
LATER = 0.01
"""A definition falls with its first element that does: the others can wait."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of one person on a day: facts with all that follows, and what they support."""

    answers: Mapping[str, Answer]
    facts: Facts
    assessment: Assessment


class Gentle:
    """Asks for one book on one day. ``jurisdiction``: federal law and one province, or all there is."""

    def __init__(self, book: Book, on: date, jurisdiction: str | None = None) -> None:
        """Take the questions of the interview, and no other."""
        self.book, self.on = book, on
        self.rules = book.rules(jurisdiction)
        self.questions = tuple(k for part in book.interview for page in part.pages for k in page)
        self._never = book.vocabulary.never_asked

    @cached_property
    def burden(self) -> dict[str, float]:
        """What each question costs the person."""
        facts = self.book.vocabulary.facts
        warned = {
            key
            for part in self.book.interview
            if part.warning
            for page in part.pages
            for key in page
        }
        return {
            key: BURDEN[facts[key].sensitivity] * (WARNED if key in warned else 1)
            for key in self.questions
        }

    def standing(self, answers: Mapping[str, Answer]) -> Standing:
        """Return what is known from answers alone."""
        facts, assessment = self.book.assess(answers, self.on)
        return Standing(answers, facts, assessment)

    def unsettled(self, known: Standing, among: Iterable[str] | None = None) -> list[Unsettled]:
        """Return every option and definition that a question could still change, with those questions.

        ``among``: only these are looked at. What is settled stays so while nothing told contradicts.
        """
        keys = (*self.rules, *self.book.definitions.by_key) if among is None else tuple(among)
        found = (
            (key, self._ways_of(self.rules[key], known))
            if key in self.rules
            else (key, self._elements_of(key, known))
            for key in keys
        )
        return [Unsettled(key, ways) for key, ways in found if ways]

    def _ways_of(self, rule: Rule, known: Standing) -> tuple[Way, ...]:
        """Return what could still change the verdict of a rule: nothing, once it is open or closed."""
        judged = judge(rule, known.facts, self.on, self._never)
        if judged.verdict in {Verdict.OPEN, Verdict.CLOSED}:
            return ()
        whole = 1.0 if judged.verdict is Verdict.ASK else BLOCKED
        needs = (need.lines.unknowns(known.facts, self.on) for need, _ in judged.needs)
        bars = (standing.missing for _, standing in judged.bars)
        weighed = (*((keys, whole) for keys in needs), *((keys, whole * BAR) for keys in bars))
        asked = ((self._askable(keys, known), weight) for keys, weight in weighed)
        return tuple(Way(questions, weight) for questions, weight in asked if questions)

    def _elements_of(self, key: str, known: Standing) -> tuple[Way, ...]:
        """Return the elements that could still settle a definition, the lightest one before all others."""
        readings = [r for r in known.assessment.trail if r.definition == key]
        if min(r.truth for r in readings) is not Truth.UNKNOWN:
            return ()
        asked = [self._deciding(r, known) for r in readings if r.truth is Truth.UNKNOWN]
        asked = sorted(filter(None, asked), key=lambda keys: sum(self.burden[k] for k in keys))
        return tuple(Way(keys, 1 if keys is asked[0] else LATER) for keys in asked)

    def _deciding(self, reading: ElementReading, known: Standing) -> tuple[str, ...]:
        """Return the signs that would each fulfil an element alone; where none would, all that could help.

        Each of those has to be asked before the element can be ruled out. The others may never matter.
        """
        open_signs = self._askable(reading.unknown, known)
        catalogue, yes = known.assessment.catalogue, known.assessment.yes
        blocks = self._blocks[reading.definition, reading.element]
        alone = tuple(
            key
            for key in open_signs
            if any(BLOCKS[name](Blocks(catalogue, yes | catalogue.bit[key])) for name in blocks)
        )
        return alone or open_signs

    @cached_property
    def _blocks(self) -> dict[tuple[str, str], tuple[str, ...]]:
        return {(d.key, e.key): e.blocks for d in self.book.definitions.all for e in d.elements}

    def following(self, answers: Mapping[str, Answer]) -> list[str]:
        """Return the questions still worth asking, the next one first; none when nothing can change."""
        return in_order(worth(self.unsettled(self.standing(answers))), self.burden)

    def _askable(self, keys: Iterable[str], known: Standing) -> tuple[str, ...]:
        """Return the questions that could tell these facts, or what they derive from."""
        found: dict[str, None] = {}
        for key in keys:
            for source in self._behind(key, known):
                fact = self.book.vocabulary.facts[source]
                if (
                    source in self.burden
                    and source not in known.answers
                    and self._sensible(fact, known)
                ):
                    found[source] = None
        return tuple(found)

    def _sensible(self, fact: FactEntry, known: Standing) -> bool:
        return fact.only_when is None or fact.only_when.truth(known.facts, self.on) is not Truth.NO

    def _behind(self, key: str, known: Standing) -> Iterable[str]:
        for source in waits_for(key, known.facts, self.on):
            if source.startswith(FOUND):
                yield from self._signs_of(source, known.assessment)
            else:
                yield source

    def _signs_of(self, key: str, assessment: Assessment) -> Iterable[str]:
        """Return the unknown signs that could still settle a finding."""
        if key in FOUND_BLOCKS:
            if assessment.found[key] is Truth.UNKNOWN:
                bits = feeding(assessment.catalogue, FOUND_BLOCKS[key]) & assessment.unknown
                yield from assessment.catalogue.keys(bits)
            return
        readings = [r for r in assessment.trail if r.definition == key]
        if min((r.truth for r in readings), default=Truth.NO) is Truth.UNKNOWN:
            yield from dict.fromkeys(sign for r in readings for sign in r.unknown)
