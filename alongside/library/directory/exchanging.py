"""``alongside directory import``, ``export`` and ``quality``: others' lists in, ours out, and what to look at."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from alongside.library.book import Book
from alongside.library.directory.checking import report as checked
from alongside.library.directory.file import DirectoryFile
from alongside.library.directory.supply import bundles, joined
from alongside.library.hsds.exporting import write_csv, write_json
from alongside.library.hsds.mapping import mapping_of
from alongside.library.hsds.taking_in import take_in

if TYPE_CHECKING:
    import argparse

    from alongside.library.directory.file import Kept
    from alongside.library.directory.quality import Issue
    from alongside.library.hsds.bundle import Bundle
    from alongside.library.hsds.rows import Report


def _read(arguments: argparse.Namespace) -> tuple[Bundle, Report]:
    mapping = mapping_of(arguments.mapping) if arguments.mapping else None
    source = arguments.source or arguments.path.stem
    return take_in(arguments.path, source, mapping, arguments.weekday_zero)


def _today() -> date:
    return datetime.now(tz=UTC).date()


def take(arguments: argparse.Namespace) -> int:
    """Take in a directory, and say what became of each row."""
    bundle, report = _read(arguments)
    kept = None if arguments.dry_run else DirectoryFile().keep(bundle, _today())
    if arguments.report:
        said = report.as_json() | {"kept": _counted(kept) if kept else None}
        text = json.dumps(said, ensure_ascii=False, indent=1)
        arguments.report.write_text(text, encoding="utf-8")
    print("\n".join(_lines(report, kept)))  # noqa: T201 - this is a command line
    return 0


def _counted(kept: Kept) -> dict[str, int]:
    return {name: getattr(kept, name) for name in kept.__slots__}


def _lines(report: Report, kept: Kept | None) -> list[str]:
    said = report.as_json()
    counts = ", ".join(f"{count} {kind}" for kind, count in said["counts"].items())
    refused = [one for one in said["rows"] if one["outcome"] == "refused"]
    stored = "Nothing was stored."
    if kept:
        stored = f"Kept: {kept.new} new, {kept.changed} changed, {kept.gone} no longer listed, {kept.same} the same."
    return [
        f"HSDS {said['version']}: {counts}. {stored}",
        *(
            f"{one['where']}: {one['table']} {one['key']}: refused, {one['reason']}"
            for one in refused
        ),
        *(
            f"{one['table']}.{one['column']}: {one['count']} × {one['reason']}"
            for one in said["notes"]
        ),
    ]


def give(arguments: argparse.Namespace) -> int:
    """Write the directory as HSDS 3.1."""
    whole = joined(bundles(Book(), DirectoryFile(), arguments.lang))
    counts = write_json(whole, arguments.folder)
    write_csv(whole, arguments.folder / "csv")
    said = ", ".join(f"{count} {table}" for table, count in counts.items())
    print(f"{arguments.folder}: HSDS 3.1, {said}.")  # noqa: T201 - this is a command line
    return 0


def look(arguments: argparse.Namespace) -> int:
    """Print what would send a person to the wrong place."""
    today = arguments.on or _today()
    if arguments.path:
        found = checked([_read(arguments)[0]], today)
    else:
        file = DirectoryFile()
        found = checked(bundles(Book(), file, "en"), today, file.gone())
    if arguments.json:
        text = json.dumps(
            {"issues": [one.as_json() for one in found]}, ensure_ascii=False, indent=1
        )
        print(text)  # noqa: T201 - this is a command line
    else:
        print("\n".join(_told(found)))  # noqa: T201 - the same
    return 0


def _told(found: list[Issue]) -> list[str]:
    if not found:
        return ["Nothing was found that would send a person to the wrong place."]
    kinds = Counter(one.kind for one in found)
    lines = [f"{len(found)} to look at: " + ", ".join(f"{n} {k}" for k, n in kinds.most_common())]
    lines += [
        f"{one.record or 'the whole list'}  {one.kind}, {one.field}: {one.detail} {one.suggestion}"
        for one in found
    ]
    return lines
