"""Bringing a backup back: checked before the store is touched, whole or not at all, withdrawals with it.

What was withdrawn, erased or let go since the backup was made is destroyed again in the same
transaction in which it comes back: at no moment does it stand.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING

from django.db import DatabaseError, connection, transaction

from alongside.records.agencies.actions.replaying import Replayed, replay_gone
from alongside.records.backing.content import (
    Head,
    NotABackupError,
    check_foot,
    kept_models,
    passing_models,
    read_row,
)
from alongside.records.casefile.actions.securing import destroy_gone, give_a_month
from alongside.records.casefile.closing import close_again
from alongside.records.gone.actions import all_gone, gone_in_file, gone_in_store, remember_prints

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

    from alongside.records.backing.content import Table

MOST_ROWS, MOST_BYTES = 500, 16 * 1024 * 1024
"""Of one insertion."""


class NotEmptyError(Exception):
    """There is something in the store, and nobody said to replace it."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back, and what of it was destroyed again."""

    head: Head
    casefiles: int
    agencies: Replayed


def restore_backup(path: Path, *, replace: bool) -> Restored:
    """Put a backup in the place of the store, and destroy again what had been destroyed since.

    Nobody may be using the store. Raises NotABackupError before anything is touched, for a file that
    is cut, changed, or not for this site or version; NotEmptyError unless ``replace``.
    """
    with path.open("rb") as file:
        head = _checked(file)
        known = _known_gone()
        with transaction.atomic():
            _make_room(replace=replace)
            file.seek(0)
            file.readline()
            for table in head.tables:
                _load(table, file)
            prints = known | gone_in_store()  # those of the backup too
            remember_prints(prints)
            today = datetime.now(tz=UTC).date()
            give_a_month(today=today)
            close_again(prints=prints, today=today)
            return Restored(head, destroy_gone(prints=prints), replay_gone(prints=prints))


def _checked(file: BinaryIO) -> Head:
    """Read all of it once: the head is of our kind, and the foot fits everything before it."""
    line = file.readline()
    head = Head.of(line)
    summed = hashlib.sha256(line)
    for _ in range(sum(table.rows for table in head.tables)):
        summed.update(file.readline())
    check_foot(file.readline(), summed.digest())
    if file.read(1):
        msg = "Something stands behind the end of this backup."
        raise NotABackupError(msg)
    return head


def _known_gone() -> set[bytes]:
    """Return what is gone by the store that is about to be replaced, as far as it can be read, and by the file."""
    try:
        with transaction.atomic():
            return all_gone()
    except DatabaseError:
        return gone_in_file()


def _make_room(*, replace: bool) -> None:
    if not replace and any(m._default_manager.exists() for m in kept_models()):  # noqa: SLF001 - Django's public way
        raise NotEmptyError
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:  # longer than any page may take
            cursor.execute("SET LOCAL statement_timeout = 0")
    for model in (*kept_models(), *passing_models()):
        model._default_manager.all().delete()  # noqa: SLF001 - Django's public way


def _load(table: Table, file: BinaryIO) -> None:
    lines = islice(file, table.rows)
    while batch := list(_batch(lines)):
        table.model._default_manager.bulk_create([read_row(table, line) for line in batch])  # noqa: SLF001 - Django's public way


def _batch(lines: Iterator[bytes]) -> Iterator[bytes]:
    rows = size = 0
    while rows < MOST_ROWS and size < MOST_BYTES:
        line = next(lines, None)
        if line is None:
            return
        rows, size = rows + 1, size + len(line)
        yield line
