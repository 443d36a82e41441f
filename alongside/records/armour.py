"""Files that go from host to host as text: what kind, a number that finds out damage, and lines of base64.

What is in them is public or sealed already, and signed (``agencies.letters``). The number in the file is
of its whole content and tells what was cut or changed by accident; anybody can compute it.
"""

from __future__ import annotations

import base64
import binascii
import re
from enum import StrEnum

from alongside.sealed.derived import fingerprint

DIGITS, GROUP, WIDTH = 24, 4, 76
# One blank sign behind the number, and no sign in two neighbours: no text makes the search slow.
FORM = re.compile(
    r"-----BEGIN ALONGSIDE (\w{1,16})-----\s*Check: (\d{4}(?: \d{4}){5})\s([A-Za-z0-9+/=\s]+)"
    r"-----END ALONGSIDE \1-----"
)


class FileKind(StrEnum):
    """What is carried: who an agency is, what is for it, that it arrived, and what it answered."""

    CARD = "CARD"
    BOX = "BOX"
    RECEIPT = "RECEIPT"
    ANSWERS = "ANSWERS"


class NotReadError(Exception):
    """A file that is not taken in. The message is one sentence that says why."""


def armour(kind: FileKind, raw: bytes) -> str:
    """Write content as text that survives mail, a stick, and a change of line ends."""
    coded = base64.b64encode(raw).decode("ascii")
    lines = [coded[at : at + WIDTH] for at in range(0, len(coded), WIDTH)]
    head, foot = (f"-----{word} ALONGSIDE {kind}-----" for word in ("BEGIN", "END"))
    return "\n".join([head, f"Check: {digits_of(raw)}", "", *lines, foot, ""])


def disarmour(kind: FileKind, text: str) -> bytes:
    """Read content back. Raises NotReadError for another kind, and for what was cut or changed."""
    found = _found(text)
    if found[1] != kind:
        msg = f"This is a file of another kind: {found[1]}, not {kind}."
        raise NotReadError(msg)
    try:
        raw = base64.b64decode("".join(found[3].split()), validate=True)
    except binascii.Error:
        raw = b""
    if found[2] != digits_of(raw):
        msg = "This file was changed or cut short on its way: its number does not fit."
        raise NotReadError(msg)
    return raw


def kind_of(text: str) -> FileKind:
    """Return what a file is. Raises NotReadError when it is none of ours."""
    return FileKind(_found(text)[1])


def _found(text: str) -> re.Match[str]:
    found = FORM.search(text)
    if found is None or found[1] not in set(FileKind):
        msg = "This is no file of Alongside, or a part of it is missing."
        raise NotReadError(msg)
    return found


def digits_of(raw: bytes) -> str:
    """Return what stands for content and can be read aloud: 24 digits in groups of four (79.7 bits)."""
    digits = f"{int.from_bytes(fingerprint(raw)) % 10**DIGITS:0{DIGITS}}"
    return " ".join(digits[at : at + GROUP] for at in range(0, DIGITS, GROUP))
