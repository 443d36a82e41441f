"""Fixtures that every part of the tests may use."""

import pytest
from hypothesis import settings

from alongside.library.book import Book

# The same examples on every machine, and no clock that could fail a slow one.
settings.register_profile("alongside", deadline=None, derandomize=True)
settings.load_profile("alongside")


@pytest.fixture(scope="session")
def book() -> Book:
    return Book()
