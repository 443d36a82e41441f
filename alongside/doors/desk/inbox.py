"""The inbox: which cards a page shows, in which order, and how many there are of each kind. No contents."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from alongside.doors.desk.codes import code_of
from alongside.doors.showing.speaking import book
from alongside.doors.showing.telling import pages_of
from alongside.records.agencies.content import State

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from alongside.records.agencies.content import Card
    from alongside.records.casefile.binding import Now

ON_A_PAGE = 25
MINUTES_A_DAY = 24 * 60


class Only(StrEnum):
    """Which cards: all of them, or those of one kind. The value stands in the address."""

    ALL = "l"
    WAITING = "w"
    ANSWERED = "a"
    OVER = "o"


KINDS = (Only.WAITING, Only.ANSWERED, Only.OVER)
KIND_OF = {
    State.NEW: Only.WAITING,
    State.WAITING: Only.WAITING,
    State.ANSWERED: Only.ANSWERED,
    State.TAKEN_BACK: Only.OVER,
    State.ERASED: Only.OVER,
}


@dataclass(frozen=True)
class Row:
    """One card as the inbox shows it. ``days``: since it waits, or since it was answered or ended."""

    card: Card
    kind: Only
    days: int
    code: str

    @property
    def tongue(self) -> str:
        """The person's language by its own name."""
        return language_name(self.card.lang)

    @property
    def state(self) -> str:
        """The key of the words that say where it stands; *ended* when its last day has passed."""
        return state_word(self.card, self.kind)


@dataclass(frozen=True)
class Box:
    """One page of the inbox, and how many cards there are of each kind."""

    rows: list[Row]
    counts: dict[Only, int]
    only: Only
    page: int
    pages: int

    @property
    def before(self) -> int | None:
        """The page before, if there is one."""
        return self.page - 1 if self.page > 1 else None

    @property
    def after(self) -> int | None:
        """The next page, if there is one."""
        return self.page + 1 if self.page < self.pages else None


def kind_of(card: Card, today: date) -> Only:
    """Return which kind a card is of on a day."""
    return Only.OVER if card.until < today else KIND_OF[card.state]


def state_word(card: Card, kind: Only) -> str:
    """Return the key of the words that say where a card stands."""
    ended = kind is Only.OVER and KIND_OF[card.state] is not Only.OVER
    return "desk_state_ended" if ended else f"desk_state_{card.state}"


def days_since(minute: int, now: Now) -> int:
    """Return how many days lie between the day of a minute and today."""
    return max(0, now.minute // MINUTES_A_DAY - minute // MINUTES_A_DAY)


def language_name(lang: str) -> str:
    """Return a language by its own name; its key when the pages do not speak it."""
    found = book().words.languages.get(lang)
    return found.name if found else lang


def box(cards: Iterable[Card], only: Only, page: int, now: Now) -> Box | None:
    """Return one page: who waits longest first, then what was answered last, then what ended last.

    None for a page that is not there.
    """
    dealt = _dealt(cards, now)
    chosen = [(kind, c) for kind in KINDS if only in {Only.ALL, kind} for c in dealt[kind]]
    pages = pages_of(len(chosen), ON_A_PAGE)
    if not 0 < page <= pages:
        return None
    shown = chosen[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    rows = [_row(card, kind, now) for kind, card in shown]
    counts = {kind: len(found) for kind, found in dealt.items()}
    return Box(rows, counts | {Only.ALL: sum(counts.values())}, only, page, pages)


def rows_of(cards: Iterable[Card], now: Now) -> list[Row]:
    """Return some cards as the inbox shows them, in its order."""
    dealt = _dealt(cards, now)
    return [_row(card, kind, now) for kind in KINDS for card in dealt[kind]]


def _dealt(cards: Iterable[Card], now: Now) -> dict[Only, list[Card]]:
    dealt: dict[Only, list[Card]] = {kind: [] for kind in KINDS}
    for card in cards:
        dealt[kind_of(card, now.today)].append(card)
    for kind, found in dealt.items():
        found.sort(key=lambda card: card.since, reverse=kind is not Only.WAITING)
    return dealt


def _row(card: Card, kind: Only, now: Now) -> Row:
    return Row(card, kind, days_since(card.since, now), code_of(card.id))
