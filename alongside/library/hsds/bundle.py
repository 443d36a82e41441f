"""A bundle: every row of one source under its lasting id, links checked, each row accounted for."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

from alongside.library.hsds.lifting import renamed_entity
from alongside.library.hsds.rows import Cells, Tables, stable_id
from alongside.library.hsds.shape import ORDER, STANDING, columns, schema, table_of
from alongside.library.hsds.values import settle

if TYPE_CHECKING:
    from alongside.library.hsds.rows import Report, Row

_PLACED = ("status", "location_type", "address_type")
# A service whose organization is not there cannot be shown: nobody could say who runs it.
_NEEDED = {
    ("service", "organization_id"),
    ("service_capacity", "service_id"),
    ("service_at_location", "service_id"),
    ("service_at_location", "location_id"),
}
_LOOSE = {"parent_organization_id": "organization", "parent_id": "taxonomy_term"}


@dataclass(slots=True)
class Bundle:
    """Rows of HSDS 3.1 by table and id. ``seen``: where each was read first."""

    source: str
    tables: Tables = field(default_factory=lambda: {table: {} for table in ORDER})
    seen: dict[tuple[str, str], str] = field(default_factory=dict)


def gather(rows: list[Row], report: Report) -> Bundle:
    """Return the bundle of lifted rows; every row ends in the report as imported, merged or refused."""
    bundle = Bundle(report.source)
    by_table: dict[str, list[Row]] = {table: [] for table in ORDER}
    for row in rows:
        if row.table in by_table:
            by_table[row.table].append(row)
        else:
            report.end(row, "refused", "no table of HSDS 3.1")
    kinds = {(row.table, str(row.cells.get("id"))): row.origin for row in rows}
    for row in (row for table in ORDER for row in by_table[table]):
        _Placing(bundle, report, kinds, row).place()
    _loose_ends(bundle, report)
    return bundle


@dataclass(slots=True)
class _Placing:
    """One row on its way into the bundle."""

    bundle: Bundle
    report: Report
    kinds: dict[tuple[str, str], str]
    row: Row

    def place(self) -> None:
        """Give it its ids, check it, and put it in; or say why not."""
        raw = {
            name: self.row.cells.pop(name) for name in list(self.row.cells) if self._is_link(name)
        }
        given = self.row.cells.get("id")
        key = "" if given is None or isinstance(given, dict | list) else str(given).strip()
        settle(self.row, self.report)
        self._fill()
        reason = self._links(raw) or self._required()
        if not key and self.row.table in {"organization", "service", "location"}:
            reason = reason or "it has no id: a second run could not know it again"
        if reason:
            self.row.cells["id"] = key
            self.report.end(self.row, "refused", reason)
            return
        if not key:
            said = {name: one for name, one in self.row.cells.items() if name != "id"}
            key = sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
        self.row.cells["id"] = stable_id(self.bundle.source, self.row.origin, key)
        self._keep(key)

    def _is_link(self, name: str) -> bool:
        return columns(self.row.table).get(name, {}).get("format") == "uuid" and name != "id"

    def _links(self, raw: Cells) -> str:
        """Turn links into lasting ids. Returns why the row cannot stand, or nothing."""
        held = 0
        for name, said in raw.items():
            table, origin = self._target(name, said)
            found = stable_id(self.bundle.source, origin, str(said).strip()) if table else ""
            if name in _LOOSE or found in self.bundle.tables.get(table, {}):
                self.row.cells[name] = found
                held += name != "taxonomy_term_id"
            elif (self.row.table, name) in _NEEDED or name in {
                "link_id",
                "resource_id",
                "taxonomy_term_id",
                "unit_id",
            }:
                return f"its {name} points to nothing that was imported"
            else:
                self.report.note(
                    self.row.origin, name, "points to nothing that was imported: link left out"
                )
        missing = [
            name
            for table, name in _NEEDED
            if table == self.row.table and name not in self.row.cells
        ]
        if missing and self.row.table != "service":
            return f"{missing[0]} is missing"
        return (
            "" if held or self.row.table in STANDING else "it belongs to nothing that was imported"
        )

    def _target(self, name: str, said: object) -> tuple[str, str]:
        cells = self.row.cells
        if name in {"link_id", "resource_id"}:
            entity = str(cells.get("link_entity" if name == "link_id" else "resource_type", ""))
            table = renamed_entity(entity)
            origin = table_of(entity) or entity
            if name == "link_id":
                cells["link_entity"] = table
        else:
            table = origin = _LOOSE.get(name, name.removesuffix("_id"))
        known = self.kinds.get((table, str(said)), origin)
        return table, origin if table != origin else known

    def _fill(self) -> None:
        """Say what 3.1 requires and older versions did not, only where it follows from the row itself."""
        cells, table = self.row.cells, self.row.table
        cells.update({name: str(cells[name]).lower() for name in _PLACED if name in cells})
        if table == "location" and "location_type" not in cells:
            cells["location_type"] = "physical"
            self.report.note(
                self.row.origin, "location_type", "was not said: physical, as in HSDS before 3.0"
            )
        if table == "metadata":  # the value before the first one, and after the last, is empty
            for name in ("previous_value", "replacement_value"):
                cells.setdefault(name, "")
        if table == "address" and str(cells.get("country", "")).lower() == "canada":
            cells["country"] = "CA"
        if (
            table in {"organization", "program", "taxonomy_term", "taxonomy"}
            and "description" not in cells
            and "name" in cells
        ):
            cells["description"] = cells["name"]
            self.report.note(self.row.origin, "description", "was empty: the name stands there")

    def _required(self) -> str:
        one, cells = schema(self.row.table), self.row.cells
        for name in one.get("required", ()):
            nested = one["properties"][name].get("$ref", "")[:-5]
            if name != "id" and name not in cells and f"{nested}_id" not in cells:
                return f"{name} is missing or not usable"
        for name in _PLACED:
            if name in cells and cells[name] not in one["properties"].get(name, {}).get(
                "enum", [cells[name]]
            ):
                return f"{name} is not a word that HSDS 3.1 allows"
        return ""

    def _keep(self, key: str) -> None:
        """Put it in, or join it to the row that was read before under its id."""
        row, cells = self.row, self.row.cells
        place = (row.table, cells["id"])
        before = self.bundle.tables[row.table].get(cells["id"])
        shown, row.cells = cells, {**cells, "id": "" if len(key) >= 64 else key}  # noqa: PLR2004 - a hash is no name
        if before is None:
            self.bundle.tables[row.table][place[1]] = shown
            self.bundle.seen[place] = row.where
            self.report.end(row, "imported")
            return
        first = self.bundle.seen[place]
        against = sorted(name for name in shown if name in before and before[name] != shown[name])
        if against:
            self.report.end(
                row, "refused", f"the same id stands at {first} with another {', '.join(against)}"
            )
            return
        before |= shown
        self.report.end(row, "merged", f"the same as at {first}")


def _loose_ends(bundle: Bundle, report: Report) -> None:
    """Drop links between rows of one table that lead nowhere: they can be judged only when all are in."""
    for table, name in (("organization", "parent_organization_id"), ("taxonomy_term", "parent_id")):
        for cells in bundle.tables[table].values():
            if name in cells and cells[name] not in bundle.tables[table]:
                del cells[name]
                report.note(table, name, "points to nothing that was imported: link left out")
