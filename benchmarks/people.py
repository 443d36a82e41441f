"""Seeded, fictional people: answers drawn at random from the facts that pages ask."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import TYPE_CHECKING

from alongside.domain.facts import Answer, Kind, Silence, Span

if TYPE_CHECKING:
    from alongside.library.book import Book
    from alongside.library.vocabulary import FactEntry

SEED = 20_261_122
SHARE_TOLD = 0.4


def people(book: Book, count: int, on: date) -> list[dict[str, Answer]]:
    """Return the answers of so many fictional people, the same on every run."""
    chance = random.Random(SEED)
    asked = [key for part in book.interview for page in part.pages for key in page]
    facts = book.vocabulary.facts
    return [
        {key: _answer(facts[key], chance, on) for key in asked if chance.random() < SHARE_TOLD}
        for _ in range(count)
    ]


def _answer(fact: FactEntry, chance: random.Random, on: date) -> Answer:
    if chance.random() < 0.15:  # noqa: PLR2004 - one in seven keeps it to themselves
        return chance.choice(list(Silence))
    if fact.kind is Kind.YES_NO:
        return chance.random() < 0.5  # noqa: PLR2004 - a coin
    if fact.kind is Kind.DATE:
        return Span.on(on - timedelta(days=chance.randrange(-300, 900)))
    if fact.kind is Kind.REGION:
        return chance.choice(["on", "on", "on", "bc", "qc"])
    if fact.kind is Kind.CHOICE:
        return chance.choice([o for o in fact.options if o not in {"unknown", "not_sure"}])
    return chance.randrange(0, 2000)
