"""Searching a browser's profile on the disk, as somebody who takes the phone could."""

from __future__ import annotations

import os
import re
import signal
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

GZIP = re.compile(rb"\x1f\x8b\x08")
ZLIB = re.compile(rb"\x78[\x01\x5e\x9c\xda]")


def traces(profile: Path, markers: Iterable[str]) -> dict[str, list[str]]:
    """Return, for each marker found, the files that hold it: as UTF-8, UTF-16, or compressed."""
    wanted = {
        marker: [marker.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")]
        for marker in markers
    }
    found: dict[str, list[str]] = {}
    for path in sorted(profile.rglob("*")):
        if not path.is_file() or path.is_symlink():
            continue
        held = _unfolded(path.read_bytes())
        for marker, shapes in wanted.items():
            if any(shape in held for shape in shapes):
                found.setdefault(marker, []).append(path.relative_to(profile).as_posix())
    return found


def _unfolded(raw: bytes) -> bytes:
    """Return the bytes of a file, and beside them whatever in it was compressed."""
    parts = [raw]
    for pattern, bits in ((GZIP, 31), (ZLIB, 15)):
        for start in pattern.finditer(raw):
            try:
                parts.append(zlib.decompressobj(bits).decompress(raw[start.start() :], 4_000_000))
            except zlib.error:
                continue
    return b"\0".join(parts)


def kill(profile: Path) -> int:
    """Kill -9 every process of the browser that runs on this profile; return how many there were."""
    name = str(profile).encode()
    killed = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes()
        except OSError:
            continue
        if name in command and b"chrom" in command:
            os.kill(int(process.name), signal.SIGKILL)
            killed += 1
    return killed
