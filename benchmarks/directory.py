"""The figures of finding who can help, among services that are made up (``services.py``)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from statistics import quantiles
from typing import TYPE_CHECKING, Any

import numpy as np

from alongside.domain.facts import Facts
from alongside.library.book import Book
from alongside.library.directory.index.columns import Coded, Where
from alongside.library.directory.index.finding import Index
from alongside.library.directory.seeking import Sought
from alongside.library.geography.areas import areas
from alongside.library.geography.places import area_of
from benchmarks.services import LANGUAGES, WORDS, services

if TYPE_CHECKING:
    from alongside.library.directory.needs import Needs

ROOT = Path(__file__).resolve().parents[1]
TARGETS = {
    "directory.find_10k_p95": ("ms", 5),
    "directory.find_100k_p95": ("ms", 5),
    "directory.find_1m_p95": ("ms", 50),
    "directory.build_100k": ("s", 60),
    "directory.page_100k_p95": ("ms", 60),
}
ON = date(2026, 12, 1)
NOW = datetime(2026, 12, 1, 1, tzinfo=UTC)
TEN_THOUSAND, HUNDRED_THOUSAND, TENFOLD = 10_000, 100_000, 10
QUERIES, PAGES = 400, 100
FIRST = slice(0, 20)
OFTEN, HALF = 0.8, 0.5


def figures() -> dict[str, float]:
    """Measure finding at ten thousand, a hundred thousand and a million services, and a whole request."""
    book = Book()
    found = {
        "directory.find_10k_p95": p95(
            Index(services(TEN_THOUSAND, book.needs, ON), book.needs, ON), book.needs
        )
    }
    made = services(HUNDRED_THOUSAND, book.needs, ON)
    began = time.perf_counter()
    index = Index(made, book.needs, ON)
    found["directory.build_100k"] = time.perf_counter() - began
    found["directory.find_100k_p95"] = p95(index, book.needs)
    many_times(index, TENFOLD)
    found["directory.find_1m_p95"] = p95(index, book.needs)
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.directory"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return found | json.loads(done.stdout.splitlines()[-1])


def asked(needs: Needs, seed: int = 7) -> list[tuple[Sought, Facts]]:
    """Return what made-up people look for: around where people live, most of them with words or a need."""
    draw = Random(seed)
    places = sorted(areas().values(), key=lambda area: area.key)
    weights = [area.weight for area in places]
    helps = [need.key for need in needs.help if need.parent]
    many = []
    for area in draw.choices(places, weights, k=QUERIES):
        words = (
            draw.choice(WORDS)
            if draw.random() < HALF
            else draw.choice(["lawyer", "abogado", "shelter"])
        )
        sought = Sought(
            needs=(draw.choice(helps),) if draw.random() < HALF else (),
            words=words if draw.random() < OFTEN else "",
            near=area_of(area.key),
            km=draw.choice([5, 20, 50, 200]),
            language=draw.choice(LANGUAGES) if draw.random() < HALF else "",
        )
        told: dict[str, Any] = {
            "person.gender": "woman",
            "status.service_group": "no_status",
            "access.can_pay": False,
        }
        many.append(
            (sought, Facts({key: value for key, value in told.items() if draw.random() < HALF}))
        )
    return many


def p95(index: Index, needs: Needs) -> float:
    """Return the 95th percentile of finding the first twenty, with the count of all, in milliseconds."""
    times = []
    for sought, facts in asked(needs):
        began = time.perf_counter()
        index.find(sought, facts, NOW, FIRST)
        times.append((time.perf_counter() - began) * 1000)
    return quantiles(times, n=20)[-1]


def many_times(index: Index, times: int) -> None:
    """Lay the same services so many times one after another: building a million apart would take minutes."""
    size = index.columns.size
    index.services = list(index.services) * times
    for name, value in vars(index.columns).items():
        setattr(index.columns, name, _again(value, size, times))
    index.columns.size = size * times
    held = index.columns
    held.owner += np.repeat(np.arange(times, dtype=np.int32) * size, len(held.owner) // times)
    held.begins += np.repeat(
        np.arange(times) * (len(held.other) // times), len(held.begins) // times
    )
    index.columns.name = np.argsort(np.argsort(index.columns.name, kind="stable"), kind="stable")


def _again(value: Any, size: int, times: int) -> Any:  # noqa: ANN401 - whatever a column is
    if isinstance(value, np.ndarray):
        return np.tile(value, times)
    if isinstance(value, Coded):
        value.code = np.tile(value.code, times)
        return value
    if isinstance(value, Where):
        begins = _again(value.begins, size, times)
        parts = (np.tile(part, times) for part in (value.everywhere, value.provinces))
        return Where(*parts, begins, np.tile(value.any_begin, times))
    if isinstance(value, dict) and value and isinstance(next(iter(value.values())), np.ndarray):
        return {
            w: np.concatenate([rows + size * n for n in range(times)]) for w, rows in value.items()
        }
    return value


def whole_request() -> float:
    """Open the page of what is found, among a hundred thousand, in one process: its 95th percentile."""
    import django  # noqa: PLC0415 - the settings come first

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - the same
    from django.test import Client  # noqa: PLC0415 - the same

    from alongside.doors.showing import helping, speaking  # noqa: PLC0415 - the same

    call_command("migrate", verbosity=0)
    book = speaking.book()
    index = Index(services(HUNDRED_THOUSAND, book.needs, ON), book.needs, ON)
    helping.SUPPLY.index = lambda _today: index  # type: ignore[method-assign]
    times = []
    for sought, _ in asked(book.needs)[:PAGES]:
        client = Client()
        fields = {
            "need": next(iter(sought.needs), ""),
            "words": sought.words,
            "near": sought.near.key if sought.near else "",
        }
        client.post("/en/i/", fields)
        began = time.perf_counter()
        assert client.get("/en/i/").status_code == 200  # noqa: PLR2004, S101 - found
        times.append((time.perf_counter() - began) * 1000)
    return quantiles(times, n=20)[-1]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DJANGO_SETTINGS_MODULE"] = "alongside.config.settings.testing"
        os.environ["ALONGSIDE_DATABASE"] = str(Path(folder) / "bench.sqlite3")
        print(json.dumps({"directory.page_100k_p95": whole_request()}))
