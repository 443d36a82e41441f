"""Steps: what is certainly before what, and what cannot all be.

A piece runs from a start to an end, which nobody needs to know. Each thing that was said is a step from one of
these points to another that comes no sooner: from a start to its own end; from the end of what was *before* to
the start of what came after; and, where two calendars do not meet, from the end of the earlier to the start of
the later. One piece is certainly before another when steps lead from its end to the other's start. Where steps
lead round in a circle through a *before*, the things on it cannot all be: the smallest such circle is named for
each relation that is on one, and that relation orders nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from alongside.domain.chronology.when import Bounds, Relation, When

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

START, END = 0, 1
Point = tuple[str, int]
Step = tuple[Point, Point, bool]
"""From a point to one that comes no sooner; True where it comes later for sure."""
Reach = dict[Point, set[Point]]


class Graph:
    """The points, the steps between them, and what follows.

    ``clashes``: sets of things that cannot all be as they were said. ``aside``: those whose relation is on such
    a circle and orders nothing. ``before``: for each thing, what is certainly before it. ``bounds``: the days
    on which each can have been.
    """

    def __init__(self, whens: Mapping[str, When], own: Mapping[str, Bounds]) -> None:
        """Work out what follows. ``own``: the days that each thing's own dates leave."""
        self.own = own
        self.aside: set[str] = set()
        said = {key: list(_said(key, when)) for key, when in whens.items()}
        told = [*_lasting(whens), *_calendar(own)]
        clashes: list[tuple[str, ...]] = []
        while found := _circles(said, told):
            self.aside |= found.keys()
            clashes += found.values()
            said = {key: steps for key, steps in said.items() if key not in found}
        self.clashes = list(dict.fromkeys(clashes))
        reach = _reach([*_flat(said), *told])
        self.before = {
            key: frozenset(k for k in whens if k != key and (key, START) in reach[k, END])
            for key in whens
        }
        self.bounds = {key: self._within(key, reach) for key in whens}

    def _within(self, key: str, reach: Reach) -> Bounds:
        sooner = (b.earliest for k, b in self.own.items() if (key, START) in reach[k, START])
        later = (b.latest for k, b in self.own.items() if (k, END) in reach[key, END])
        return Bounds(
            max((day for day in sooner if day), default=None),
            min((day for day in later if day), default=None),
        )


def _said(key: str, when: When) -> Iterator[Step]:
    other = when.other
    if when.relation is Relation.BEFORE:
        yield (key, END), (other, START), True
    elif when.relation is Relation.AFTER:
        yield (other, END), (key, START), True
    elif when.relation is Relation.DURING:
        yield (other, START), (key, START), False
        yield (key, END), (other, END), False


def _lasting(keys: Iterable[str]) -> Iterator[Step]:
    for key in keys:
        yield (key, START), (key, END), False


def _calendar(own: Mapping[str, Bounds]) -> Iterator[Step]:
    for one, first in own.items():
        for other, then in own.items():
            if first.latest and then.earliest and first.latest < then.earliest:
                yield (one, END), (other, START), True


def _flat(said: Mapping[str, list[Step]]) -> list[Step]:
    return [step for steps in said.values() for step in steps]


def _onward(steps: Iterable[Step]) -> dict[Point, list[Step]]:
    """Return the steps from each point, in one order whatever order things were written in."""
    found: dict[Point, list[Step]] = {}
    for step in sorted(steps):
        found.setdefault(step[0], []).append(step)
        found.setdefault(step[1], [])
    return found


def _reach(steps: Iterable[Step]) -> Reach:
    """Return for each point all the points that come no sooner, itself among them."""
    onward, found = _onward(steps), {}
    for point in onward:
        seen, waiting = {point}, [point]
        while waiting:
            for _, then, _ in onward[waiting.pop()]:
                if then not in seen:
                    seen.add(then)
                    waiting.append(then)
        found[point] = seen
    return found


def _circles(said: Mapping[str, list[Step]], told: Iterable[Step]) -> dict[str, tuple[str, ...]]:
    """Return the things whose relation is on a circle through a *before*, each with the smallest such circle."""
    steps = [*_flat(said), *told]
    reach = _reach(steps)
    rings = [one for one, other, strict in steps if strict and one in reach[other]]
    if not rings:
        return {}
    onward, found = _onward(steps), {}
    for key, own in said.items():
        for step in own:
            circle = _shortest(step, onward)
            if any(strict for *_, strict in circle):
                found[key] = tuple(
                    sorted({point[0] for one, other, _ in circle for point in (one, other)})
                )
    return found or _whole_rings(said, reach, rings)


def _shortest(step: Step, onward: Mapping[Point, list[Step]]) -> list[Step]:
    """Return the smallest circle that a step is on; nothing where it is on none."""
    goal, begin, _ = step
    back: dict[Point, Step] = {begin: step}
    waiting = [begin]
    for point in waiting:
        if point == goal:
            break
        for onto in onward[point]:
            if onto[1] not in back:
                back[onto[1]] = onto
                waiting.append(onto[1])
    if goal not in back:
        return []
    circle = [back[goal]]
    while circle[-1] is not step:
        circle.append(back[circle[-1][0]])
    return circle


def _whole_rings(
    said: Mapping[str, list[Step]], reach: Reach, rings: list[Point]
) -> dict[str, tuple[str, ...]]:
    """Return the same where no smallest circle goes through a *before*, only a longer one."""
    found = {}
    for on in rings:
        members = {point[0] for point in reach[on] if on in reach[point]}
        named = tuple(sorted(members))
        for key, own in said.items():
            if any(on in reach[other] and one in reach[on] for one, other, _ in own):
                found[key] = named
    return found
