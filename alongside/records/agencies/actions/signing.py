"""Signing in and out: passphrase and second factor in one form; with a one-time code no script is needed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import transaction

from alongside.records.agencies.actions.joining import (
    ChoiceError,
    Field,
    member_slot,
    note_down,
    seal_vault,
    too_short,
)
from alongside.records.agencies.actions.leaving import turn_epoch
from alongside.records.agencies.content import MemberKeys, Role
from alongside.records.agencies.models import Agency, Between, Invitation, Member, Session
from alongside.records.agencies.proving import CopiedError, listed, passkeys_in, proved
from alongside.records.agencies.queries import MINUTES_A_QUARTER, profile_of, with_epochs
from alongside.records.agencies.sealing import open_label
from alongside.records.journal.content import Deed
from alongside.records.packing import pack, unpack
from alongside.records.patience import Patience
from alongside.sealed.derived import draw_salt, fingerprint, passphrase_halves, same
from alongside.sealed.envelopes import Bound, NotOpenedError, unseal
from alongside.sealed.things import SESSION, VAULT
from alongside.sealed.tokens import Token

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from alongside.records.agencies.proving import Shown

IDLE_MINUTES = 30
CODES = Patience(free=5, first=60, longest=3600)
"""With wrong codes and passkeys together; in seconds."""


class SignedIn(NamedTuple):
    """The two cookies of somebody who is signed in: one finds the session, the other opens it."""

    finds: str
    opens: str


class SignInError(Exception):
    """Name, passphrase and second factor do not belong together. Which one is not told."""


def sign_in(*, name: str, passphrase: str, code: str | Shown, minute: int, second: int) -> SignedIn:
    """Sign a member in. ``second``: the present, in seconds since 1970; a code is good once.

    ``code``: a one-time code, or a passkey in its place. Raises SignInError. An unknown name takes as
    long as a wrong passphrase.
    """
    member = Member.objects.filter(slot=member_slot(name)).first()
    salt = bytes(member.salt) if member else draw_salt()
    halves = passphrase_halves(passphrase, salt)  # slow: outside the transaction
    if member is None or not same(fingerprint(halves.sign_in), bytes(member.sign_in)):
        raise SignInError
    with transaction.atomic():
        keys = _unlock(bytes(member.id), halves.vault, code, second)
        entered = _entered(keys, minute) if keys else None  # that a code was wrong has to stand
    if entered is None:
        raise SignInError
    return entered


def _entered(keys: MemberKeys, minute: int) -> SignedIn:
    with transaction.atomic():
        if Agency.objects.filter(id=keys.agency, turn_wanted=True).exists():
            keys = turn_epoch(keys=keys)
        profile = profile_of(keys.agency)
        if profile is None:
            raise SignInError
        note_down(profile, Deed.SIGNED_IN, keys.name, minute)
        return keep_session(keys=keys, minute=minute)


def _unlock(own: bytes, key: bytes, code: str | Shown, second: int) -> MemberKeys | None:
    """Open the vault, where the second factor is right; None for a wrong one, which is counted in the vault.

    Only who has the passphrase comes so far, so nobody else can make a member wait.
    """
    member = Member.objects.select_for_update().filter(id=own).first()
    if member is None:
        raise SignInError
    agency, vault = bytes(member.agency), _open_vault(member, key)
    if second < vault.get("wait_until", 0):
        return None
    change = _change(agency, vault, code, second)
    tries = 0 if change is not None else vault.get("tries", 0) + 1
    waits = {"tries": tries, "wait_until": second + CODES.after(tries)}
    member.sealed = seal_vault(vault | waits | (change or {}), agency, own, key)
    member.save(update_fields=["sealed"])
    if change is None:
        return None
    bare = MemberKeys(own, agency, vault["name"], Role(vault["role"]), vault["private"], {})
    keys = with_epochs(replace(bare, passkeys=listed(passkeys_in(vault))))
    if not keys.epochs or open_label(keys, own, bytes(member.label)) is None:
        raise SignInError  # put back into the store after they were let go
    return keys


def _change(
    agency: bytes, vault: dict[str, Any], code: str | Shown, second: int
) -> dict[str, Any] | None:
    """Return what a right second factor changes; a passkey that was copied is refused and noted down."""
    try:
        return proved(vault, code, second)
    except CopiedError:
        if profile := profile_of(agency):
            note_down(profile, Deed.PASSKEY_COPIED, vault["name"], second // 60)
        return None


def _open_vault(member: Member, key: bytes) -> dict[str, Any]:
    """Open a member's vault. Raises SignInError."""
    bound = Bound(bytes(member.agency), bytes(member.id).hex())
    try:
        return dict(unpack(unseal(VAULT, key, bytes(member.sealed), bound)))
    except NotOpenedError as error:
        raise SignInError from error


