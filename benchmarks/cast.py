"""The published generator: fictional people in four strata, whose answers do not contradict themselves.

Described in docs/reference/interview.md. The shares are choices, made so that most of these people are
exploited; they are no estimate of anybody's number. Seeded: the same people on every run.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import TYPE_CHECKING

from alongside.domain.derivation import LOST, TEMPORARY, derive
from alongside.domain.facts import Answer, Facts, Kind, Silence, Span, Truth

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alongside.library.book import Book
    from alongside.library.vocabulary import FactEntry

SEED = 20_261_130
STRATA = {
    "no breach": (0.15, {"V": 0.02, "D": 0.02, "A": 0.3, "X": 0.3}),
    "breach": (0.20, {"V": 0.3, "E": 0.03, "C": 0.01, "D": 0.15, "A": 0.5, "X": 0.5}),
    "exploited": (0.25, {"V": 0.5, "E": 0.3, "C": 0.05, "D": 0.4, "A": 0.7, "X": 0.6}),
    "coerced": (0.40, {"V": 0.6, "E": 0.5, "C": 0.45, "D": 0.5, "A": 0.8, "X": 0.7}),
}
"""For each stratum: its share, and how often a sign of each tier is so (none: never; K: one in twenty)."""
STATUSES = {
    "wp_employer_specific_lmia": 30, "out_of_status_no_order": 18, "student": 10, "visitor": 8,
    "wp_employer_specific_exempt": 8, "wp_open_general": 6, "refugee_claimant_referred": 6,
    "permanent_resident": 5, "citizen": 4, "restoration_window": 3, "refused_claimant_no_stay": 3,
    "departure_order_enforceable": 2, "trp_vtip": 1,
}  # fmt: skip
PROVINCES = {"on": 40, "bc": 18, "qc": 18, "ab": 12, "mb": 3, "sk": 3, "ns": 3, "nb": 3}
SEXUAL, CHILD, OTHER, MOSTLY_NONE = 0.25, 0.05, 0.2, 0.8
TOPIC_KEPT, ANSWER_KEPT = 0.08, 0.03
CUT_OFF = date(2020, 6, 24)


def cast(book: Book, count: int, on: date) -> Iterator[tuple[str, dict[str, Answer]]]:
    """Go through so many people: the stratum, and what each would answer to every question."""
    chance = random.Random(SEED)
    shares = [share for share, _ in STRATA.values()]
    for _ in range(count):
        stratum = chance.choices(list(STRATA), shares)[0]
        yield stratum, _Person(book, on, chance).answers(STRATA[stratum][1])


class _Person:
    def __init__(self, book: Book, on: date, chance: random.Random) -> None:
        self._facts, self._signs = book.vocabulary.facts, book.vocabulary.catalogue.signs
        self._parts, self._on, self._chance = book.interview, on, chance
        self._keys = [key for part in book.interview for page in part.pages for key in page]

    def answers(self, tiers: dict[str, float]) -> dict[str, Answer]:
        """Return what this person would answer: drawn, made consistent, some of it kept back."""
        signs = {sign.key: sign for sign in self._signs}
        told: dict[str, Answer] = {}
        for key in self._keys:
            if key in signs:
                often = (
                    CHILD if signs[key].tier == "K" else tiers.get(signs[key].tier.rstrip("-"), 0)
                )
                often *= SEXUAL if signs[key].sexual else 1
                told[key] = self._chance.random() < often
            else:
                told[key] = self._draw(self._facts[key])
        self._place(told)
        self._date(told)
        self._follow(told)
        return self._kept_back(told)

    def _draw(self, fact: FactEntry) -> Answer:
        if fact.kind is Kind.YES_NO:
            return self._chance.random() < OTHER
        if fact.kind is Kind.CHOICE:
            words = [word for word in fact.options if word not in {"unknown", "not_sure"}]
            none = "none" in words and self._chance.random() < MOSTLY_NONE
            return "none" if none else self._chance.choice(words)
        if fact.kind is Kind.DATE:
            return self._day(-900, 200)
        if fact.kind in {Kind.NUMBER, Kind.RANGE, Kind.MONEY}:
            return self._chance.choice((100, 450, 800, 2025))
        return Silence.UNKNOWN

    def _day(self, first: int, last: int) -> Span:
        return Span.on(self._on + timedelta(days=self._chance.randrange(first, last)))

    def _place(self, told: dict[str, Answer]) -> None:
        status = self._chance.choices(list(STATUSES), list(STATUSES.values()))[0]
        province = self._chance.choices(list(PROVINCES), list(PROVINCES.values()))[0]
        regions = [key for key in self._keys if self._facts[key].kind is Kind.REGION]
        told |= {"status.now": status, "place.in_canada": True, **dict.fromkeys(regions, province)}
        told["imm.no_status"] = status in LOST

    def _date(self, told: dict[str, Answer]) -> None:
        """Let the dates of status and entry agree with the words for them."""
        status = str(told["status.now"])
        live = status in TEMPORARY
        recent = status == "restoration_window"
        ends = self._day(5, 700) if live else self._day(-80, -1) if recent else self._day(-800, -91)
        entry = self._day(-2000, -30)
        early = entry.latest <= CUT_OFF
        told |= {
            "status.expires_on": ends,
            "status.lost_on": Silence.UNKNOWN if live else ends,
            "status.renewal_pending": False,
            "status.renewal_filed_on": Silence.UNKNOWN,
            "entry.first_on": entry,
            "entry.first_after_2020_06_24_on": Silence.UNKNOWN if early else entry,
            "entry.all_before_2020_06_25": early,
        }

    def _follow(self, told: dict[str, Answer]) -> None:
        """Answer what derives as it derives, and have nothing to say where a question makes no sense."""
        for _ in range(2):
            plain = {key: value for key, value in told.items() if not self._facts[key].derives}
            facts = derive(Facts.told(plain), self._on)
            for key in self._keys:
                if self._facts[key].derives and (value := facts.get(key)) is not None:
                    told[key] = value
            facts = derive(Facts.told(told), self._on)
            for key in self._keys:
                only = self._facts[key].only_when
                if only is not None and only.truth(facts, self._on) is Truth.NO:
                    told[key] = Silence.UNKNOWN

    def _kept_back(self, told: dict[str, Answer]) -> dict[str, Answer]:
        for part in self._parts:
            if part.door == "look" and self._chance.random() < TOPIC_KEPT:
                told |= {k: Silence.RATHER_NOT_SAY for page in part.pages for k in page}
        for key in self._keys:
            if key != "place.in_canada" and self._chance.random() < ANSWER_KEPT:
                told[key] = self._chance.choice(list(Silence))
        return told
