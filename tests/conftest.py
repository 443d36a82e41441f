"""Fixtures that every part of the tests may use."""

import pytest
from django.db import connection
from hypothesis import settings

from alongside.library.book import Book

# The same examples on every machine, and no clock that could fail a slow one.
settings.register_profile("alongside", deadline=None, derandomize=True)
settings.load_profile("alongside")


def pytest_runtest_setup(item):
    if item.get_closest_marker("sqlite_only") and connection.vendor != "sqlite":
        pytest.skip("about a file of SQLite")


@pytest.fixture(scope="session")
def book() -> Book:
    return Book()