def keep_session(
    *, keys: MemberKeys, minute: int, cookies: SignedIn | None = None, mark: bytes | None = None
) -> SignedIn:
    """Begin a session, or carry one on; it ends half an hour after the last page.

    It ends too when the member's passphrase is changed in another: it carries a mark of the passphrase it
    was begun with. ``mark``: that of the session that is carried on; the present one where it is left out.
    """
    found = Token.read(cookies.finds, SESSION.name) if cookies else None
    opens = Token.read(cookies.opens, "unlock") if cookies else None
    found, opens = found or Token.new(SESSION.name), opens or Token.new("unlock")
    ends = minute + IDLE_MINUTES
    if mark is None:
        found_mark = Member.objects.filter(id=keys.member).values_list("sign_in", flat=True).first()
        mark = bytes(found_mark or b"")
    content = pack({"keys": keys.table(), "ends": ends, "mark": mark})
    values = {
        "sealed": opens.seal(SESSION, content, found.slot),
        "ends_at": -(-ends // MINUTES_A_QUARTER) + 1,
    }
    if cookies is None:
        Session.objects.create(slot=found.slot, **values)
    else:  # one that was ended meanwhile, in another tab, is not brought back
        Session.objects.filter(slot=found.slot).update(**values)
    return SignedIn(found.text, opens.text)


def sign_out(*, finds: str | None) -> None:
    """Destroy a session."""
    found = Token.read(finds, SESSION.name)
    if found is not None:
        Session.objects.filter(slot=found.slot).delete()


def change_passphrase(*, keys: MemberKeys, now: str, then: str) -> None:
    """Change one's own passphrase.

    Raises SignInError when the present one is not right, ChoiceError for a new one that is too short.
    """
    if too_short(then):
        raise ChoiceError(Field.PASSPHRASE)
    rewrite_vault(keys=keys, now=now, then=then, change=lambda _vault: {})


def own_vault(*, keys: MemberKeys, passphrase: str) -> dict[str, Any]:
    """Open one's own vault once more, to look. Raises SignInError when the passphrase is not right."""
    member = Member.objects.filter(id=keys.member).first()
    if member is None:
        raise SignInError
    return _open_vault(member, passphrase_halves(passphrase, bytes(member.salt)).vault)


def rewrite_vault(
    *, keys: MemberKeys, now: str, then: str, change: Callable[[dict[str, Any]], dict[str, Any]]
) -> dict[str, Any]:
    """Seal one's own vault anew, with what ``change`` gives for it, and return it.

    Always with a new salt, under another passphrase or the same: one's other sessions end by it. Raises
    SignInError when the present passphrase is not right.
    """
    member = Member.objects.filter(id=keys.member).first()
    if member is None:
        raise SignInError
    salt = draw_salt()
    present, new = passphrase_halves(now, bytes(member.salt)), passphrase_halves(then, salt)
    with transaction.atomic():
        member = Member.objects.select_for_update().get(id=keys.member)
        vault = _open_vault(member, present.vault)
        vault |= change(vault)
        member.salt, member.sign_in = salt, fingerprint(new.sign_in)
        member.sealed = seal_vault(vault, keys.agency, keys.member, new.vault)
        member.save(update_fields=["salt", "sign_in", "sealed"])
    return vault


def sweep(*, minute: int, today: date) -> int:
    """Destroy sessions, what was not sent, and invitations that are over; return how many."""
    quarter = minute // MINUTES_A_QUARTER
    over = [kind.objects.filter(ends_at__lte=quarter).delete()[0] for kind in (Session, Between)]
    return sum(over) + Invitation.objects.filter(ends_on__lt=today.toordinal()).delete()[0]
