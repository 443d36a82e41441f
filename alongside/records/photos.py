"""Photos: what a file tells besides the picture is taken out of it, and no sign of the picture is touched.

A phone writes into a photo where it was taken, with which device, by what name, and a small picture of the
whole before it was cut. Out go all blocks but those that are needed to show it: of JPEG (ITU-T T.81, JFIF),
PNG (third edition) and WebP (RFC 9649). What stands behind the end of the picture, where films, depth and
second pictures are hidden, goes too. Which way up and when it was taken are written anew (`exif`).

What is seen in the picture stays, and so does what an examiner can tell of a lens from it.
"""

from __future__ import annotations

import re
import struct
import zlib
from typing import TYPE_CHECKING

from alongside.records.exif import Shot, read_shot

if TYPE_CHECKING:
    from collections.abc import Iterator

JPEG, PNG, RIFF = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF"
# Boxes that HEIC and AVIF photos and nearly all films of phones begin with (ISO/IEC 14496-12, QuickTime).
BOXES = {b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"}
RAW = (b"II*\0", b"MM\0*")

SOI, EOI, SOS, APP0, APP1, APP15, COM = 0xD8, 0xD9, 0xDA, 0xE0, 0xE1, 0xEF, 0xFE
ALONE = {0x01, *range(0xD0, 0xD8)}
"""Markers of JPEG that have no length."""
SHOWN = {APP0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
"""Blocks of programs without which a picture has other colours or another shape."""
AFTER_SCAN = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
EXIF_NAME = b"Exif\0\0"

PNG_SHOWN = {
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"mDCV",
    b"cLLI", b"sBIT", b"bKGD", b"hIST", b"pHYs", b"sPLT", b"acTL", b"fcTL", b"fdAT", b"tIME",
}  # fmt: skip
WEBP_SHOWN = {b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"}
HAS_EXIF, HAS_XMP = 0x08, 0x04


class PlaceStaysError(Exception):
    """A photo or a film from which we cannot take out what it tells besides the picture."""


def plain_photo(body: bytes) -> bytes:
    """Return a photo that tells no more than the picture, which way up it is, and when it was taken.

    A file of any other kind comes back as it is. Raises PlaceStaysError for photos and films of kinds we
    cannot mend (HEIC, AVIF, MP4, QuickTime, TIFF and most raw ones), and for one that is broken.
    """
    if body[4:8] in BOXES or body.startswith(RAW):
        raise PlaceStaysError
    try:
        if body.startswith(JPEG):
            return _jpeg(body)
        if body.startswith(PNG):
            return _png(body)
        if body.startswith(RIFF) and body[8:12] == b"WEBP":
            return _webp(body)
    except (IndexError, struct.error) as broken:
        raise PlaceStaysError from broken
    return body


def _jpeg(body: bytes) -> bytes:
    shot, kept = Shot(), [b""]
    for marker, segment in _segments(body):
        if marker == APP1 and segment[4:].startswith(EXIF_NAME):
            shot = read_shot(segment[4:])
        elif marker == APP0 and _is_shown(marker, segment):
            kept.append(_segment(APP0, segment[4:16] + bytes(2)))  # without a small picture in it
        elif _is_shown(marker, segment):
            kept.append(segment)
    first = 2 if kept[1:] and kept[1][:2] == b"\xff\xe0" else 1  # JFIF wants to be the first of all
    if block := shot.write():
        kept.insert(first, _segment(APP1, EXIF_NAME + block))
    return bytes((0xFF, SOI)) + b"".join(kept)


def _is_shown(marker: int, segment: bytes) -> bool:
    if APP0 <= marker <= APP15:
        return marker in SHOWN and segment[4:].startswith(SHOWN[marker])
    return marker != COM


def _segments(body: bytes) -> Iterator[tuple[int, bytes]]:
    """Go through a JPEG, block by block, up to the end of its first picture. A scan goes with its head."""
    at = 2
    while True:
        if body[at] != 0xFF:  # noqa: PLR2004 - what every marker begins with
            raise PlaceStaysError
        marker = body[at + 1]
        if marker == 0xFF:  # noqa: PLR2004 - a filling byte before a marker
            at += 1
            continue
        end = (
            at + 2
            if marker in ALONE | {EOI}
            else at + 2 + struct.unpack_from(">H", body, at + 2)[0]
        )
        if end > len(body) or (end < at + 4 and marker not in ALONE | {EOI}):
            raise PlaceStaysError
        if marker == SOS:
            found = AFTER_SCAN.search(body, end)
            end = found.start() if found else len(body)
        yield marker, body[at:end]
        if marker == EOI or end == len(body):
            return
        at = end


def _segment(marker: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def _png(body: bytes) -> bytes:
    kept, at = [PNG], len(PNG)
    while True:
        size, kind = struct.unpack_from(">I4s", body, at)
        end = at + 12 + size
        if end > len(body):
            raise PlaceStaysError
        if kind == b"eXIf":
            kept.append(_chunk(kind, read_shot(body[at + 8 : end - 4]).write()))
        elif kind in PNG_SHOWN:
            kept.append(body[at:end])
        if kind == b"IEND":
            return b"".join(kept)
        at = end


def _chunk(kind: bytes, content: bytes) -> bytes:
    """Return a chunk of PNG; nothing for one without content."""
    check = zlib.crc32(kind + content)
    return (
        struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)
        if content
        else b""
    )


def _webp(body: bytes) -> bytes:
    (size,) = struct.unpack_from("<I", body, 4)
    shot, kept, at, last = Shot(), list[bytes](), 12, 8 + size
    if last > len(body):
        raise PlaceStaysError
    while at < last:
        kind, size = struct.unpack_from("<4sI", body, at)
        end = at + 8 + size
        if end > last:
            raise PlaceStaysError
        if kind == b"EXIF":
            shot = read_shot(body[at + 8 : end])
        elif kind in WEBP_SHOWN:
            kept.append(_part(kind, body[at + 8 : end]))
        at = end + size % 2
    return _riff(kept, shot.write())


def _riff(parts: list[bytes], block: bytes) -> bytes:
    """Put a WebP together; only one with a head of its own (VP8X) can have an Exif block, and says so there."""
    head = parts[0]
    if head.startswith(b"VP8X"):
        flags = head[8] & ~(HAS_EXIF | HAS_XMP) | (HAS_EXIF if block else 0)
        parts = [head[:8] + bytes((flags,)) + head[9:], *parts[1:]]
        parts += [_part(b"EXIF", block)] if block else []
    content = b"WEBP" + b"".join(parts)
    return RIFF + struct.pack("<I", len(content)) + content


def _part(kind: bytes, content: bytes) -> bytes:
    return kind + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)
