"""What somebody who takes the machine would do: read every byte of it, however it is written.

Also a program of its own, on the store of the settings: ``python -m tests.journeys.seizing found``
lets a fictional clinic in, and ``… budget`` prints what in the store is not within the metadata budget.
"""
# ruff: noqa: PLC0415, T201 - a program too: Django is set up before its models are imported

from __future__ import annotations

import base64
import json
import shutil
import sqlite3
import sys
import zlib
from contextlib import closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus

from tests.journeys.profile_search import traces

if TYPE_CHECKING:
    from collections.abc import Iterable

SIGN_IN, PASSPHRASE, COLLEAGUE = "tamarin-sign-in", "pangolin velvet orchard", "Wombat Fictional"


def seized(folders: Iterable[Path], markers: Iterable[str]) -> dict[str, list[str]]:
    """Return each marker that is found anywhere under these folders, with the files, however it is written.

    As UTF-8, UTF-16, url-encoded, base64 at each of its three positions, as hexadecimal, or deflated.
    """
    wanted = list(markers)
    found: dict[str, list[str]] = {}
    for folder in folders:
        for marker in wanted:
            shapes = {
                marker,
                quote(marker),
                quote_plus(marker),
                marker.encode().hex(),
                *_base64(marker),
            }
            for files in traces(folder, shapes).values():
                found.setdefault(marker, []).extend(files)
        for path in folder.rglob("*.sqlite3"):
            for marker in _inflated(path, wanted):
                found.setdefault(marker, []).append(f"{path.name}, deflated")
    return found


def _base64(marker: str) -> set[str]:
    """Return what stands in a base64 text for these bytes, at each of three positions, edges left off."""
    raw = marker.encode()
    cut = {}
    for offset in range(3):
        text = base64.b64encode(b"\0" * offset + raw).decode()
        start = (0, 2, 3)[offset]
        whole = (offset + len(raw)) // 3 * 4
        cut[offset] = text[start:whole]
    urls = {text.replace("+", "-").replace("/", "_") for text in cut.values()}
    return set(cut.values()) | urls


def _inflated(store: Path, markers: list[str]) -> set[str]:
    """Return the markers that stand deflated in a value of the store, with or without a head."""
    with TemporaryDirectory() as folder:  # opening a store takes its log away
        for path in store.parent.glob(f"{store.name}*"):
            shutil.copy(path, folder)
        return _inside(Path(folder) / store.name, markers)


def _inside(store: Path, markers: list[str]) -> set[str]:
    found: set[str] = set()
    with closing(sqlite3.connect(store)) as opened:
        tables = [n for (n,) in opened.execute("select name from sqlite_master where type='table'")]
        for table in tables:
            for row in opened.execute(f'select * from "{table}"'):
                for value in row:
                    if isinstance(value, bytes):
                        text = _plain(value)
                        found |= {m for m in markers if m.encode() in text}
    return found


def _plain(value: bytes) -> bytes:
    parts = []
    for start in range(min(len(value), 96)):  # an envelope's head and a little more
        with suppress(zlib.error):
            parts.append(zlib.decompressobj(-15).decompress(value[start:], 1_000_000))
    return b"\0".join(parts)


def _found() -> None:
    from alongside.records.agencies.actions.admitting import found
    from alongside.records.agencies.actions.joining import Joiner, join
    from alongside.records.casefile.binding import Now
    from alongside.sealed.onetime import code_at, new_seed
    from tests.agencies import CLINIC, present

    now = present()
    before = Now(now.today, now.minute - 5)
    seed = new_seed()
    code = code_at(seed, before.minute * 60 + 30)
    joiner = Joiner(SIGN_IN, COLLEAGUE, PASSPHRASE, seed, code)
    join(
        secret=found(described=CLINIC, today=now.today), joiner=joiner,
        today=before.today, minute=before.minute,
    )  # fmt: skip
    print(json.dumps({"seed": seed.hex(), "clinic": CLINIC.name}))


def _budget() -> None:
    from tests.records.test_budget import overdrawn

    print(json.dumps([[table, column] for table, column, _ in overdrawn()]))


if __name__ == "__main__":
    import django

    django.setup()
    {"found": _found, "budget": _budget}[sys.argv[1]]()
