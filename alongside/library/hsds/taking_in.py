"""Taking in a directory: files to rows, rows to HSDS 3.1, and a report that accounts for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alongside.library.hsds.bundle import Bundle, gather
from alongside.library.hsds.files import csv_rows, files_of, json_of, text_of
from alongside.library.hsds.flatten import json_rows
from alongside.library.hsds.lifting import lift, version_of
from alongside.library.hsds.mapping import Mapping, mapped_rows
from alongside.library.hsds.rows import ReadError, Report, Row
from alongside.library.hsds.shape import table_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def take_in(
    path: Path, source: str, mapping: Mapping | None = None, zero: str | None = None
) -> tuple[Bundle, Report]:
    """Read a folder, a zip, a JSON or a CSV as HSDS.

    ``source`` names who gave it: lasting ids follow from it, so it must be the same on the next run. ``zero``: ``MO``
    or ``SU``, the day that weekday 0 means. Raises ReadError where nothing at all can be read.
    """
    report = Report(mapping.source if mapping else source)
    if mapping:
        rows = list(_mapped(path, mapping, report))
        report.version = "mapping"
    else:
        rows = [row for name, content in files_of(path) for row in _rows(name, content, report)]
        report.version = version_of(rows)
    if not rows and not report.outcomes:
        text = f"{path.name}: no table of HSDS is in it. A plain list needs a mapping file."
        raise ReadError(text)
    return gather(lift(rows, report, zero), report), report


def _mapped(path: Path, mapping: Mapping, report: Report) -> Iterator[Row]:
    for name, content in files_of(path):
        lines = list(csv_rows(name, text_of(name, content, report), "list", report))
        yield from mapped_rows(lines, mapping, report)


def _rows(name: str, content: bytes, report: Report) -> Iterator[Row]:
    if name.lower() == "datapackage.json":
        return
    if name.lower().endswith(".json"):
        yield from json_rows(name, json_of(name, text_of(name, content, report)), report)
        return
    table = table_of(name)
    if table is None:
        report.note(name, "(file)", "no table of HSDS: not read")
        return
    yield from csv_rows(name, text_of(name, content, report), table, report)
