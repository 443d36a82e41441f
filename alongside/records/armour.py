"""Files that go from host to host as text: what kind, a number to compare by phone, and lines of base64.

What is in them is public or sealed already. The number is of the whole content: it finds out what was
cut or changed on the way, and two people who read it to each other know that they hold the same card.
"""

from __future__ import annotations

import base64
import binascii
import re
from enum import StrEnum
from typing import Any

from alongside.records.packing import pack, unpack
from alongside.sealed.derived import fingerprint

VERSION = 1
DIGITS, GROUP, WIDTH = 24, 4, 76
FORM = re.compile(
    r"-----BEGIN ALONGSIDE (\w+)-----\s*Number: ([\d ]+)\s+([A-Za-z0-9+/=\s]+)-----END ALONGSIDE \1-----"
)


class FileKind(StrEnum):
    """What is carried: who an agency is, what is for it, that it arrived, and what it answered."""

    CARD = "CARD"
    BOX = "BOX"
    RECEIPT = "RECEIPT"
    ANSWERS = "ANSWERS"


class NotReadError(Exception):
    """A file that is not taken in. The message is one sentence that says why."""


def armour(kind: FileKind, content: dict[str, Any]) -> str:
    """Write content as text that survives mail, a stick, and a change of line ends."""
    raw = pack({"version": VERSION} | content)
    coded = base64.b64encode(raw).decode("ascii")
    lines = [coded[at : at + WIDTH] for at in range(0, len(coded), WIDTH)]
    head, foot = (f"-----{word} ALONGSIDE {kind}-----" for word in ("BEGIN", "END"))
    return "\n".join([head, f"Number: {_number(raw)}", "", *lines, foot, ""])


def disarmour(kind: FileKind, text: str) -> dict[str, Any]:
    """Read content back. Raises NotReadError for another kind or version, and for what was cut or changed."""
    found = FORM.search(text)
    if found is None:
        msg = "This is no file of Alongside, or a part of it is missing."
        raise NotReadError(msg)
    if found[1] != kind:
        msg = f"This is a file of another kind: {found[1]}, not {kind}."
        raise NotReadError(msg)
    try:
        raw = base64.b64decode("".join(found[3].split()), validate=True)
    except binascii.Error:
        raw = b""
    if found[2].strip() != _number(raw):
        msg = "This file was changed or cut short on its way: its number does not fit."
        raise NotReadError(msg)
    content: dict[str, Any] = unpack(raw)
    if content.pop("version") != VERSION:
        msg = "This file was written by another version, and is not read here."
        raise NotReadError(msg)
    return content


def kind_of(text: str) -> FileKind:
    """Return what a file is. Raises NotReadError when it is none of ours."""
    found = FORM.search(text)
    if found is None or found[1] not in set(FileKind):
        msg = "This is no file of Alongside, or a part of it is missing."
        raise NotReadError(msg)
    return FileKind(found[1])


def number_of(text: str) -> str:
    """Return the number to compare by phone."""
    found = FORM.search(text)
    return found[2].strip() if found else ""


def _number(raw: bytes) -> str:
    digits = f"{int.from_bytes(fingerprint(raw)) % 10**DIGITS:0{DIGITS}}"
    return " ".join(digits[at : at + GROUP] for at in range(0, DIGITS, GROUP))
