"""What differs between two bundles: what a store would have to write, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from alongside.library.hsds.shape import ORDER

if TYPE_CHECKING:
    from alongside.library.hsds.bundle import Bundle


@dataclass(frozen=True, slots=True)
class Changes:
    """Rows by table and id. ``gone`` is only said: whether anything is taken away is for a curator to decide."""

    new: tuple[tuple[str, str], ...]
    changed: tuple[tuple[str, str, tuple[str, ...]], ...]
    gone: tuple[tuple[str, str], ...]

    def __bool__(self) -> bool:
        """Whether anything differs at all."""
        return bool(self.new or self.changed or self.gone)


def compare(old: Bundle, new: Bundle) -> Changes:
    """Return what is new, changed (with the columns) and gone, parents before children."""
    added, changed, gone = [], [], []
    for table in ORDER:
        before, after = old.tables[table], new.tables[table]
        added += [(table, key) for key in sorted(after.keys() - before.keys())]
        gone += [(table, key) for key in sorted(before.keys() - after.keys())]
        for key in sorted(after.keys() & before.keys()):
            a, b = before[key], after[key]
            columns = tuple(
                name for name in sorted(a.keys() | b.keys()) if a.get(name) != b.get(name)
            )
            if columns:
                changed.append((table, key, columns))
    return Changes(tuple(added), tuple(changed), tuple(gone))
