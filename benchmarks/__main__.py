"""`make bench`: print a table, write benchmarks/latest.json and the table of docs/reference/speed.md.

``latest.json`` is `{NAME: {"value", "unit", "target"}}`.
"""

from __future__ import annotations

import gzip
import http.client
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from alongside.library.book import Book
from benchmarks import directory, keep, law
from benchmarks.people import people

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).resolve().parents[1]
LATEST = ROOT / "benchmarks" / "latest.json"
SPEED = ROOT / "docs" / "reference" / "speed.md"
BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"
ON = date(2026, 11, 22)
PORT = 8719
PARALLEL, EACH = 8, 40
TARGETS = {
    "book.whole_p95": ("ms", 5),
    "book.options_p95_8_parallel": ("ms", 60),
    "book.options_median_8_parallel": ("ms", 60),
    "book.first_page": ("bytes", 14_000),
    "book.options_page": ("bytes", 40_000),
    "book.command_weigh": ("ms", 400),
    **keep.TARGETS,
    **law.TARGETS,
    **directory.TARGETS,
}


def main() -> int:
    """Measure everything once; return 0, whether or not a target is met: a bench informs."""
    figures = {"book.whole_p95": whole_book(), "book.command_weigh": command()}
    with server():
        figures |= first_page() | options()
    figures |= keep.figures(server)
    figures |= law.figures()
    figures |= directory.figures()
    rows = {
        name: {"value": round(figures[name], 2), "unit": unit, "target": target}
        for name, (unit, target) in TARGETS.items()
    }
    LATEST.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    print(f"{'figure':34}{'value':>10} {'target':>10}  unit")
    for name, row in rows.items():
        print(f"{name:34}{row['value']:>10} {row['target']:>10}  {row['unit']}")
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    print(machine)
    write_page(rows, machine)
    return 0


def table(rows: Mapping[str, Mapping[str, object]]) -> str:
    """Return the figures as a table of a page, each with whether its target is met."""
    lines = [
        f"| `{name}` | {row['value']} | {row['target']} | {row['unit']} "
        f"| {'yes' if row['value'] <= row['target'] else '**no**'} |"  # type: ignore[operator]
        for name, row in rows.items()
    ]
    return "\n".join(["| figure | value | target | unit | met |", "|---|---|---|---|---|", *lines])


def write_page(rows: Mapping[str, Mapping[str, object]], machine: str) -> None:
    """Put the figures into the page, between their marks; the rest of it is written by hand."""
    before, _, rest = SPEED.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    middle = f"{BEGIN}\n\nOn {machine}:\n\n{table(rows)}\n\n{END}"
    SPEED.write_text(before + middle + after, encoding="utf-8")


def whole_book() -> float:
    """Derive, assess and weigh everything for one person: the 95th percentile in milliseconds."""
    book = Book()
    cast = people(book, 200, ON)
    book.look(cast[0], ON)
    times = []
    for answers in cast:
        began = time.perf_counter()
        look = book.look(answers, ON)
        _ = [path.whole for paths in (look.remedies, look.ways) for path in paths.values()]
        times.append((time.perf_counter() - began) * 1000)
    return quantiles(times, n=20)[-1]


def command() -> float:
    """Run `alongside weigh` from cold: the median of nine, in milliseconds."""
    with tempfile.NamedTemporaryFile("w", suffix=".toml") as file:
        file.write('[facts]\n"pay.unpaid_part" = true\n')
        file.flush()
        line = [str(Path(sys.executable).parent / "alongside"), "weigh", file.name, "--json"]
        times = []
        for _ in range(9):
            began = time.perf_counter()
            subprocess.run(line, check=True, capture_output=True)
            times.append((time.perf_counter() - began) * 1000)
    return median(times)


@contextmanager
def server(store: Path | None = None) -> Iterator[int]:
    """Run the demo's own server, on an empty store where none is given; give its port."""
    with tempfile.TemporaryDirectory() as folder:
        env = os.environ | {
            "PORT": str(PORT),
            "DJANGO_SETTINGS_MODULE": "alongside.config.settings.demo",
            "ALONGSIDE_DATABASE": str(store or Path(folder) / "bench.sqlite3"),
        }
        process = subprocess.Popen(
            [sys.executable, "manage.py", "demo"], cwd=ROOT, env=env, stdout=subprocess.DEVNULL
        )
        try:
            _wait()
            yield PORT
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait() -> None:
    for _ in range(200):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=5)
            connection.request("GET", "/en/")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.1)
        else:
            return
    message = "the server did not start"
    raise RuntimeError(message)


def get(connection: http.client.HTTPConnection, path: str, cookies: str = "") -> bytes:
    """Fetch a page as a browser does, compressed; return the bytes that crossed the wire."""
    connection.request("GET", path, headers={"Accept-Encoding": "gzip", "Cookie": cookies})
    response = connection.getresponse()
    body = response.read()
    if response.status != http.client.OK:
        message = f"{path} answered {response.status}"
        raise RuntimeError(message)
    return body


def first_page() -> dict[str, float]:
    """Count the bytes of the start page with everything it loads."""
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=10)
    paths = ("/en/", "/static/a.css", "/static/a.js", "/static/i.svg")
    return {"book.first_page": sum(len(get(connection, path)) for path in paths)}


def visit(number: int) -> str:
    """Answer a few pages as a person would; return the cookies that open the answers."""
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=10)
    cookies: dict[str, str] = {}
    forms = {
        "/en/q/1/1/": {"pay.unpaid_part": "yes", "pay.none_long": "yes"},
        "/en/q/4/1/": {"doc.held": "yes", "imm.tied": "yes"},
        "/en/q/10/1/": {"place.in_canada": "yes", "place.province": "on"},
        "/en/q/11/1/": {"job.federal_work": "no", "job.had": "yes"},
        "/en/q/12/1/": {"wage.due_on.year": "2026", "wage.due_on.month": str(number % 9 + 1)},
    }
    for path, form in forms.items():
        connection.request("GET", path, headers={"Cookie": _cookie(cookies)})
        response = connection.getresponse()
        page = response.read().decode()
        _take(response, cookies)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        body = urlencode(form | {"csrfmiddlewaretoken": token[1] if token else "", "move": "next"})
        headers = {"Cookie": _cookie(cookies), "Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", path, body, headers)
        response = connection.getresponse()
        response.read()
        _take(response, cookies)
    return _cookie(cookies)


def _take(response: http.client.HTTPResponse, cookies: dict[str, str]) -> None:
    for header in response.headers.get_all("Set-Cookie", []):
        name, _, rest = header.partition("=")
        cookies[name] = rest.split(";")[0]


def _cookie(cookies: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


def options() -> dict[str, float]:
    """Open the options page, eight people at a time, each with their own answers."""
    visits = [visit(number) for number in range(PARALLEL)]
    page = b""

    def read(cookies: str) -> list[float]:
        nonlocal page
        connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
        times = []
        for _ in range(EACH):
            began = time.perf_counter()
            page = get(connection, "/en/o/", cookies)
            times.append((time.perf_counter() - began) * 1000)
        return times

    with ThreadPoolExecutor(PARALLEL) as pool:
        list(pool.map(read, visits))  # warm
        times = [t for person in pool.map(read, visits) for t in person]
    if b"You could start now" not in gzip.decompress(page):
        message = "the options page did not come"
        raise RuntimeError(message)
    return {
        "book.options_p95_8_parallel": quantiles(times, n=20)[-1],
        "book.options_median_8_parallel": median(times),
        "book.options_page": len(page),
    }


if __name__ == "__main__":
    sys.exit(main())
