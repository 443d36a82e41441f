"""Trying a reform: every worked case, and every combination of status, situation and province.

Nobody is invented and nothing is counted as a share of a population: what is listed is which of the
combinations a reform opens, which it eases, which it shuts, and whom it leaves as they are.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from alongside.domain.assessment import assess
from alongside.domain.derivation import NOT_FOREIGN, TEMPORARY, derive
from alongside.domain.facts import Facts, Span, Truth
from alongside.domain.lengths import years
from alongside.domain.pathways import STARTABLE, Verdict
from alongside.domain.pathways.at_once import weigh_everybody
from alongside.library.answers import parse, read_answers
from alongside.library.book import concluded
from alongside.library.vocabulary import NO_VALUE, REGIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from alongside.domain.assessment import Assessment, Definition
    from alongside.domain.facts import Answer, Value
    from alongside.library.book import Book
    from alongside.library.reforms import Given, Reform

STATUS, PROVINCES = "status.now", ("place.province", "place.work_province")
OF_STATUS = ("status.", "permit.", "trp.", "order.")
"""Facts that go with a status: a situation leaves them out, and each status brings its own."""
IMMIGRATION = "immigration"


class Effect(StrEnum):
    """What a reform does to one remedy or definition, for one combination."""

    OPENED = "opened"
    EASED = "eased"
    SHUT = "shut"


@dataclass(frozen=True, slots=True)
class Situation:
    """One worked case: its name, its day, all it tells, and what of that is neither status nor place."""

    name: str
    on: date
    answers: Mapping[str, Answer]
    happened: Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class Spot:
    """One combination that was looked at; a worked case as it stands has neither status nor province."""

    situation: str
    status: str = ""
    province: str = ""


Found = dict[tuple[Effect, str], list[Spot]]


@dataclass(slots=True)
class Tried:
    """What a reform does: to the worked cases as they stand, and to every combination."""

    cases: int = 0
    combinations: int = 0
    to_cases: Found = field(default_factory=lambda: defaultdict(list))
    everywhere: Found = field(default_factory=lambda: defaultdict(list))

    def adding(self, other: Tried) -> Tried:
        """Take in what was found elsewhere."""
        self.cases += other.cases
        self.combinations += other.combinations
        for mine, theirs in (
            (self.to_cases, other.to_cases), (self.everywhere, other.everywhere)
        ):  # fmt: skip
            for key, spots in theirs.items():
                mine[key] += spots
        return self


def situations_of(text: str, book: Book, today: date) -> Iterator[Situation]:
    """Return every case of a file of cases. Raises AnswerError when it cannot be read."""
    for number, case in enumerate(parse(text).get("case", []), 1):
        answers = read_answers(case.get("facts", {}), book.vocabulary.facts)
        happened = {
            key: value
            for key, value in answers.items()
            if key not in PROVINCES and not key.startswith(OF_STATUS)
        }
        name = f"{case.get('id', number)}: {case.get('title', '')}"
        yield Situation(name, case.get("on", today), answers, happened)


def try_everywhere(book: Book, reform: Reform, situations: Iterable[Situation]) -> Tried:
    """Weigh every case, and what happened in it in every status and province, before and after."""
    tried = Tried()
    by_day: dict[date, list[Situation]] = defaultdict(list)
    for situation in situations:
        by_day[situation.on].append(situation)
    for day, group in by_day.items():
        trial = _Trial(book, reform, day)
        told = [(Spot(one.name), Facts.told(one.answers)) for one in group]
        placed = [pair for one in _apart(group) for pair in _placed(book, one)]
        trial.compare(told, tried.to_cases)
        trial.compare(placed, tried.everywhere)
        tried.cases += len(told)
        tried.combinations += len(placed)
    return tried


def _apart(group: list[Situation]) -> Iterator[Situation]:
    """Return each situation once: cases that differ only in status or place are the same one."""
    seen: set[frozenset[tuple[str, str]]] = set()
    for one in group:
        mark = frozenset((key, str(value)) for key, value in one.happened.items())
        if mark not in seen:
            seen.add(mark)
            yield one


def statuses(book: Book) -> tuple[str, ...]:
    """Return every status a person can name."""
    return tuple(o for o in book.vocabulary.facts[STATUS].options if o not in NO_VALUE)


def _placed(book: Book, one: Situation) -> Iterator[tuple[Spot, Facts]]:
    """Lay every status and province over a situation. A permit is taken as good for one more year.

    A citizen or permanent resident is left out where the situation tells of an application to stay.
    """
    told = Facts.told(one.happened)
    applied = any(book.vocabulary.facts[key].section == IMMIGRATION for key in one.happened)
    for status in statuses(book):
        if applied and status in NOT_FOREIGN:
            continue
        brought: dict[str, Value] = {STATUS: status}
        if status in TEMPORARY:
            brought["status.expires_on"] = Span.on(years(1).after(one.on))
        for province in REGIONS:
            place = dict.fromkeys(PROVINCES, province)
            yield (
                Spot(one.name, status, province),
                Facts({**told.values, **brought, **place}, told.conflicted),
            )


class _Trial:
    """One reform against one book on one day."""

    def __init__(self, book: Book, reform: Reform, day: date) -> None:
        self._book, self._reform, self._day = book, reform, day
        self._rules = {key: remedy.rule for key, remedy in book.remedies.items()}
        self._changed = [key for key, rule in reform.rules.items() if rule != self._rules[key]]
        self._now = _Reader(book, book.definitions.all, (), day)
        self._then = _Reader(book, reform.definitions, reform.given, day)
        self._same_facts = not reform.given and reform.definitions == book.definitions.all

    def compare(self, told: list[tuple[Spot, Facts]], found: Found) -> None:
        """Note what changes for whom."""
        names = [spot for spot, _ in told]
        before = [self._now.read(facts) for _, facts in told]
        after = before if self._same_facts else [self._then.read(facts) for _, facts in told]
        keys = self._changed if self._same_facts else list(self._rules)
        never = self._book.vocabulary.never_asked
        was = weigh_everybody({k: self._rules[k] for k in keys}, before, self._day, never)
        becomes = weigh_everybody({k: self._reform.rules[k] for k in keys}, after, self._day, never)
        for key in keys:
            for effect, people in _effects(was[key], becomes[key]).items():
                found[effect, key] += _named(names, people)
        if not self._same_facts:
            for key in self._book.definitions.by_key:
                _defined(found, key, names, (before, after))


def _effects(was: Mapping[Verdict, int], becomes: Mapping[Verdict, int]) -> dict[Effect, int]:
    """Return for whom a step that was shut can be started, for whom nothing is left to prove, and the reverse."""
    could = sum(was[verdict] for verdict in STARTABLE)
    can = sum(becomes[verdict] for verdict in STARTABLE)
    eased = was[Verdict.ASK] & becomes[Verdict.OPEN]
    return {Effect.OPENED: can & ~could, Effect.EASED: eased, Effect.SHUT: could & ~can}


def _named(names: list[Spot], people: int) -> Iterator[Spot]:
    while people:
        lowest = people & -people
        yield names[lowest.bit_length() - 1]
        people ^= lowest


def _defined(
    found: Found, key: str, names: list[Spot], facts: tuple[list[Facts], list[Facts]]
) -> None:
    for name, was, becomes in zip(names, *facts, strict=True):
        if was.truth(key) is not becomes.truth(key):
            met = becomes.truth(key) is Truth.YES
            found[Effect.OPENED if met else Effect.SHUT, key].append(name)


class _Reader:
    """Reads told facts to the end: derived, assessed, given. The same account is assessed once."""

    def __init__(
        self, book: Book, definitions: tuple[Definition, ...], given: tuple[Given, ...], day: date
    ) -> None:
        self._catalogue = book.vocabulary.catalogue
        self._definitions, self._given, self._day = definitions, given, day
        self._assessed: dict[tuple[int, int], Assessment] = {}

    def read(self, told: Facts) -> Facts:
        facts = self._whole(told)
        sets = {
            key: value
            for given in self._given
            if given.when.truth(facts, self._day) is Truth.YES
            for key, value in given.sets
        }
        if not sets:
            return facts
        return self._whole(Facts({**told.values, **sets}, told.conflicted - sets.keys()))

    def _whole(self, told: Facts) -> Facts:
        facts = derive(told, self._day)
        signs = self._catalogue.told(facts)
        if signs not in self._assessed:
            self._assessed[signs] = assess(self._catalogue, self._definitions, facts)
        return concluded(facts, self._assessed[signs], self._day)
