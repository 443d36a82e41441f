"""A host of its own: a process with its own database and secret key, that does what a test tells it.

Two hosts share nothing but the files that a test carries from one to the other.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
WORKER = """
import json, sys, traceback
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
names = {}
exec("from tests.records.hosted import *", names)
for line in sys.stdin:
    try:
        lines = json.loads(line)
        *acts, asked = lines
        for act in acts:
            exec(act, names)
        answer = {"value": eval(asked, names)}
        json.dumps(answer)
    except BaseException:
        answer = {"error": traceback.format_exc()}
    print(json.dumps(answer), flush=True)
"""


class Host:
    """A running host."""

    def __init__(self, running: subprocess.Popen[str], store: Path) -> None:
        """Talk to a process."""
        self._running, self.store = running, store

    def run(self, *acts: str) -> Any:
        """Do these statements there, and return what the last, an expression, is worth."""
        assert self._running.stdin is not None
        assert self._running.stdout is not None
        self._running.stdin.write(json.dumps(acts) + "\n")
        self._running.stdin.flush()
        answer = json.loads(self._running.stdout.readline())
        assert "error" not in answer, answer["error"]
        return answer["value"]


@contextmanager
def host(folder: Path, name: str) -> Iterator[Host]:
    """Run a host until the block ends."""
    own = folder / name
    own.mkdir()
    settings = {
        "DJANGO_SETTINGS_MODULE": "alongside.config.settings.production",
        "ALONGSIDE_SECRET_KEY": f"secret of {name}, for tests alone",
        "ALONGSIDE_HOSTS": "localhost",
        "ALONGSIDE_DESK_HOSTS": "desk.localhost",
        "ALONGSIDE_DATABASE": str(own / "store.sqlite3"),
        "ALONGSIDE_WITHDRAWALS": str(own / "withdrawals"),
        "PYTHONPATH": str(ROOT),
    }
    with subprocess.Popen(
        [sys.executable, "-c", WORKER],
        cwd=ROOT,
        env=os.environ | settings,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as running:
        try:
            yield Host(running, own / "store.sqlite3")
        finally:
            running.kill()
