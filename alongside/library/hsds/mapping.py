"""Plain CSV with a mapping file: which column is which field of HSDS."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import tomli

from alongside.library.hsds.rows import Cells, ReadError, Row
from alongside.library.hsds.shape import ORDER, columns

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from alongside.library.hsds.rows import Report

_PARTS = {"source", "row", "organization", "columns", "constants", "split", "needs", "yes"}
_TAXONOMY = "alongside-needs"
_HANGS: dict[str, tuple[str, ...]] = {
    "address": ("location_id",),
    "accessibility": ("location_id",),
    "service_at_location": ("service_id", "location_id"),
    "organization": (),
    "location": ("organization_id",),
    "service": ("organization_id",),
}


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping that was checked. ``row`` and ``organization``: columns that name a service and its organization."""

    source: str
    row: str
    organization: str
    columns: dict[str, str]
    constants: dict[str, str] = field(default_factory=dict)
    split: dict[str, str] = field(default_factory=dict)
    needs: dict[str, str] = field(default_factory=dict)
    yes: tuple[str, ...] = ("1", "yes", "true", "oui", "y", "x")


def mapping_of(path: Path) -> Mapping:
    """Read a mapping file. Raises ReadError that names file and key."""
    try:
        said: dict[str, Any] = tomli.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomli.TOMLDecodeError) as error:
        text = f"{path.name}: not a TOML file that can be read."
        raise ReadError(text) from error
    for name in ("source", "row", "organization", "columns"):
        if name not in said:
            text = f"{path.name}: {name} is missing."
            raise ReadError(text)
    for name in said.keys() - _PARTS:
        text = (
            f"{path.name}: {name} is not a part of a mapping. Parts: {', '.join(sorted(_PARTS))}."
        )
        raise ReadError(text)
    for place in [*said["columns"].values(), *said.get("constants", {})]:
        table, _, column = str(place).partition(".")
        if table not in ORDER or column not in columns(table):
            text = f"{path.name}: {place} is no field of HSDS 3.1. Write table.column, as in service.name."
            raise ReadError(text)
    return Mapping(
        **{**said, "yes": tuple(said.get("yes", Mapping.__dataclass_fields__["yes"].default))}
    )


def mapped_rows(lines: list[Row], mapping: Mapping, report: Report) -> Iterator[Row]:
    """Yield rows of HSDS 3.1 for each line of a plain CSV: organization, service, location and what hangs on them."""
    yield from _terms(mapping)
    known = {*mapping.columns, *mapping.needs, mapping.row, mapping.organization}
    heads = {name for line in lines for name in line.cells}
    if not heads & set(mapping.columns):
        text = (
            "None of the columns of the mapping is in the file. Is it the mapping of another list?"
        )
        raise ReadError(text)
    for line in lines:
        for name in line.cells.keys() - known:
            report.note("(list)", name, "not in the mapping: not imported")
        if mapping.row not in line.cells or mapping.organization not in line.cells:
            report.end(
                line, "refused", "a column that names the service or its organization is empty"
            )
            continue
        yield from _line(line, mapping)


def _terms(mapping: Mapping) -> Iterator[Row]:
    for key in sorted(set(mapping.needs.values())):
        cells = {"id": key, "code": key, "name": key, "description": key, "taxonomy": _TAXONOMY}
        yield Row("taxonomy_term", "taxonomy_term", cells, "(mapping)")


def _line(line: Row, mapping: Mapping) -> Iterator[Row]:
    names = str(line.cells[mapping.row]), str(line.cells[mapping.organization])
    parts = _parts(line, mapping)
    if parts.keys() & {"location", "address"}:
        parts.setdefault("location", {})
        parts["service_at_location"] = {}
    for table, cells in parts.items():
        yield _row(table, cells, names, line)
    for name, sign in mapping.split.items():
        table, _, column = mapping.columns.get(name, "").partition(".")
        for one in str(line.cells.get(name, "")).split(sign):
            if table and one.strip():
                yield _row(
                    table,
                    {"id": f"{names[0]}:{column}:{one.strip()}", column: one.strip()},
                    names,
                    line,
                )
    for name, need in mapping.needs.items():
        if str(line.cells.get(name, "")).lower() in mapping.yes:
            cells = {
                "id": f"{names[0]}:{need}",
                "link_id": names[0],
                "link_entity": "service",
                "taxonomy_term_id": need,
            }
            yield Row("attribute", "attribute", cells, line.where)


def _parts(line: Row, mapping: Mapping) -> dict[str, Cells]:
    """Return cells by table; two columns of one field stand in two lines of it. Constants fill what is empty."""
    parts: dict[str, Cells] = {"service": {}}
    parts["organization"] = {"name": line.cells[mapping.organization]}
    for name, place in mapping.columns.items():
        table, _, column = place.partition(".")
        value = line.cells.get(name)
        if value and name not in mapping.split:
            cells = parts.setdefault(table, {})
            cells[column] = f"{cells[column]}\n{value}" if column in cells else value
    for place, value in mapping.constants.items():
        table, _, column = place.partition(".")
        if table in parts:
            parts[table].setdefault(column, value)
    return parts


def _row(table: str, cells: Cells, names: tuple[str, str], line: Row) -> Row:
    key, owner = names
    links = {"service_id": key, "location_id": key, "organization_id": owner}
    wanted = _HANGS.get(table, ("service_id",))
    own = {"id": owner if table == "organization" else key}
    return Row(table, table, own | cells | {name: links[name] for name in wanted}, line.where)
