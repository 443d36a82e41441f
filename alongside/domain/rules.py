"""Rules: what a remedy asks for, what stands against it, and what it can cause, as data.

A rule is read from ``content/remedies`` and weighed by :mod:`alongside.domain.pathways`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from alongside.domain.lines import Line

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from alongside.domain.clocks import Clock
    from alongside.domain.facts import Value
    from alongside.domain.lengths import Length
    from alongside.domain.lines import Lines


@dataclass(frozen=True, slots=True)
class Need:
    """A need: any one of its groups of lines is enough. ``source`` cites the law."""

    lines: Lines
    source: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A legal bar: it stands while ``when`` holds, through ``until`` when that is given.

    ``until``: a date fact and a length. ``likely``: a date fact that tells when a *while* bar will
    probably end. ``unless``: any one line lifts it.
    """

    key: str
    when: Lines
    source: str
    until: tuple[str, Length] | None = None
    likely: str = ""
    unless: Lines | None = None

    @property
    def text(self) -> str:
        """The bar as one line: when, until, unless."""
        until = f" until {self.until[0]} + {self.until[1]}" if self.until else ""
        return f"{self.when}{until}{f' unless {self.unless}' if self.unless else ''}"

    @property
    def operands(self) -> tuple[str, ...]:
        """Every fact the bar reads."""
        keys = (*self.when.operands, *((self.until[0],) if self.until else ()))
        return (*keys, *(self.unless.operands if self.unless else ()))


@dataclass(frozen=True, slots=True)
class Danger:
    """A danger, shown unless the facts that would switch it off are known."""

    key: str
    when: Lines | None = None


@dataclass(frozen=True, slots=True)
class Product:
    """A paper that the step may produce; a conditional one is only promised when its lines hold."""

    key: str
    when: Lines | None = None


class Outcome(StrEnum):
    """What can become of a step: it is filed, it gets a yes, it gets a no."""

    FILED = "filed"
    GRANTED = "granted"
    REFUSED = "refused"


class Goal(StrEnum):
    """What a person can say matters most. A person may name several, in an order, or none."""

    SAFETY = "safety"
    STAYING = "staying"
    WORKING = "working"
    MONEY = "money"
    FAMILY = "family"
    HEARD = "heard"


@dataclass(frozen=True, slots=True)
class Effect:
    """Facts that become true by a step: how one remedy acts on every other.

    ``sets``: fact and value; None stands for the day on which it happens. ``when``: only if these
    lines hold, read after the effects written before it; unknown, it *may* happen.
    """

    on: Outcome
    sets: tuple[tuple[str, Value | None], ...]
    when: Lines | None = None


@dataclass(frozen=True)
class Rule:
    """The rule of one remedy. ``review_by`` is the last day on which it counts as fresh.

    ``evidence``: papers that help it. ``serves``: what it can bring a person nearer to.
    """

    key: str
    jurisdiction: str
    needs: tuple[Need, ...]
    bars: tuple[Bar, ...]
    lawyer_first: tuple[Lines, ...]
    dangers: tuple[Danger, ...]
    clocks: tuple[Clock, ...]
    produces: tuple[Product, ...]
    source: str
    review_by: date
    always_lawyer: bool = False
    unverified: bool = False
    discretionary: bool = False
    intake: bool = True
    evidence: tuple[str, ...] = ()
    serves: tuple[Goal, ...] = ()
    effects: tuple[Effect, ...] = ()

    @cached_property
    def named(self) -> Mapping[str, frozenset[str]]:
        """The words that its needs name of each fact: any of them can meet a need."""
        lines = [line for need in self.needs for line in need.lines if isinstance(line, Line)]
        facts = dict.fromkeys(line.fact for line in lines)
        return {f: frozenset(w for x in lines if x.fact == f for w in x.words) for f in facts}

    @cached_property
    def operands(self) -> frozenset[str]:
        """Every fact that its needs and bars read: only these can change its verdict."""
        needs = (key for need in self.needs for key in need.lines.operands)
        return frozenset((*needs, *(key for bar in self.bars for key in bar.operands)))
