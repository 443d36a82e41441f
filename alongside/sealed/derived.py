"""Keys from what a person knows: a return phrase, a second word, a passphrase, the site's secret.

A return phrase is random (80 bits) and drawn with a salt of its casefile, so its derivation is light. A
second word and a passphrase are chosen by people: Argon2id (RFC 9106) makes each guess slow.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import unicodedata
from dataclasses import dataclass

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SECRETS = 10**24
"""How many return phrases there are: each is 24 digits, or 8 words of 1,024 (79.7 bits)."""
SECRET_BYTES, SALT_BYTES = 10, 16
LOCATORS = 10**8
PASSPHRASE_MEMORY, PASSPHRASE_PASSES = 64 * 1024, 3
"""In KiB, and passes: about 70 ms. Double what RFC 9106 names for little memory, in passes and in patience."""
SECOND_MEMORY, SECOND_PASSES = 8 * 1024, 2
"""About 7 ms. A second word is guessed here, with tries counted; on a disk it opens nothing without the phrase."""
_AT_ONCE = threading.BoundedSemaphore(2)
"""How many slow derivations one process runs at once, so that a crowd at the door takes no more memory."""


@dataclass(frozen=True, slots=True)
class PassphraseHalves:
    """Two values of one passphrase; neither tells anything of the other."""

    sign_in: bytes
    vault: bytes


def draw_secret() -> bytes:
    """Draw a return phrase, as 10 bytes: a number below 10^24, so that it can be said in digits too."""
    return secrets.randbelow(SECRETS).to_bytes(SECRET_BYTES, "big")


def draw_locator() -> str:
    """Draw the number that finds a casefile: 8 digits, apart from the phrase."""
    return f"{secrets.randbelow(LOCATORS):08d}"


def draw_salt() -> bytes:
    """Draw a salt of 16 bytes."""
    return secrets.token_bytes(SALT_BYTES)


def phrase_key(secret: bytes, salt: bytes) -> bytes:
    """Return the key of a return phrase: it opens the binder."""
    return _expand(secret, salt, b"phrase")


def whole_key(secret_key: bytes, second: str, salt: bytes) -> bytes:
    """Return the key of phrase and second word together: it opens the ring of section keys."""
    slow = _argon2(plain(second).encode(), salt, SECOND_MEMORY, SECOND_PASSES)
    return _expand(secret_key + slow, salt, b"second word")


def passphrase_halves(passphrase: str, salt: bytes) -> PassphraseHalves:
    """Return the two halves of a member's passphrase: one to sign in, one to open the vault."""
    slow = _argon2(_typed(passphrase), salt, PASSPHRASE_MEMORY, PASSPHRASE_PASSES)
    return PassphraseHalves(_expand(slow, salt, b"sign in"), _expand(slow, salt, b"vault"))


def site_key(secret: str) -> bytes:
    """Return the key that guards what the pages show to everybody, from a secret outside the store."""
    return _expand(secret.encode(), b"", b"site")


def signing_seed(secret: str) -> bytes:
    """Return the seed of the key by which a host signs what it writes for other hosts, from the same secret."""
    return _expand(secret.encode(), b"", b"signing")


def slot_of(key: bytes, purpose: str, value: str) -> bytes:
    """Return where something is found by a value that the store must not hold: 32 bytes."""
    return hmac.digest(key, f"alongside {purpose} ".encode() + value.encode(), "sha256")


def fingerprint(value: bytes) -> bytes:
    """Return what stands for a value without telling it: SHA-256, 32 bytes."""
    return hashlib.sha256(b"alongside " + value).digest()


def same(one: bytes, other: bytes) -> bool:
    """Compare in a time that tells nothing."""
    return hmac.compare_digest(one, other)


ALIKE = str.maketrans("أإآٱىةœæ", "اااايهoa")
"""Letters that a hurried hand writes for one another, each with what stands for it."""


def plain(text: str) -> str:
    """Return a word as it is meant: case, accents, vowel signs and spaces around it put aside.

    On a borrowed phone nobody finds the accents of their language.
    """
    apart = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return " ".join(bare.translate(ALIKE).split())


def _typed(passphrase: str) -> bytes:
    """Return a passphrase as it was typed, spaces drawn together: what a member chose keeps its signs."""
    return " ".join(unicodedata.normalize("NFKC", passphrase).split()).encode()


def _argon2(text: bytes, salt: bytes, memory: int, passes: int) -> bytes:
    with _AT_ONCE:
        return Argon2id(
            salt=salt, length=64, iterations=passes, lanes=1, memory_cost=memory
        ).derive(text)


def _expand(secret: bytes, salt: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), length=32, salt=salt, info=b"alongside v1 " + purpose).derive(secret)
