"""Reading the folder of a server that runs: it removes and renames files meanwhile."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

READINGS = 20


def read_whole(folder: Path) -> dict[Path, bytes]:
    """Return what every file below a folder holds, out of one reading in which none vanished.

    A file that vanished may stand under another name that the listing did not have, as a part of the log does
    that is used again. To pass over it would be not to look; so all are read again. Raises AssertionError when
    something vanishes at every reading.
    """
    for _ in range(READINGS):
        with suppress(FileNotFoundError):
            return {
                path: path.read_bytes()
                for at, _, names in os.walk(folder, onerror=_refuse)
                for path in (Path(at, name) for name in names)
            }
    message = f"Something in {folder} vanished at each of {READINGS} readings."
    raise AssertionError(message)


def _refuse(error: OSError) -> None:
    raise error
