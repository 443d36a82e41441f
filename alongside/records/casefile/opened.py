"""A casefile that is open for a change: opened once, settled, changed, and written once at the end.

Everything inside stands or nothing does. Reading needs none of it (:mod:`alongside.records.casefile.queries`).
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction

from alongside.records.casefile.binding import lasts_until, settle, turn
from alongside.records.casefile.content import NoCasefileError
from alongside.records.casefile.models import Casefile, Entry, Turn
from alongside.records.casefile.sealing import (
    Sealed,
    open_ring,
    read_binder,
    row_of,
    seal_binder,
    seal_ring,
    unseal_binder,
)
from alongside.records.gone.actions import remember
from alongside.records.journal.actions import write_lines
from alongside.records.packing import pack, unpack
from alongside.sealed.envelopes import Bound, NotOpenedError
from alongside.sealed.pairs import unseal_from
from alongside.sealed.things import TURN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alongside.records.agencies.content import Profile
    from alongside.records.casefile.binding import Now
    from alongside.records.casefile.content import Binder, PersonKeys, Ring
    from alongside.records.journal.content import Line


EMPTY = Sealed(b"", b"", b"")


@dataclass(slots=True)
class Case:
    """An open casefile. What is changed in ``binder`` and ``ring`` is written when the change is over.

    ``ring``: None until it was opened; ``turned``: whether it was changed since. ``stays``: somebody
    was there today, so the casefile ends later. ``entries``, ``lines``, ``gone``: what is to be written,
    told to the person, and remembered as gone, each in one go. ``profiles``: the agencies that were looked
    up. ``stood``: what stood in the store, and ``packed``: its binder, opened; empty for a new casefile.
    """

    keys: PersonKeys
    now: Now
    binder: Binder
    ring: Ring | None = None
    turned: bool = False
    stays: bool = False
    entries: list[Entry] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    gone: list[bytes] = field(default_factory=list)
    profiles: dict[bytes, Profile | None] = field(default_factory=dict)
    stood: Sealed = EMPTY
    packed: bytes = b""


@contextmanager
def opened(keys: PersonKeys, now: Now) -> Iterator[Case]:
    """Open a casefile for a change and settle it; write it when the block ends.

    It is kept from anybody else's change until then, and what fails inside fails the whole transaction.
    Raises NoCasefileError; ClosedError while an erase waits.
    """
    with transaction.atomic():
        stood = row_of(keys)
        packed = unseal_binder(stood.binder, keys)
        case = Case(keys, now, read_binder(packed), stood=stood, packed=packed)
        settle(case)
        yield case
        change: dict[str, object] = {}
        if pack(case.binder.table()) != case.packed:
            change["binder"] = seal_binder(case.binder, keys)
        if case.ring and case.turned and keys.whole:
            change["ring"] = seal_ring(case.ring, keys.casefile, keys.whole)
        if case.stays:
            change["ends_on"] = lasts_until(case.binder, now.today)
        if change:
            Casefile.objects.filter(id=keys.casefile).update(**change)
        write_rest(case)


def write_rest(case: Case) -> None:
    """Write what an open casefile has gathered beside its own row."""
    write_entries(case)
    write_lines(book=case.keys.casefile, public=case.binder.public, lines=case.lines)
    if case.gone:
        remember(*case.gone)


def let_go(case: Case, entries: list[bytes]) -> None:
    """Destroy entries whose words were replaced: nobody opens them later, and no backup brings them back."""
    Entry.objects.filter(id__in=entries).delete()
    case.gone += entries


def write_entries(case: Case) -> None:
    """Write the entries gathered so far, because somebody is about to read them from the store."""
    Entry.objects.bulk_create(case.entries)
    case.entries = []


def ring_of(case: Case) -> Ring:
    """Open the ring to write with it: where a turn was lost on the way, its sections are turned anew.

    Whoever can write to the store can take a turn away; what is written then must not open to who held
    the key before. Raises PermissionError while the second word is not given.
    """
    if case.ring is None:
        case.ring = ring = _unlocked(case.keys, case.stood.ring)
        turn(case, [s for s, v in case.binder.versions.items() if ring.newest(s)[0] < v])
    return case.ring


def unlocked(keys: PersonKeys) -> Ring:
    """Open the ring, with the keys that were turned meanwhile put in. Inside a transaction.

    Raises PermissionError while the second word is not given.
    """
    return _unlocked(keys, row_of(keys).ring)


def _unlocked(keys: PersonKeys, sealed: bytes) -> Ring:
    if keys.whole is None:
        raise PermissionError
    try:
        ring = open_ring(sealed, keys.casefile, keys.whole)
    except NotOpenedError as error:
        raise NoCasefileError from error
    turns = list(Turn.objects.filter(casefile=keys.casefile).values_list("id", "sealed"))
    for own, sealed_turn in turns:
        bound = Bound(keys.casefile, item=bytes(own))
        try:
            turned = unpack(unseal_from(TURN, ring.private, bytes(sealed_turn), bound))
        except NotOpenedError:  # not from here
            continue
        for section, (version, key) in turned.items():
            ring.keys[section][version] = key
    if turns:
        sealed_ring = seal_ring(ring, keys.casefile, keys.whole)
        Casefile.objects.filter(id=keys.casefile).update(ring=sealed_ring)
        Turn.objects.filter(id__in=[own for own, _ in turns]).delete()
    return ring
