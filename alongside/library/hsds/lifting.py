"""Rows of HSDS 1.1 and 2.0 as rows of 3.1. What has no place in 3.1 is joined to a text, and the report says so."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from alongside.library.hsds.rows import Row
from alongside.library.hsds.shape import OLD, table_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from alongside.library.hsds.rows import Report

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_RENAMED = {
    "organization": {"url": "website"},
    "service": {"accrediations": "accreditations"},
    "language": {"language": "name"},
    "service_area": {"service_area": "name"},
    "taxonomy_term": {"term": "name"},
    "taxonomy": {"vocabulary": "taxonomy", "parent_name": "description"},
    "accessibility_for_disabilities": {"accessibility": "description"},
}
_MOVED = {
    "physical_address": "address",
    "postal_address": "address",
    "regular_schedule": "schedule",
    "holiday_schedule": "schedule",
    "service_taxonomy": "attribute",
    "service_attribute": "attribute",
    "other_attribute": "attribute",
    "accessibility_for_disabilities": "accessibility",
}
_JOINED = {
    "eligibility": ("eligibility", "eligibility_description", "For"),
    "payment_accepted": ("payment", "fees_description", "Payment accepted"),
}


@dataclass(slots=True)
class Lifting:
    """Lifting in progress. ``zero``: the day that weekday 0 means, ``MO`` or ``SU``; None while nobody said it."""

    report: Report
    zero: str | None = None
    zeros: bool = False
    texts: list[Row] = field(default_factory=list)

    def one(self, row: Row) -> list[Row]:
        """Return the rows of 3.1 that stand for a row; none if it was refused or waits to be joined to a text."""
        for old, new in _RENAMED.get(row.table, {}).items():
            if old in row.cells and new not in row.cells:
                row.cells[new] = row.cells.pop(old)
        if row.table in _JOINED:
            self.texts.append(row)
            return []
        if row.table == "taxonomy" and {"parent_id", "taxonomy"} & set(row.cells):
            row.table = "taxonomy_term"
        step = _STEPS.get(row.origin)
        row.table = _MOVED.get(row.table, row.table)
        return step(self, row) if step else [row]

    def address(self, row: Row) -> list[Row]:
        """Lines three and four join the second."""
        row.cells["address_type"] = row.origin.split("_")[0]
        lines = [row.cells.pop(name, "") for name in ("address_2", "address_3", "address_4")]
        row.cells["address_2"] = ", ".join(line for line in lines if line)
        return [row]

    def weekday(self, row: Row) -> list[Row]:
        """Write a day of the week as a weekly recurrence. 1 to 7 is Monday to Sunday (HSDS 1.1)."""
        day = self._day(str(row.cells.pop("weekday", "")).strip().lower())
        if day is None:
            reason = "weekday is missing, or counted from 0 without saying which day 0 is"
            self.report.end(row, "refused", reason)
            return []
        row.cells |= {"freq": "WEEKLY", "byday": day}
        return [row]

    def _day(self, said: str) -> str | None:
        if said[:2].upper() in _DAYS:
            return said[:2].upper()
        if not re.fullmatch(r"[0-7]", said):
            return None
        number = int(said)
        if not self.zeros:
            return _DAYS[number - 1]
        if self.zero is None:
            return None
        return _DAYS[number % 7] if self.zero == "MO" else _DAYS[(number + 6) % 7]

    def holiday(self, row: Row) -> list[Row]:
        """Write a holiday as a schedule between two days; closed is said in words: 3.1 has no field."""
        row.cells |= {
            new: row.cells.pop(old)
            for old, new in (("start_date", "valid_from"), ("end_date", "valid_to"))
            if old in row.cells
        }
        if str(row.cells.pop("closed", "")).strip().lower() in {"1", "true", "yes", "y", "t"}:
            row.cells["description"] = "Closed"
            for name in ("opens_at", "closes_at"):
                if row.cells.pop(name, None):
                    self.report.note(row.origin, name, "an hour on a closed day: left out")
        return [row]

    def attribute(self, row: Row) -> list[Row]:
        """Write a term that a service or another thing carries as an attribute."""
        cells = row.cells
        for old, new in (
            ("taxonomy_id", "taxonomy_term_id"),
            ("taxonomy_detail", "value"),
            ("service_id", "link_id"),
        ):
            if old in cells:
                cells[new] = cells.pop(old)
        cells.setdefault(
            "link_entity",
            cells.pop("link_type", "service") if row.origin == "other_attribute" else "service",
        )
        return [row]

    def service(self, row: Row) -> list[Row]:
        """Terms that 1.1 lists in a cell become attributes."""
        named = [
            one.strip()
            for one in re.split(r"[,;|]", str(row.cells.pop("taxonomy_ids", "")))
            if one.strip()
        ]
        key = str(row.cells.get("id") or "")
        return [row] + [
            Row("attribute", "service.taxonomy_ids", {"id": f"{key}:{term}", "link_id": key, "link_entity": "service",
                "taxonomy_term_id": term}, row.where)
            for term in named
        ]  # fmt: skip

    def phone(self, row: Row) -> list[Row]:
        """Languages of a line become rows of their own; its department joins the description."""
        said = str(row.cells.pop("language", ""))
        department = row.cells.pop("department", None)
        if department:
            row.cells["description"] = "; ".join(
                x for x in (row.cells.get("description"), department) if x
            )
            self.report.note("phone", "department", "joined to the description")
        key = str(row.cells.get("id") or "")
        return [row] + [
            Row(
                "language",
                "phone.language",
                {"id": f"{key}:{one}", "phone_id": key, "name": one},
                row.where,
            )
            for one in (part.strip() for part in re.split(r"[,;|]", said))
            if one
        ]


_STEPS: dict[str, Callable[[Lifting, Row], list[Row]]] = {
    "physical_address": Lifting.address,
    "postal_address": Lifting.address,
    "regular_schedule": Lifting.weekday,
    "holiday_schedule": Lifting.holiday,
    "service_taxonomy": Lifting.attribute,
    "service_attribute": Lifting.attribute,
    "other_attribute": Lifting.attribute,
    "service": Lifting.service,
    "phone": Lifting.phone,
}


def version_of(rows: Iterable[Row]) -> str:
    """Return ``1.1``, ``2.0`` or ``3.x``, by the tables and columns that are there."""
    tables: dict[str, set[str]] = {}
    for row in rows:
        tables.setdefault(row.origin, set()).update(row.cells)
    if tables.keys() & {"service_taxonomy", "regular_schedule", "holiday_schedule"} or (
        {"parent_name", "vocabulary"} & tables.get("taxonomy", set())
    ):
        return "1.1"
    old = tables.keys() & set(OLD) or "term" in tables.get("taxonomy_term", set())
    return "2.0" if old else "3.x"


def lift(rows: list[Row], report: Report, zero: str | None = None) -> list[Row]:
    """Return rows of 3.1. ``zero``: ``MO`` or ``SU``, where weekdays are counted from 0."""
    days = {
        str(row.cells.get("weekday", "")).strip() for row in rows if row.table == "regular_schedule"
    }
    lifting = Lifting(report, zero, "0" in days)
    lifted = [new for row in rows for new in lifting.one(row)]
    _join(lifting.texts, lifted, report)
    return lifted


def _join(texts: list[Row], rows: list[Row], report: Report) -> None:
    services = {str(row.cells.get("id")): row for row in rows if row.table == "service"}
    said: dict[tuple[str, str], list[str]] = {}
    for row in texts:
        column, target, _ = _JOINED[row.table]
        key, value = str(row.cells.get("service_id", "")), row.cells.get(column)
        if key not in services or not value:
            report.end(
                row, "refused", "its service is not there" if value else f"{column} is empty"
            )
            continue
        said.setdefault((key, target), []).append(str(value))
        report.end(row, "merged", f"joined to {target} of service {services[key].key}")
    leads = {target: lead for _, target, lead in _JOINED.values()}
    for (key, target), values in said.items():
        text = f"{leads[target]}: {', '.join(dict.fromkeys(values))}."
        cells = services[key].cells
        cells[target] = f"{cells[target]} {text}" if cells.get(target) else text


def renamed_entity(name: str) -> str:
    """Return what a link of an older version means in 3.1: ``physical_address`` is an ``address``."""
    table = table_of(name) or name
    return _MOVED.get(table, table)
