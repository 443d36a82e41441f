"""What a photo's file tells of how it was taken: of it only two things are ever read, and written again.

Exif 2.32 (CIPA DC-008), within the structure of TIFF 6.0: a table of entries (an *IFD*) with a tag, a type,
a count and a value or the place of one. Which way up, because without it many photos lie on their side; and
when it was taken, because that can be proof. No entry is copied: both are written anew, so that nothing
hides in them.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass

ORIENTATION, EXIF_TABLE, TAKEN = 0x0112, 0x8769, 0x9003
VERSION = 0x9000
ASCII, SHORT, LONG, UNDEFINED = 2, 3, 4, 7
MOST_ENTRIES = 512
MOMENT = re.compile(rb"\d{4}:\d\d:\d\d \d\d:\d\d:\d\d")
TURNED = range(2, 9)
"""The orientations that are not the usual one."""
HEAD = 8
"""Bytes before the first table."""


@dataclass(frozen=True, slots=True)
class Shot:
    """Which way up a photo is (1 to 8, 1: as it lies), and when it was taken, by the camera's own clock."""

    orientation: int = 1
    taken: bytes = b""

    def write(self) -> bytes:
        """Return it as the TIFF structure of an Exif block; empty when there is nothing to say."""
        first = []
        if self.orientation in TURNED:
            first.append(_entry(ORIENTATION, SHORT, 1, self.orientation << 16))
        if not self.taken:
            return _head() + _table(first) if first else b""
        at = HEAD + _size(len(first) + 1)
        first.append(_entry(EXIF_TABLE, LONG, 1, at))
        inner = [
            _entry(VERSION, UNDEFINED, 4, int.from_bytes(b"0232", "big")),
            _entry(TAKEN, ASCII, len(self.taken) + 1, at + _size(2)),
        ]
        return _head() + _table(first) + _table(inner) + self.taken + b"\0"


def read_shot(block: bytes) -> Shot:
    """Read an Exif block, with or without its name before it; what cannot be read is as if it were not there."""
    tiff = block.removeprefix(b"Exif\0\0")
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return Shot()
    try:
        first = _read_table(tiff, struct.unpack_from(order + "I", tiff, 4)[0], order)
        (turn,) = struct.unpack_from(order + "H", first.get(ORIENTATION, b"\0\0"))
        inner = {}
        if EXIF_TABLE in first:
            inner = _read_table(tiff, struct.unpack(order + "I", first[EXIF_TABLE])[0], order)
        at = struct.unpack(order + "I", inner[TAKEN])[0] if TAKEN in inner else len(tiff)
    except struct.error:
        return Shot()
    taken = MOMENT.match(tiff, at)
    return Shot(turn if turn in TURNED else 1, taken[0] if taken else b"")


def _read_table(tiff: bytes, at: int, order: str) -> dict[int, bytes]:
    """Return the four bytes of each entry's value, by its tag. Raises struct.error where it leads out."""
    (count,) = struct.unpack_from(order + "H", tiff, at)
    entries = (at + 2 + 12 * n for n in range(min(count, MOST_ENTRIES)))
    found = [struct.unpack_from(order + "HHI4s", tiff, entry) for entry in entries]
    return {tag: value for tag, _, _, value in found}


def _head() -> bytes:
    return b"MM\0*" + struct.pack(">I", HEAD)


def _size(entries: int) -> int:
    """Return how many bytes a table takes: the count, the entries, the place of the next table."""
    return 2 + 12 * entries + 4


def _entry(tag: int, kind: int, count: int, value: int) -> bytes:
    return struct.pack(">HHII", tag, kind, count, value)


def _table(entries: list[bytes]) -> bytes:
    return struct.pack(">H", len(entries)) + b"".join(entries) + bytes(4)
