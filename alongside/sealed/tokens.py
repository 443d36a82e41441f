"""Tokens of cookies: one random value gives a slot, where something is kept, and a key to it.

Whoever holds the store without the cookie can neither find whose slot is whose nor read it.
"""

from __future__ import annotations

import base64
import binascii
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from alongside.sealed.envelopes import Bound, seal, unseal

if TYPE_CHECKING:
    from alongside.sealed.things import Thing

TOKEN_BYTES = 32


@dataclass(frozen=True, slots=True)
class Token:
    """The two values of one token: ``slot`` finds a row, the key opens it and never leaves the process."""

    text: str
    slot: bytes
    _key: bytes

    @classmethod
    def new(cls, purpose: str) -> Token:
        """Draw a token that has never been used."""
        return cls._of(secrets.token_bytes(TOKEN_BYTES), purpose)

    @classmethod
    def read(cls, text: str | None, purpose: str) -> Token | None:
        """Read a token from a cookie; None for anything that is not one."""
        try:
            raw = base64.urlsafe_b64decode((text or "").encode("ascii") + b"==")
        except (binascii.Error, UnicodeEncodeError, ValueError):
            return None
        return cls._of(raw, purpose) if len(raw) == TOKEN_BYTES else None

    @classmethod
    def _of(cls, raw: bytes, purpose: str) -> Token:
        text = base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")
        return cls(text, _expand(raw, f"{purpose} slot"), _expand(raw, f"{purpose} key"))

    def seal(self, thing: Thing, content: bytes, slot: bytes | None = None) -> bytes:
        """Lock content under the token, bound to a slot: its own, or that of another token."""
        return seal(thing, self._key, content, Bound(slot or self.slot))

    def unseal(self, thing: Thing, sealed: bytes, slot: bytes | None = None) -> bytes:
        """Unlock content. Raises NotOpenedError for anything not sealed under this very token."""
        return unseal(thing, self._key, sealed, Bound(slot or self.slot))


def _expand(raw: bytes, purpose: str) -> bytes:
    info = f"alongside v1 {purpose}".encode()
    return HKDF(SHA256(), length=32, salt=None, info=info).derive(raw)
