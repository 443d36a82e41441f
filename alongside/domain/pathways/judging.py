"""Judging: how the needs and bars of a rule read for a person on a day, and the verdict they make.

Semantics (sections 1 and 12 of the rules map, restated in docs/explanation): silence never closes; a bar
whose end is unknown never counts as past, and an unknown exception never lifts one.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from alongside.domain.facts import Truth, all_of

if TYPE_CHECKING:
    from datetime import date

    from alongside.domain.facts import Facts
    from alongside.domain.rules import Bar, Need, Rule


class Verdict(StrEnum):
    """The four verdicts. When several apply: closed, blocked, ask, open."""

    OPEN = "open"
    ASK = "ask"
    BLOCKED = "blocked"
    CLOSED = "closed"


STARTABLE = frozenset({Verdict.OPEN, Verdict.ASK})
"""The verdicts under which a step can still be taken: silence closes nothing."""


class UntilKind(StrEnum):
    """What ``until`` is: the day a bar ends by law, or a likely end of one that ends with a change."""

    ENDS = "ends"
    LIKELY = "likely"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a bar reads: certainly standing, possibly, or not; until when; what would tell."""

    truth: Truth
    until: date | None = None
    kind: UntilKind | None = None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """How the needs and bars of a rule read, and the verdict they make."""

    verdict: Verdict
    needs: tuple[tuple[Need, Truth], ...]
    bars: tuple[tuple[Bar, Standing], ...]

    @property
    def until(self) -> tuple[date | None, UntilKind | None]:
        """The last day that it is blocked, when every bar that stands has one."""
        if self.verdict is not Verdict.BLOCKED:
            return None, None
        return _until([standing for _, standing in self.bars])


_CLEAR = Standing(Truth.NO)


def judge(
    rule: Rule, facts: Facts, today: date, never_asked: frozenset[str] = frozenset()
) -> Judged:
    """Read the needs and bars of one rule, and the verdict they make."""
    needs = tuple((need, need.lines.truth(facts, today)) for need in rule.needs)
    bars = tuple((bar, _stands(bar, facts, today, never_asked)) for bar in rule.bars)
    verdict = _verdict(rule, all_of(t for _, t in needs), [s.truth for _, s in bars])
    return Judged(verdict, needs, bars)


def _verdict(rule: Rule, needs: Truth, bars: list[Truth]) -> Verdict:
    if not rule.intake or needs is Truth.NO:
        return Verdict.CLOSED
    if Truth.YES in bars:
        return Verdict.BLOCKED
    if needs is Truth.UNKNOWN or Truth.UNKNOWN in bars:
        return Verdict.ASK
    return Verdict.OPEN


def _stands(bar: Bar, facts: Facts, today: date, never_asked: frozenset[str]) -> Standing:
    when = bar.when.truth(facts, today)
    lifted = bar.unless.truth(facts, today) if bar.unless else Truth.NO
    end = _end(bar, facts)
    past = end is not None and end < today
    if when is Truth.NO or lifted is Truth.YES or past:
        return _CLEAR
    missing = bar.when.unknowns(facts, today)
    if when is Truth.YES:
        missing += bar.unless.unknowns(facts, today) if bar.unless else ()
        missing += (bar.until[0],) if bar.until and end is None else ()
    if not missing:
        return Standing(Truth.YES, *_end_of_standing(bar, end, facts, today))
    if never_asked.intersection(missing):
        return _CLEAR
    return Standing(Truth.UNKNOWN, missing=missing)


def _end(bar: Bar, facts: Facts) -> date | None:
    """Return the last day a bar stands, counted from the latest possible start (rules map 12.6)."""
    if bar.until is None:
        return None
    fact, length = bar.until
    start = facts.day(fact)
    return length.after(start.latest) if start else None


def _end_of_standing(
    bar: Bar, end: date | None, facts: Facts, today: date
) -> tuple[date | None, UntilKind | None]:
    if end is not None:
        return end, UntilKind.ENDS
    likely = facts.day(bar.likely) if bar.likely else None
    if likely is not None and likely.latest >= today:
        return likely.latest, UntilKind.LIKELY
    return None, None


def _until(bars: list[Standing]) -> tuple[date | None, UntilKind | None]:
    """Return the day the last standing bar ends; none while one of them ends only with a change."""
    standing = [bar for bar in bars if bar.truth is Truth.YES]
    ends = [bar.until for bar in standing if bar.until is not None]
    if len(ends) < len(standing):
        return None, None
    likely = any(bar.kind is UntilKind.LIKELY for bar in standing)
    return max(ends), UntilKind.LIKELY if likely else UntilKind.ENDS
