"""Export as HSDS 3.1: what is hidden leaves first, then JSON and CSV, checked against the shipped schemas."""

from __future__ import annotations

import csv
import json
from functools import cache
from typing import TYPE_CHECKING, Any

import jsonschema_rs

from alongside.library.hsds.bundle import Bundle
from alongside.library.hsds.nesting import Nest
from alongside.library.hsds.rows import ReadError
from alongside.library.hsds.shape import ORDER, columns, schema

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from alongside.library.hsds.rows import Cells, Tables

_SHOWN = ("public", None)


@cache
def _checker(table: str) -> Any:  # noqa: ANN401 - a validator of jsonschema-rs
    at = "https://hsds.invalid/"
    known = [(f"{at}{one}.json", schema(one)) for one in ORDER]
    registry = jsonschema_rs.Registry(known, draft=jsonschema_rs.Draft202012)
    return jsonschema_rs.Draft202012Validator(
        {"$ref": f"{at}{table}.json"}, registry=registry, validate_formats=True
    )


def faults(table: str, value: Cells) -> list[str]:
    """Return where an object breaks the schema of its table, as paths; empty when it is valid."""
    return [
        "/".join(str(part) for part in error.instance_path) or "(object)"
        for error in _checker(table).iter_errors(value)
    ]


def public(bundle: Bundle) -> Bundle:
    """Return the bundle without what must not be known.

    ``location_disclosure`` of a service: ``area_only`` leaves areas named in words; ``withheld``, and a word we do not
    know, leaves no place at all. An organization with such a service keeps only places where a public service stands.
    """
    tables = {table: dict(rows) for table, rows in bundle.tables.items()}
    hidden = {
        key: one["location_disclosure"] for key, one in tables["service"].items() if _is_hidden(one)
    }
    if not hidden:
        return bundle
    at = tables["service_at_location"]
    gone = {("service_at_location", key) for key, one in at.items() if one["service_id"] in hidden}
    shown = {one["location_id"] for one in at.values() if one["service_id"] not in hidden}
    owners = {str(tables["service"][key].get("organization_id")) for key in hidden}
    secret = {one["location_id"] for one in at.values() if one["service_id"] in hidden}
    gone |= {
        ("location", key)
        for key, one in tables["location"].items()
        if key not in shown and (key in secret or one.get("organization_id") in owners)
    }
    gone |= {
        ("service_area", key)
        for key, one in tables["service_area"].items()
        if one.get("service_id") in hidden
        and (hidden[one["service_id"]] != "area_only" or one.get("extent_type", "text") != "text")
    }
    _quiet(tables, {*hidden, *owners})
    _prune(tables, gone)
    return Bundle(bundle.source, tables)


def _quiet(tables: Tables, about: set[str]) -> None:
    """Leave of what was done to hidden things only when, and to which field: a replaced value can be the address."""
    for key, one in tables["metadata"].items():
        if one.get("resource_id") in about and (one["previous_value"] or one["replacement_value"]):
            tables["metadata"][key] = one | {"previous_value": "", "replacement_value": ""}


def _is_hidden(service: Cells) -> bool:
    return service.get("location_disclosure") not in _SHOWN


def _prune(tables: Tables, gone: set[tuple[str, str]]) -> None:
    """Take out rows and all that names them: a telephone of a hidden place is a way to it."""
    for table, key in gone:
        tables[table].pop(key, None)
    lost = {key for _, key in gone}
    while lost:
        after: set[str] = set()
        for table in ORDER:
            links = [
                name
                for name, one in columns(table).items()
                if one.get("format") == "uuid" and name != "id"
            ]
            hit = [
                key
                for key, one in tables[table].items()
                if any(one.get(link) in lost for link in links)
            ]
            for key in hit:
                del tables[table][key]
            after.update(hit)
        lost = after


def write_json(bundle: Bundle, folder: Path) -> dict[str, int]:
    """Write lists of services, organizations and terms; return how many. Raises ReadError if one breaks its schema."""
    nest = Nest(public(bundle))
    lists = {
        "service": list(nest.services()),
        "organization": list(nest.organizations()),
        "taxonomy_term": list(nest.terms()),
    }
    for table, many in lists.items():
        _checked(table, many)
    folder.mkdir(parents=True, exist_ok=True)
    for table, many in lists.items():
        text = json.dumps(_page(many), ensure_ascii=False, indent=1)
        (folder / f"{table}_list.json").write_text(text, encoding="utf-8")
    return {table: len(many) for table, many in lists.items()}


def _checked(table: str, many: Iterable[Cells]) -> None:
    for one in many:
        found = sorted(set(faults(table, one)))
        if found:
            where = ", ".join(found[:5])
            text = f"{table} {one['id']} does not fit HSDS 3.1 at {where}. Nothing was written."
            raise ReadError(text)


def _page(many: list[Cells]) -> dict[str, Any]:
    """Return all objects as the one page that the API of HSDS would answer with."""
    size = len(many)
    ends = {"first_page": True, "last_page": True, "empty": not many, "contents": many}
    return {"total_items": size, "total_pages": 1, "page_number": 1, "size": size, **ends}


def write_csv(bundle: Bundle, folder: Path) -> dict[str, int]:
    """Write one CSV a table under the names of the standard, and ``datapackage.json``; return rows by table."""
    folder.mkdir(parents=True, exist_ok=True)
    tables = public(bundle).tables
    resources = []
    for table in ORDER:
        name, names = schema(table).get("path") or f"{table}.csv", list(columns(table))
        with (folder / name).open("w", encoding="utf-8", newline="") as opened:
            writer = csv.DictWriter(opened, names)
            writer.writeheader()
            writer.writerows(
                {k: _cell(v) for k, v in one.items()} for _, one in sorted(tables[table].items())
            )
        resources.append(
            {
                "name": table,
                "path": name,
                "schema": {"primaryKey": "id", "fields": [_field(table, n) for n in names]},
            }
        )
    package = {
        "name": "human_services_data",
        "profile": "tabular-data-package",
        "version": "3.1",
        "resources": resources,
    }
    (folder / "datapackage.json").write_text(json.dumps(package, indent=1), encoding="utf-8")
    return {table: len(tables[table]) for table in ORDER}


def _cell(value: object) -> object:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value


def _field(table: str, name: str) -> dict[str, str]:
    kind = columns(table)[name]
    plain = "number" if kind["type"] == "number" else "string"
    return {"name": name, "type": kind.get("datapackage_type") or plain}
