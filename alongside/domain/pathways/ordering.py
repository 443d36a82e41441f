"""Ordering: the few sensible orders of the steps a person looks at, with what makes them so.

Nothing here guesses how likely an answer is, and no order is called the best. What fixes an order:
a step that would shut another comes after it; a step that opens another comes before it; what can
be lost by a no comes first where it can. A paper that one step gives to another makes nobody wait.
Steps that nothing tells apart stay together: a tie stays a tie. Where two steps shut each other there
is no order of both, and the person sees one order for each choice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from alongside.domain.pathways.consequences import Turning, consequences
from alongside.domain.pathways.judging import Verdict
from alongside.domain.pathways.reaching import Reach
from alongside.domain.pathways.relations import Acting, Relation, relations_among

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from alongside.domain.pathways.consequences import Turn, View
    from alongside.domain.pathways.weighing import Pathway
    from alongside.domain.rules import Goal, Rule

MOST = 8
"""How many steps are put in order at once: more could be worked out, but not be read."""
FEW = 6
"""How many orders are shown; every step that can be taken stands in one of them."""


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """One step at its place. ``by``: the last day to take it in this order, and whose day that is.

    ``from_on``: the first day it can start, when something stands until then.
    """

    key: str
    by: date | None
    by_of: str
    from_on: date | None

    @property
    def clashes(self) -> bool:
        """Say whether it would have to be taken before it can start."""
        return self.by is not None and self.from_on is not None and self.by < self.from_on


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A step that an order gives up, and the steps in it that shut it or would be shut by it."""

    key: str
    against: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """Stages one after another; the steps of one stage can run together, in any order."""

    stages: tuple[tuple[PlannedStep, ...], ...]
    left_out: tuple[LeftOut, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """Every step, in order."""
        return tuple(step.key for stage in self.stages for step in stage)


@dataclass(frozen=True, slots=True)
class Plan:
    """The orders for one person on one day, and what every step does to any other.

    ``turns``: for each step, what it turns among *all* rules given, shown before anything is filed.
    ``shut``: steps asked for that nothing among the others opens.
    """

    orders: tuple[Order, ...]
    relations: tuple[Relation, ...]
    turns: Mapping[str, tuple[Turn, ...]]
    shut: tuple[str, ...]


def lay_out(
    view: View, paths: Mapping[str, Pathway], wanted: Iterable[str], matters: tuple[Goal, ...] = ()
) -> Plan:
    """Put the wanted steps in the few orders that make sense. ``matters``: what counts most, in order.

    ``view.rules`` are all the rules that a step may act on, ``paths`` the same, weighed. Raises
    ValueError for more than MOST steps, KeyError for one that is not among the rules.
    """
    keys = tuple(dict.fromkeys(wanted))
    if len(keys) > MOST:
        msg = f"at most {MOST} steps can be put in order, not {len(keys)}"
        raise ValueError(msg)
    turns = {key: consequences(view, key) for key in keys}
    opened = {t.key for key in keys for t in turns[key] if t.turning is Turning.OPENS}
    reach = Reach(view, keys, turns)
    startable = frozenset(key for key in keys if reach.can_start(key))
    shut = tuple(key for key in keys if key not in startable and key not in opened)
    acting = Acting(relations_among(keys, turns, paths), startable)
    built = (
        _order(reach.stages(chosen, acting.wished_before), (keys, shut), acting, (paths, view))
        for chosen in reach.largest()
    )
    ranked = sorted(built, key=lambda order: _keeps(order, view.rules, matters), reverse=True)
    return Plan(_few(ranked), acting.relations, turns, shut)


def _last_day(path: Pathway, today: date) -> date | None:
    ends = (t.ends_on for t in path.clocks if t.clock.filing and t.started)
    return min((end for end in ends if end is not None and end >= today), default=None)


def _order(
    stages: tuple[tuple[str, ...], ...],
    asked: tuple[tuple[str, ...], tuple[str, ...]],
    acting: Acting,
    seen: tuple[Mapping[str, Pathway], View],
) -> Order:
    (steps, shut), (paths, view) = asked, seen
    inside = [key for stage in stages for key in stage]
    own = {key: (_last_day(paths[key], view.today), key) for key in inside}
    days = dict(own)
    for key in reversed(inside):
        after = [days[then] for then in acting.comes_before(key) if then in days]
        known = [(day, of) for day, of in (own[key], *after) if day is not None]
        days[key] = min(known, default=(None, key))
    planned = tuple(
        tuple(
            PlannedStep(key, *days[key], _free_on(paths[key]))
            for key in _listed(stage, days, acting)
        )
        for stage in stages
    )
    left = tuple(
        LeftOut(key, tuple(other for other in inside if acting.at_odds(key, other)))
        for key in steps
        if key not in inside and key not in shut
    )
    return Order(planned, left)


def _listed(
    stage: tuple[str, ...], days: Mapping[str, tuple[date | None, str]], acting: Acting
) -> list[str]:
    """List the steps of one stage: the nearest day first, then what gives papers to most others."""
    giving = {key: sum(acting.proves(key, other) for other in days) for key in stage}
    return sorted(stage, key=lambda key: (days[key][0] or date.max, -giving[key]))


def _free_on(path: Pathway) -> date | None:
    """Return the first free day: a bar stands through its last day, and the next one is free."""
    if path.verdict is not Verdict.BLOCKED or path.until is None:
        return None
    return path.until.fromordinal(path.until.toordinal() + 1)


def _keeps(order: Order, rules: Mapping[str, Rule], matters: tuple[Goal, ...]) -> tuple[int, ...]:
    """Count the steps an order keeps for what matters, most important first: how they are listed."""
    served = [sum(goal in rules[key].serves for key in order.keys) for goal in matters]
    return (*served, len(order.keys))


def _few(ranked: list[Order]) -> tuple[Order, ...]:
    """Return the first few orders, and with them one for each step that would else be in none."""
    shown = ranked[:FEW]
    for order in ranked[FEW:]:
        here = {key for one in shown for key in one.keys}
        if not here.issuperset(order.keys):
            shown.append(order)
    return tuple(shown)
