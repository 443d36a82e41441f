"""Everything that ends by its time: who sweeps what, each minute, each hour, or by `manage.py tick`.

The process of one door sweeps only what its database role may touch; a process of both doors, and
`tick`, which runs as the owner of the tables, sweep everything.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection

from alongside.config.hosts import DESK, ENTRY
from alongside.records.agencies.actions import signing
from alongside.records.agencies.actions.mailing import sweep_deliveries
from alongside.records.casefile.actions.securing import sweep_casefiles
from alongside.records.drafts import room as drafts
from alongside.records.gone.actions import forget_old, write_missing

if TYPE_CHECKING:
    from collections.abc import Iterable

TABLES = {
    "drafts": ("drafts_draft",),
    "sessions": ("agencies_session", "agencies_between", "agencies_invitation"),
    "deliveries": ("agencies_delivery",),
    "casefiles": ("casefile_casefile", "casefile_entry", "casefile_turn", "journal_line"),
    "gone": ("gone_gone",),
}
"""Where rows are destroyed by each sweep."""


def sweep_each_minute(minute: int) -> dict[str, int]:
    """Destroy what lives for minutes: drafts, and sessions of members; return how many of each."""
    swept: dict[str, int] = {}
    if _mine(ENTRY):
        swept["drafts"] = drafts.sweep(minute=minute)
    if _mine(DESK):
        swept["sessions"] = signing.sweep(minute=minute, today=_day(minute))
    return swept


def sweep_each_hour(minute: int) -> dict[str, int]:
    """Destroy what lives for days: grants and cards that are over, casefiles, old fingerprints.

    Fingerprints that are not yet in the file of withdrawals are written there.
    """
    today, swept = _day(minute), dict[str, int]()
    if _mine(DESK):
        over = sweep_deliveries(today=today)
        swept["deliveries"] = over.emptied + over.destroyed
    if _mine(ENTRY):
        swept["casefiles"] = sweep_casefiles(today=today)
        swept["gone"] = forget_old()
        write_missing()
    return swept


def empty_log() -> None:
    """Cut SQLite's log, where a transaction is not just going on; elsewhere there is nothing to cut."""
    if not connection.in_atomic_block:
        drafts.empty_log()


def empty_behind(swept: dict[str, int]) -> None:
    """Take what was destroyed off the disk as far as the store can: out of SQLite's log, or by VACUUM.

    VACUUM is for the owner of the tables; a door's role may not. Nothing can be done in a transaction.
    """
    if connection.vendor == "postgresql" and not connection.in_atomic_block:
        _vacuum(table for name, many in swept.items() if many for table in TABLES[name])
    else:
        empty_log()


def _vacuum(tables: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        try:
            for table in tables:
                cursor.execute(f"VACUUM {connection.ops.quote_name(table)}")
        finally:
            cursor.execute("RESET statement_timeout")


def _mine(door: str) -> bool:
    return settings.DOOR in {"", door}


def _day(minute: int) -> date:
    return datetime.fromtimestamp(minute * 60, tz=UTC).date()
