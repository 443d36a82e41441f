"""An account as it is shown: its chronology, and when each piece was, in the words a person chose it by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from alongside.domain.chronology import Bounds, Rough, lay_out
from alongside.domain.facts import Kind, Silence, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from alongside.domain.chronology import Chronology, Piece, When
    from alongside.domain.facts import Answer
    from alongside.library.vocabulary import FactEntry

MARKS = ("entry.first_on", "job.started_on", "job.last_day_on", "status.lost_on")
"""The date facts by which a piece can always be told, answered or not, in this order."""


class Part(NamedTuple):
    """A part of how a time is said: the key of a word, a rough date, a fact, a piece's number; a dash."""

    kind: Literal["word", "rough", "fact", "piece", "dash"]
    word: str = ""
    rough: Rough | None = None
    fact: FactEntry | None = None
    number: int = 0


@dataclass(frozen=True, slots=True)
class Account:
    """Pieces in the order of writing, the chronology of them, and the number by which each is called."""

    pieces: tuple[Piece, ...]
    chronology: Chronology
    answers: Mapping[str, Answer]
    facts: Mapping[str, FactEntry]

    def number(self, own: str) -> int:
        """Return the number of a piece, by the order of writing; 0 for none that is here."""
        return next((n for n, piece in enumerate(self.pieces, 1) if piece.id == own), 0)

    def piece(self, own: str) -> Piece | None:
        """Return a piece by its identity."""
        return next((piece for piece in self.pieces if piece.id == own), None)

    def bounds(self, piece: Piece) -> Bounds:
        """Return the days on which a piece can have been."""
        return self.chronology.bounds[piece.id]

    def linked(self, piece: Piece) -> list[FactEntry]:
        """Return the facts a piece was linked to by hand, those that are answered here."""
        return [self.facts[key] for key in piece.facts if key in self.facts and key in self.answers]

    def marks(self) -> list[FactEntry]:
        """Return the date facts by which a time can be told: the usual ones, and those that are answered."""
        told = [key for key in self.answers if key in _days(self.answers, self.facts)]
        keys = dict.fromkeys((*MARKS, *told))
        return [self.facts[key] for key in keys if key in self.facts]

    def said(self, when: When) -> list[Part]:
        """Return how a time was said, part by part. Nothing is left out and nothing made up."""
        return list(self._parts(when)) or [Part("word", "story_when_unknown")]

    def _parts(self, when: When) -> Iterator[Part]:
        if when.first:
            yield Part("rough", rough=when.first)
        if when.season:
            yield Part("word", f"season_{when.season}")
        if when.last:
            yield Part("word", "story_until")
            yield Part("rough", rough=when.last)
        if when.relation and (when.first or when.last) and self._names(when.other):
            yield Part("dash")
        if when.relation and (number := self.number(when.other)):
            yield Part("word", f"story_rel_{when.relation}")
            yield Part("piece", number=number)
        elif when.relation and when.other in self.facts:
            yield Part("word", f"story_rel_{when.relation}")
            yield Part("fact", fact=self.facts[when.other])

    def _names(self, other: str) -> bool:
        return bool(self.number(other)) or other in self.facts

    def clashes(self) -> list[tuple[list[int], list[FactEntry]]]:
        """Return what does not fit together: the numbers of pieces, and facts."""
        return [
            (
                [number for own in clash if (number := self.number(own))],
                [self.facts[own] for own in clash if own in self.facts],
            )
            for clash in self.chronology.clashes
        ]


def account_of(
    pieces: Sequence[Piece], answers: Mapping[str, Answer], facts: Mapping[str, FactEntry]
) -> Account:
    """Lay out an account beside the answers: the dates in them are the marks it can be told by."""
    marks = _days(answers, facts)
    return Account(tuple(pieces), lay_out(pieces, marks), answers, facts)


def _days(answers: Mapping[str, Answer], facts: Mapping[str, FactEntry]) -> dict[str, Bounds]:
    return {
        key: Bounds(answer.earliest, answer.latest)
        for key, answer in answers.items()
        if isinstance(answer, Span) and key in facts and facts[key].kind is Kind.DATE
    }


def linkable(answers: Mapping[str, Answer], facts: Mapping[str, FactEntry]) -> list[FactEntry]:
    """Return the facts a piece can be linked to by hand: those answered with something."""
    return [facts[k] for k, a in answers.items() if k in facts and not isinstance(a, Silence)]
