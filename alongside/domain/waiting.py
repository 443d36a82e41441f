"""Waiting: which unknown facts a derived fact hangs on, as its rule reads them for one person."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from alongside.domain.derivation import FROM_FOUND, FROM_TOLD
from alongside.domain.facts import Facts

if TYPE_CHECKING:
    from datetime import date

    from alongside.domain.facts import Span, Truth, Value


@dataclass(frozen=True, slots=True)
class _Reading(Facts):
    """Facts that note which of them were looked at and are not known."""

    looked: dict[str, None] = field(default_factory=dict)

    def _look(self, key: str) -> None:
        if key not in self.values:
            self.looked[key] = None

    def get(self, key: str) -> Value | None:
        self._look(key)
        return self.values.get(key)

    def truth(self, key: str) -> Truth:
        self._look(key)
        return Facts(self.values).truth(key)

    def day(self, key: str) -> Span | None:
        self._look(key)
        return Facts(self.values).day(key)

    def knows(self, key: str) -> bool:
        self._look(key)
        return key in self.values


def waits_for(key: str, facts: Facts, today: date) -> tuple[str, ...]:
    """Name the unknown facts that a derived fact hangs on for this person, as its rule reads them now.

    Facts that do not matter for what is known already are left out. A fact that derives from nothing
    waits for itself; a known one for nothing. What the assessment finds is named, not followed.
    """
    if facts.knows(key):
        return ()
    rule = FROM_TOLD.get(key) or FROM_FOUND.get(key)
    if rule is None or key in facts.conflicted:
        return (key,)
    reading = _Reading(facts.values, facts.conflicted)
    rule(reading, today)
    further = (waits_for(k, facts, today) for k in reading.looked if k != key)
    return tuple(dict.fromkeys((key, *(k for keys in further for k in keys))))
