"""A plugin for a run inside a run: say at the end how many tests used the database, and which it was.

Of random walks that differ by their seed alone it takes a few: all of them were walked on SQLite.
"""

from django.db import connection

SEEDS = 3
_used: list[str] = []


def pytest_collection_modifyitems(items):
    items[:] = [item for item in items if _seed(item) < SEEDS]


def _seed(item):
    return item.callspec.params.get("seed", 0) if hasattr(item, "callspec") else 0


def pytest_runtest_call(item):
    if item.get_closest_marker("django_db"):
        _used.append(connection.vendor)


def pytest_terminal_summary(terminalreporter):
    for vendor in sorted(set(_used)):
        terminalreporter.write_line(f"{_used.count(vendor)} tests used {vendor}")
