"""The room that rows of half an hour share: how many there may be, and how what has ended is swept.

It knows nothing of what is in a row, so that who may open no answers can use it too.
"""

from __future__ import annotations

from django.db import connection, transaction

from alongside.records.drafts.models import Draft as Row

MINUTES = 30
MOST = 20_000
"""How many rows there may be at once. A flood then finds the store full, and the disk is not."""
_swept: dict[str, int] = {}


class FullError(Exception):
    """The store holds as many rows as it may; nobody's is overwritten to make room."""


class NotReadError(Exception):
    """The store did not answer: whether there is a row is not known."""


def sweep_once(minute: int) -> None:
    """Sweep, where this process has not yet in this minute: what ends, ends with a minute."""
    if _swept.get("minute") != minute:
        sweep(minute=minute)
        _swept["minute"] = minute


def sweep(*, minute: int) -> int:
    """Destroy every draft that has ended and that nobody holds; return how many."""
    ended = Row.objects.select_for_update(skip_locked=True).filter(ends_at__lte=minute)
    with transaction.atomic(savepoint=False):
        destroyed = Row.objects.filter(slot__in=ended.values("slot")).delete()[0]
        if destroyed:
            transaction.on_commit(empty_log, robust=True)
    return destroyed


def empty_log() -> None:
    """Cut SQLite's write-ahead log to nothing: what was destroyed stands in it until then.

    Where somebody is reading, SQLite leaves the log as it is; the next minute's sweep tries again.
    Nobody is made to wait for it.
    """
    if connection.vendor != "sqlite":
        return
    patience = connection.settings_dict["OPTIONS"]["timeout"]
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout=0")
        try:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.fetchall()
        finally:
            cursor.execute(f"PRAGMA busy_timeout={int(patience * 1000)}")
