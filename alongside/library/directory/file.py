"""The file of a deployment's directory: what was imported, as rows of HSDS 3.1, and every earlier version.

It stands apart from the store of people: it holds published facts alone, and reading it tells nothing
of who asked. What is hidden never enters it. Nothing is deleted: what a source changes is kept as it was,
and what it leaves out is marked with the day, and no longer found.
"""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from alongside.library.hsds.bundle import Bundle
from alongside.library.hsds.comparing import Changes, compare
from alongside.library.hsds.exporting import public
from alongside.library.hsds.rows import ReadError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

ROOT = Path(__file__).resolve().parents[3]
NAMED_BY = "ALONGSIDE_DIRECTORY"
"""The variable that names the file; without it, ``var/directory.sqlite3`` beside the product."""
TABLES = """
CREATE TABLE IF NOT EXISTS row (
  source TEXT NOT NULL, tab TEXT NOT NULL, key TEXT NOT NULL, cells TEXT NOT NULL, gone_on TEXT,
  PRIMARY KEY (source, tab, key)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS former (
  source TEXT NOT NULL, tab TEXT NOT NULL, key TEXT NOT NULL, cells TEXT NOT NULL, until TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS edition (number INTEGER NOT NULL);
"""
PATIENCE_SECONDS = 5


class FileError(ReadError):
    """A file that is no directory. One sentence and a cure."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What keeping changed, in rows. ``gone``: left out by the source, and no longer found."""

    new: int
    changed: int
    gone: int
    same: int


def its_path() -> Path:
    """Return where the file is, whether or not there is one."""
    return Path(os.environ.get(NAMED_BY) or ROOT / "var" / "directory.sqlite3")


class DirectoryFile:
    """The file at a path. It is made when something is first kept in it."""

    def __init__(self, path: Path | None = None) -> None:
        """Name the file; nothing is opened yet."""
        self.path = path or its_path()

    def keep(self, bundle: Bundle, on: date) -> Kept:
        """Keep what a source gave, instead of what it gave before. The same again changes nothing."""
        shown = public(bundle)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self._open(write=True) as store:
            store.executescript(TABLES)
            with _whole(store):
                before = _hide(store, self._rows(store, bundle.source), shown)
                changes = compare(before, shown)
                _write(store, before, shown, (changes, on.isoformat()))
                if changes:
                    _next_edition(store)
        rows = sum(len(found) for found in shown.tables.values())
        same = rows - len(changes.new) - len(changes.changed)
        return Kept(len(changes.new), len(changes.changed), len(changes.gone), same)

    def bundles(self) -> list[Bundle]:
        """Return what every source gave last, by the name of the source."""
        if not self.path.exists():
            return []
        with self._open() as store:
            names = store.execute("SELECT DISTINCT source FROM row ORDER BY source").fetchall()
            return [self._rows(store, name) for (name,) in names]

    @property
    def edition(self) -> int:
        """A number that grows with every change; 0 where nothing was ever kept."""
        if not self.path.exists():
            return 0
        with self._open() as store:
            found = store.execute("SELECT max(number) FROM edition").fetchone()
        return int(found[0] or 0)

    def gone(self) -> list[tuple[str, str, str]]:
        """Return the services that their source no longer lists: source, id and since when."""
        if not self.path.exists():
            return []
        with self._open() as store:
            return store.execute(
                "SELECT source, key, gone_on FROM row "
                "WHERE tab = 'service' AND gone_on IS NOT NULL ORDER BY source, key"
            ).fetchall()

    def formerly(self, key: str) -> list[tuple[str, str]]:
        """Return the earlier versions of a row by its id: until when, and its cells as JSON; the oldest first."""
        if not self.path.exists():
            return []
        with self._open() as store:
            return store.execute(
                "SELECT until, cells FROM former WHERE key = ? ORDER BY until, rowid", (key,)
            ).fetchall()

    @contextmanager
    def _open(self, *, write: bool = False) -> Iterator[sqlite3.Connection]:
        """Open the file, to read it alone unless ``write``. Raises FileError where it is none of ours."""
        at = f"{self.path.resolve().as_uri()}?mode={'rwc' if write else 'ro'}"
        try:
            with closing(
                sqlite3.connect(at, uri=True, timeout=PATIENCE_SECONDS, isolation_level=None)
            ) as store:
                store.execute("PRAGMA secure_delete=ON")
                yield store
        except sqlite3.Error as error:
            text = f"{self.path.name} cannot be used as a directory: {error}."
            raise FileError(text) from error

    @staticmethod
    def _rows(store: sqlite3.Connection, source: str) -> Bundle:
        found = Bundle(source)
        wanted = "SELECT tab, key, cells FROM row WHERE source = ? AND gone_on IS NULL"
        for table, key, cells in store.execute(wanted, (source,)):
            found.tables[table][key] = json.loads(cells)
        return found


@contextmanager
def _whole(store: sqlite3.Connection) -> Iterator[None]:
    """Keep all or nothing."""
    store.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        store.execute("ROLLBACK")
        raise
    store.execute("COMMIT")


def _hide(store: sqlite3.Connection, before: Bundle, after: Bundle) -> Bundle:
    """Destroy what was known of places that are hidden from now on, earlier versions too; return the rest."""
    now = {
        key: one for key, one in after.tables["service"].items() if key in before.tables["service"]
    }
    rest = public(
        Bundle(before.source, before.tables | {"service": before.tables["service"] | now})
    )
    hidden = [
        (before.source, table, key)
        for table, rows in before.tables.items()
        for key, one in rows.items()
        if rest.tables[table].get(key) != one and table != "service"
    ]
    told = [
        (before.source, "service", key)  # an earlier description may tell the street
        for key, one in now.items()
        if one.get("location_disclosure", "public") != "public"
    ]
    where = "source = ? AND tab = ? AND key = ?"
    store.executemany(f"DELETE FROM row WHERE {where}", hidden)  # noqa: S608 - our own words
    store.executemany(f"DELETE FROM former WHERE {where}", [*hidden, *told])  # noqa: S608 - the same
    lost = {(table, key) for _, table, key in hidden}
    return Bundle(
        before.source,
        {
            table: {key: one for key, one in rows.items() if (table, key) not in lost}
            for table, rows in before.tables.items()
        },
    )


def _write(
    store: sqlite3.Connection, before: Bundle, after: Bundle, what: tuple[Changes, str]
) -> None:
    changes, day = what
    changed = [(table, key) for table, key, _ in changes.changed]
    store.executemany(
        "INSERT INTO former VALUES (?, ?, ?, ?, ?)",
        (
            (before.source, t, k, _text(before.tables[t][k]), day)
            for t, k in (*changed, *changes.gone)
            if after.tables[t].get(k, {}).get("location_disclosure", "public") == "public"
        ),
    )
    store.executemany(
        "INSERT INTO row VALUES (?, ?, ?, ?, NULL) ON CONFLICT (source, tab, key) "
        "DO UPDATE SET cells = excluded.cells, gone_on = NULL",
        ((before.source, t, k, _text(after.tables[t][k])) for t, k in (*changes.new, *changed)),
    )
    store.executemany(
        "UPDATE row SET gone_on = ? WHERE source = ? AND tab = ? AND key = ?",
        ((day, before.source, t, k) for t, k in changes.gone),
    )


def _text(cells: object) -> str:
    return json.dumps(cells, ensure_ascii=False, sort_keys=True)


def _next_edition(store: sqlite3.Connection) -> None:
    store.execute("INSERT INTO edition SELECT coalesce(max(number), 0) + 1 FROM edition")
