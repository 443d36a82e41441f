"""Laying out: an account as a table that can be read, which goes against nothing that is certain."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from alongside.domain.chronology.steps import Graph
from alongside.domain.chronology.when import UNKNOWN, Bounds, When

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

GAP_DAYS = 92
"""From how many days on a time of which nothing is told is noted. Chosen, not measured."""


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
    graph = Graph(whens, own)
    for _ in whens:
        told = {key: _narrowed(key, when, graph) for key, when in whens.items()}
        if told == graph.own:
            break
        graph = Graph(whens, told)
    misfits = [
        (key, when.other)
        for key, when in whens.items()
        if when.relation and key not in graph.aside and not _beside(key, when, graph).possible
    ]
    clashes = [*graph.clashes, *misfits]
    order = list(whens)
    named = tuple(tuple(sorted(clash, key=order.index)) for clash in clashes)
    rows, undated = _rows(pieces, graph)
    covered = [graph.bounds[piece.id] for row in rows for piece in row.pieces]
    return Chronology(rows, undated, graph.bounds, named, graph.before, tuple(_gaps(covered)))


def _beside(key: str, when: When, graph: Graph) -> Bounds:
    return graph.bounds[key].within(when.beside(graph.bounds.get(when.other, UNKNOWN)))


def _narrowed(key: str, when: When, graph: Graph) -> Bounds:
    """Return the own days of a piece with what *about* or a season leaves of them, where that leaves any."""
    if when.relation is None or key in graph.aside:
        return graph.own[key]
    beside = when.beside(graph.bounds[when.other])
    found = graph.own[key].within(beside)
    return found if found.possible and _beside(key, when, graph).possible else graph.own[key]


def _rows(pieces: Sequence[Piece], graph: Graph) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
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


def _placed(head: str, graph: Graph) -> bool:
    """Say whether anything is known of when it was: days, or something before or after it."""
    ordered = graph.before[head] or any(head in before for before in graph.before.values())
    return graph.bounds[head].known or bool(ordered)


def _sorts_at(found: Bounds) -> date:
    return found.earliest or found.latest or date.max


def _apart(group: Sequence[Piece], graph: Graph) -> bool:
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
