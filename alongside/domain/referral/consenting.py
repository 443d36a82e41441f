"""Consent to one referral: to this service, to these fields, for this purpose, until then, in that language.

It is asked anew whenever one of these changes, and read anew whenever anybody reads.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from alongside.domain.referral.events import Event, Referral

SENT_ON = frozenset({
    "sent", "received", "needs_info", "waitlisted", "accepted", "no_contact", "connected",
    "in_service", "redirect_proposed",
})  # fmt: skip
"""The states in which the service may read what the person consented to."""


MISSING = "it is not there"


class ConsentError(ValueError):
    """A step that no consent carries. ``lacks``: the word for what is missing."""

    def __init__(self, lacks: str) -> None:
        """Say what is missing."""
        super().__init__(f"no consent carries this: {lacks}")
        self.lacks = lacks


@dataclass(frozen=True, slots=True)
class Consent:
    """What a person agreed to. ``fields``: keys of facts; ``until``: the minute it ends; ``language``: ISO 639-3.

    ``twice``: agreed to a second time, apart, after the text about what this service may pass on.
    """

    service: str
    fields: frozenset[str]
    purpose: str
    until: int
    language: str
    twice: bool = False


def live(referral: Referral, minute: int) -> Consent | None:
    """Return the consent that a referral rests on at a minute; None where none stands any more."""
    for event in reversed(referral.events):
        if event.consent is not None:
            return event.consent if event.consent.until > minute else None
    return None


def readable(referral: Referral, minute: int) -> frozenset[str]:
    """Return the fields that the service may read at a minute: none before it is sent, or after its end."""
    consent = live(referral, minute)
    return consent.fields if consent and referral.state in SENT_ON else frozenset()


def check(referral: Referral, event: Event) -> None:
    """Refuse a consent that is not to exactly this, with ConsentError."""
    given = event.consent
    if given is None:
        raise ConsentError(MISSING)
    wanted = referral.shown
    for lacks, wrong in (
        ("another service", given.service != referral.service),
        ("other fields than were shown", given.fields != wanted),
        ("a purpose", not given.purpose),
        ("a language that it was explained in", not given.language),
        ("a time that lies ahead", given.until <= event.minute),
        ("the second yes after the risks", referral.risky and bool(wanted) and not given.twice),
    ):
        if wrong:
            raise ConsentError(lacks)
