"""How much that is heavy one address may ask for, and all together. Counted in memory, and kept nowhere.

Opening what somebody keeps costs 40 to 100 milliseconds of a processor (Argon2id), so a few hundred
requests a minute would stop a machine that serves everybody else in passing. Thirty people may share
one address: a bunkhouse, a shelter. Each may keep, send, come back, say a second word and mistype:
some twelve heavy requests in five minutes. They all get through; thousands from one address do not.

What is counted: a keyed hash of the address (an IPv6 network of /64 is one household, and one sender),
ten numbers of half a minute each, nothing else. The key is drawn when the server starts. Whoever
reads the memory of the running process could still try out addresses against it, for five minutes.
"""

from __future__ import annotations

import fcntl
import mmap
import os
import secrets
import struct
import threading
import time
import weakref
from contextlib import contextmanager
from functools import partial
from hashlib import blake2s
from ipaddress import IPv6Address, ip_address
from typing import TYPE_CHECKING

from django.conf import settings

from alongside.doors.showing.arriving import arriving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from django.http import HttpRequest, HttpResponse

STEP, STEPS = 30, 10
"""Half a minute, ten times. The step under way is one of the ten, so that 270 to 300 seconds count:
nothing older than five minutes is ever held against anybody."""
WAYS, SETS = 8, 4096
"""32,768 addresses in 1.3 MB; an address has one set of eight slots to be in. What is refused is not
written, so all together write at most some 3,600 in five minutes (`HEAVY_PER_MINUTE`), less than one to
a set: a flood from many addresses washes out the count of one in about a million."""
A_FEW = 24
"""Two people's worth. The last quarter of each minute is kept for addresses that asked for no more, so
that several floods at once do not use up the room of everybody else."""
SLOT = struct.Struct(f"=16sI{STEPS}H")
"""An address: its keyed hash, the newest step in which it asked, how much in each of ten steps."""
ALL = struct.Struct("=II")
"""Everybody, at the head of the table: the minute, and how much in it."""
MOST = 65_535


class Counts:
    """The table of one server. Made before its processes fork, and shared by all of them.

    A file that exists in memory alone holds it, and its lock: the system takes a lock of this kind
    from a process that dies, where another would keep every form out until somebody notices.
    """

    def __init__(
        self, per_address: int, per_minute: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Start with nothing counted. ``clock`` is one that all processes read alike."""
        self._per_address, self._per_minute, self._clock = per_address, per_minute, clock
        self._key = secrets.token_bytes(32)
        self._threads = threading.Lock()
        size = ALL.size + SETS * WAYS * SLOT.size
        self._fd = os.memfd_create("counts")
        weakref.finalize(self, os.close, self._fd)
        os.ftruncate(self._fd, size)
        self.table = mmap.mmap(self._fd, size)
        EVERY.add(self)

    def admit(self, address: str, cost: int = 1) -> bool:
        """Count ``cost`` heavy operations for an address and return True; or count nothing: False.

        A cost of 0 asks whether there is room for one.
        """
        asked, name = max(cost, 1), self._name(address)
        with self._alone():
            now = int(self._clock())
            minute, taken = ALL.unpack_from(self.table)
            taken = taken if minute == now // 60 else 0
            at, counts = self._slot(name, now // STEP)
            made = sum(counts)
            room = self._per_minute if made + asked <= A_FEW else self._per_minute * 3 // 4
            if made + asked > self._per_address or taken + asked > room:
                return False
            if cost:
                counts[now // STEP % STEPS] = min(counts[now // STEP % STEPS] + cost, MOST)
                SLOT.pack_into(self.table, at, name, now // STEP, *counts)
                ALL.pack_into(self.table, 0, now // 60, taken + cost)
            return True

    def forget(self) -> None:
        """Wipe every address that has asked for nothing in the last five minutes."""
        with self._alone():
            step, empty = int(self._clock()) // STEP, bytes(SLOT.size)
            for at in range(ALL.size, len(self.table), SLOT.size):
                name, newest, *_ = SLOT.unpack_from(self.table, at)
                if newest + STEPS <= step and any(name):
                    self.table[at : at + SLOT.size] = empty

    def _name(self, address: str) -> bytes:
        return blake2s(network(address), key=self._key, digest_size=16).digest()

    def _slot(self, name: bytes, step: int) -> tuple[int, list[int]]:
        """Find where an address stands, or may stand in place of the one longest silent."""
        first = ALL.size + int.from_bytes(name[:4], "big") % SETS * WAYS * SLOT.size
        found = []
        for at in range(first, first + WAYS * SLOT.size, SLOT.size):
            held, newest, *counts = SLOT.unpack_from(self.table, at)
            if held == name:
                return at, _moved_on(counts, newest, step)
            found.append((newest, sum(counts), at))
        return min(found)[2], [0] * STEPS

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with self._threads:  # the lock of the file is one of processes, not of threads
            fcntl.lockf(self._fd, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.lockf(self._fd, fcntl.LOCK_UN)


EVERY: weakref.WeakSet[Counts] = weakref.WeakSet()


def _moved_on(counts: list[int], newest: int, step: int) -> list[int]:
    """Empty the steps that have passed since an address last asked."""
    for passed in range(newest + 1, min(step, newest + STEPS) + 1):
        counts[passed % STEPS] = 0
    return counts


def forget_all() -> None:
    """Wipe what has ended from the tables of this process; the sweep of each minute calls it."""
    for counts in list(EVERY):
        counts.forget()


def network(address: str) -> bytes:
    """Return what counts as one sender: an IPv4 address, an IPv6 /64, or all that is no address."""
    try:
        found = ip_address(address)
    except ValueError:
        return b""
    if not isinstance(found, IPv6Address):
        return found.packed
    return found.ipv4_mapped.packed if found.ipv4_mapped else found.packed[:8]


def address_of(meta: Mapping[str, str]) -> str:
    """Return the address a request came from.

    Behind a proxy it is the last that X-Forwarded-For names: the one that the proxy itself saw. What
    stands before it was written by the sender, who may write what they like.
    """
    forwarded = meta.get("HTTP_X_FORWARDED_FOR", "") if settings.BEHIND_PROXY else ""
    return forwarded.rpartition(",")[2].strip() or meta.get("REMOTE_ADDR", "")


class Admission:
    """Gives every request its ``admit``; views ask it before they do what is heavy."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Make the table: the site is loaded before the server's processes fork, and they share it."""
        self._get_response = get_response
        self._counts = Counts(settings.HEAVY_PER_ADDRESS, settings.HEAVY_PER_MINUTE)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer one request."""
        arriving(request).admit = partial(self._counts.admit, address_of(request.META))
        return self._get_response(request)
