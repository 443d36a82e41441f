"""Files of a directory: a folder, a zip, one JSON or CSV; nothing is unpacked to disk, and sizes are bounded."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from alongside.library.hsds.rows import Cells, ReadError, Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alongside.library.hsds.rows import Report

MOST_JSON = 48 * 2**20  # bytes; an object in memory takes some ten times its text
MOST_ALL = 256 * 2**20  # bytes of all files together, unpacked
MOST_FILES = 500
_CELL = 2**20  # characters of one cell
_HALF = re.compile(r"\\u[dD][89a-fA-F]")
_DAMAGE = (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, OSError, ValueError)
_READ = (".csv", ".json")


def files_of(path: Path) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of each file, in order of names. Raises ReadError for what is too large or unsafe."""
    if path.is_dir():
        found = sorted(
            one for one in path.iterdir() if one.suffix.lower() in _READ and one.is_file()
        )
        _bounded([(one.name, one.stat().st_size) for one in found])
        yield from ((one.name, one.read_bytes()) for one in found)
    elif not path.is_file():
        text = f"{path.name}: there is no such file or folder."
        raise ReadError(text)
    elif zipfile.is_zipfile(path):
        try:
            yield from _zipped(path)
        except _DAMAGE as error:
            text = f"{path.name}: is damaged or locked with a password. Pack it anew without one."
            raise ReadError(text) from error
    else:
        _bounded([(path.name, path.stat().st_size)])
        yield path.name, path.read_bytes()


def _bounded(sizes: list[tuple[str, int]]) -> None:
    if len(sizes) > MOST_FILES:
        text = f"There are more than {MOST_FILES} files. Hand in fewer."
        raise ReadError(text)
    for name, size in sizes:
        if name.lower().endswith(".json") and size > MOST_JSON:
            text = f"{name}: larger than {MOST_JSON // 2**20} MB. Hand it in as pages of JSON or as CSV."
            raise ReadError(text)
    if sum(size for _, size in sizes) > MOST_ALL:
        text = f"All files together are larger than {MOST_ALL // 2**20} MB. Hand them in in parts."
        raise ReadError(text)


def _zipped(path: Path) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(path) as packed:
        for info in packed.infolist():
            name = info.filename
            if (
                name.startswith("/")
                or "\\" in name
                or ".." in PurePosixPath(name).parts
                or ":" in name
            ):
                text = f"{path.name}: holds a file that points outside itself. It was not opened."
                raise ReadError(text)
        found = sorted(
            (
                one
                for one in packed.infolist()
                if one.filename.lower().endswith(_READ) and "__MACOSX" not in one.filename
            ),
            key=lambda one: one.filename,
        )
        _bounded([(one.filename, one.file_size) for one in found])
        for info in found:
            yield PurePosixPath(info.filename).name, _unpacked(packed, info)


def _unpacked(packed: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """Read no more than was announced: a zip can lie about a size."""
    with packed.open(info) as opened:
        return opened.read(info.file_size)


def text_of(name: str, content: bytes, report: Report) -> str:
    """Return content as text: UTF-8 with or without mark, UTF-16 with one, otherwise Windows-1252."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        report.note(name, "(file)", "not UTF-8: read as Windows-1252")
        return content.decode("cp1252", errors="replace")


def csv_rows(name: str, text: str, table: str, report: Report) -> Iterator[Row]:
    """Yield the rows of a CSV with their first line; a row with more cells than columns is refused."""
    csv.field_size_limit(_CELL)
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        head = [one.strip().lower() for one in next(reader, [])]
        start = reader.line_num + 1
        for cells in reader:
            row = Row(table, table, _cells(head, cells), f"{name}:{start}")
            start = reader.line_num + 1
            if len(cells) > len(head):
                report.end(row, "refused", "more cells than the heading has columns")
            elif any(cell.strip() for cell in cells):
                yield row
    except csv.Error as error:
        cure = "Look for a quote that is never closed."
        text = f"{name}:{reader.line_num}: this is not CSV. {cure}"
        raise ReadError(text) from error


def _cells(head: list[str], cells: list[str]) -> Cells:
    return {
        name: cell.strip() for name, cell in zip(head, cells, strict=False) if name and cell.strip()
    }


def json_of(name: str, text: str) -> Any:  # noqa: ANN401 - a JSON value is anything
    """Return what a JSON text says. Raises ReadError with the line."""
    try:
        value = json.loads(text)
        if _HALF.search(text):  # half a sign can be escaped in JSON, and written by nobody
            value = json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))
    except json.JSONDecodeError as error:
        text = f"{name}:{error.lineno}: this is not JSON."
        raise ReadError(text) from error
    except (RecursionError, ValueError) as error:
        text = f"{name}: nested too deep or with a number too long to be a directory."
        raise ReadError(text) from error
    return value
