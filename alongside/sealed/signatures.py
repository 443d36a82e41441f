"""Signing what is read somewhere else: Ed25519 (RFC 8032), by a host whose public half is known there.

A signature hides nothing. It says which host wrote something, of which kind, and that no sign of it was
changed. Whoever checks it still has to know whose public half that is.
"""

from __future__ import annotations

from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

FORMAT = b"\x03"
"""The version of this form; the envelopes of sealed things have other numbers, and none reads as another."""
SEED_BYTES = PUBLIC_BYTES = 32
SIGNATURE_BYTES = 64
HEAD = len(FORMAT) + PUBLIC_BYTES + SIGNATURE_BYTES


class NotSignedError(Exception):
    """No host signed this as what it is said to be, or it was changed since."""


class Signed(NamedTuple):
    """What was signed, and the public half of who did."""

    by: bytes
    content: bytes


def public_half(seed: bytes) -> bytes:
    """Return the public half of a signing key, 32 bytes, from its seed."""
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def sign(seed: bytes, kind: str, content: bytes) -> bytes:
    """Sign content as one kind of thing; the public half and the signature stand in front of it."""
    signature = Ed25519PrivateKey.from_private_bytes(seed).sign(_bound(kind, content))
    return FORMAT + public_half(seed) + signature + content


def signed(kind: str, raw: bytes) -> Signed:
    """Return what stands under a signature, and whose it is. Raises NotSignedError for anything else whatever."""
    by, signature, content = raw[1 : 1 + PUBLIC_BYTES], raw[1 + PUBLIC_BYTES : HEAD], raw[HEAD:]
    try:
        Ed25519PublicKey.from_public_bytes(by).verify(signature, _bound(kind, content))
    except (InvalidSignature, ValueError) as error:
        raise NotSignedError from error
    if raw[:1] != FORMAT:
        raise NotSignedError
    return Signed(by, content)


def _bound(kind: str, content: bytes) -> bytes:
    """Write what a signature is bound to, so that it holds for one kind of thing and for no other use of the key."""
    parts = (b"alongside", FORMAT, kind.encode())
    return b"".join(len(part).to_bytes(2, "big") + part for part in parts) + content
