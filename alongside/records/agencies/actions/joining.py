"""Joining: an invitation carries the keys of an agency, sealed under its code."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction

from alongside.records.agencies.content import (
    EpochKeys,
    Label,
    MemberKeys,
    NotAllowedError,
    Profile,
    Role,
)
from alongside.records.agencies.models import Agency, Epoch, Invitation, Member
from alongside.records.agencies.queries import profile_of, with_epochs
from alongside.records.agencies.sealing import (
    seal_epoch,
    seal_label,
    seal_profile,
    site_slot,
)
from alongside.records.gone.actions import remember
from alongside.records.journal.actions import write_line
from alongside.records.journal.content import Deed, Line
from alongside.records.packing import pack, unpack
from alongside.records.turns import take_turn
from alongside.sealed.derived import (
    draw_salt,
    draw_secret,
    fingerprint,
    passphrase_halves,
    phrase_key,
)
from alongside.sealed.envelopes import Bound, NotOpenedError, new_id, seal, unseal
from alongside.sealed.onetime import address, new_seed, spelled, step_of
from alongside.sealed.pairs import Pair
from alongside.sealed.things import INVITATION, VAULT

if TYPE_CHECKING:
    from datetime import date

INVITATION_DAYS = 3
SHORTEST_PASSPHRASE = 12


@dataclass(frozen=True, slots=True)
class Joining:
    """What an invitation holds: the agency, the role, the keys of its epochs, and who invited."""

    agency: bytes
    role: Role
    epochs: dict[int, EpochKeys]
    by: str = ""


@dataclass(frozen=True, slots=True)
class Joiner:
    """What somebody who joins chooses: a sign-in name, a name for colleagues, a passphrase.

    ``seed``: the seed of the one-time passwords, shown to them before; ``code``: one made from it.
    """

    sign_in: str
    name: str
    passphrase: str
    seed: bytes
    code: str


class InvitationError(Exception):
    """There is no such invitation, it is over, or it was used."""


class Field(StrEnum):
    """A choice: a name that is taken, a passphrase too short, a code that is wrong, a passkey that is none."""

    SIGN_IN = "sign_in"
    PASSPHRASE = "passphrase"  # noqa: S105 - the name of a field
    CODE = "code"
    PASSKEY = "passkey"


class ChoiceError(Exception):
    """A choice that cannot stand."""

    def __init__(self, field: Field) -> None:
        """Name the field."""
        super().__init__(field)
        self.field = field


def invite(*, keys: MemberKeys, role: Role, today: date, minute: int) -> bytes:
    """Invite a colleague; return the secret of the code, to be told to them alone.

    Raises NotAllowedError for who does not lead.
    """
    if keys.role is not Role.LEAD:
        raise NotAllowedError
    with transaction.atomic():
        profile = profile_of(keys.agency)
        if profile is None:
            raise NotAllowedError
        code = invite_to(Joining(keys.agency, role, keys.epochs, keys.name), today=today)
        note_down(profile, Deed.INVITED, keys.name, minute)
        return code


def invite_to(joining: Joining, *, today: date) -> bytes:
    """Write an invitation; return the secret of its code."""
    secret = draw_secret()
    slot = site_slot("invitation", secret.hex())
    epochs = {str(n): [keys.private, keys.listing] for n, keys in joining.epochs.items()}
    content = pack({"a": joining.agency, "r": joining.role, "e": epochs, "b": joining.by})
    sealed = seal(INVITATION, phrase_key(secret, slot), content, Bound(slot))
    ends_on = today.toordinal() + INVITATION_DAYS
    Invitation.objects.create(slot=slot, sealed=sealed, ends_on=ends_on)
    return secret


def read_invitation(*, secret: bytes, today: date) -> Joining:
    """Open an invitation with its code. Raises InvitationError."""
    slot = site_slot("invitation", secret.hex())
    row = Invitation.objects.filter(slot=slot, ends_on__gte=today.toordinal()).first()
    if row is None:
        raise InvitationError
    try:
        table = unpack(unseal(INVITATION, phrase_key(secret, slot), bytes(row.sealed), Bound(slot)))
    except NotOpenedError as error:
        raise InvitationError from error
    epochs = {int(n): EpochKeys(*pair) for n, pair in table["e"].items()}
    return Joining(table["a"], Role(table["r"]), epochs, table["b"])


def join(
    *, secret: bytes, joiner: Joiner, today: date, minute: int, second: int | None = None
) -> MemberKeys:
    """Become a member with an invitation; it is used up.

    ``second``: the present, in seconds since 1970, for the code; the middle of the minute where it
    is left out. Raises InvitationError, or ChoiceError that names the field to choose again.
    """
    with transaction.atomic():
        slot = site_slot("invitation", secret.hex())
        take_turn(read_invitation(secret=secret, today=today).agency, slot)
        joining = read_invitation(secret=secret, today=today)
        profile = profile_of(joining.agency)
        if profile is None or profile.number != max(joining.epochs):
            raise InvitationError  # somebody left since: the code may be theirs, and its keys are old
        first = not Member.objects.filter(agency=joining.agency).exists()
        step = _check(joiner, minute * 60 + 30 if second is None else second)
        if not Invitation.objects.filter(slot=slot).delete()[0]:
            raise InvitationError
        remember(slot)  # a restore brings no used code back
        keys = _add(joining, joiner, step)
        if first:  # until now nobody could have read who wrote
            keep_profile(replace(profile, accepts=True))
        note_down(profile, Deed.JOINED, keys.name, minute)
        return keys


def keep_profile(profile: Profile) -> None:
    """Write a profile anew."""
    Agency.objects.filter(id=profile.id).update(sealed=seal_profile(profile))


def seed_for_joining() -> bytes:
    """Draw the seed that somebody who joins puts into their app."""
    return new_seed()


class SeedShown(NamedTuple):
    """A seed as an authenticator app takes it: in groups of four, or as the address in a QR code."""

    spelled: str
    address: str


def show_seed(seed: bytes, name: str) -> SeedShown:
    """Return how a seed is shown. ``name``: what the app will call it; nothing telling."""
    return SeedShown(spelled(seed), address(seed, name))


def _check(joiner: Joiner, second: int) -> int:
    if (
        Member.objects.filter(slot=member_slot(joiner.sign_in)).exists()
        or not joiner.sign_in.strip()
    ):
        raise ChoiceError(Field.SIGN_IN)
    if too_short(joiner.passphrase):
        raise ChoiceError(Field.PASSPHRASE)
    step = step_of(joiner.seed, joiner.code, second, 0)
    if step is None:
        raise ChoiceError(Field.CODE)
    return step


def _add(joining: Joining, joiner: Joiner, step: int) -> MemberKeys:
    own, pair, salt = new_id(), Pair.new(), draw_salt()
    halves = passphrase_halves(joiner.passphrase, salt)
    name = joiner.name.strip() or joiner.sign_in.strip()
    vault = {
        "private": pair.private, "seed": joiner.seed, "step": step, "name": name,
        "role": joining.role, "passkeys": [],
    }  # fmt: skip
    listing = joining.epochs[max(joining.epochs)].listing
    Member.objects.create(
        id=own, agency=joining.agency, slot=member_slot(joiner.sign_in), salt=salt,
        sign_in=fingerprint(halves.sign_in),
        sealed=seal_vault(vault, joining.agency, own, halves.vault),
        label=seal_label(Label(own, name, joining.role, pair.public), listing, joining.agency),
    )  # fmt: skip
    for number, epoch in joining.epochs.items():
        give_epoch(epoch, joining.agency, own, number, pair.public)
    keys = MemberKeys(own, joining.agency, name, joining.role, pair.private, joining.epochs)
    return with_epochs(keys)


def member_slot(sign_in: str) -> bytes:
    """Return where a member is found by the name they sign in with, however they write it."""
    return site_slot("member", " ".join(sign_in.casefold().split()))


def seal_vault(vault: dict[str, object], agency: bytes, member: bytes, key: bytes) -> bytes:
    """Seal what a member has under the vault half of their passphrase."""
    return seal(VAULT, key, pack(vault), Bound(agency, member.hex()))


def give_epoch(keys: EpochKeys, agency: bytes, member: bytes, number: int, public: bytes) -> None:
    """Give a member the keys of an epoch."""
    sealed = seal_epoch(keys, agency, member, number, public)
    Epoch.objects.create(id=new_id(), agency=agency, member=member, number=number, sealed=sealed)


def note_down(
    profile: Profile, deed: Deed, who: str, minute: int, places: tuple[str, ...] = ()
) -> None:
    """Write a line into an agency's journal. ``places``: what else it names, as the number of a key."""
    write_line(book=profile.id, public=profile.public, line=Line(deed, minute, who, places))


def too_short(passphrase: str) -> bool:
    """Say whether a passphrase is too short, spaces drawn together as they are when it is used."""
    return len(" ".join(passphrase.split())) < SHORTEST_PASSPHRASE
