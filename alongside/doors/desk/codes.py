"""Codes: identities in addresses, secrets as people read them aloud, and the square a phone's camera reads."""

from __future__ import annotations

import base64
import binascii
import secrets
from typing import TYPE_CHECKING

import segno
from markupsafe import Markup

from alongside.doors.showing.digits import WESTERN
from alongside.library import phrases

if TYPE_CHECKING:
    from collections.abc import Iterator

ID_BYTES, IDEA_WORDS = 16, 6
CODE = "[a-z2-7]{26}"
"""An identity in an address: 26 signs that tell nothing."""
QUIET = 4
"""The white edge that a camera needs around a square."""


def code_of(own: bytes) -> str:
    """Return an identity as it stands in an address."""
    return base64.b32encode(own).decode("ascii").rstrip("=").lower()


def identity_of(code: str) -> bytes:
    """Return the identity of a code in an address; one that nothing has for what is no code."""
    try:
        return base64.b32decode(code.upper() + "======")[:ID_BYTES]
    except binascii.Error:
        return bytes(ID_BYTES)


def plain_digits(text: str) -> str:
    """Return digits as we write them, without what people put between them."""
    return "".join(sign for sign in text.translate(WESTERN) if sign.isascii() and sign.isdigit())


def read_secret(text: str, lang: str) -> bytes | None:
    """Read a secret that somebody typed, in digits or in words; None for anything else."""
    found = phrases.read(text, lang)
    return found if isinstance(found, bytes) else None


def idea(lang: str) -> str:
    """Draw words for a passphrase, of the language where it has a list: some 60 bits."""
    lists = phrases.phrase_lists()
    words = lists.get(lang, lists["en"]).words
    return " ".join(secrets.choice(words) for _ in range(IDEA_WORDS))


def square(address: str, label: str) -> Markup:
    """Draw an address as a QR code, dark on white in either scheme. ``label``: its words for who cannot see it."""
    code = segno.make_qr(address, error="m")
    side = code.symbol_size(border=QUIET)[0]
    path = "".join(f"M{x} {y}h{width}v1h-{width}z" for x, y, width in _bars(code))
    return Markup(  # its words are escaped, the path is digits
        '<svg class="square" viewBox="0 0 {side} {side}" role="img" aria-label="{label}">'
        '<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path fill="#000" d="{path}"/></svg>'
    ).format(side=side, label=label, path=path)


def _bars(code: segno.QRCode) -> Iterator[tuple[int, int, int]]:
    """Go through the dark runs of each row: column, row, width."""
    for y, row in enumerate(code.matrix_iter(border=QUIET)):
        start = None
        for x, dark in enumerate([*row, 0]):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                yield start, y, x - start
                start = None
