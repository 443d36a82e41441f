"""Nested JSON of any version as rows of tables."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from alongside.library.hsds.rows import Cells, ReadError, Row
from alongside.library.hsds.shape import OLD, ORDER, PROFILE, children, guess, table_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alongside.library.hsds.rows import Report


def json_rows(name: str, value: Any, report: Report) -> Iterator[Row]:  # noqa: ANN401 - a JSON value is anything
    """Yield rows of a page, a list, one object or tabular JSON. Raises ReadError for what is none of them."""
    if _is_tabular(value):
        for key, many in value.items():
            if table_of(key):
                yield from _listed(f"{name}:#/{key}", many, table_of(key), report)
            else:
                report.note(key, "(table)", "no table of HSDS: not read")
        return
    at = f"{name}:#"
    if isinstance(value, dict) and isinstance(value.get("contents"), list):
        at, value = f"{at}/contents", value["contents"]
    if isinstance(value, dict):
        value = [value]
    if not isinstance(value, list):
        text = f"{name}: neither a list of objects, a page with contents, nor tables. Is it an HSDS file?"
        raise ReadError(text)
    yield from _listed(at, value, None, report)


def _is_tabular(value: Any) -> bool:  # noqa: ANN401 - a JSON value is anything
    """Whether it is tables by name: an object of a directory has an id, a page has contents."""
    if not isinstance(value, dict) or "id" in value:
        return False
    return all(isinstance(one, list) for one in value.values()) and any(
        table_of(key) for key in value
    )


def _listed(at: str, many: list[Any], table: str | None, report: Report) -> Iterator[Row]:
    for number, one in enumerate(many):
        where = f"{at}/{number}"
        named = table or (guess(set(one)) if isinstance(one, dict) else None)
        if named is None or not isinstance(one, dict):
            known = one if isinstance(one, dict) else {}
            report.end(
                Row("", "unknown", known, where), "refused", "not an object of any HSDS table"
            )
        else:
            yield from _object(where, named, one, report)


def _object(where: str, table: str, value: Cells, report: Report) -> Iterator[Row]:
    """Yield what is nested after the object itself. Depth ends with the parser's own limit."""
    cells: Cells = {}
    row = Row(table, table, cells, where)
    nested = []
    for name, one in value.items():
        if isinstance(one, dict | list) and not (table == "service" and name in PROFILE):
            nested.append((name, one))
        elif one not in (None, ""):
            cells[name.lower()] = one
    own = [pair for pair in nested if _names(table, pair[0])]
    for name, one in nested:
        if not _names(table, name) and one:
            report.note(table, name, "nothing of that name in HSDS 3.1: not imported")
    _give_id(cells, own)
    yield row
    for name, one in own:
        yield from _under(row, name, one, report)


def _give_id(cells: Cells, nested: list[tuple[str, Any]]) -> None:
    """Name an object without an id after what it says, so that a second run knows it again."""
    if "id" not in cells and nested:
        said = json.dumps([cells, nested], sort_keys=True)
        cells["id"] = f"as-{sha256(said.encode()).hexdigest()}"


def _names(table: str, name: str) -> bool:
    return (table in ORDER and name in children(table)) or table_of(name) is not None


def _under(parent: Row, name: str, value: Any, report: Report) -> Iterator[Row]:  # noqa: ANN401 - a JSON value
    known = children(parent.table).get(name) if parent.table in ORDER else None
    table = known.table if known else str(table_of(name))
    many = value if isinstance(value, list) else [value]
    for number, one in enumerate(many):
        where = f"{parent.where}/{name}" + (f"/{number}" if isinstance(value, list) else "")
        if not isinstance(one, dict):
            report.end(Row(table, table, {}, where), "refused", "not an object")
            continue
        linked = dict(one)
        if isinstance(value, list):
            _link(linked, parent, table)
        elif one.get("id"):
            parent.cells.setdefault(f"{table}_id", one["id"])
        yield from _object(where, table, linked, report)


def _link(linked: Cells, parent: Row, table: str) -> None:
    if table in {"attribute", "other_attribute"}:
        linked |= {"link_id": parent.cells.get("id"), "link_entity": parent.table}
    elif table == "metadata":
        linked |= {"resource_id": parent.cells.get("id"), "resource_type": parent.table}
    elif table not in OLD or table != parent.table:
        linked.setdefault(f"{parent.table}_id", parent.cells.get("id"))
