"""One-time passwords by time (TOTP, RFC 6238): six digits, thirty seconds, SHA-1 as every app has it."""

from __future__ import annotations

import base64
import secrets
from urllib.parse import quote

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.hotp import HOTP

from alongside.sealed.derived import same

SEED_BYTES, DIGITS, SECONDS, DRIFT = 20, 6, 30, 1
"""``DRIFT``: how many steps a clock may be early or late."""


def new_seed() -> bytes:
    """Draw a seed."""
    return secrets.token_bytes(SEED_BYTES)


def spelled(seed: bytes) -> str:
    """Return a seed as an authenticator app takes it, in groups of four."""
    text = base64.b32encode(seed).decode("ascii")
    return " ".join(text[i : i + 4] for i in range(0, len(text), 4))


def address(seed: bytes, name: str) -> str:
    """Return the address that a QR code holds. ``name``: what the app will call it; nothing telling."""
    return f"otpauth://totp/{quote(name)}?secret={base64.b32encode(seed).decode('ascii')}"


def code_at(seed: bytes, second: int) -> str:
    """Return the code of a moment, in seconds since 1970."""
    return _code(seed, second // SECONDS)


def step_of(seed: bytes, code: str, second: int, used: int) -> int | None:
    """Return which step a code belongs to; None when it is none, too old, or was used (``used`` or before)."""
    now = second // SECONDS
    for step in range(now - DRIFT, now + DRIFT + 1):
        if step > used and same(_code(seed, step).encode(), code.encode()):
            return step
    return None


def _code(seed: bytes, step: int) -> str:
    return HOTP(seed, DIGITS, SHA1()).generate(step).decode("ascii")  # noqa: S303 - RFC 6238, HMAC
