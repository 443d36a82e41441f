"""One address says where the records are kept, and both stores are as patient."""

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction

from alongside.config.settings.stores import store
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
