"""Signing in and out: passphrase and one-time password in one form, no script needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction

from alongside.records.agencies.actions.joining import (
    SHORTEST_PASSPHRASE,
    ChoiceError,
    Field,
    member_slot,
    seal_vault,
    turn_epoch,
)
from alongside.records.agencies.content import MemberKeys, Role
from alongside.records.agencies.models import Agency, Between, Invitation, Member, Session
from alongside.records.agencies.queries import MINUTES_A_QUARTER, profile_of, with_epochs
from alongside.records.journal.actions import write_line
from alongside.records.journal.content import Deed, Line
from alongside.records.packing import pack, unpack
from alongside.sealed.derived import draw_salt, fingerprint, passphrase_halves, same
from alongside.sealed.envelopes import Bound, NotOpenedError, unseal
from alongside.sealed.onetime import step_of
from alongside.sealed.things import SESSION, VAULT
from alongside.sealed.tokens import Token

if TYPE_CHECKING:
    from datetime import date

IDLE_MINUTES = 30


class SignedIn(NamedTuple):
    """The two cookies of somebody who is signed in: one finds the session, the other opens it."""

    finds: str
    opens: str


class SignInError(Exception):
    """Name, passphrase and one-time password do not belong together. Which one is not told."""


def sign_in(*, name: str, passphrase: str, code: str, minute: int, second: int) -> SignedIn:
    """Sign a member in. ``second``: the present, in seconds since 1970; a code is good once.

    Raises SignInError. An unknown name takes as long as a wrong passphrase.
    """
    member = Member.objects.filter(slot=member_slot(name)).first()
    salt = bytes(member.salt) if member else draw_salt()
    halves = passphrase_halves(passphrase, salt)  # slow: outside the transaction
    if member is None or not same(fingerprint(halves.sign_in), bytes(member.sign_in)):
        raise SignInError
    with transaction.atomic():
        keys = _unlock(bytes(member.id), halves.vault, code, second)
        if Agency.objects.filter(id=keys.agency, turn_wanted=True).exists():
            keys = turn_epoch(keys=keys)
        profile = profile_of(keys.agency)
        if profile is None:
            raise SignInError
        line = Line(Deed.SIGNED_IN, minute, keys.name)
        write_line(book=keys.agency, public=profile.public, line=line)
        return keep_session(keys=keys, minute=minute)


def _unlock(own: bytes, key: bytes, code: str, second: int) -> MemberKeys:
    member = Member.objects.select_for_update().filter(id=own).first()
    if member is None:
        raise SignInError
    agency = bytes(member.agency)
    try:
        vault = unpack(unseal(VAULT, key, bytes(member.sealed), Bound(agency, own.hex())))
    except NotOpenedError as error:
        raise SignInError from error
    step = step_of(vault["seed"], code.replace(" ", ""), second, vault["step"])
    if step is None:
        raise SignInError
    member.sealed = seal_vault(vault | {"step": step}, agency, own, key)
    member.save(update_fields=["sealed"])
    keys = MemberKeys(own, agency, vault["name"], Role(vault["role"]), vault["private"], {})
    return with_epochs(keys)


def keep_session(*, keys: MemberKeys, minute: int, cookies: SignedIn | None = None) -> SignedIn:
    """Begin a session, or carry one on; it ends half an hour after the last page.

    It ends too when the member's passphrase is changed in another: it carries a mark of the present one.
    """
    found = Token.read(cookies.finds, SESSION.name) if cookies else None
    opens = Token.read(cookies.opens, "unlock") if cookies else None
    found, opens = found or Token.new(SESSION.name), opens or Token.new("unlock")
    ends = minute + IDLE_MINUTES
    mark = Member.objects.filter(id=keys.member).values_list("sign_in", flat=True).first()
    content = pack({"keys": keys.table(), "ends": ends, "mark": bytes(mark or b"")})
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
    if len(then.strip()) < SHORTEST_PASSPHRASE:
        raise ChoiceError(Field.PASSPHRASE)
    member = Member.objects.filter(id=keys.member).first()
    if member is None:
        raise SignInError
    bound, salt = Bound(keys.agency, keys.member.hex()), draw_salt()
    present, new = passphrase_halves(now, bytes(member.salt)), passphrase_halves(then, salt)
    with transaction.atomic():
        member = Member.objects.select_for_update().get(id=keys.member)
        try:
            vault = unpack(unseal(VAULT, present.vault, bytes(member.sealed), bound))
        except NotOpenedError as error:
            raise SignInError from error
        member.salt, member.sign_in = salt, fingerprint(new.sign_in)
        member.sealed = seal_vault(vault, keys.agency, keys.member, new.vault)
        member.save(update_fields=["salt", "sign_in", "sealed"])


def sweep(*, minute: int, today: date) -> int:
    """Destroy sessions, what was not sent, and invitations that are over; return how many."""
    quarter = minute // MINUTES_A_QUARTER
    over = [kind.objects.filter(ends_at__lte=quarter).delete()[0] for kind in (Session, Between)]
    return sum(over) + Invitation.objects.filter(ends_on__lt=today.toordinal()).delete()[0]
