"""Writing a backup: one moment of the store, row by row, into a file that is whole or not there."""

from __future__ import annotations

import hashlib
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import connection, transaction

from alongside.records.backing.content import Head, foot, write_row

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

AT_ONCE = 16
"""How many rows are in memory at once: a row can hold a file."""


def write_backup(path: Path) -> Head:
    """Write every row that lasts into one file, readable by its owner alone; return what it holds.

    Nobody waits for it. It stands under its name once it is whole and on the disk.
    """
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)  # of a backup that was interrupted
    try:
        with open(part, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            summed = hashlib.sha256()
            with _one_moment():
                head = Head.of_store()
                for line in _lines(head):
                    summed.update(line)
                    file.write(line)
            file.write(foot(summed.digest()))
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    _keep_name(path)
    return head


def _lines(head: Head) -> Iterator[bytes]:
    yield head.line()
    for table in head.tables:
        # By identity, which is drawn at random: the file does not tell what was written first.
        rows = table.model._default_manager.order_by("pk").values_list(*table.columns)  # noqa: SLF001 - Django's public way
        yield from map(write_row, rows.iterator(AT_ONCE))


@contextmanager
def _one_moment() -> Iterator[None]:
    """Read everything as it is at one moment, while others go on writing."""
    if connection.in_atomic_block:  # the caller's moment
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        # Django's own transactions begin IMMEDIATE here, and would keep every writer out.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


def _keep_name(path: Path) -> None:
    """See to it that the name too is on the disk."""
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
