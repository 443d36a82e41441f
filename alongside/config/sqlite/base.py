"""Waiting for the right to write in small even steps.

SQLite's own waiting sleeps in growing steps, up to a tenth of a second: when eight people send at once,
whoever was unlucky a few times waits longest, and the slowest takes many times the usual. Here
everybody asks again every millisecond or two, so that the next free moment goes to anybody alike.
"""

from __future__ import annotations

import random
import sqlite3
import time

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

STEP = 0.001
"""Seconds between two tries, at least; at most twice that."""


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that begins a transaction as soon as the one before it ends."""

    def _start_transaction_under_autocommit(self) -> None:
        """Take the right to write, within the patience of the settings (``timeout``, in seconds).

        Raises OperationalError when somebody else writes for longer.
        """
        patience = float(self.settings_dict["OPTIONS"].get("timeout", 5))
        until = time.monotonic() + patience
        self._wait_for(0)
        try:
            while not self._begun(until):
                time.sleep(STEP * (1 + random.random()))  # noqa: S311 - only to spread the tries
        finally:
            self._wait_for(patience)

    def _begun(self, until: float) -> bool:
        try:
            self.cursor().execute("BEGIN IMMEDIATE")
        except OperationalError as error:
            if not _taken(error) or time.monotonic() > until:
                raise
            return False
        return True

    def _wait_for(self, seconds: float) -> None:
        self.connection.execute(f"PRAGMA busy_timeout={int(seconds * 1000)}")


def _taken(error: OperationalError) -> bool:
    """Say whether somebody else writes: a full disk or a broken file is no better in a millisecond."""
    code = getattr(error.__cause__, "sqlite_errorcode", 0) & 0xFF  # without what SQLite adds to it
    return code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
