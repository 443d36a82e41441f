"""Ordering: which steps to look at, in which orders they can go, and what trying one first does."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from alongside.domain.pathways import MOST, Turning
from alongside.domain.rules import Goal
from alongside.doors.showing.cards import Card, by_code, card_of, offered
from alongside.doors.showing.speaking import book
from alongside.doors.showing.turning import turns_of
from alongside.library.pointing import looked_at, worth_ordering

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from alongside.domain.facts import Answer
    from alongside.domain.pathways import LeftOut, Order, Plan, PlannedStep, Relation
    from alongside.doors.showing.turning import Turns
    from alongside.library.book import Outlook
    from alongside.library.reading import Text
    from alongside.library.remedies import Remedy

MATTERS, STEPS, FIRST = "m", "s", "f"
"""The letters of a plan in a draft."""


class Reason(NamedTuple):
    """Why a step stands where it does: the key of the words, the other step, the papers it gives it."""

    words: str
    other: Remedy
    papers: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Line:
    """One step of an order as a page shows it. ``turns``: what it does to steps not yet taken."""

    card: Card
    step: PlannedStep
    due_to: Card | None
    reasons: list[Reason]
    turns: Turns


@dataclass(frozen=True)
class Laid:
    """One order: its stages, and what it gives up with what stands against each."""

    stages: list[list[Line]]
    given_up: list[tuple[Card, list[Card]]]


@dataclass(frozen=True)
class Tried:
    """What a step does to the others if it goes first, and the orders that are left then."""

    card: Card
    turns: Turns
    after: list[Laid]


class Ordering:
    """The orders for one person. ``plan``: what was chosen, by letter; empty where nobody chose."""

    def __init__(
        self, answers: Mapping[str, Answer], outlook: Outlook, plan: Mapping[str, list[str]]
    ) -> None:
        """Look at what was chosen; nothing is worked out yet. ``outlook`` is of ``answers``."""
        self._answers, self._outlook = answers, outlook
        self._picked = STEPS in plan
        self.matters = tuple(Goal(word) for word in plan.get(MATTERS, ()) if word in set(Goal))
        self.first = next((by_code()[c] for c in plan.get(FIRST, ()) if c in by_code()), "")
        self._chosen = [by_code()[c] for c in plan.get(STEPS, ()) if c in by_code()]

    @cached_property
    def choices(self) -> list[Card]:
        """The steps to choose from: what something told speaks for, what is open, and what was chosen."""
        cards = [
            card_of(key, self._outlook)
            for key, remedy in book().remedies.items()
            if offered(remedy, self._outlook.facts, self._outlook.on)
        ]
        return [card for card in cards if card.remedy.key in self._chosen or self._worth(card)]

    def _worth(self, card: Card) -> bool:
        return worth_ordering(card.pathway, self._outlook.facts, self._outlook.on)

    @cached_property
    def wanted(self) -> list[str]:
        """The steps to put in order: the chosen ones, else those that serve what matters most."""
        if self._picked:
            able = {card.remedy.key for card in self.choices}
            return [key for key in self._chosen if key in able][:MOST]
        return looked_at((card.pathway for card in self.choices), self.matters, self._outlook)

    @property
    def marked(self) -> list[str]:
        """The steps marked in the list: all that were chosen, also where they are too many to order."""
        return self._chosen if self._picked else self.wanted

    @cached_property
    def _plan(self) -> Plan:
        return self._laid_out("")

    def _laid_out(self, first: str) -> Plan:
        return book().plan(self._answers, self._outlook, self.wanted, self.matters, first)

    @property
    def orders(self) -> list[Laid]:
        """The orders that make sense."""
        return [self._shown(order, self._plan) for order in self._plan.orders if order.stages]

    @property
    def shut(self) -> list[Card]:
        """The chosen steps that nothing among the others opens."""
        return [self._card(key) for key in self._plan.shut]

    @property
    def tried(self) -> Tried | None:
        """What happens if the step to try goes first; None when none is tried."""
        if self.first not in self.wanted:
            return None
        after = self._laid_out(self.first)
        return Tried(
            self._card(self.first),
            turns_of(self._plan.turns[self.first], self._outlook),
            [self._shown(order, after) for order in after.orders if order.stages],
        )

    def _shown(self, order: Order, plan: Plan) -> Laid:
        stages = [[self._line(step, order.keys, plan) for step in s] for s in order.stages]
        return Laid(stages, [self._given_up(left) for left in order.left_out])

    def _given_up(self, left: LeftOut) -> tuple[Card, list[Card]]:
        return self._card(left.key), [self._card(key) for key in left.against]

    def _line(self, step: PlannedStep, inside: tuple[str, ...], plan: Plan) -> Line:
        at = inside.index(step.key)
        due_to = self._card(step.by_of) if step.by and step.by_of != step.key else None
        return Line(
            self._card(step.key),
            step,
            due_to,
            _apart(self._reasons(step.key, inside[at + 1 :], plan.relations)),
            turns_of(plan.turns[step.key], self._outlook, inside[:at]),
        )

    def _reasons(
        self, key: str, later: tuple[str, ...], relations: tuple[Relation, ...]
    ) -> Iterable[Reason]:
        facts = book().vocabulary.facts
        for one in relations:
            if one.then == key and one.first in later and one.turning in BEFORE:
                yield Reason(BEFORE[one.turning], book().remedies[one.first])
            elif one.then == key and one.turning in AFTER and one.first not in later:
                yield Reason(AFTER[one.turning], book().remedies[one.first])
            elif one.first == key and one.papers:
                papers = tuple(facts[paper].name for paper in one.papers)
                yield Reason("plan_gives", book().remedies[one.then], papers)

    def _card(self, key: str) -> Card:
        return card_of(key, self._outlook)


BEFORE: Mapping[Turning | None, str] = {
    Turning.CLOSES: "plan_before", Turning.COULD_CLOSE: "plan_before_could"
}  # fmt: skip
AFTER: Mapping[Turning | None, str] = {
    Turning.OPENS: "plan_after_opens", Turning.LEADS: "plan_after_leads"
}  # fmt: skip


def _apart(reasons: Iterable[Reason]) -> list[Reason]:
    """Say each reason once, whatever it rests on."""
    return list({(r.words, r.other.key): r for r in reasons}.values())
