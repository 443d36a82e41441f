"""Rows as they were read, and a report in which each of them ends."""

from __future__ import annotations

import re
import uuid
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

Cells = dict[str, Any]
Tables = dict[str, dict[str, Cells]]

_SPACE = uuid.UUID(
    "5b0f3a52-2c57-5d0e-9a64-70f2c6d1e8b3"
)  # ours, fixed for good: stable ids follow from it
_SHOWN = 60  # of a key: an id is short, and a row shifted by a column must not print a paragraph


class ReadError(Exception):
    """A file or folder that cannot be read as a directory. One sentence and a cure; quotes nothing from the data."""


@dataclass(slots=True)
class Row:
    """One row: its table, the table it was read from (ids follow from that), its cells, and ``file:line``."""

    table: str
    origin: str
    cells: Cells
    where: str

    @property
    def key(self) -> str:
        """The id as it was written, short and on one line: all of a row that a report may show."""
        return re.sub(r"[^\w.:@#/ -]", "?", str(self.cells.get("id") or ""))[:_SHOWN]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a row: ``imported``, ``merged`` or ``refused``, and why."""

    kind: str
    table: str
    key: str
    where: str
    reason: str = ""


@dataclass(slots=True)
class Report:
    """All outcomes, and what was changed or found no place, counted by table and column."""

    source: str
    version: str = "unknown"
    outcomes: list[Outcome] = field(default_factory=list)
    notes: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def end(self, row: Row, kind: str, reason: str = "") -> None:
        """Say what became of a row."""
        self.outcomes.append(Outcome(kind, row.origin, row.key, row.where, reason))

    def note(self, table: str, column: str, reason: str) -> None:
        """Count a value that was changed or found no place."""
        self.notes[table, re.sub(r"[^\w.() /-]", "?", column)[:_SHOWN], reason] += 1

    def counts(self) -> dict[str, int]:
        """How many rows were imported, merged and refused."""
        found = Counter(one.kind for one in self.outcomes)
        return {kind: found[kind] for kind in ("imported", "merged", "refused")}

    def as_json(self) -> dict[str, Any]:
        """Return the report as plain values; imported rows are counted by table, all others listed."""
        tables: dict[str, Counter[str]] = {}
        for one in self.outcomes:
            tables.setdefault(one.table, Counter())[one.kind] += 1
        listed = [one for one in self.outcomes if one.kind != "imported"]
        return {
            "source": self.source,
            "version": self.version,
            "counts": self.counts(),
            "tables": {name: dict(sorted(found.items())) for name, found in sorted(tables.items())},
            "rows": [
                {
                    "outcome": o.kind,
                    "table": o.table,
                    "key": o.key,
                    "where": o.where,
                    "reason": o.reason,
                }
                for o in listed
            ],
            "notes": [
                {"table": table, "column": column, "reason": reason, "count": count}
                for (table, column, reason), count in sorted(self.notes.items())
            ],
        }


def stable_id(source: str, table: str, key: str) -> str:
    """Return the UUID of a row: its own where it has one, otherwise one that follows from source, table and key."""
    try:
        return str(uuid.UUID(key))
    except ValueError:
        return str(uuid.uuid5(_SPACE, f"{source}\x1f{table}\x1f{key}"))
