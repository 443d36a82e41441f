"""Leaving: what a member held is destroyed, and a new epoch begins for those who stay."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction

from alongside.records.agencies.actions.joining import give_epoch, keep_profile, note_down
from alongside.records.agencies.content import EpochKeys, NotAllowedError, Role
from alongside.records.agencies.models import Agency, Custodian, Epoch, Member, Recovery
from alongside.records.agencies.queries import colleagues, profile_of
from alongside.records.agencies.sealing import open_label, seal_label, seal_profile
from alongside.records.agencies.wrapping import seal_recovery
from alongside.records.gone.actions import remember
from alongside.records.journal.content import Deed
from alongside.records.turns import take_turn
from alongside.sealed.envelopes import new_id, new_key
from alongside.sealed.pairs import Pair

if TYPE_CHECKING:
    from alongside.records.agencies.content import MemberKeys


class LastLeadError(Exception):
    """Nobody would be left to lead the agency."""


def leave(*, keys: MemberKeys, member: bytes, minute: int) -> MemberKeys:
    """Let a member go, oneself or, for a lead, another; return one's own keys with the new epoch.

    What the member held is destroyed, and the epoch turned: no grant that comes in from now on opens to
    them. When a lead goes, custodians are to be appointed anew, since a lead was told their phrases.
    Keys of grants that were open, copied from a running server, stay keys to what is written until each
    person's next visit. Raises NotAllowedError, or LastLeadError.
    """
    with transaction.atomic():
        take_turn(keys.agency)
        names = {own: (name, role) for own, name, role in colleagues(keys)}
        if member not in names or (member != keys.member and keys.role is not Role.LEAD):
            raise NotAllowedError
        leads = [own for own, (_, role) in names.items() if role is Role.LEAD]
        if leads == [member] and len(names) > 1:
            raise LastLeadError
        Member.objects.filter(id=member).delete()
        Epoch.objects.filter(member=member).delete()
        remember(member)
        if member in leads and leads != [member]:
            dismiss_custodians(agency=keys.agency)
        turned = turn_epoch(keys=keys)
        profile = profile_of(keys.agency)
        if profile is None:
            raise NotAllowedError
        if len(names) == 1:  # nobody is left who could read who writes
            keep_profile(replace(profile, accepts=False))
        note_down(profile, Deed.LEFT, names[member][0], minute)
        return turned


def dismiss_custodians(*, agency: bytes) -> None:
    """Destroy what custodians could open; a restore does not bring it back."""
    before = Custodian.objects.filter(agency=agency)
    remember(*(bytes(own) for own in before.values_list("id", flat=True)))
    before.delete()
    Recovery.objects.filter(agency=agency).delete()


def turn_epoch(*, keys: MemberKeys) -> MemberKeys:
    """Begin a new epoch: new keys, sealed to every member there is now and to the custodians."""
    with transaction.atomic():
        take_turn(keys.agency)
        profile = profile_of(keys.agency)
        if profile is None:
            raise NotAllowedError
        pair, number = Pair.new(), max(profile.number, keys.newest) + 1
        new = EpochKeys(pair.private, new_key())
        for own, sealed in Member.objects.filter(agency=keys.agency).values_list("id", "label"):
            if label := open_label(keys, bytes(own), bytes(sealed)):
                give_epoch(new, keys.agency, label.id, number, label.public)
                anew = seal_label(label, new.listing, keys.agency)
                Member.objects.filter(id=label.id).update(label=anew)
        _give_custodians(new, keys, number)
        sealed = seal_profile(profile.with_epoch(number, pair.public))
        Agency.objects.filter(id=keys.agency).update(sealed=sealed, turn_wanted=False)
        return replace(keys, epochs=keys.epochs | {number: new})


def _give_custodians(new: EpochKeys, keys: MemberKeys, number: int) -> None:
    agency, rows = keys.agency, Custodian.objects.filter(agency=keys.agency)
    labels = [open_label(keys, bytes(row.id), bytes(row.label)) for row in rows]
    publics = {label.id: label.public for label in labels if label}
    for label in filter(None, labels):
        Custodian.objects.filter(id=label.id).update(label=seal_label(label, new.listing, agency))
    pairs = {
        bytes(pair)
        for pair in Recovery.objects.filter(agency=agency).values_list("pair", flat=True)
    }
    for pair in pairs:
        halves = publics.get(pair[:16]), publics.get(pair[16:])
        if halves[0] and halves[1]:
            sealed = seal_recovery(new, agency, pair, number, (halves[0], halves[1]))
            Recovery.objects.create(
                id=new_id(), agency=agency, pair=pair, number=number, sealed=sealed
            )
