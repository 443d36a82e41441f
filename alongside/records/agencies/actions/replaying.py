"""After a restore: everything of agencies that had been destroyed since is destroyed again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from alongside.records.agencies.models import (
    Agency,
    Custodian,
    Delivery,
    Epoch,
    Invitation,
    Member,
    Recovery,
)
from alongside.sealed.derived import fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterable

IDENTITY_BYTES = 16


@dataclass(frozen=True, slots=True)
class Replayed:
    """How many grants were emptied again, members let go, invitations used up, custodians replaced."""

    grants: int
    members: int
    invitations: int
    custodians: int


def replay_gone(*, prints: set[bytes]) -> Replayed:
    """Destroy again what these fingerprints stand for, and let every agency turn its epoch.

    Called inside the transaction of the restore. The epoch that came back may be older than a member's
    leaving. It turns when the next colleague signs in, because only they hold the keys that it takes.
    """
    Agency.objects.update(turn_wanted=True)
    grants = _gone(Delivery.objects.exclude(sealed=b"").values_list("id", flat=True), prints)
    for own in grants:
        Delivery.objects.filter(id=own).update(sealed=b"")
    invitations = _gone(Invitation.objects.values_list("slot", flat=True), prints)
    for slot in invitations:
        Invitation.objects.filter(slot=slot).delete()
    return Replayed(len(grants), _members(prints), len(invitations), _custodians(prints))


def _members(prints: set[bytes]) -> int:
    members = _gone(Member.objects.values_list("id", flat=True), prints)
    for own in members:
        Epoch.objects.filter(member=own).delete()
        Member.objects.filter(id=own).delete()
    return len(members)


def _custodians(prints: set[bytes]) -> int:
    custodians = set(_gone(Custodian.objects.values_list("id", flat=True), prints))
    for own in custodians:
        Custodian.objects.filter(id=own).delete()
    for way in Recovery.objects.all():
        if custodians & {bytes(way.pair)[:IDENTITY_BYTES], bytes(way.pair)[IDENTITY_BYTES:]}:
            way.delete()
    return len(custodians)


def _gone(identities: Iterable[bytes | memoryview], prints: set[bytes]) -> list[bytes]:
    return [bytes(own) for own in identities if fingerprint(bytes(own)) in prints]
