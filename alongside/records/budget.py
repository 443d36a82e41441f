"""The metadata budget: everything that can be read on a seized disk, column by column.

Whatever is not in this table may not stand in the store. A test reads every byte of every row after
all journeys and holds it against this. The page docs/reference/metadata-budget.md is written from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from alongside.sealed import envelopes, pairs
from alongside.sealed.things import (
    BETWEEN,
    BINDER,
    CARD,
    CUSTODIAN,
    DRAFT,
    ENTRY,
    EPOCH,
    HELD,
    HOST,
    INVITATION,
    LABEL,
    LINE,
    LOOKED,
    MESSAGE,
    PACKAGE,
    PARCEL,
    PROFILE,
    RECOVERY,
    RING,
    SESSION,
    TURN,
    VAULT,
)

if TYPE_CHECKING:
    from alongside.sealed.things import Thing

TAG = 16
ENCAPSULATED = 1120
"""What ML-KEM-768 with X25519 puts before the ciphertext: 1,088 and 32 bytes."""
FIRST_YEAR, LAST_YEAR = 2024, 2100


@dataclass(frozen=True, slots=True)
class Bytes:
    """A column of exactly so many bytes that tell nothing: drawn at random, or derived from a secret."""

    size: int
    tells: str

    def keeps(self, value: object) -> bool:
        """Say whether a value is within the budget."""
        return isinstance(value, bytes) and len(value) == self.size


@dataclass(frozen=True, slots=True)
class Sealed:
    """A column of ciphertext, of one of these things. ``to``: sealed to a public half, else under a key."""

    things: tuple[Thing, ...]
    tells: str
    to: tuple[Thing, ...] = ()
    empty: bool = False

    def keeps(self, value: object) -> bool:
        """Say whether a value is an envelope whose length tells the step alone."""
        if not isinstance(value, bytes):
            return False
        if not value:
            return self.empty
        if value[:1] == envelopes.FORMAT:
            return any(_fits(len(value) - envelopes.HEAD - TAG, thing) for thing in self.things)
        size = len(value) - 1 - ENCAPSULATED - TAG
        return value[:1] == pairs.FORMAT and any(
            _fits(size, t) or _inside(size, t) for t in self.to
        )


@dataclass(frozen=True, slots=True)
class Whole:
    """A column of a whole number between two bounds; every ``step``-th of them, counted from ``least``."""

    least: int
    most: int
    tells: str
    step: int = 1

    def keeps(self, value: object) -> bool:
        """Say whether a value is within the budget."""
        whole = isinstance(value, int) and self.least <= value <= self.most
        return whole and (int(value) - self.least) % self.step == 0  # type: ignore[call-overload]


Column = Bytes | Sealed | Whole


def _fits(size: int, thing: Thing) -> bool:
    step = thing.step if size <= envelopes.LARGE + thing.step else envelopes.LARGE_STEP
    return size > 0 and size % step == 0


def _inside(size: int, thing: Thing) -> bool:
    """Say whether a length is that of one seal inside another, as recovery has."""
    return thing is RECOVERY and size % thing.step == 0


def _day(tells: str, step: int = 1) -> Whole:
    first = date(FIRST_YEAR, 1, 1)
    assert first.weekday() == 0  # noqa: S101 - a Monday, so that weeks can be counted from it
    return Whole(first.toordinal(), date(LAST_YEAR, 1, 1).toordinal(), tells, step)


def _identity(of: str) -> Bytes:
    return Bytes(16, f"drawn at random; which rows belong to the same {of}")


OWN = Bytes(16, "drawn at random; nothing")
MINUTE = 60

BUDGET: dict[str, dict[str, Column]] = {
    "drafts_draft": {
        "slot": Bytes(32, "derived from a cookie; nothing"),
        "sealed": Sealed(
            (DRAFT, LOOKED),
            "that somebody answered, or looked something up, in the last half hour",
        ),
        "ends_at": Whole(0, 2**31 - 1, "the minute of the last answer, for thirty minutes"),
    },
    "gone_gone": {
        "print": Bytes(32, "a fingerprint of an identity that is gone; that something was destroyed"),
        "month": Whole(FIRST_YEAR * 12, LAST_YEAR * 12, "in which month"),
    },
    "casefile_casefile": {
        "id": OWN,
        "slot": Bytes(32, "derived from the casefile's number and the site key; nothing without both"),
        "salt": Bytes(16, "drawn at random; without a slot: from which host it is carried"),
        "binder": Sealed((BINDER,), "roughly, whether there are few or many grants, in steps of 8 KiB", empty=True),
        "ring": Sealed((RING,), "roughly, whether keys were turned often, in steps of 4 KiB", empty=True),
        "ends_on": _day("in which week it ends: whether it was ever shared, and the week of the last visit", 7),
        "edition": Bytes(16, "drawn at random; nothing"),
    },
    "casefile_entry": {
        "id": OWN,
        "casefile": _identity("casefile"),
        "sealed": Sealed((ENTRY, MESSAGE), "how many entries a casefile has, and their lengths in steps of 1 KiB"),
    },
    "casefile_turn": {
        "id": OWN,
        "casefile": _identity("casefile"),
        "sealed": Sealed((), "that keys were turned since the second word was last given", (TURN,)),
    },
    "journal_line": {
        "id": OWN,
        "book": _identity("casefile or agency"),
        "number": Whole(1, 2**31 - 1, "in which order a book's lines were written, and how many there ever were"),
        "sealed": Sealed((), "how many lines a book has", (LINE,)),
    },
    "agencies_agency": {
        "id": OWN,
        "sealed": Sealed((PROFILE,), "how many agencies there are"),
        "turn_wanted": Whole(0, 1, "that a backup was brought back since"),
    },
    "agencies_member": {
        "id": OWN,
        "agency": _identity("agency"),
        "slot": Bytes(32, "derived from a sign-in name and the site key; nothing without both"),
        "salt": Bytes(16, "drawn at random; nothing"),
        "sign_in": Bytes(32, "a fingerprint behind Argon2id; nothing but for who guesses the passphrase"),
        "sealed": Sealed((VAULT,), "how many members an agency has"),
        "label": Sealed((LABEL,), "nothing"),
    },
    "agencies_epoch": {
        "id": OWN,
        "agency": _identity("agency"),
        "member": _identity("member"),
        "number": Whole(1, 10**6, "how often an agency's keys were turned"),
        "sealed": Sealed((), "nothing", (EPOCH,)),
    },
    "agencies_invitation": {
        "slot": Bytes(32, "derived from a code and the site key; nothing"),
        "sealed": Sealed((INVITATION,), "that somebody is invited somewhere"),
        "ends_on": _day("until which day"),
    },
    "agencies_session": {
        "slot": Bytes(32, "derived from a cookie; nothing"),
        "sealed": Sealed((SESSION,), "that some member was there in the last hour"),
        "ends_at": Whole(0, 2**31 - 1, "in which quarter of an hour it ends"),
    },
    "agencies_between": {
        "slot": Bytes(32, "derived from a cookie; nothing"),
        "sealed": Sealed((BETWEEN,), "that somebody at a desk was writing in the last hour"),
        "ends_at": Whole(0, 2**31 - 1, "in which quarter of an hour it ends"),
    },
    "agencies_delivery": {
        "id": OWN,
        "agency": _identity("agency"),
        "sealed": Sealed((HELD,), "whether it was taken in, or taken back", (PACKAGE, PARCEL), empty=True),
        "card": Sealed((CARD,), "how many grants an agency has; none is tied to a casefile", empty=True),
        "origin": Bytes(16, "derived from a host, the delivery and the site key; nothing without all three"),
        "ends_on": _day("until which day it holds"),
    },
    "agencies_host": {
        "slot": Bytes(32, "derived from the public half of a host and the site key; nothing without both"),
        "sealed": Sealed((HOST,), "with how many hosts files are exchanged"),
    },
    "agencies_custodian": {
        "id": OWN,
        "agency": _identity("agency"),
        "slot": Bytes(32, "derived from a phrase and the site key; nothing"),
        "sealed": Sealed((CUSTODIAN,), "that an agency has custodians"),
        "label": Sealed((LABEL,), "nothing"),
    },
    "agencies_recovery": {
        "id": OWN,
        "agency": _identity("agency"),
        "pair": Bytes(32, "two identities drawn at random; which custodians go together"),
        "number": Whole(1, 10**6, "of which epoch"),
        "sealed": Sealed((), "nothing", (RECOVERY,)),
    },
}  # fmt: skip

BESIDE = (
    "A delivery in steps of 16 KiB is for an agency on another host, or came from one; its length tells how much.",
    "Such a delivery with a card beside it has arrived there: a receipt came.",
    "The order in which rows of one table were written (SQLite's row numbers, PostgreSQL's pages).",
    "Which rows one transaction wrote: on PostgreSQL until a table is written anew, on SQLite in its log.",
    "Django's own table of migrations: which version of the program made the store, and when.",
    "The file of withdrawals: fingerprints alone, in the order in which things were destroyed.",
    "Two copies of it, early and late: which casefiles end sooner than they did.",
    "After a restore, until they are visited: which casefiles somebody had asked to erase since the backup.",
)
"""What the store tells beside its columns."""
