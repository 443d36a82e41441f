"""Facts: what a person told, and how silence is read.

A fact is yes, no, a value or unknown. *Do not know*, *rather not say*, never asked and two
versions that conflict are four different things to a person and one thing to a rule: unknown.
Semantics: sections 1.2 and 12 of the rules map the project was started from, restated in
docs/explanation/silence.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date


class Truth(IntEnum):
    """Kleene's three values, ordered so that *all of* is the least and *any of* the greatest."""

    NO = 0
    UNKNOWN = 1
    YES = 2

    @property
    def word(self) -> str:
        """Return the word used in trails and JSON: ``yes``, ``no`` or ``unknown``."""
        return self.name.lower()


def truth_of(value: object) -> Truth:
    """Read a yes-or-no value: True, False, or None for unknown."""
    if value is None:
        return Truth.UNKNOWN
    return Truth.YES if value else Truth.NO


def value_of(truth: Truth) -> bool | None:
    """Give a truth back as a yes-or-no value; the inverse of :func:`truth_of`."""
    return None if truth is Truth.UNKNOWN else truth is Truth.YES


def all_of(truths: Iterable[Truth]) -> Truth:
    """One no settles it, else one unknown leaves it unknown; nothing at all is yes."""
    found = Truth.YES
    for truth in truths:
        if truth is Truth.NO:
            return truth
        if truth is Truth.UNKNOWN:
            found = truth
    return found


def any_of(truths: Iterable[Truth]) -> Truth:
    """One yes settles it, else unknown wins over no; nothing at all is no."""
    found = Truth.NO
    for truth in truths:
        if truth is Truth.YES:
            return truth
        if truth is Truth.UNKNOWN:
            found = truth
    return found


def negate(truth: Truth) -> Truth:
    """Turn yes into no and no into yes; unknown stays unknown."""
    return Truth(Truth.YES - truth)


class Silence(StrEnum):
    """Why there is no answer. A page tells these apart; a rule does not."""

    UNKNOWN = "unknown"
    RATHER_NOT_SAY = "rather_not_say"


class Kind(StrEnum):
    """What an answer to a fact looks like."""

    YES_NO = "yes_no"
    CHOICE = "choice"
    DATE = "date"
    MONEY = "money"
    NUMBER = "number"
    REGION = "region"
    POSTAL_AREA = "postal_area"
    COUNTRY = "country"
    LANGUAGE = "language"
    TEXT = "text"
    RANGE = "range"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A day known to lie in ``earliest``..``latest`` (both counted in); equal when the day is known.

    A deadline counts from the earliest day, the end of a bar from the latest (rules map 12.6).
    """

    earliest: date
    latest: date

    def __post_init__(self) -> None:
        """Refuse a span that ends before it begins."""
        if self.latest < self.earliest:
            msg = f"a span cannot end ({self.latest}) before it begins ({self.earliest})"
            raise ValueError(msg)

    @classmethod
    def on(cls, day: date) -> Span:
        """Return the span of one known day."""
        return cls(day, day)


Value = bool | str | int | float | Span


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two or more versions of one fact, none preferred; a rule reads it as unknown."""

    versions: tuple[Value, ...]


Answer = Value | Silence | Conflict


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one person, as rules read it: a value, or nothing.

    ``conflicted`` keys are unknown and, unlike other unknown ones, are never filled in by a
    derivation (rules map 1.2, rule 4).
    """

    values: Mapping[str, Value] = field(default_factory=dict)
    conflicted: frozenset[str] = frozenset()

    @classmethod
    def told(cls, answers: Mapping[str, Answer]) -> Facts:
        """Read answers as a person gave them; the two silences leave nothing behind."""
        values: dict[str, Value] = {}
        conflicted: set[str] = set()
        for key, answer in answers.items():
            if isinstance(answer, Conflict):
                conflicted.add(key)
            elif not isinstance(answer, Silence):
                values[key] = answer
        return cls(values, frozenset(conflicted))

    def get(self, key: str) -> Value | None:
        """Return the value of a fact, or None when it is unknown."""
        return self.values.get(key)

    def truth(self, key: str) -> Truth:
        """Read a yes-or-no fact."""
        value = self.values.get(key)
        if value is None:
            return Truth.UNKNOWN
        return Truth.YES if value is True else Truth.NO

    def day(self, key: str) -> Span | None:
        """Return a date fact as a span, or None when it is unknown."""
        value = self.values.get(key)
        return value if isinstance(value, Span) else None

    def knows(self, key: str) -> bool:
        """Say whether the fact has a value."""
        return key in self.values

    def fillable(self, key: str) -> bool:
        """Say whether a derivation may fill the fact: not told, and not told twice differently."""
        return key not in self.values and key not in self.conflicted

    def adding(self, more: Mapping[str, Value]) -> Facts:
        """Return these facts with more values laid beside them; told ones are kept."""
        return Facts({**more, **self.values}, self.conflicted)
