"""Looking for a planted word in bytes, in every shape in which it could stand there."""

from __future__ import annotations

import base64
import re
import zlib
from urllib.parse import quote

SHORTEST = 4
COMPRESSED = ((re.compile(rb"\x1f\x8b\x08"), 31), (re.compile(rb"\x78[\x01\x5e\x9c\xda]"), 15))


def shapes_in(raw: bytes, word: str) -> list[str]:
    """Return the shapes in which a word stands in these bytes: none, where it is nowhere."""
    everything = _unfolded(raw)
    return [name for name, shape in _shapes(word).items() if shape in everything]


def _shapes(word: str) -> dict[str, bytes]:
    plain = word.encode()
    found = {
        "utf-8": plain,
        "utf-16-le": word.encode("utf-16-le"),
        "utf-16-be": word.encode("utf-16-be"),
    }
    found["url"] = quote(word, safe="").encode()
    found["json"] = ascii(word)[1:-1].encode()
    for start in range(3):  # base64 of text reads differently by where in it the word begins
        first = (0, 2, 3)[start]
        coded = base64.b64encode(bytes(start) + plain)[first : (start + len(plain)) * 8 // 6]
        found[f"base64+{start}"] = coded
        found[f"base64url+{start}"] = coded.translate(bytes.maketrans(b"+/", b"-_"))
    return {name: shape for name, shape in found.items() if len(shape) >= SHORTEST}


def _unfolded(raw: bytes) -> bytes:
    """Return the bytes, and beside them whatever in them was compressed."""
    parts = [raw]
    for pattern, bits in COMPRESSED:
        for start in pattern.finditer(raw):
            try:
                parts.append(zlib.decompressobj(bits).decompress(raw[start.start() :], 4_000_000))
            except zlib.error:
                continue
    return b"\0".join(parts)
