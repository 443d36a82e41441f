"""Passkeys of one's own: asking for one, adding and removing. Each change needs the passphrase."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from alongside.records.agencies.actions.joining import ChoiceError, Field, note_down
from alongside.records.agencies.actions.signing import own_vault, rewrite_vault
from alongside.records.agencies.proving import listed, passkeys_in, still_asked
from alongside.records.agencies.queries import profile_of
from alongside.records.gone.actions import remember
from alongside.records.journal.content import Deed
from alongside.sealed.envelopes import new_id
from alongside.sealed.passkeys import PasskeyError, ask_to_make, ask_to_use, made

if TYPE_CHECKING:
    from datetime import date

    from alongside.records.agencies.content import MemberKeys
    from alongside.records.agencies.proving import Shown
    from alongside.sealed.passkeys import Asked, Site

MOST = 5
"""How many a member may have: with their names they fit into a vault, whose size then tells nothing."""
LONGEST_NAME = 40
MINUTES = 5
"""How long what a device was asked may be answered."""


def ask(*, site: Site, minute: int) -> dict[str, Any]:
    """Return what a device is asked at the door, for the next page to keep: nothing of who stands there."""
    return _kept(ask_to_use(site), minute)


def ask_for_another(
    *, keys: MemberKeys, passphrase: str, name: str, site: Site, minute: int
) -> dict[str, Any]:
    """Return what a device is asked so that a passkey is made, for the next page to keep.

    Asked before it is made: a device would keep one that the desk then refuses. Raises SignInError for
    a wrong passphrase, ChoiceError where there are enough.
    """
    vault = own_vault(keys=keys, passphrase=passphrase)
    there, handle = passkeys_in(vault), vault.get("handle") or new_id()
    if len(there) >= MOST:
        raise ChoiceError(Field.PASSKEY)
    asked = ask_to_make(site, handle, name, [held["half"] for held in there])
    return _kept(asked, minute) | {"handle": handle, "name": name}


def add(*, keys: MemberKeys, passphrase: str, shown: Shown, today: date, minute: int) -> MemberKeys:
    """Add the passkey that a device made; return one's keys with it. One's other sessions end.

    Raises SignInError for a wrong passphrase, ChoiceError for what is no passkey made when asked.
    """
    asked = still_asked(shown.asked, minute)
    try:
        public = made(shown.site, asked["state"], shown.said) if asked else None
    except PasskeyError:
        public = None
    if asked is None or public is None or "handle" not in asked:
        raise ChoiceError(Field.PASSKEY)
    new = public._asdict() | {"id": new_id(), "name": asked["name"], "since": today}

    def put(vault: dict[str, Any]) -> dict[str, Any]:
        there = passkeys_in(vault)
        if len(there) >= MOST:
            raise ChoiceError(Field.PASSKEY)
        _note(keys, Deed.PASSKEY_ADDED, minute)
        return {"handle": asked["handle"], "passkeys": [*there, new]}

    return _changed(keys, rewrite_vault(keys=keys, now=passphrase, then=passphrase, change=put))


def remove(*, keys: MemberKeys, passphrase: str, passkey: bytes, minute: int) -> MemberKeys:
    """Remove a passkey; return one's keys without it. One's other sessions end.

    A restore of an older vault does not bring it back. Raises SignInError for a wrong passphrase.
    """

    def put(vault: dict[str, Any]) -> dict[str, Any]:
        there = passkeys_in(vault)
        left = [held for held in there if held["id"] != passkey]
        if len(left) < len(there):
            remember(passkey)
            _note(keys, Deed.PASSKEY_REMOVED, minute)
        return {"passkeys": left}

    return _changed(keys, rewrite_vault(keys=keys, now=passphrase, then=passphrase, change=put))


def _kept(asked: Asked, minute: int) -> dict[str, Any]:
    return asked._asdict() | {"until": minute + MINUTES}


def _changed(keys: MemberKeys, vault: dict[str, Any]) -> MemberKeys:
    return replace(keys, passkeys=listed(vault["passkeys"]))


def _note(keys: MemberKeys, deed: Deed, minute: int) -> None:
    profile = profile_of(keys.agency)
    if profile is not None:
        note_down(profile, deed, keys.name, minute)
