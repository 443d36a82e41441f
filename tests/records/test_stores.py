"""One address says where the records are kept, and both stores are as patient."""

import sqlite3
from contextlib import closing

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connection, transaction

from alongside.config.settings.stores import store
from alongside.config.sqlite.base import DatabaseWrapper
from alongside.records.turns import take_turn


@pytest.mark.parametrize("path", ["/run/alongside/drafts.sqlite3", "here.sqlite3", "C:\\d.sqlite3"])
def test_a_path_is_a_file_of_sqlite(path):
    found = store(path)
    assert found["ENGINE"] == "alongside.config.sqlite"
    assert found["NAME"] == path
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (
            "postgresql://entry@/book?host=/run/postgresql",
            ("book", "entry", "", "/run/postgresql", ""),
        ),
        ("postgres://e:p%40ss@db.example:5433/b%20k", ("b k", "e", "p@ss", "db.example", "5433")),
        ("postgresql:///book", ("book", "", "", "", "")),
    ],
)
def test_an_address_is_postgresql(address, expected):
    found = store(address)
    assert found["ENGINE"] == "django.db.backends.postgresql"
    assert tuple(found[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")) == expected


def test_the_way_to_a_server_elsewhere_can_be_guarded():
    options = store("postgresql://e@db.example/b?sslmode=verify-full&sslrootcert=/c.pem")["OPTIONS"]
    assert (options["sslmode"], options["sslrootcert"]) == ("verify-full", "/c.pem")


@pytest.mark.parametrize("wrong", ["postgresql://e@/", "postgresql://e@h/b?options=-cfsync%3Doff"])
def test_an_address_that_cannot_be_read_is_refused(wrong):
    with pytest.raises(ImproperlyConfigured):
        store(wrong)


def _one(question: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_the_store_that_runs_waits_as_long_as_it_should():
    if connection.vendor == "sqlite":
        assert (
            _one("PRAGMA busy_timeout")
            == settings.DATABASES["default"]["OPTIONS"]["timeout"] * 1000
        )
        return
    assert _one("SHOW lock_timeout") == "3s"
    assert _one("SHOW statement_timeout") == "10s"
    assert _one("SHOW transaction_isolation") == "read committed"


@pytest.mark.django_db(transaction=True)
def test_a_turn_is_taken_in_a_transaction_on_either_store():
    with pytest.raises(transaction.TransactionManagementError):
        take_turn(b"a")
    with transaction.atomic():
        take_turn(b"b", b"a")
        take_turn(b"a")


@pytest.fixture
def file(tmp_path, db):  # noqa: ARG001 - a connection may be opened
    """Return a connection to a file of SQLite, which waits a tenth of a second, and the path of the file."""
    path = tmp_path / "one.sqlite3"
    found = store(path)
    found["OPTIONS"]["timeout"] = 0.1
    with closing(DatabaseWrapper(connection.settings_dict | found, "one")) as opened:
        opened.ensure_connection()
        yield opened, path


def begun(connection_):
    """Take the right to write, and give it back."""
    connection_.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    connection_.rollback()
    connection_.set_autocommit(True)


def patience(connection_):
    return connection_.connection.execute("PRAGMA busy_timeout").fetchone()[0]


def test_who_waits_in_vain_is_told_so_and_can_begin_once_the_other_is_done(file):
    mine, path = file
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(OperationalError, match="locked"):
            begun(mine)
        assert (mine.get_autocommit(), mine.in_atomic_block, patience(mine)) == (True, False, 100)
        other.execute("ROLLBACK")
    begun(mine)
    assert patience(mine) == 100


def test_what_no_waiting_mends_is_said_at_once(file, monkeypatch):
    mine, _ = file
    tries = []
    begin = DatabaseWrapper._begun
    monkeypatch.setattr(
        DatabaseWrapper, "_begun", lambda one, until: tries.append(1) or begin(one, until)
    )
    mine.connection.execute("BEGIN")
    with pytest.raises(OperationalError, match="within a transaction"):
        begun(mine)
    assert (len(tries), patience(mine)) == (1, 100)
