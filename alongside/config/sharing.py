"""Sharing connections out: a new one goes to a process that holds the fewest.

Connections are kept open, so where one is taken it stays. Taken by whoever wakes first, five of eight may sit in
one process of three, and each of the five waits for the other four.
"""

from __future__ import annotations

import mmap
import time
from typing import TYPE_CHECKING

from gunicorn.workers.gthread import ThreadWorker  # type: ignore[import-untyped]  # Gunicorn ships none

if TYPE_CHECKING:
    import socket

SLOTS = 64
NOBODY = 255
PAUSE, MOST_TRIES = 0.0005, 20
"""Seconds until a process looks again whether another took it; after so many looks it takes it itself."""
HELD = mmap.mmap(-1, SLOTS)
"""How many connections each process holds: memory that all have in common, since it is made before they are."""
HELD.write(bytes([NOBODY]) * SLOTS)


class SharingWorker(ThreadWorker):  # type: ignore[misc]  # a base without types
    """Takes a new connection where no other process holds fewer."""

    _slot: int | None = None
    _open = _tries = 0

    @property
    def nr_conns(self) -> int:
        """How many connections are open in this process; the others see it too."""
        return self._open

    @nr_conns.setter
    def nr_conns(self, number: int) -> None:
        self._open = number
        if self._slot is not None:
            HELD[self._slot] = min(number, NOBODY - 1)

    def init_process(self) -> None:
        """Begin to be counted."""
        self._slot = slot_of(self)
        self.nr_conns = 0
        super().init_process()

    def accept(self, listener: socket.socket) -> None:
        """Take a connection that waits, or leave it to a process that holds fewer."""
        if self._open > min(HELD[:]) and self._tries < MOST_TRIES:
            self._tries += 1
            time.sleep(PAUSE)
            return
        self._tries = 0
        super().accept(listener)


def slot_of(worker: ThreadWorker) -> int:
    """Return where a process says how many connections it holds."""
    return int(worker.age) % SLOTS


def forget(_server: object, worker: ThreadWorker) -> None:
    """Count a process that has ended no longer."""
    HELD[slot_of(worker)] = NOBODY
