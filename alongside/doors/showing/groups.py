"""Groups: how the cards lie on the page, and the days worth watching. No ranking that has no reason."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from alongside.domain.clocks import State
from alongside.domain.facts import Truth
from alongside.domain.lines import read_lines
from alongside.domain.pathways import Verdict
from alongside.doors.showing.cards import Card, card_of, offered
from alongside.doors.showing.speaking import book
from alongside.doors.showing.urgency import SAFETY_FIRST
from alongside.library.calling import family_of

if TYPE_CHECKING:
    from datetime import date

    from alongside.domain.clocks import Ticking
    from alongside.library.book import Outlook

QUIET_SHOWN = 4
MOST_SHOWN = 6
MOST_TOGETHER = 8
MOST_DAYS = 3
SUBJECTS = {
    "subject_papers": {"imm", "adv"},
    "subject_work": {"es", "fw", "tfw", "cra", "wepp", "ohs", "wc", "civil"},
    "subject_living": {"ei", "income", "health", "legalaid"},
    "subject_safe": {"hr", "ht", "cv", "crim"},
}
OTHER_SUBJECT = "subject_safe"
ELSEWHERE = "subject_elsewhere"
FIRST_WHEN = {
    "way.leave_safely": SAFETY_FIRST,
    "way.papers_back": read_lines("doc.held is yes | doc.destroyed is yes"),
    "way.health": read_lines("injury.happened is yes | hlt.care_refused is yes"),
}
"""The quiet ways that come first for somebody who told one of these."""


@dataclass(frozen=True, slots=True)
class Group:
    """One group of cards, under the key of its heading. ``open_first``: how many are laid open."""

    heading: str
    cards: list[Card]
    open_first: int

    @property
    def shown(self) -> list[Card]:
        """The cards laid open on the page."""
        return self.cards[: self.open_first]

    @property
    def folded(self) -> list[tuple[str, list[Card]]]:
        """The cards under one more tap, in the same order: many are parted by what they are about.

        Each part comes with the key of the words on its fold. What is for another place than was told is a
        part of its own, and the last.
        """
        left = self.cards[self.open_first :]
        if len(left) <= MOST_TOGETHER or self.heading == "group_closed":
            return [("more_of_these" if self.open_first else "show_these", left)] if left else []
        here = [card for card in left if not card.elsewhere]
        parts = [(word, [c for c in here if subject_of(c.remedy.key) == word]) for word in SUBJECTS]
        parts.append((ELSEWHERE, [card for card in left if card.elsewhere]))
        return [(word, cards) for word, cards in parts if cards]


def deal(outlook: Outlook) -> list[Group]:
    """Lay the cards out in groups; the quiet ways first unless something calm is open to this person.

    Of the ways with something still to know, those that something told speaks for stand apart.
    """
    cards = [
        card_of(key, outlook)
        for key in outlook.remedies
        if offered(book().remedies[key], outlook.facts, outlook.on)
    ]
    piles = {verdict: [c for c in cards if c.pathway.verdict is verdict] for verdict in Verdict}
    opened = Group("group_open", piles[Verdict.OPEN], len(piles[Verdict.OPEN]))
    quiet = Group("group_quiet", _quiet(outlook), QUIET_SHOWN)
    calm = any(card.calm and card.spoken_for for card in opened.cards)
    near, others = _parted(piles[Verdict.ASK])
    blocked = sorted(piles[Verdict.BLOCKED], key=lambda card: not card.spoken_for)
    rest = [
        Group("group_near", near, MOST_SHOWN),
        Group("group_ask", others, 0),
        Group("group_blocked", blocked, min(MOST_SHOWN, sum(c.spoken_for for c in blocked))),
        Group("group_closed", piles[Verdict.CLOSED], 0),
    ]
    laid = [opened, quiet, *rest] if calm else [quiet, opened, *rest]
    return [group for group in laid if group.cards]


def _parted(cards: list[Card]) -> tuple[list[Card], list[Card]]:
    """Part the ways that something told speaks for from all others."""
    near: list[Card] = []
    others: list[Card] = []
    for card in cards:
        (near if card.spoken_for and not card.elsewhere else others).append(card)
    return near, others


def _quiet(outlook: Outlook) -> list[Card]:
    def later(card: Card) -> bool:
        told = FIRST_WHEN.get(card.remedy.key)
        return told is None or told.truth(outlook.facts, outlook.on) is not Truth.YES

    return sorted((card_of(key, outlook) for key in outlook.ways), key=later)


@cache
def subject_of(key: str) -> str:
    """Return the key of the words for what a remedy is about, by the family in its key."""
    found = (word for word, families in SUBJECTS.items() if family_of(key) in families)
    return next(found, OTHER_SUBJECT)


class Day(NamedTuple):
    """One day worth watching: the clock that ends on it, and the card it belongs to."""

    clock: Ticking
    card: Card


def days_to_watch(groups: list[Group]) -> list[Day]:
    """Return the nearest filing limits with a date ahead, of every way that is not closed.

    A limit that several ways share stands once, for the way that comes first on the page.
    """
    found: dict[tuple[str, date | None], Day] = {}
    for card in (c for group in groups if group.heading != "group_closed" for c in group.cards):
        for t in () if card.elsewhere else card.pathway.clocks:
            if t.clock.filing and t.state in {State.DATED, State.CHECK}:
                found.setdefault((t.clock.key, t.ends_on), Day(t, card))
    nearest = sorted(found.values(), key=lambda day: day.clock.ends_on or day.card.outlook.on)
    return nearest[:MOST_DAYS]
