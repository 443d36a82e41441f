"""Tabling: the orders of steps as a lawyer reads them, each step a row, each reason with its place in the law."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from alongside.domain.pathways import PlannedStep
from alongside.doors.showing.ordering import AFTER, BEFORE, Line
from alongside.doors.showing.speaking import book

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from alongside.domain.clocks import Ticking
    from alongside.doors.showing.cards import Card
    from alongside.doors.showing.ordering import Laid, Ordering
    from alongside.doors.showing.turning import Turned
    from alongside.library.reading import Cite, Text
    from alongside.library.remedies import Remedy

WHY = dict(zip((*BEFORE.values(), *AFTER.values()), (
    "desk_plan_would_close", "desk_plan_could_close", "desk_plan_opens", "desk_plan_leads",
), strict=True))  # fmt: skip
"""The words that say, at the later of two steps, what the person's page says at the earlier one."""


@dataclass(frozen=True)
class Ground:
    """One line of law by which a step turns another: the rule line, its words where it has some, its places."""

    line: str
    words: Text | None
    source: str
    cites: tuple[Cite, ...]


@dataclass(frozen=True)
class Due:
    """The day a step must be taken by: the clock that says so, and the step whose clock it is."""

    ticking: Ticking
    card: Card

    @property
    def cites(self) -> tuple[Cite, ...]:
        """Where the law sets it."""
        return self.card.remedy.clock_cites.get(self.ticking.clock.key, ())


@dataclass(frozen=True)
class Row:
    """One step of an order. ``after``: why it comes after which step; ``beside``: what runs together with it."""

    line: Line
    stage: int
    after: list[tuple[str, Remedy]]
    beside: list[Card]

    @property
    def card(self) -> Card:
        """The step itself."""
        return self.line.card

    @property
    def due(self) -> Due | None:
        """The clock behind the last day in this order."""
        card = self.line.due_to or self.card
        clocks = (t for t in card.pathway.clocks if t.clock.filing and t.started)
        day = self.line.step.by
        found = next((t for t in clocks if day is not None and t.ends_on == day), None)
        return Due(found, card) if found else None

    @property
    def turned(self) -> list[tuple[str, list[Turned]]]:
        """All that it turns, what it shuts first."""
        turns = self.line.turns
        return [*turns.feared, *turns.by_yes, *turns.hoped]

    @property
    def yields(self) -> list[tuple[Text, list[Remedy]]]:
        """The papers it may give, each with the steps of this order that they help."""
        facts = book().vocabulary.facts
        helped = [(paper, r.other) for r in self.line.reasons for paper in r.papers]
        names = [facts[key].name for key in self.card.pathway.produces]
        return [(name, [other for paper, other in helped if paper == name]) for name in names]

    @property
    def cites(self) -> Iterator[Cite]:
        """Everything that its row cites."""
        yield from self.card.remedy.cites
        yield from self.due.cites if self.due else ()
        for wait in self.card.remedy.wait:
            yield from wait.cites
        for _, turned in self.turned:
            for one in turned:
                for ground in grounds_of(one):
                    yield from ground.cites


def grounds_of(turned: Turned) -> list[Ground]:
    """Return the lines of law by which one step turns another: bars that come to stand, needs no longer met."""
    remedy = turned.card.remedy
    bars = {bar.key: bar for bar in remedy.rule.bars}
    found = []
    for key in turned.turn.because:
        if bar := bars.get(key):
            cites = remedy.bar_cites.get(key, ())
            found.append(Ground(bar.text, remedy.words.bars[key], bar.source, cites))
        else:
            sources = (need.source for need in remedy.rule.needs if need.lines.text == key)
            found.append(Ground(key, None, next(sources, remedy.rule.source), ()))
    return found


class Tabled:
    """The orders of one person as tables, and every source that they cite, numbered."""

    def __init__(self, ordering: Ordering) -> None:
        """Read the orders; nothing else is worked out anew."""
        self.ordering = ordering

    @cached_property
    def orders(self) -> list[tuple[Laid, list[Row]]]:
        """Each order with its rows."""
        return [(laid, rows_of(laid)) for laid in self.ordering.orders]

    @cached_property
    def tried(self) -> Row | None:
        """The row of the step that is tried first."""
        tried = self.ordering.tried
        if tried is None:
            return None
        step = PlannedStep(tried.card.remedy.key, None, "", None)
        return Row(Line(tried.card, step, None, [], tried.turns), 1, [], [])

    @property
    def numbered(self) -> dict[str, int]:
        """Number the sources in the order they are first cited."""
        rows = [row for _, rows in self.orders for row in rows]
        every = [self.tried, *rows] if self.tried else rows
        cited = dict.fromkeys(cite.source for row in every for cite in row.cites)
        return {source: number for number, source in enumerate(cited, 1)}


def rows_of(laid: Laid) -> list[Row]:
    """Return the rows of one order."""
    lines = [line for stage in laid.stages for line in stage]
    return [
        Row(
            line,
            number,
            [*_own(line), *_turned_round(line, lines)],
            [other.card for other in stage if other is not line],
        )
        for number, stage in enumerate(laid.stages, 1)
        for line in stage
    ]


def _own(line: Line) -> Iterable[tuple[str, Remedy]]:
    return ((WHY[r.words], r.other) for r in line.reasons if r.words in AFTER.values())


def _turned_round(line: Line, lines: list[Line]) -> Iterable[tuple[str, Remedy]]:
    """Say of an earlier step why this one had to wait for it."""
    key = line.card.remedy.key
    return (
        (WHY[reason.words], earlier.card.remedy)
        for earlier in lines
        for reason in earlier.reasons
        if reason.words in BEFORE.values() and reason.other.key == key
    )
