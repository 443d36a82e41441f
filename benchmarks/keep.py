"""The figures of keeping and sharing, through the real server with a store that syncs to the disk."""

from __future__ import annotations

import base64
import http.client
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING
from urllib.parse import urlencode

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

ROOT = Path(__file__).resolve().parents[1]
PARALLEL, EACH, READS = 8, 10, 20
FORM = "application/x-www-form-urlencoded"
BOUNDARY = "boundary-of-the-bench"
TARGETS = {
    "keep.share_p95_8_parallel": ("ms", 150),
    "keep.share_failed": ("requests", 0),
    "keep.inbox_of_10000": ("ms", 200),
    "keep.inbox_of_10000_page": ("bytes", 100_000),
    "keep.casefile_of_200_entries": ("ms", 150),
    "keep.search_2000_sections": ("ms", 200),
}


class Browser:
    """One visitor with cookies of their own, on one host of the server."""

    def __init__(self, port: int, host: str, cookies: dict[str, str] | None = None) -> None:
        """Come in."""
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._host, self.cookies = f"{host}:{port}", dict(cookies or {})
        self.page = ""

    def close(self) -> None:
        """Go."""
        self._line.close()

    def get(self, path: str) -> int:
        """Open a page; return the status."""
        return self._ask("GET", path, None, {})

    def post(self, path: str, fields: dict[str, str], *, files: bool = False) -> int:
        """Send a form as a browser writes it, with the secret of the page that was opened last."""
        secret = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.page)
        fields = fields | {"csrfmiddlewaretoken": secret[1] if secret else ""}
        body, kind = _multipart(fields) if files else (urlencode(fields), FORM)
        return self._ask("POST", path, body, {"Content-Type": kind})

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> int:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self._line.request(method, path, body, headers | {"Host": self._host, "Cookie": cookie})
        answer = self._line.getresponse()
        self.page = answer.read().decode()
        self.where = answer.headers.get("Location", "")
        for header in answer.headers.get_all("Set-Cookie", []):
            name, _, rest = header.partition("=")
            self.cookies[name] = rest.split(";")[0]
        return answer.status


def _multipart(fields: dict[str, str]) -> tuple[str, str]:
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    return "".join(parts) + f"--{BOUNDARY}--\r\n", f"multipart/form-data; boundary={BOUNDARY}"


def figures(serving: Callable[[Path], AbstractContextManager[int]]) -> dict[str, float]:
    """Measure everything once. ``serving``: runs the server on a store, and gives its port."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "keep.sqlite3"
        filled = _filled(store)
        with serving(store) as port:
            return (
                _sharing(port)
                | _reading(port, filled)
                | {"keep.search_2000_sections": filled["search"]}
            )


def _filled(store: Path) -> dict[str, object]:
    env = os.environ | {
        "ALONGSIDE_DATABASE": str(store),
        "DJANGO_SETTINGS_MODULE": "alongside.config.settings.demo",
    }
    command = [sys.executable, "-m", "benchmarks.filling"]
    done = subprocess.run(command, cwd=ROOT, env=env, check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout))


def _sharing(port: int) -> dict[str, float]:
    """Answer, choose, and send: what is timed is the last button, from the press to the page after it."""
    times: list[float] = []
    failed: list[str] = []

    def people(_number: int) -> None:
        for _ in range(EACH):
            one = Browser(port, "localhost")
            _told(one)
            began = time.perf_counter()
            one.post(
                "/en/w/2/",
                {"message": "Can you help me?", "second": "", "move": "send"},
                files=True,
            )
            sent = one.where == "/en/k/" and one.get(one.where) == http.client.OK
            times.append((time.perf_counter() - began) * 1000)
            if not sent or "digits" not in one.page:
                failed.append(one.where)

    with ThreadPoolExecutor(PARALLEL) as pool:
        list(pool.map(people, range(PARALLEL)))
    return {
        "keep.share_p95_8_parallel": quantiles(times, n=20)[-1],
        "keep.share_failed": len(failed),
    }


def _told(one: Browser) -> None:
    one.get("/en/q/1/1/")
    one.post("/en/q/1/1/", {"pay.unpaid_part": "yes", "pay.none_long": "yes", "move": "next"})
    one.get("/en/q/4/1/")
    one.post("/en/q/4/1/", {"doc.held": "yes", "imm.tied": "yes", "move": "next"})
    one.get("/en/w/")
    agency = re.search(r'name="agency" value="([^"]+)"', one.page)
    one.post("/en/w/", {"agency": agency[1] if agency else ""})
    one.get("/en/w/1/")
    one.post("/en/w/1/", {"section": "work", "purpose": "advice", "days": "90", "move": "next"})
    one.get("/en/w/2/")


def _reading(port: int, filled: dict[str, object]) -> dict[str, float]:
    many, few = (_desk(port, filled[name]) for name in ("many", "few"))
    code = base64.b32encode(bytes.fromhex(str(filled["long"]))).decode().rstrip("=").lower()
    found = {
        "keep.inbox_of_10000": _median(many, "/en/i/"),
        "keep.inbox_of_10000_page": float(len(many.page.encode())),
        "keep.casefile_of_200_entries": _median(few, f"/en/k/{code}/"),
    }
    if few.page.count("words of a message") < READS:
        message = "the casefile did not come"
        raise RuntimeError(message)
    return found


def _desk(port: int, cookies: object) -> Browser:
    pair = dict(cookies) if isinstance(cookies, dict) else {}
    return Browser(port, "desk.localhost", {"s": pair["finds"], "u": pair["opens"]})


def _median(browser: Browser, path: str) -> float:
    times = []
    for _ in range(READS):
        began = time.perf_counter()
        if browser.get(path) != http.client.OK:
            message = f"{path} did not come"
            raise RuntimeError(message)
        times.append((time.perf_counter() - began) * 1000)
    return median(times)
