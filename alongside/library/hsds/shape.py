"""The shape of HSDS 3.1, read from the shipped schemas: tables, columns, and what hangs on what."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

SCHEMAS = Path(__file__).parent / "schema"
PROFILE = (
    "access",
    "firewall",
    "intake",
    "capacity_status",
    "location_disclosure",
    "language_access",
)
# Parents stand before children: a child whose parent was refused is refused with it.
ORDER = (
    "organization", "program", "taxonomy", "taxonomy_term", "location", "service", "service_at_location", "contact",
    "phone", "unit", "service_capacity", "address", "schedule", "service_area", "language", "accessibility",
    "cost_option", "required_document", "funding", "organization_identifier", "url", "attribute", "metadata",
)  # fmt: skip
STANDING = (
    "organization",
    "program",
    "taxonomy",
    "taxonomy_term",
    "location",
    "service",
    "unit",
)  # may belong to nothing
_PLURALS = {
    "services_at_location": "service_at_location",
    "services_at_locations": "service_at_location",
    "services_taxonomy": "service_taxonomy",
    "services_taxonomies": "service_taxonomy",
    "taxonomies": "taxonomy",
    "addresses": "address",
    "physical_addresses": "physical_address",
    "postal_addresses": "postal_address",
    "payments_accepted": "payment_accepted",
    "service_capacities": "service_capacity",
    "capacities": "service_capacity",
    "accessibility_for_disabilities": "accessibility_for_disabilities",
}
OLD = (
    "service_taxonomy", "regular_schedule", "holiday_schedule", "service_attribute", "other_attribute", "eligibility",
    "physical_address", "postal_address", "payment_accepted", "accessibility_for_disabilities",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Child:
    """What stands nested under a property: its table, the column that links it, one or many."""

    table: str
    link: str
    many: bool


@cache
def schema(table: str) -> dict[str, Any]:
    """Return the schema of a table, as shipped."""
    found: dict[str, Any] = json.loads((SCHEMAS / f"{table}.json").read_text(encoding="utf-8"))
    return found


@cache
def columns(table: str) -> dict[str, dict[str, Any]]:
    """Return the plain columns of a table by name, with the schema of each."""
    found = {
        name: one
        for name, one in schema(table)["properties"].items()
        if name not in children(table)
    }
    if table == "service":
        found |= {name: {"type": "profile"} for name in PROFILE}
    return found


@cache
def children(table: str) -> dict[str, Child]:
    """Return what nests under a table, by property."""
    return {
        name: _child(table, one.get("items", one)["$ref"][:-5], many="items" in one)
        for name, one in schema(table)["properties"].items()
        if "$ref" in one.get("items", one)
    }


def _child(parent: str, table: str, *, many: bool) -> Child:
    if not many:
        return Child(table, f"{table}_id", many)
    links = {"attribute": "link_id", "metadata": "resource_id"}
    return Child(table, links.get(table, f"{parent}_id"), many)


def table_of(name: str) -> str | None:
    """Return the table that a file name or key means, of any version; None for none."""
    stem = name.lower().removesuffix(".csv").removesuffix(".json")
    for end in ("_list", "_full"):
        stem = stem.removesuffix(end)
    stem = _PLURALS.get(stem, stem)
    return next((one for one in (stem, stem.removesuffix("s")) if one in ORDER or one in OLD), None)


def guess(keys: set[str]) -> str | None:
    """Return the table that an object without a name belongs to: all that is required, most that is known."""
    fit = [
        one for one in ORDER if set(schema(one).get("required", ())) <= keys and one != "metadata"
    ]
    known = {one: len(keys & set(schema(one)["properties"])) for one in fit}
    return max(fit, key=lambda one: (known[one], one == "service"), default=None)
