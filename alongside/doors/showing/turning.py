"""Turning: what a step does to every other, as a page shows it before anything is filed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from alongside.domain.pathways import Turning
from alongside.domain.rules import Outcome
from alongside.doors.showing.cards import Card, card_of, offered
from alongside.doors.showing.speaking import book

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from alongside.domain.pathways import Turn
    from alongside.library.book import Outlook

FILED, GRANTED, REFUSED = Outcome
CLOSES, COULD = Turning.CLOSES, Turning.COULD_CLOSE
FEARED = {
    "plan_closes": (CLOSES, FILED),
    "plan_could": (COULD, FILED),
    "plan_no": (CLOSES, REFUSED),
    "plan_no_could": (COULD, REFUSED),
}
"""What a person is told before a step that can shut another, by the key of the words."""
HOPED = {
    "plan_opens": (Turning.OPENS, FILED),
    "plan_opens_yes": (Turning.OPENS, GRANTED),
}
BY_YES = {"desk_plan_yes": (CLOSES, GRANTED), "desk_plan_yes_could": (COULD, GRANTED)}
"""What a yes shuts: what was wanted, or no longer needed. It is for who reads law."""


@dataclass(frozen=True)
class Turned:
    """One step that another turns: its card, and until when it stays shut, if a day is known."""

    card: Card
    turn: Turn


@dataclass(frozen=True)
class Turns:
    """All that one step does to others that a page may name."""

    all: tuple[Turned, ...]

    @property
    def feared(self) -> list[tuple[str, list[Turned]]]:
        """What it shuts, could shut, and would shut after a no, each under the key of its words."""
        return self._under(FEARED)

    @property
    def hoped(self) -> list[tuple[str, list[Turned]]]:
        """What it opens, and what a yes opens."""
        return self._under(HOPED)

    @property
    def by_yes(self) -> list[tuple[str, list[Turned]]]:
        """What a yes shuts, or could."""
        return self._under(BY_YES)

    def _under(self, words: dict[str, tuple[Turning, Outcome]]) -> list[tuple[str, list[Turned]]]:
        found = (
            (key, [t for t in self.all if (t.turn.turning, t.turn.on) == kind])
            for key, kind in words.items()
        )
        return [(key, turned) for key, turned in found if turned]


def turns_of(turns: Iterable[Turn], outlook: Outlook, taken: Container[str] = ()) -> Turns:
    """Return what a step turns, without the steps ``taken`` before it and those no page may name."""
    return Turns(
        tuple(
            Turned(card_of(turn.key, outlook), turn)
            for turn in turns
            if turn.key not in taken
            and offered(book().remedies[turn.key], outlook.facts, outlook.on)
        )
    )
