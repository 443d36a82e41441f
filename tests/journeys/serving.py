"""Serving the product as it is served in earnest: the real server, its own process, its own store."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookies import SimpleCookie
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from alongside.doors.showing.speaking import book
from tests.people import as_fields

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playwright.sync_api import Page

    from alongside.domain.facts import Answer

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 60
RUN = """
import sys, django
django.setup()
from django.core.management import call_command
from django.db import connection
from alongside.config.serving import Server
call_command("migrate", verbosity=0)
connection.close()
sys.argv[1:], port = [], sys.argv[1]
Server("127.0.0.1:" + port).run()
"""


@dataclass(frozen=True)
class Served:
    """A running server: where it is, its store, and what it wrote to its log."""

    port: int
    store: Path
    log: Path

    @property
    def url(self) -> str:
        """The address of its first page."""
        return f"http://localhost:{self.port}"


@contextmanager
def serve(
    folder: Path, *, first: str = "/n/", demo: bool = False, store: str = ""
) -> Iterator[Served]:
    """Run the product's own server with the settings of the tests until the block ends.

    ``first``: the address asked until it answers. ``demo``: run `make demo` itself instead.
    ``store``: the address of another store than a file in the folder.
    """
    served = Served(free_port(), folder / "store.sqlite3", folder / "log")
    env = os.environ | {
        "ALONGSIDE_DATABASE": store or str(served.store),
        "DJANGO_SETTINGS_MODULE": f"alongside.config.settings.{'demo' if demo else 'testing'}",
        "PORT": str(served.port),
    }
    command = ["manage.py", "demo"] if demo else ["-c", RUN, str(served.port)]
    with served.log.open("wb") as log:
        running = subprocess.Popen(
            [sys.executable, *command], cwd=ROOT, env=env, stdout=log, stderr=log, umask=0o022
        )
        try:
            _wait(served, running, first)
            yield served
        finally:
            running.terminate()
            running.wait(PATIENCE)


def free_port() -> int:
    """Return a port nobody uses now."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def _wait(served: Served, running: subprocess.Popen[bytes], first: str) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and running.poll() is None:
        try:
            get(served, first)
        except OSError:
            time.sleep(0.1)
        else:
            return
    message = f"the server did not start:\n{served.log.read_text()}"
    raise RuntimeError(message)


def get(served: Served, path: str, **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
    """Fetch one address as it comes over the wire, without a browser."""
    asked = http.client.HTTPConnection("127.0.0.1", served.port, timeout=30)
    try:
        asked.request("GET", path, headers=headers)
        answer = asked.getresponse()
        return answer, answer.read()
    finally:
        asked.close()


SECRET = "s" * 32  # a visitor may choose it: cookie and field only have to agree


def post(served: Served, path: str, fields: Mapping[str, str], token: str = "") -> tuple[int, str]:
    """Send a form without a browser; return the status and the token of the answers' cookie."""
    asked = http.client.HTTPConnection("127.0.0.1", served.port, timeout=30)
    headers = {
        "Cookie": f"c={SECRET}; d={token}" if token else f"c={SECRET}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    try:
        asked.request("POST", path, urlencode({**fields, "csrfmiddlewaretoken": SECRET}), headers)
        answer = asked.getresponse()
        answer.read()
        cookies = SimpleCookie("; ".join(answer.headers.get_all("Set-Cookie") or []))
        return answer.status, cookies["d"].value if "d" in cookies else token
    finally:
        asked.close()


def tell(served: Served, answers: Mapping[str, Answer], *, wrong_date: bool = False) -> str:
    """Answer on behalf of a person, every warning read; return the token of the cookie."""
    token = ""
    for number, part in enumerate(book().interview, 1):
        if part.warning:
            _, token = post(served, f"/en/q/{number}/1/", {"move": "shown"}, token)
        for page, keys in enumerate(part.pages, 1):
            fields = {
                k: v
                for key in keys
                if key in answers
                for k, v in as_fields(key, answers[key]).items()
            }
            if wrong_date and "job.last_day_on" in keys:
                fields |= {"job.last_day_on.day": "zanzibar"}
            if fields:
                path = f"/en/q/{number}/{page}/"
                status, token = post(served, path, fields | {"move": "next"}, token)
                assert status == 303
    return token


def follow(page: Page, name: str, role: str = "button") -> None:
    """Press a button or a link and wait until the page it leads to stands.

    A click alone returns while the browser may still be changing pages, and what the test does
    next would then meet neither of the two.
    """
    with page.expect_event("load"):
        page.get_by_role(role, name=name).first.click()
