"""Sealing to somebody who is not there: key pairs, and HPKE (RFC 9180).

The key encapsulation is the hybrid of ML-KEM-768 (FIPS 203) and X25519: what is written down today
stays closed if either of the two is broken later. The binding stands in HPKE's ``info``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

from alongside.sealed.envelopes import Bound, NotOpenedError, binding, pad, unpad

if TYPE_CHECKING:
    from alongside.sealed.things import Thing

FORMAT = b"\x02"
SEED_BYTES, ML_PUBLIC_BYTES, X_BYTES = 64, 1184, 32
PRIVATE_BYTES, PUBLIC_BYTES = SEED_BYTES + X_BYTES, ML_PUBLIC_BYTES + X_BYTES
SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


@dataclass(frozen=True, slots=True)
class Pair:
    """A key pair as bytes: ``private`` 96, ``public`` 1,216. The private half is itself only kept sealed."""

    private: bytes
    public: bytes

    @classmethod
    def new(cls) -> Pair:
        """Draw a pair."""
        ml, x = MLKEM768PrivateKey.generate(), X25519PrivateKey.generate()
        public = ml.public_key().public_bytes_raw() + x.public_key().public_bytes_raw()
        return cls(ml.private_bytes_raw() + x.private_bytes_raw(), public)


def seal_to(thing: Thing, public: bytes, content: bytes, bound: Bound) -> bytes:
    """Lock content so that only the private half opens it. Raises ValueError for what is no public half."""
    info = binding(thing, FORMAT, bound)
    return FORMAT + SUITE.encrypt(pad(content, thing.step), _key_of(public), info=info)


def is_public(public: bytes) -> bool:
    """Say whether something can be sealed to these bytes: a card that was brought in may hold anything."""
    try:
        SUITE.encrypt(b"", _key_of(public))
    except ValueError:
        return False
    return True


def _key_of(public: bytes) -> MLKEM768X25519PublicKey:
    if len(public) != PUBLIC_BYTES:
        msg = "this is not the public half of a pair"
        raise ValueError(msg)
    return MLKEM768X25519PublicKey(
        MLKEM768PublicKey.from_public_bytes(public[:ML_PUBLIC_BYTES]),
        X25519PublicKey.from_public_bytes(public[ML_PUBLIC_BYTES:]),
    )


def unseal_from(thing: Thing, private: bytes, sealed: bytes, bound: Bound) -> bytes:
    """Unlock what :func:`seal_to` locked. Raises NotOpenedError for anything else whatever."""
    if sealed[:1] != FORMAT or len(private) != PRIVATE_BYTES:
        raise NotOpenedError
    key = MLKEM768X25519PrivateKey(
        MLKEM768PrivateKey.from_seed_bytes(private[:SEED_BYTES]),
        X25519PrivateKey.from_private_bytes(private[SEED_BYTES:]),
    )
    try:
        return unpad(SUITE.decrypt(sealed[1:], key, info=binding(thing, FORMAT, bound)))
    except (InvalidTag, ValueError) as error:
        raise NotOpenedError from error
