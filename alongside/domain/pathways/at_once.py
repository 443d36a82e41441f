"""At once: the verdicts of every rule for many people together, compiled from the same rules.

A set of people is one integer, one bit a person. A line is read once for each value that its fact
takes, and gives two sets: those for whom it holds and those for whom it does not; who is in neither is
unknown. Needs, bars and verdicts are then a handful of set operations for everybody. The answers are
those of :func:`alongside.domain.pathways.weigh`, which a test holds them to.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING

from alongside.domain.facts import Facts, Span, Truth, Value
from alongside.domain.lines import Line, Predicate, operands_of
from alongside.domain.pathways.judging import Verdict
from alongside.domain.predicates import NEEDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from alongside.domain.lines import Lines, Test
    from alongside.domain.rules import Bar, Rule

People = int


@dataclass(frozen=True, slots=True)
class Reading:
    """How something reads for everybody: who has *yes*, who has *no*; the others are unknown."""

    yes: People
    no: People


def people_of(places: Iterable[int], count: int) -> People:
    """Return the set of the people at these places, of ``count`` people."""
    marks = bytearray(count // 8 + 1)
    for place in places:
        marks[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(marks, "little")


class Everybody:
    """Many people on one day, sorted by the values of their facts.

    ``many``: the facts of each, with all that derives from them. ``keys``: the facts that rules read.
    """

    def __init__(self, many: Sequence[Facts], keys: frozenset[str], today: date) -> None:
        """Sort the people; nothing is weighed yet."""
        self.count = len(many)
        self.all: People = (1 << self.count) - 1
        self.today = today
        places: dict[str, dict[Value, list[int]]] = {}
        for place, facts in enumerate(many):
            for key in keys & facts.values.keys():
                places.setdefault(key, {}).setdefault(facts.values[key], []).append(place)
        self._having = {
            key: {value: people_of(at, self.count) for value, at in values.items()}
            for key, values in places.items()
        }
        self._tests: dict[Test, Reading] = {}
        self._lines: dict[str, Reading] = {}

    def verdicts(
        self, rule: Rule, never_asked: frozenset[str] = frozenset()
    ) -> Mapping[Verdict, People]:
        """Return who has which verdict of one rule."""
        needs = self._all_of([self._read(need.lines) for need in rule.needs])
        bars = [self._bar(bar, never_asked) for bar in rule.bars]
        shut = self.all if not rule.intake else needs.no
        blocked = reduce(or_, (bar.yes for bar in bars), 0) & ~shut
        unsure = reduce(or_, (self.all & ~bar.yes & ~bar.no for bar in bars), self.all & ~needs.yes)
        ask = unsure & ~shut & ~blocked
        return {
            Verdict.CLOSED: shut,
            Verdict.BLOCKED: blocked,
            Verdict.ASK: ask,
            Verdict.OPEN: self.all & ~shut & ~blocked & ~ask,
        }

    def _bar(self, bar: Bar, never_asked: frozenset[str]) -> Reading:
        when = self._read(bar.when)
        lifted = self._read(bar.unless) if bar.unless else Reading(0, self.all)
        past, undated = self._past(bar)
        cleared = when.no | lifted.yes | past
        lifting = self.all & ~lifted.yes & ~lifted.no
        stands = when.yes & ~cleared & ~lifting & ~undated
        left_aside = self._held_by(bar.when, never_asked)
        if bar.unless:
            left_aside |= when.yes & self._held_by(bar.unless, never_asked)
        return Reading(stands, cleared | (left_aside & ~stands))

    def _past(self, bar: Bar) -> tuple[People, People]:
        """Return for whom the bar has ended, and for whom it is not known when it ends."""
        if bar.until is None:
            return 0, 0
        fact, length = bar.until
        past = known = 0
        for value, people in self._having.get(fact, {}).items():
            if isinstance(value, Span):
                known |= people
                if length.after(value.latest) < self.today:
                    past |= people
        return past, self.all & ~known

    def _held_by(self, lines: Lines, never_asked: frozenset[str]) -> People:
        """Return for whom these lines are unknown for want of a fact that may never be asked."""
        if never_asked.isdisjoint(lines.operands):
            return 0
        found = 0
        for group in lines.groups:
            read = self._all_of([self._test(test) for test in group])
            still_open = self.all & ~read.yes & ~read.no
            for test in group:
                if not never_asked.isdisjoint(operands_of(test)):
                    one = self._test(test)
                    found |= still_open & ~one.yes & ~one.no
        whole = self._read(lines)
        return found & ~whole.yes & ~whole.no

    def _read(self, lines: Lines) -> Reading:
        if lines.text not in self._lines:
            groups = [self._all_of([self._test(t) for t in group]) for group in lines.groups]
            yes = reduce(or_, (group.yes for group in groups), 0)
            self._lines[lines.text] = Reading(yes, reduce(and_, (g.no for g in groups), self.all))
        return self._lines[lines.text]

    def _all_of(self, readings: list[Reading]) -> Reading:
        yes = reduce(and_, (reading.yes for reading in readings), self.all)
        return Reading(yes, reduce(or_, (reading.no for reading in readings), 0))

    def _test(self, test: Test) -> Reading:
        if test not in self._tests:
            self._tests[test] = (
                self._line(test) if isinstance(test, Line) else self._predicate(test)
            )
        return self._tests[test]

    def _line(self, line: Line) -> Reading:
        pairs = (
            (line.truth(Facts({line.fact: value}), self.today), people)
            for value, people in self._having.get(line.fact, {}).items()
        )
        return _gathered(pairs)

    def _predicate(self, predicate: Predicate) -> Reading:
        """Split the people by every combination of the facts that a predicate reads."""
        named = NEEDS[predicate.name]
        groups: list[tuple[dict[str, Value], People]] = [({}, self.all)]
        for key in named.reads:
            groups = [
                (known, people)
                for told, who in groups
                for known, people in self._split(told, who, key)
                if people
            ]
        return _gathered((named.read(Facts(told), self.today)[0], who) for told, who in groups)

    def _split(
        self, told: dict[str, Value], who: People, key: str
    ) -> Iterator[tuple[dict[str, Value], People]]:
        left = who
        for value, people in self._having.get(key, {}).items():
            left &= ~people
            yield {**told, key: value}, who & people
        yield told, left


def _gathered(pairs: Iterable[tuple[Truth, People]]) -> Reading:
    yes = no = 0
    for truth, people in pairs:
        if truth is Truth.YES:
            yes |= people
        elif truth is Truth.NO:
            no |= people
    return Reading(yes, no)


def weigh_everybody(
    rules: Mapping[str, Rule],
    many: Sequence[Facts],
    today: date,
    never_asked: frozenset[str] = frozenset(),
) -> dict[str, Mapping[Verdict, People]]:
    """Return, for each rule, who of many people has which verdict on a day."""
    keys = frozenset(key for rule in rules.values() for key in rule.operands)
    everybody = Everybody(many, keys, today)
    return {key: everybody.verdicts(rule, never_asked) for key, rule in rules.items()}
