"""Sealing a draft under a key that exists only in the person's cookie.

One random token gives two independent values (HKDF-SHA-256): a *slot*, where the ciphertext is
kept, and a *key*, which never leaves the process. Whoever holds the store without the cookie can
neither find whose slot is whose nor read it. Content is padded to one size for everybody, so that
its length says nothing of how much was told, and bound to its slot, so that it cannot be moved to another.
"""

from __future__ import annotations

import base64
import binascii
import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

TOKEN_BYTES = 32
NONCE_BYTES = 12
STEP = 16_384
"""The size of every draft. All questions answered take 10,000 bytes; only heaps of what cannot be read take more."""
CONTEXT = b"alongside draft v1"


class NotOpenedError(Exception):
    """The ciphertext does not open under this token: not its own, or changed."""


@dataclass(frozen=True, slots=True)
class DraftKey:
    """The two values of one token: ``slot`` finds the draft, the key opens it."""

    token: str
    slot: bytes
    _key: bytes

    @classmethod
    def new(cls) -> DraftKey:
        """Draw a token that has never been used."""
        return cls._of(secrets.token_bytes(TOKEN_BYTES))

    @classmethod
    def read(cls, token: str) -> DraftKey | None:
        """Read a token from a cookie; None for anything that is not one."""
        try:
            raw = base64.urlsafe_b64decode(token.encode("ascii") + b"=" * (-len(token) % 4))
        except (binascii.Error, UnicodeEncodeError, ValueError):
            return None
        return cls._of(raw) if len(raw) == TOKEN_BYTES else None

    @classmethod
    def _of(cls, raw: bytes) -> DraftKey:
        token = base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")
        return cls(token, _expand(raw, b"slot"), _expand(raw, b"key"))

    def seal(self, content: bytes) -> bytes:
        """Lock content: nonce, then ciphertext padded to the next step."""
        length = len(content).to_bytes(4, "big")
        padded = length + content + b"\0" * (-(len(content) + 4) % STEP)
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + AESGCM(self._key).encrypt(nonce, padded, CONTEXT + self.slot)

    def open(self, sealed: bytes) -> bytes:
        """Unlock content. Raises NotOpenedError for anything not sealed under this very token."""
        nonce, body = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
        try:
            padded = AESGCM(self._key).decrypt(nonce, body, CONTEXT + self.slot)
        except (InvalidTag, ValueError) as error:
            raise NotOpenedError from error
        return padded[4 : 4 + int.from_bytes(padded[:4], "big")]


def _expand(raw: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), length=32, salt=None, info=CONTEXT + b" " + purpose).derive(raw)
