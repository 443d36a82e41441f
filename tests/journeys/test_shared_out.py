"""Connections are shared out among the processes of the server, also after one of them was killed."""

from __future__ import annotations

import http.client
import os
import signal
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.journeys.serving import serve

ESTABLISHED, LISTENING = "01", "0A"
PATIENCE = 20


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with serve(tmp_path_factory.mktemp("shared_out")) as served:
        yield served


def processes(port: int) -> list[int]:
    """Return the processes that answer on a port: all that listen there but the one that started them."""
    ours = [pid for pid in map(_number, Path("/proc").iterdir()) if pid and _listens(pid, port)]
    return sorted(ours)[1:]


def _number(entry: Path) -> int:
    return int(entry.name) if entry.name.isdigit() else 0


def _listens(pid: int, port: int) -> bool:
    return bool(_sockets(pid) & _of(port, LISTENING))


def held(port: int) -> list[int]:
    """Return how many connections to the port each process holds, the fewest first."""
    mine = _of(port, ESTABLISHED)
    return sorted(len(_sockets(pid) & mine) for pid in processes(port))


def _of(port: int, state: str) -> set[str]:
    lines = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return {line[9] for line in lines if line[1].endswith(f":{port:04X}") and line[3] == state}


def _sockets(pid: int) -> set[str]:
    links = set()
    with suppress(OSError):  # gone meanwhile, or somebody else's
        for entry in Path(f"/proc/{pid}/fd").iterdir():
            with suppress(OSError):
                links.add(entry.readlink().name)
    return {name[len("socket:[") : -1] for name in links if name.startswith("socket:[")}


def come(port: int, number: int) -> list[http.client.HTTPConnection]:
    """Open connections, ask for a page on each, and keep them open."""
    found = [http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE) for _ in range(number)]
    for one in found:
        one.request("GET", "/n/", headers={"Host": f"localhost:{port}"})
        assert one.getresponse().read()
    return found


def test_nobody_sits_in_the_fuller_process(server):
    gone(server.port)  # whoever asked whether the server is there may not have left yet
    for _ in range(3):
        opened = come(server.port, 4 * len(processes(server.port)))
        assert held(server.port) == [4] * len(processes(server.port))
        for one in opened:
            one.close()
        gone(server.port)


def test_a_process_that_was_killed_is_counted_no_longer(server):
    gone(server.port)
    opened = come(server.port, 2 * len(processes(server.port)))
    before = processes(server.port)
    os.kill(before[0], signal.SIGKILL)
    until = time.monotonic() + PATIENCE
    while (
        set(processes(server.port)) == set(before) or len(processes(server.port)) < len(before)
    ) and time.monotonic() < until:
        time.sleep(0.1)
    opened += come(server.port, 2)
    assert held(server.port) == [2] * len(before), "whoever comes goes to the new one"
    for one in opened:
        one.close()


def gone(port: int) -> None:
    """Wait until the server noticed that everybody went."""
    until = time.monotonic() + PATIENCE
    while sum(held(port)) and time.monotonic() < until:
        time.sleep(0.05)
