"""``alongside directory import``: read a directory and print what would become of each row. Nothing is stored."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alongside.library.hsds.mapping import mapping_of
from alongside.library.hsds.taking_in import take_in

if TYPE_CHECKING:
    import argparse

    from alongside.library.hsds.rows import Report


def add_import(actions: Any) -> None:  # noqa: ANN401 - argparse names no type for it
    """Add the command to the actions of ``directory``."""
    taking = actions.add_parser(
        "import", help="read a directory and say what would become of each row; stores nothing"
    )
    taking.add_argument("path", metavar="PATH", type=Path, help="folder, zip, JSON or CSV")
    taking.add_argument(
        "--source", default=None, help="who gave it: ids follow from it (default: the file's name)"
    )
    taking.add_argument(
        "--mapping", metavar="FILE", type=Path, help="what the columns of a plain CSV are"
    )
    taking.add_argument(
        "--report", metavar="FILE", type=Path, help="write the whole report as JSON"
    )
    taking.add_argument("--weekday-zero", choices=("MO", "SU"), help="the day that weekday 0 is")
    taking.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    mapping = mapping_of(arguments.mapping) if arguments.mapping else None
    source = arguments.source or arguments.path.stem
    _, report = take_in(arguments.path, source, mapping, arguments.weekday_zero)
    if arguments.report:
        said = json.dumps(report.as_json(), ensure_ascii=False, indent=1)
        arguments.report.write_text(said, encoding="utf-8")
    print("\n".join(_lines(report)))  # noqa: T201 - this is a command line
    return 0


def _lines(report: Report) -> list[str]:
    said = report.as_json()
    counts = ", ".join(f"{count} {kind}" for kind, count in said["counts"].items())
    refused = [one for one in said["rows"] if one["outcome"] == "refused"]
    return [
        f"HSDS {said['version']}: {counts}. Nothing was stored.",
        *(
            f"{one['where']}: {one['table']} {one['key']}: refused, {one['reason']}"
            for one in refused
        ),
        *(
            f"{one['table']}.{one['column']}: {one['count']} × {one['reason']}"
            for one in said["notes"]
        ),
    ]
