"""Consent: what a person may open, to whom, for what, until when; and what is offered at first.

Consent here is a key. This module only says which keys to hand over: what it answers *no* to is
never wrapped, so that no page can show it. The story, and what is told apart, open at first to a
lawyer alone: what is told to one for advice is kept by solicitor-client privilege; what others write
down can be called for by a court (``docs/explanation/who-could-be-forced.md``).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

SECTIONS = (
    "identity", "whereabouts", "immigration", "work", "health", "family", "story", "evidence",
    "plans",
)  # fmt: skip
"""The sections of a casefile. All of them exist from the first moment, told or not."""
APART = "apart"
"""The compartment of what is only for a lawyer. It exists from the first moment too."""
COMPARTMENTS = (*SECTIONS, APART)


class HolderKind(StrEnum):
    """Who holds what was opened, as far as the law treats them differently."""

    LAWYER = "lawyer"
    PROFESSIONAL = "professional"
    COMMUNITY = "community"
    INTERPRETER = "interpreter"


class Purpose(StrEnum):
    """What something is opened for. Each grant has one."""

    ANSWER = "answer"
    ADVICE = "advice"
    SAFETY = "safety"
    SUPPORT = "support"


DAYS = (30, 90, 365)
"""For how many days a grant may be given: a question answered, a time of help, a long matter."""
LONGEST = DAYS[-1]

_PRESET: dict[HolderKind, frozenset[str]] = {
    HolderKind.LAWYER: frozenset(COMPARTMENTS) - {"whereabouts", "family", "health"},
    HolderKind.PROFESSIONAL: frozenset({"work", "plans", "whereabouts"}),
    HolderKind.COMMUNITY: frozenset({"work", "plans"}),
    HolderKind.INTERPRETER: frozenset(),
}


def offered(kind: HolderKind) -> tuple[str, ...]:
    """Return what a person may open to this kind of holder at all: *apart* to a lawyer alone."""
    return COMPARTMENTS if kind is HolderKind.LAWYER else SECTIONS


def preset(kind: HolderKind) -> frozenset[str]:
    """Return what is marked at first, for the person to change: little, and the story to a lawyer alone."""
    return _PRESET[kind]


def compartment_of(section: str, *, apart: bool) -> str:
    """Return where a fact is kept: in its section, or with what is told apart."""
    return APART if apart else section


@dataclass(frozen=True, slots=True)
class Grant:
    """What a person opened to one agency.

    ``sections``: which compartments. ``until``: the last day it holds. ``explained_in``: the language
    in which it was explained. ``ended_on``: the day the person took it back, if they did.
    """

    kind: HolderKind
    sections: frozenset[str]
    purpose: Purpose
    given_on: date
    until: date
    explained_in: str
    ended_on: date | None = None

    def holds(self, today: date) -> bool:
        """Say whether it still holds on a day."""
        return self.ended_on is None and self.given_on <= today <= self.until


def permits(grant: Grant, section: str, today: date) -> bool:
    """Say whether a grant opens a compartment on a day. What was not said does not open."""
    return grant.holds(today) and section in grant.sections and section in offered(grant.kind)


class UnfitGrantError(ValueError):
    """A grant that nobody may give: for no days, for too many, of what this holder is never opened."""


def check(grant: Grant) -> None:
    """Refuse a grant that nobody may give. Raises UnfitGrantError."""
    days = (grant.until - grant.given_on).days
    if not 0 <= days <= LONGEST:
        msg = "a grant holds from one day to a year"
        raise UnfitGrantError(msg)
    if not grant.sections <= set(offered(grant.kind)):
        msg = "something in this grant is never opened to this kind of holder"
        raise UnfitGrantError(msg)
