"""The real server, while a file is on its way: no file of the machine holds a piece of it.

A control, the same server with Django's own handler, has to be found out.
"""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.doors.test_files import COOKIES, MULTIPART, form
from tests.journeys.serving import PATIENCE, ROOT, RUN, Served, _wait, free_port

PRELUDE = """
import django
django.setup()
from alongside.config import hosts, uploads
hosts.ADDRESSES[hosts.ENTRY] = "tests.doors.pages_with_files"
"""
CONTROL = """
from django.core.files import uploadhandler
uploads.Held = uploadhandler.TemporaryFileUploadHandler
"""
FILE = 4 * 1024 * 1024
MARKS = Path("/tmp"), Path("/dev/shm")  # looked at, never written to


@dataclass(frozen=True)
class Watched:
    """A server whose temporary folder, store and open files are watched."""

    served: Served
    parent: int
    folder: Path
    began: float

    def processes(self) -> list[int]:
        """Return the server's processes."""
        children = Path(f"/proc/{self.parent}/task/{self.parent}/children").read_text()
        return [self.parent, *map(int, children.split())]

    def written(self) -> int:
        """Return how many bytes the processes have written to files, sockets aside."""
        lines = [Path(f"/proc/{pid}/io").read_text() for pid in self.processes()]
        return sum(int(text.split("wchar: ")[1].split()[0]) for text in lines)

    def holding(self, mark: bytes) -> list[str]:
        """Return every file, deleted ones too, that holds the mark."""
        paths = [path for path in self.folder.rglob("*") if path.is_file()]
        paths += [path for top in MARKS for path in top.iterdir() if self._new(path)]
        paths += [fd for pid in self.processes() for fd in Path(f"/proc/{pid}/fd").iterdir()]
        return [str(path) for path in paths if mark in _content(path)]

    def _new(self, path: Path) -> bool:
        try:
            return path.is_file() and path.stat().st_mtime >= self.began
        except OSError:
            return False


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes() if path.is_file() else b""
    except OSError:  # another's, or gone
        return b""


@contextmanager
def watched(folder: Path, prelude: str):
    """Run the server with a temporary folder of its own."""
    served = Served(free_port(), folder / "store.sqlite3", folder / "log")
    (folder / "gate").mkdir()
    env = os.environ | {
        "ALONGSIDE_DATABASE": str(served.store),
        "ALONGSIDE_TEST_GATE": str(folder / "gate"),
        "DJANGO_SETTINGS_MODULE": "alongside.config.settings.testing",
        "TMPDIR": str(folder),
    }
    with served.log.open("wb") as log:
        command = [sys.executable, "-c", prelude + RUN, str(served.port)]
        began = time.time() - 1
        running = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log)
        try:
            _wait(served, running, "/n/")
            yield Watched(served, running.pid, folder, began)
        finally:
            running.terminate()
            running.wait(PATIENCE)


def looked_at_while_sent(server: Watched, mark: bytes) -> tuple[list[str], int, bytes]:
    """Send a file in pieces; return where its mark was found meanwhile, bytes written, and the answer."""
    body = form(("photo", "a.jpg", (mark * (FILE // len(mark) + 1))[:FILE]))
    head = (
        f"POST /en/bring/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nCookie: {COOKIES}\r\n"
        f"Content-Type: {MULTIPART}\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode()
    before, found = server.written(), []
    with socket.create_connection(("127.0.0.1", server.served.port), timeout=60) as asked:
        asked.sendall(head)
        for piece in range(0, len(body), len(body) // 3):
            asked.sendall(body[piece : piece + len(body) // 3])
            time.sleep(0.3)  # so that what arrived can have been written
            found += server.holding(mark)
        until = time.monotonic() + PATIENCE
        while not (server.folder / "gate" / "came").exists() and time.monotonic() < until:
            time.sleep(0.05)
        found += server.holding(mark)  # the view has the file now
        (server.folder / "gate" / "go").touch()
        answer = b"".join(iter(lambda: asked.recv(65_536), b""))
    return found + server.holding(mark), server.written() - before, answer


@pytest.mark.skipif(not Path("/proc/self/io").exists(), reason="Linux says what a process writes")
@pytest.mark.parametrize("control", [False, True], ids=["ours", "control"])
def test_a_file_on_its_way_is_in_no_file_of_the_machine(tmp_path, control):
    mark = secrets.token_hex(16).encode()
    with watched(tmp_path, PRELUDE + (CONTROL if control else "")) as server:
        found, written, answer = looked_at_while_sent(server, mark)
    assert answer.startswith(b"HTTP/1.1 303 See Other\r\n")
    assert f"\r\nLocation: /en/8/{FILE}/\r\n".encode() in answer
    assert bool(found) == control, found
    assert (written > FILE) == control
    assert mark not in server.served.log.read_bytes()
    left = [path for path in tmp_path.rglob("*") if mark in _content(path)]
    assert left == []
