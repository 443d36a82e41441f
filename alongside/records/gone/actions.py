"""Remembering what was destroyed, and destroying it again after a restore.

Each fingerprint is also written to a file beside the store (``WITHDRAWALS_FILE``), because a restore
replaces the store. Keep that file on another disk, and never restore it from a backup.
"""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from alongside.records.gone.models import Gone
from alongside.sealed.derived import fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterable

MONTHS = 24
PRINT = re.compile(r"[0-9a-f]{64}")


def remember(*identities: bytes) -> None:
    """Remember what is being destroyed, in the same transaction and, once it stands, in the file."""
    prints = [fingerprint(own) for own in identities]
    month = _month()
    Gone.objects.bulk_create([Gone(print=p, month=month) for p in prints], ignore_conflicts=True)
    # A file that cannot be written is no reason to say that it failed: it stands, and tick tries again.
    transaction.on_commit(lambda: _write(prints), robust=True)


def all_gone() -> set[bytes]:
    """Return the fingerprints of everything that must stay gone, from the store and from the file."""
    return gone_in_store() | gone_in_file()


def gone_in_store() -> set[bytes]:
    """Return the fingerprints that the store has."""
    return {bytes(p) for p in Gone.objects.values_list("print", flat=True)}


def gone_in_file() -> set[bytes]:
    """Return the fingerprints that the file has; a line that was cut short is passed over."""
    path = Path(settings.WITHDRAWALS_FILE)
    if not path.exists():
        return set()
    return {
        bytes.fromhex(line)
        for line in path.read_text(encoding="ascii").split()
        if PRINT.fullmatch(line)
    }


def gone_among(identities: Iterable[bytes]) -> set[bytes]:
    """Return those of these identities that were destroyed here before."""
    prints = {fingerprint(own): own for own in identities}
    found = Gone.objects.filter(print__in=list(prints)).values_list("print", flat=True)
    return {prints[bytes(p)] for p in found}


def remember_prints(prints: Iterable[bytes]) -> None:
    """Put fingerprints back into a store that was restored."""
    rows = [Gone(print=p, month=_month()) for p in prints]
    Gone.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)


def write_missing() -> int:
    """Write into the file what the store remembers and the file does not; return how many.

    A process that is killed after its transaction and before the file leaves such a gap; a restore
    from that very moment on would bring back what was withdrawn in it.
    """
    missing = sorted(gone_in_store() - gone_in_file())
    if missing:
        _write(missing)
    return len(missing)


def forget_old() -> int:
    """Forget fingerprints older than any backup may be; return how many."""
    return Gone.objects.filter(month__lt=_month() - MONTHS).delete()[0]


def _month() -> int:
    now = datetime.now(tz=UTC)
    return now.year * 12 + now.month


def _write(prints: list[bytes]) -> None:
    # A line that a crash cut short ends here, and takes none of ours with it.
    lines = "\n" + "".join(p.hex() + "\n" for p in prints)
    path = Path(settings.WITHDRAWALS_FILE)
    with open(path, "a", encoding="ascii", opener=lambda p, f: os.open(p, f, 0o600)) as file:
        file.write(lines)
        file.flush()
        os.fsync(file.fileno())
