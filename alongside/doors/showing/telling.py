"""Telling: one thing that was told, the word that answers it, and the day of a minute."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from alongside.domain.facts import Kind, Silence, Truth

if TYPE_CHECKING:
    from alongside.domain.facts import Answer
    from alongside.library.rights import Said
    from alongside.library.vocabulary import FactEntry


@dataclass(frozen=True, slots=True)
class Told:
    """One thing told, with what the rules say of it and where it can be changed."""

    fact: FactEntry
    answer: Answer
    said: Said | None = None
    place: tuple[int, int] | None = None
    breaks: Truth = Truth.NO

    @property
    def is_sign(self) -> bool:
        """Say whether it is a sign that was said to be so."""
        return self.said is not None and self.answer is True

    @property
    def word(self) -> str:
        """The word that answers it, empty for a value."""
        return told_as(self.fact, self.answer)


def told_as(fact: FactEntry, answer: Answer) -> str:
    """Return which word answers a fact: yes, no, dont_know, rather_not_say, or empty for a value."""
    if isinstance(answer, Silence):
        return "dont_know" if answer is Silence.UNKNOWN else "rather_not_say"
    if isinstance(answer, bool) and fact.kind is Kind.YES_NO:
        return "yes" if answer else "no"
    return ""


def pages_of(many: int, on_a_page: int) -> int:
    """Return how many pages so many lines take; one where there are none."""
    return max(1, -(-many // on_a_page))


def day_of(minute: int) -> date:
    """Return the day of a minute since 1970."""
    return datetime.fromtimestamp(minute * 60, tz=UTC).date()
