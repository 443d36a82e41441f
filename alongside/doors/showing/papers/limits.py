"""The days worth keeping of one casefile: numbered, so that a calendar can hold them without a word that tells."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from alongside.domain.clocks import State
from alongside.domain.facts import Span
from alongside.domain.pathways import Verdict
from alongside.domain.predicates import CLOCK_READS
from alongside.doors.showing.cards import OF_OTHERS, card_of, offered
from alongside.doors.showing.speaking import book
from alongside.library.paper.calendar import AllDay, calendar

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from alongside.domain.clocks import Ticking
    from alongside.doors.showing.cards import Card
    from alongside.library.book import Outlook
    from alongside.library.words import Voice

NAME = "dates"
FEDERAL = "fed"
"""Federal law may hold for a job wherever it is: its days stay, to be checked."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """One day: its number on paper and in the calendar, the limit, and the ways that share it.

    ``sure``: the day it counts from is told to the day, its length needs no check, and nothing told
    speaks for another law.
    """

    number: int
    day: date
    ticking: Ticking
    cards: tuple[Card, ...]
    sure: bool


def days_of(outlook: Outlook) -> list[Numbered]:
    """Return every day ahead on which a limit or a wait of a way that is not closed ends, earliest first.

    Where it is not known from which day a limit counts, it counts from the earliest it could be.
    """
    found: dict[tuple[date, str], list[tuple[Card, Ticking]]] = {}
    for card, ticking in _ahead(outlook):
        if ticking.ends_on is not None:
            found.setdefault((ticking.ends_on, ticking.clock.key), []).append((card, ticking))
    return [
        Numbered(
            number,
            day,
            shared[0][1],
            tuple(card for card, _ in shared),
            all(_sure(card, ticking) for card, ticking in shared),
        )
        for number, ((day, _), shared) in enumerate(sorted(found.items(), key=lambda f: f[0]), 1)
    ]


def _ahead(outlook: Outlook) -> Iterator[tuple[Card, Ticking]]:
    for key, remedy in book().remedies.items():
        card = card_of(key, outlook)
        closed = card.pathway.verdict is Verdict.CLOSED
        other = card.elsewhere and remedy.rule.jurisdiction != FEDERAL
        if closed or other or not offered(remedy, outlook.facts, outlook.on):
            continue
        for ticking in card.dates:
            if ticking.state is not State.PASSED and ticking.clock.key not in OF_OTHERS:
                yield card, ticking


def _sure(card: Card, ticking: Ticking) -> bool:
    clock, outlook = ticking.clock, card.outlook
    starts = clock.starts or CLOCK_READS.get(clock.predicate, ())
    days = [outlook.facts.get(key) for key in starts]
    exact = all(d.earliest == d.latest for d in days if isinstance(d, Span))
    return ticking.state is State.DATED and exact and not card.elsewhere


def calendar_of(outlook: Outlook, own: bytes, voice: Voice) -> bytes:
    """Return the calendar of a casefile: numbers and days. ``own``: the casefile's identity at this desk.

    What the numbers stand for is on the memo and on no calendar.
    """
    events = []
    for one in days_of(outlook):
        key = "paper_day" if one.sure else "paper_day_unsure"
        title = voice.find(voice.word(key)) or voice.word(key).en
        events.append(AllDay(_identity(own, one), one.day, title.format(n=one.number)))
    return calendar(events, outlook.on)


def _identity(own: bytes, one: Numbered) -> str:
    """Return what stays the same for this limit of this casefile, and leads to neither without the casefile."""
    way = min(card.remedy.key for card in one.cards)
    told = f"{one.ticking.clock.key}|{way}".encode()
    return hashlib.blake2b(told, key=own, digest_size=16).hexdigest()
