"""Weighing: every way out for a person on a day, with its verdict, dangers, clocks and trail.

Semantics (sections 1 and 12 of the rules map, restated in docs/explanation): a filing limit that has passed
closes nothing but turns on *see a lawyer first*; silence keeps dangers shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from alongside.domain.clocks import Ticking, tick
from alongside.domain.facts import Facts, Truth
from alongside.domain.lines import Line, Lines, Op, Predicate
from alongside.domain.pathways.judging import Judged, Standing, UntilKind, Verdict, judge

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from alongside.domain.rules import Bar, Need, Rule


LATE = "risk.late_filing"
TIP_OFF = "risk.tip_off_if_no_status"


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of the trail: a line, how it read, the facts it read, and its source."""

    line: str
    truth: Truth
    facts: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Readings:
    """How every line of a rule read: what the verdict was made of."""

    needs: tuple[tuple[Need, Truth], ...]
    bars: tuple[tuple[Bar, Standing], ...]
    reasons: tuple[Lines, ...]


@dataclass(frozen=True, eq=False)
class Pathway:
    """One remedy for one person on one day.

    The verdict is read at once; what stands beside it when somebody asks: of the ways that are closed to
    a person, which are most, nobody asks for dangers or clocks.
    """

    rule: Rule
    judged: Judged
    facts: Facts
    today: date

    @property
    def verdict(self) -> Verdict:
        """The verdict, apart from everything that stands beside it."""
        return self.judged.verdict

    @property
    def until(self) -> date | None:
        """The last day that it is blocked, when every bar that stands has one."""
        return self.judged.until[0]

    @property
    def until_kind(self) -> UntilKind | None:
        """What that day is."""
        return self.judged.until[1]

    @cached_property
    def readings(self) -> Readings:
        """How every line of the rule read."""
        reasons = _reasons(self.rule, self.facts, self.today)
        return Readings(self.judged.needs, self.judged.bars, reasons)

    @cached_property
    def clocks(self) -> tuple[Ticking, ...]:
        """The clocks of the rule, as they stand for this person."""
        ticking = (tick(clock, self.facts, self.today) for clock in self.rule.clocks)
        return tuple(t for t in ticking if t is not None)

    @cached_property
    def lawyer_first(self) -> bool:
        """Say whether a lawyer comes first: by the rule, its age, a clock, or what is known."""
        return _lawyer_first(self.rule, self.today, self.clocks, self.readings.reasons)

    @cached_property
    def dangers(self) -> tuple[str, ...]:
        """The dangers that are shown: all that are not ruled out."""
        return _dangers(self.rule, self.facts, self.today, self.clocks)

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """The facts that keep it at *ask*; none with another verdict."""
        asks = self.verdict is Verdict.ASK
        return _missing(self.readings, self.facts, self.today) if asks else ()

    @cached_property
    def produces(self) -> tuple[str, ...]:
        """The evidence that it yields for other steps."""
        found = (
            p for p in self.rule.produces if _holds(p.when, self.facts, self.today) is Truth.YES
        )
        return tuple(p.key for p in found)

    @property
    def whole(self) -> tuple[object, ...]:
        """Everything that follows for the person; of two weighings with the same, nobody could tell them apart."""
        return (
            self.rule, self.verdict, self.until, self.until_kind, self.lawyer_first, self.dangers,
            self.clocks, self.missing, self.produces, self.readings,
        )  # fmt: skip

    def __eq__(self, other: object) -> bool:
        """Compare what follows, not what it was read from."""
        return isinstance(other, Pathway) and self.whole == other.whole

    def __hash__(self) -> int:
        """Equal pathways are of one rule, and have one verdict."""
        return hash((self.rule.key, self.verdict))

    @property
    def discretionary(self) -> bool:
        """Say whether an officer decides freely even when every need is met."""
        return self.rule.discretionary

    @property
    def standing(self) -> tuple[str, ...]:
        """The bars that stand."""
        return tuple(b.key for b, s in self.readings.bars if s.truth is Truth.YES)

    @cached_property
    def trail(self) -> tuple[Step, ...]:
        """Every line, how it read, and its source."""
        rule, found = self.rule, self.readings
        return (
            *(Step(f"need: {n.lines.text}", t, n.lines.operands, n.source) for n, t in found.needs),
            *(Step(f"bar {b.key}: {b.text}", s.truth, b.operands, b.source) for b, s in found.bars),
            *(
                Step(f"lawyer first: {r.text}", Truth.YES, r.operands, rule.source)
                for r in found.reasons
            ),
        )


def weigh_all(
    rules: Mapping[str, Rule], facts: Facts, today: date, never_asked: frozenset[str] = frozenset()
) -> dict[str, Pathway]:
    """Weigh every rule for a person on a day. ``facts`` already hold what derives from them.

    ``never_asked``: facts that no page may ask; unknown, they never hold a verdict at *ask*.
    """
    return {key: weigh(rule, facts, today, never_asked) for key, rule in rules.items()}


def weigh(
    rule: Rule, facts: Facts, today: date, never_asked: frozenset[str] = frozenset()
) -> Pathway:
    """Weigh one rule for a person on a day."""
    return Pathway(rule, judge(rule, facts, today, never_asked), facts, today)


def _holds(when: Lines | None, facts: Facts, today: date) -> Truth:
    return when.truth(facts, today) if when else Truth.YES


def _reasons(rule: Rule, facts: Facts, today: date) -> tuple[Lines, ...]:
    return tuple(lines for lines in rule.lawyer_first if _calls_for_lawyer(lines, facts, today))


def _calls_for_lawyer(lines: Lines, facts: Facts, today: date) -> bool:
    """Silence does not turn it on, with one exception: a status kept to oneself (rules map 1.5, 12.14)."""
    if any(_about_status(test) for test in lines):
        return (
            facts.truth("status.held") is not Truth.YES
            and facts.truth("status.foreign_national") is not Truth.NO
        )
    return lines.truth(facts, today) is Truth.YES


def _about_status(test: Line | Predicate) -> bool:
    return isinstance(test, Line) and test.fact == "status.held" and test.op is Op.IS_NOT


def _lawyer_first(
    rule: Rule, today: date, clocks: tuple[Ticking, ...], reasons: tuple[Lines, ...]
) -> bool:
    stale = today > rule.review_by
    clocked = any(clock.asks_lawyer for clock in clocks)
    return rule.always_lawyer or rule.unverified or stale or clocked or bool(reasons)


def _dangers(rule: Rule, facts: Facts, today: date, clocks: tuple[Ticking, ...]) -> tuple[str, ...]:
    shown = [d.key for d in rule.dangers if _holds(d.when, facts, today) is not Truth.NO]
    if TIP_OFF in shown and facts.truth("status.foreign_national") is Truth.NO:
        shown.remove(TIP_OFF)
    if any(clock.late and not clock.clock.hard for clock in clocks):
        shown.append(LATE)
    return tuple(dict.fromkeys(shown))


def _missing(found: Readings, facts: Facts, today: date) -> tuple[str, ...]:
    needs = (n.lines.unknowns(facts, today) for n, t in found.needs if t is Truth.UNKNOWN)
    bars = (standing.missing for _, standing in found.bars)
    return tuple(dict.fromkeys(key for keys in (*needs, *bars) for key in keys))
