"""Passkeys (WebAuthn, W3C Level 3): what a device is asked, and whether what it says is right.

The private half never leaves the device. What comes here is public, and sealed all the same: it would
tell which phone belongs to which member. Yubico's ``fido2`` reads and checks; the choices are ours.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from fido2.cose import ES256, RS256, EdDSA
from fido2.server import Fido2Server
from fido2.webauthn import (
    Aaguid,
    AttestationConveyancePreference,
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WAITS = 3 * 60 * 1000
"""How long a browser waits for the device, in milliseconds."""
ALGORITHMS = (ES256.ALGORITHM, EdDSA.ALGORITHM, RS256.ALGORITHM)
"""What phones, security keys and Windows make. None of them has a public half too long for a vault."""
LONGEST = 600
"""Of a public half, in bytes: the identity a device chose (16 to 256) and a key (up to 272)."""
VERIFY = UserVerificationRequirement.PREFERRED


class Site(NamedTuple):
    """Where a passkey is good: the host name, the origin of its pages, and the title a device shows."""

    host: str
    origin: str
    title: str


class Asked(NamedTuple):
    """``options``: for the browser, as JSON holds them. ``state``: for us, until the answer comes."""

    options: dict[str, Any]
    state: dict[str, Any]


class Public(NamedTuple):
    """The public half of a passkey, and how often it says it has signed (0 where it does not count)."""

    half: bytes
    signed: int


class PasskeyError(Exception):
    """What a device said is not right: another key, place or question, or nothing that can be read."""


class CopiedError(Exception):
    """The signature is right and the count did not grow: the passkey was probably copied."""


def ask_to_make(site: Site, handle: bytes, name: str, known: Sequence[bytes]) -> Asked:
    """Ask a device to make a passkey.

    ``handle``: random, the same for all passkeys of a member. ``name``: what the device will call it.
    ``known``: the public halves of those the member has; a device that holds one makes no second.
    """
    options, state = _server(site).register_begin(
        PublicKeyCredentialUserEntity(id=handle, name=name, display_name=name),
        [AttestedCredentialData(half) for half in known],
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,  # it is found without a name
        user_verification=VERIFY,
    )
    return Asked(dict(options.public_key) | {"timeout": WAITS}, dict(state))


def ask_to_use(site: Site) -> Asked:
    """Ask a device for any passkey it has for this place: who asks has not said who they are."""
    options, state = _server(site).authenticate_begin(user_verification=VERIFY)
    return Asked(dict(options.public_key) | {"timeout": WAITS}, dict(state))


def made(site: Site, state: dict[str, Any], said: str) -> Public:
    """Read the passkey that a device made. Raises PasskeyError."""
    with _reading():
        answer = RegistrationResponse.from_dict(json.loads(said))
        found = _server(site).register_complete(state, answer)
        credential = found.credential_data
        if credential is None or answer.response.client_data.cross_origin:
            raise PasskeyError
        identity, key = credential.credential_id, credential.public_key
        half = bytes(AttestedCredentialData.create(Aaguid.NONE, identity, key))  # not which model
    if key.ALGORITHM not in ALGORITHMS or len(half) > LONGEST:
        raise PasskeyError
    return Public(half, found.counter)


def used(site: Site, state: dict[str, Any], said: str, known: Sequence[Public]) -> Public:
    """Return which of the known passkeys signed, with its new count. Raises PasskeyError, CopiedError."""
    with _reading():
        answer = AuthenticationResponse.from_dict(json.loads(said))
        if answer.response.client_data.cross_origin:
            raise PasskeyError
        halves = [AttestedCredentialData(public.half) for public in known]
        half = bytes(_server(site).authenticate_complete(state, halves, answer))
        count = answer.response.authenticator_data.counter
    before = next(public.signed for public in known if public.half == half)
    if (before or count) and count <= before:
        raise CopiedError
    return Public(half, count)


def _server(site: Site) -> Fido2Server:
    server = Fido2Server(
        PublicKeyCredentialRpEntity(id=site.host, name=site.title),
        AttestationConveyancePreference.NONE,
        verify_origin=lambda origin: origin == site.origin,  # exactly: no other port, no name below
    )
    server.allowed_algorithms = [p for p in server.allowed_algorithms if p.alg in ALGORITHMS]
    return server


@contextmanager
def _reading() -> Iterator[None]:
    try:
        yield
    except Exception as error:  # anybody may have written it, and parsing raises whatever it raises
        raise PasskeyError from error
