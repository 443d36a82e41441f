"""Bringing an agency's keys back when no member can sign in: two of three custodians, together."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction

from alongside.records.agencies.actions.joining import Joining, invite_to
from alongside.records.agencies.actions.leaving import dismiss_custodians
from alongside.records.agencies.content import EpochKeys, Label, NotAllowedError, Role
from alongside.records.agencies.models import Custodian, Recovery
from alongside.records.agencies.queries import profile_of
from alongside.records.agencies.sealing import seal_label, site_slot
from alongside.records.agencies.wrapping import open_recovery, seal_recovery
from alongside.records.journal.actions import write_line
from alongside.records.journal.content import Deed, Line
from alongside.sealed.derived import draw_secret, phrase_key
from alongside.sealed.envelopes import Bound, NotOpenedError, new_id, seal, unseal
from alongside.sealed.pairs import Pair
from alongside.sealed.things import CUSTODIAN

if TYPE_CHECKING:
    from datetime import date

    from alongside.records.agencies.content import MemberKeys

CUSTODIANS = 3


class RecoveryError(Exception):
    """These are not the phrases of two custodians of one agency."""


class Half(NamedTuple):
    """A custodian whose phrase was right."""

    id: bytes
    agency: bytes
    private: bytes


def appoint(*, keys: MemberKeys) -> list[bytes]:
    """Appoint three custodians, in place of any before; return the secret of each one's phrase.

    The secrets are shown once and kept nowhere. Raises NotAllowedError for who does not lead.
    """
    if keys.role is not Role.LEAD:
        raise NotAllowedError
    with transaction.atomic():
        dismiss_custodians(agency=keys.agency)
        made = [_appoint(keys) for _ in range(CUSTODIANS)]
        for one, other in combinations(made, 2):
            pair, publics = one[1] + other[1], (one[2], other[2])
            for number, epoch in keys.epochs.items():
                sealed = seal_recovery(epoch, keys.agency, pair, number, publics)
                Recovery.objects.create(
                    id=new_id(), agency=keys.agency, pair=pair, number=number, sealed=sealed
                )
        return [secret for secret, _, _ in made]


def appointed(*, keys: MemberKeys) -> bool:
    """Say whether the agency has custodians."""
    return Custodian.objects.filter(agency=keys.agency).exists()


def recover(*, secrets: tuple[bytes, bytes], today: date, minute: int) -> bytes:
    """Open the keys of an agency with two custodians' phrases; return the code of an invitation to lead it.

    Raises RecoveryError: one of them alone opens nothing, whoever it is.
    """
    with transaction.atomic():
        halves = sorted((_half(secret) for secret in secrets), key=lambda half: half.id)
        one, other = halves
        if one.id == other.id or one.agency != other.agency:
            raise RecoveryError
        epochs = _epochs(one, other) or _epochs(other, one)
        profile = profile_of(one.agency)
        if not epochs or profile is None:
            raise RecoveryError
        write_line(book=one.agency, public=profile.public, line=Line(Deed.RECOVERED, minute))
        return invite_to(Joining(one.agency, Role.LEAD, epochs), today=today)


def _appoint(keys: MemberKeys) -> tuple[bytes, bytes, bytes]:
    secret, own, pair = draw_secret(), new_id(), Pair.new()
    bound = Bound(keys.agency, own.hex())
    Custodian.objects.create(
        id=own, agency=keys.agency, slot=site_slot("custodian", secret.hex()),
        sealed=seal(CUSTODIAN, phrase_key(secret, own), pair.private, bound),
        label=seal_label(Label(own, "", "", pair.public), keys.listing, keys.agency),
    )  # fmt: skip
    return secret, own, pair.public


def _half(secret: bytes) -> Half:
    row = Custodian.objects.filter(slot=site_slot("custodian", secret.hex())).first()
    if row is None:
        raise RecoveryError
    own, agency = bytes(row.id), bytes(row.agency)
    try:
        bound = Bound(agency, own.hex())
        private = unseal(CUSTODIAN, phrase_key(secret, own), bytes(row.sealed), bound)
    except NotOpenedError as error:
        raise RecoveryError from error
    return Half(own, agency, private)


def _epochs(one: Half, other: Half) -> dict[int, EpochKeys]:
    pair, privates = one.id + other.id, (one.private, other.private)
    rows = Recovery.objects.filter(agency=one.agency, pair=pair)
    return {
        row.number: open_recovery(bytes(row.sealed), one.agency, pair, row.number, privates)
        for row in rows
    }
