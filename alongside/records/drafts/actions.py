"""Writing drafts: keep one for thirty minutes, destroy one, sweep what has ended."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import connection, transaction

from alongside.records.drafts.models import Draft as Row
from alongside.sealed.drafts import DraftKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alongside.records.drafts.content import Draft

MINUTES = 30
MOST = 20_000
"""How many drafts there may be at once. A flood then finds the store full, and the disk is not."""


class FullError(Exception):
    """The store holds as many drafts as it may; nobody's is overwritten to make room."""


@contextmanager
def one_change() -> Iterator[None]:
    """Read, change and write a draft with nobody else writing in between.

    The transaction takes the right to write when it begins (``transaction_mode`` in the settings),
    so that two pages sent at the same moment follow one another and neither takes away an answer
    of the other.
    """
    with transaction.atomic():
        yield


def keep_draft(*, token: str | None, draft: Draft, minute: int) -> str:
    """Seal a draft under its token, or under a new one; return the token for the cookie.

    ``minute``: the present, in whole minutes since 1970. The draft ends thirty minutes later.
    Raises FullError when it would be one draft too many.
    """
    key = (DraftKey.read(token) if token else None) or DraftKey.new()
    values = {"sealed": key.seal(draft.pack()), "ends_at": minute + MINUTES}
    sweep(minute=minute)
    with transaction.atomic():
        if not Row.objects.filter(slot=key.slot).update(**values):
            if Row.objects.count() >= MOST:
                raise FullError
            Row.objects.create(slot=key.slot, **values)
    return key.token


def destroy_draft(*, token: str | None) -> None:
    """Destroy the draft of a token, if there is one."""
    key = DraftKey.read(token) if token else None
    if key is not None and Row.objects.filter(slot=key.slot).delete()[0]:
        transaction.on_commit(empty_log, robust=True)


def sweep(*, minute: int) -> int:
    """Destroy every draft that has ended; return how many."""
    destroyed = Row.objects.filter(ends_at__lte=minute).delete()[0]
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
