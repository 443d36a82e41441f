"""Laying out: what is certainly before what, what cannot both be, and a table that can be read.

A piece runs from a start to an end, which nobody needs to know. Each thing that was said is a step from one of
these points to another that comes no sooner: from a start to its own end; from the end of what was *before* to
the start of what came after; and, where two calendars do not meet, from the end of the earlier to the start of
the later. One piece is certainly before another when steps lead from its end to the other's start. Where steps
lead round in a circle through a *before*, the things on it cannot all be: they are named, and what was said
among them orders nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from alongside.domain.chronology.when import UNKNOWN, Bounds, Relation, When

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

GAP_DAYS = 92
"""From how many days on a time of which nothing is told is noted. Chosen, not measured."""
START, END = 0, 1
_Point = tuple[str, int]
_Step = tuple[_Point, _Point, bool]


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of an account, in the words of who wrote it.

    ``by``: empty for the person, else the name of the agency whose worker wrote it down; ``written_on``: on
    which day. ``facts``: the keys of answers that the person or the worker linked to it by hand. ``versions``:
    the identities of pieces it is another version of. No version is the right one.
    """

    id: str
    text: str
    when: When = field(default_factory=When)
    by: str = ""
    written_on: date | None = None
    facts: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a chronology: a piece, with its other versions beside it, the first that was written first.

    ``follows``: it is certainly after the row above. Where it is False, nobody knows which was first.
    ``apart``: its versions cannot have been at one time.
    """

    pieces: tuple[Piece, ...]
    follows: bool
    apart: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """A time of which nothing is told. It says nothing of the person: only where one could ask, gently."""

    after: date
    before: date


@dataclass(frozen=True, slots=True)
class Chronology:
    """An account in order of time.

    ``rows``: those of which something is known of when. ``undated``: the others, as they were written.
    ``bounds``: for each piece and each fact that is used as a mark. ``clashes``: sets of pieces and facts that
    cannot all be as they were said, each in the order in which they were written. ``before``: for each piece
    or fact, what is certainly before it.
    """

    rows: tuple[Row, ...]
    undated: tuple[Row, ...]
    bounds: Mapping[str, Bounds]
    clashes: tuple[tuple[str, ...], ...]
    before: Mapping[str, frozenset[str]]
    gaps: tuple[Gap, ...]


def lay_out(pieces: Sequence[Piece], marks: Mapping[str, Bounds]) -> Chronology:
    """Put pieces in order of time. ``pieces``: in the order of writing; ``marks``: the days of date facts.

    A fact that a piece names and nobody has told stands in the order all the same: what was before arriving
    is before what came after it, whenever that was. A piece that is not there any more orders nothing.
    """
    whens = {piece.id: _living(piece, pieces) for piece in pieces}
    others = {when.other: When() for when in whens.values() if when.relation}
    whens = whens | {key: when for key, when in others.items() if key not in whens}
    own = {key: when.calendar for key, when in whens.items()}
    own |= {key: found for key, found in marks.items() if key in others}
    return _settled(pieces, whens, own)


def _living(piece: Piece, pieces: Sequence[Piece]) -> When:
    """Return when a piece was, without a relation to itself or to a piece that is gone. A fact's key has a dot."""
    other = piece.when.other
    there = "." in other or any(other == one.id for one in pieces if one is not piece)
    return piece.when if there else replace(piece.when, relation=None, other="")


def _settled(pieces: Sequence[Piece], whens: dict[str, When], own: dict[str, Bounds]) -> Chronology:
    """Work in what *about* and seasons say, which may rest on one another, and lay the rows."""
    graph = _Graph(whens, own)
    for _ in whens:
        told = {key: _narrowed(key, when, graph) for key, when in whens.items()}
        if told == graph.own:
            break
        graph = _Graph(whens, told)
    misfits = [
        (key, when.other)
        for key, when in whens.items()
        if when.relation and not _beside(key, when, graph).possible
    ]
    clashes = [*graph.clashes, *(pair for pair in misfits if not graph.clash(*pair))]
    order = list(whens)
    named = tuple(tuple(sorted(clash, key=order.index)) for clash in clashes)
    rows, undated = _rows(pieces, graph)
    covered = [graph.bounds[piece.id] for row in rows for piece in row.pieces]
    return Chronology(rows, undated, graph.bounds, named, graph.before, tuple(_gaps(covered)))


def _beside(key: str, when: When, graph: _Graph) -> Bounds:
    return graph.bounds[key].within(when.beside(graph.bounds.get(when.other, UNKNOWN)))


def _narrowed(key: str, when: When, graph: _Graph) -> Bounds:
    """Return the own days of a piece with what *about* or a season leaves of them, where that leaves any."""
    if when.relation is None or graph.clash(key, when.other):
        return graph.own[key]
    beside = when.beside(graph.bounds[when.other])
    found = graph.own[key].within(beside)
    return found if found.possible and _beside(key, when, graph).possible else graph.own[key]


