"""Clocks: the limits and waits that run for a person, and how much may be said of each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from alongside.domain.facts import Facts, Span, Truth
from alongside.domain.predicates import CLOCK_ENDS

if TYPE_CHECKING:
    from datetime import date

    from alongside.domain.lengths import Length
    from alongside.domain.lines import Lines


class State(StrEnum):
    """How much may be said about a clock (rules map 12.7)."""

    DATED = "dated"
    CHECK = "check"
    UNDATED = "undated"
    START_UNKNOWN = "start_unknown"
    PASSED = "passed"


@dataclass(frozen=True, slots=True)
class Clock:
    """A limit that starts with a fact.

    ``starts``: date facts; the first known one counts, or the latest of all when ``latest_of``.
    ``confidence``: G and C print no date, M prints one to be checked, everything else a date.
    ``filing``: whether missing it makes a filing late. ``hard``: whether nothing can be filed after it.
    ``from_latest``: true for the end of a bar, which counts from the latest possible start.
    ``predicate``: names an end that is worked out by the law's own terms (``predicates.CLOCK_ENDS``);
    ``length`` is then None.
    """

    key: str
    starts: tuple[str, ...]
    length: Length | None
    confidence: str
    source: str = ""
    latest_of: bool = False
    when: Lines | None = None
    unless: Lines | None = None
    filing: bool = True
    hard: bool = False
    from_latest: bool = False
    predicate: str = ""

    @property
    def prints_date(self) -> bool:
        """Say whether the source is good enough for a date to be shown."""
        return self.confidence not in {"G", "C", "GK"}


@dataclass(frozen=True, slots=True)
class Ticking:
    """A clock for one person on one day. ``days_left`` is below zero once it has passed.

    ``started``: false while it is not known whether it runs at all.
    """

    clock: Clock
    state: State
    ends_on: date | None
    days_left: int | None
    missing: tuple[str, ...]
    started: bool = True

    @property
    def late(self) -> bool:
        """Say whether a filing limit that ran has passed."""
        return self.state is State.PASSED and self.clock.filing

    @property
    def asks_lawyer(self) -> bool:
        """Say whether this clock alone is reason to see a lawyer first (rules map 1.4, 1.5)."""
        return self.late or self.state is State.UNDATED


def end_of(clock: Clock, facts: Facts) -> tuple[Span | None, tuple[str, ...]]:
    """Return the day a clock ends, and the facts that would say it when it is not known."""
    if clock.length is None:
        return CLOCK_ENDS[clock.predicate](facts)
    told = [facts.day(key) for key in clock.starts]
    known = [day for day in told if day is not None]
    if not known or (clock.latest_of and len(known) < len(told)):
        return None, tuple(k for k, day in zip(clock.starts, told, strict=True) if day is None)
    start = Span(max(d.earliest for d in known), max(d.latest for d in known))
    start = start if clock.latest_of else known[0]
    return Span(clock.length.after(start.earliest), clock.length.after(start.latest)), ()


def tick(clock: Clock, facts: Facts, today: date) -> Ticking | None:
    """Read one clock for a person; None when it certainly does not run.

    An unknown *not when* does not stop a clock. While *when* is unknown it is not known whether the
    clock has started, and no date is shown for it.
    """
    when = clock.when.truth(facts, today) if clock.when else Truth.YES
    if when is Truth.NO or (clock.unless and clock.unless.truth(facts, today) is Truth.YES):
        return None
    end, missing = end_of(clock, facts)
    if when is Truth.UNKNOWN:
        unsaid = clock.when.unknowns(facts, today) if clock.when else ()
        missing = tuple(dict.fromkeys((*unsaid, *missing)))
        return Ticking(clock, State.START_UNKNOWN, None, None, missing, started=False)
    if not clock.prints_date:
        return Ticking(clock, State.UNDATED, None, None, missing)
    if end is None:
        return Ticking(clock, State.START_UNKNOWN, None, None, missing)
    ends_on = end.latest if clock.from_latest else end.earliest
    left = (ends_on - today).days
    state = State.CHECK if clock.confidence == "M" else State.DATED
    return Ticking(clock, State.PASSED if left < 0 else state, ends_on, left, ())
