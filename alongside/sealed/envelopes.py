"""Sealing under one secret key: bound to where it belongs, padded, and committed to its key.

Each envelope has a key of its own, drawn by HMAC-SHA-512 from the secret key, a random salt of 24
bytes and the *binding*: the format, the thing, and where it belongs. The other half of the same
value stands in front as a commitment, so that no ciphertext opens under two keys, and a key that
does not fit is found out without deciphering. AES-256-GCM does the sealing; as no key is used
twice, its nonce is zero.
"""

from __future__ import annotations

import hmac
import secrets
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

if TYPE_CHECKING:
    from alongside.sealed.things import Thing

FORMAT = b"\x01"
"""The version of this envelope; a later one gets another number, and neither opens as the other."""
KEY_BYTES, SALT_BYTES, COMMITMENT_BYTES = 32, 24, 32
HEAD = len(FORMAT) + SALT_BYTES + COMMITMENT_BYTES
NONCE = bytes(12)
LARGE, LARGE_STEP = 256 * 1024, 64 * 1024


class NotOpenedError(Exception):
    """The ciphertext does not open: not under this key, not in this place, or changed."""


class Bound(NamedTuple):
    """Where a sealed thing belongs. ``version``: of the key it is sealed under, from 1; 0 where keys have none."""

    owner: bytes
    place: str = ""
    item: bytes = b""
    version: int = 0


def new_key() -> bytes:
    """Draw a key of 32 bytes."""
    return secrets.token_bytes(KEY_BYTES)


def new_id() -> bytes:
    """Draw an identity of 16 bytes; it tells nothing, not even which came first."""
    return secrets.token_bytes(16)


def seal(thing: Thing, key: bytes, content: bytes, bound: Bound) -> bytes:
    """Lock content under a key, for this one place."""
    salt = secrets.token_bytes(SALT_BYTES)
    own, commitment = _derive(thing, key, salt, bound)
    return FORMAT + salt + commitment + AESGCM(own).encrypt(NONCE, pad(content, thing.step), None)


def unseal(thing: Thing, key: bytes, sealed: bytes, bound: Bound) -> bytes:
    """Unlock what :func:`seal` locked. Raises NotOpenedError for anything else whatever."""
    salt, commitment = sealed[1 : 1 + SALT_BYTES], sealed[1 + SALT_BYTES : HEAD]
    own, expected = _derive(thing, key, salt, bound)
    if sealed[:1] != FORMAT or not hmac.compare_digest(commitment, expected):
        raise NotOpenedError
    try:
        return unpad(AESGCM(own).decrypt(NONCE, sealed[HEAD:], None))
    except (InvalidTag, ValueError) as error:
        raise NotOpenedError from error


def pad(content: bytes, step: int) -> bytes:
    """Write the length, the content, and zeros to the next step; large content takes larger steps."""
    size = len(content) + 4
    step = step if size <= LARGE else max(step, LARGE_STEP)
    return len(content).to_bytes(4, "big") + content + bytes(-size % step)


def unpad(padded: bytes) -> bytes:
    """Take the padding away. Raises NotOpenedError where the length cannot be right."""
    length = int.from_bytes(padded[:4], "big")
    if len(padded) < 4 + length:
        raise NotOpenedError
    return padded[4 : 4 + length]


def binding(thing: Thing, form: bytes, bound: Bound) -> bytes:
    """Write what a ciphertext is bound to, so that no two bindings read alike."""
    owner, place, item, version = bound
    return _kind(form, thing.name) + _lengths(
        (owner, place.encode(), item, version.to_bytes(4, "big"))
    )


@cache  # a handful for the life of the process; an inbox opens thousands of cards with the same one
def _kind(form: bytes, name: str) -> bytes:
    return _lengths((b"alongside", form, name.encode()))


def _lengths(parts: tuple[bytes, ...]) -> bytes:
    """Write each part after its length."""
    return b"".join([len(part).to_bytes(2, "big") + part for part in parts])


def _derive(thing: Thing, key: bytes, salt: bytes, bound: Bound) -> tuple[bytes, bytes]:
    drawn = hmac.digest(key, binding(thing, FORMAT, bound) + salt, "sha512")
    return drawn[:KEY_BYTES], drawn[KEY_BYTES:]