class _Graph:
    """The points, the steps between them, and what follows."""

    def __init__(self, whens: Mapping[str, When], own: Mapping[str, Bounds]) -> None:
        self.own = own
        said = [step for key, when in whens.items() for step in _said(key, when)]
        told = [*_lasting(whens), *_calendar(own)]
        reach = _reach(whens, [*said, *told])
        self._ring = _rings([*said, *told], reach)
        self.clashes = list(dict.fromkeys(self._ring.values()))
        kept = [step for step in said if not self.clash(step[0][0], step[1][0])]
        reach = _reach(whens, [*kept, *told])
        self.before = {
            key: frozenset(k for k in whens if k != key and (key, START) in reach[k, END])
            for key in whens
        }
        self.bounds = {key: self._within(key, reach) for key in whens}

    def clash(self, one: str, other: str) -> bool:
        """Say whether both are on one circle."""
        return one in self._ring and self._ring[one] == self._ring.get(other)

    def _within(self, key: str, reach: Mapping[_Point, set[_Point]]) -> Bounds:
        sooner = (b.earliest for k, b in self.own.items() if (key, START) in reach[k, START])
        later = (b.latest for k, b in self.own.items() if (k, END) in reach[key, END])
        return Bounds(
            max((day for day in sooner if day), default=None),
            min((day for day in later if day), default=None),
        )


def _said(key: str, when: When) -> Iterator[_Step]:
    other = when.other
    if when.relation is Relation.BEFORE:
        yield (key, END), (other, START), True
    elif when.relation is Relation.AFTER:
        yield (other, END), (key, START), True
    elif when.relation is Relation.DURING:
        yield (other, START), (key, START), False
        yield (key, END), (other, END), False


def _lasting(keys: Iterable[str]) -> Iterator[_Step]:
    for key in keys:
        yield (key, START), (key, END), False


def _calendar(own: Mapping[str, Bounds]) -> Iterator[_Step]:
    for one, first in own.items():
        for other, then in own.items():
            if first.latest and then.earliest and first.latest < then.earliest:
                yield (one, END), (other, START), True


def _reach(keys: Iterable[str], steps: Iterable[_Step]) -> dict[_Point, set[_Point]]:
    """Return for each point all the points that come no sooner, itself among them."""
    onward: dict[_Point, list[_Point]] = {(key, end): [] for key in keys for end in (START, END)}
    for one, other, _ in steps:
        onward[one].append(other)
    found = {}
    for point in onward:
        seen, waiting = {point}, [point]
        while waiting:
            for then in onward[waiting.pop()]:
                if then not in seen:
                    seen.add(then)
                    waiting.append(then)
        found[point] = seen
    return found


def _rings(
    steps: Iterable[_Step], reach: Mapping[_Point, set[_Point]]
) -> dict[str, tuple[str, ...]]:
    """Return, for each thing on a circle through a *before*, everything on that circle."""
    ring: dict[str, tuple[str, ...]] = {}
    for one, other, strict in steps:
        if strict and one in reach[other]:
            on = (
                key for key, end in reach if (key, end) in reach[other] and one in reach[key, end]
            )
            members = tuple(dict.fromkeys(on))
            ring |= dict.fromkeys(members, members)
    return ring


def _rows(pieces: Sequence[Piece], graph: _Graph) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """Group versions, and put the rows in an order that goes against nothing that is certain."""
    groups = _groups(pieces)
    heads = {group[0].id: group for group in groups}
    place = {head: number for number, head in enumerate(heads)}
    known = [head for head in heads if _placed(head, graph)]
    waiting = {head: {k for k in graph.before[head] if k in known} for head in known}
    ready: list[tuple[date, int, str]] = []
    rows: list[Row] = []
    above = ""
    for head in [h for h in known if not waiting[h]]:
        heappush(ready, (_sorts_at(graph.bounds[head]), place[head], head))
    while ready:
        head = heappop(ready)[2]
        follows = above in graph.before[head]
        rows.append(Row(heads[head], follows, _apart(heads[head], graph)))
        above = head
        for later in known:
            if head in waiting[later]:
                waiting[later].discard(head)
                if not waiting[later]:
                    heappush(ready, (_sorts_at(graph.bounds[later]), place[later], later))
    undated = [Row(heads[h], follows=False, apart=False) for h in heads if h not in known]
    return tuple(rows), tuple(undated)


def _placed(head: str, graph: _Graph) -> bool:
    """Say whether anything is known of when it was: days, or something before or after it."""
    ordered = graph.before[head] or any(head in before for before in graph.before.values())
    return graph.bounds[head].known or bool(ordered)


def _sorts_at(found: Bounds) -> date:
    return found.earliest or found.latest or date.max


def _apart(group: Sequence[Piece], graph: _Graph) -> bool:
    return any(a.id in graph.before[b.id] for a in group for b in group)


def _groups(pieces: Sequence[Piece]) -> list[tuple[Piece, ...]]:
    """Return versions of one thing together, each group and its members in the order of writing."""
    head = {piece.id: piece.id for piece in pieces}
    for piece in pieces:
        for version in piece.versions:
            if version in head:
                old, new = head[piece.id], head[version]
                head |= {own: new for own, at in head.items() if at == old}
    groups: dict[str, list[Piece]] = {}
    for piece in pieces:
        groups.setdefault(head[piece.id], []).append(piece)
    return [tuple(group) for group in groups.values()]


def _gaps(covered: Iterable[Bounds]) -> Iterator[Gap]:
    """Return the times between the first and the last of which no piece can be."""
    known = [found for found in covered if found.known]
    spans = sorted((b.earliest or date.min, b.latest or date.max) for b in known)
    until = date.max
    for number, (earliest, latest) in enumerate(spans):
        if number and until < date.max and until + timedelta(days=GAP_DAYS) < earliest:
            yield Gap(until, earliest)
        until = max(until, latest) if number else latest
