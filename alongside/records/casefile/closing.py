"""Closing a casefile while an erase waits, and opening it again. Used inside this app's actions.

Number and words open nothing of a closed casefile: its binder is sealed to the pair whose private half
is in the ring, which takes the second word. The store shows a casefile that ends in some days, as one
that was not visited for long.
"""

from __future__ import annotations

import zlib
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from alongside.records.casefile.binding import monday_after
from alongside.records.casefile.content import Binder, Closed, NoCasefileError
from alongside.records.casefile.models import Casefile
from alongside.records.casefile.sealing import row_of, seal_binder, standing
from alongside.records.gone.actions import gone_among
from alongside.records.journal.actions import write_lines
from alongside.records.packing import pack, unpack
from alongside.sealed.derived import fingerprint, slot_of
from alongside.sealed.envelopes import Bound, new_id
from alongside.sealed.pairs import seal_to, unseal_from
from alongside.sealed.things import CLOSED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from alongside.records.casefile.binding import Now
    from alongside.records.casefile.content import PersonKeys, Ring
    from alongside.records.casefile.sealing import Sealed
    from alongside.records.journal.content import Line

WAIT_DAYS = 4
"""From the day it is asked to the first Monday on which it is destroyed: 72 whole hours at least."""
OUTSIDE = frozenset({"public", "whole"})
"""What of a binder stays beside it while it is closed."""


@dataclass(slots=True)
class ClosedCase:
    """A closed casefile, open for a change of what stands in the place of its binder.

    ``lines``: what the person is told, once it is open again.
    """

    keys: PersonKeys
    now: Now
    binder: Closed
    stood: Sealed
    lines: list[Line] = field(default_factory=list)


@contextmanager
def closed(keys: PersonKeys, now: Now) -> Iterator[ClosedCase]:
    """Open what stands in the place of a binder for a change, and write it when the block ends.

    Raises NoCasefileError for a casefile that is not closed.
    """
    with transaction.atomic():
        stood = row_of(keys)
        found = standing(stood.binder, keys)
        if not isinstance(found, Closed):
            raise NoCasefileError
        case = ClosedCase(keys, now, found, stood)
        yield case
        Casefile.objects.filter(id=keys.casefile).update(binder=seal_binder(found, keys))
        write_lines(book=keys.casefile, public=found.public, lines=case.lines)


def ends_after_waiting(today: date) -> int:
    """Return the Monday on which an erase that is asked for today is carried out, as an ordinal."""
    return monday_after(today + timedelta(days=WAIT_DAYS))


def close(keys: PersonKeys, now: Now, *, edition: bytes, ends_on: int) -> None:
    """Put the binder where only the second word reaches it; ``edition``: in which it is closed.

    What is closed already stays as it is. Inside a transaction.
    """
    binder = standing(row_of(keys).binder, keys)
    if isinstance(binder, Closed):
        return
    whole, item = binder.table(), new_id()
    inside = {name: value for name, value in whole.items() if name not in OUTSIDE}
    # Deflated, so that with its seal it is hardly longer than the binder was (``Closed.size``).
    raw = zlib.compress(pack(inside), 9)
    sealed = seal_to(CLOSED, binder.whole, raw, Bound(keys.casefile, item=item))
    stands = Closed(
        sealed, item, binder.public, binder.whole, now.today, ends_on, edition, binder.tries,
        binder.wait_until, len(pack(whole)),
    )  # fmt: skip
    Casefile.objects.filter(id=keys.casefile).update(
        binder=seal_binder(stands, keys), ends_on=ends_on, edition=edition_after(edition)
    )


def reopened(stands: Closed, casefile: bytes, ring: Ring) -> Binder:
    """Return the binder that was closed. Raises NotOpenedError for a ring that is not of this casefile."""
    raw = unseal_from(CLOSED, ring.private, stands.sealed, Bound(casefile, item=stands.item))
    outside = {name: getattr(stands, name) for name in (*OUTSIDE, "tries", "wait_until")}
    return Binder.of(unpack(zlib.decompress(raw)) | outside)


def edition_after(edition: bytes) -> bytes:
    """Return the edition that follows; nobody finds the one before by it."""
    return slot_of(edition, "edition", "next")[:16]


def kept_mark(edition: bytes) -> bytes:
    """Return what is remembered when a casefile was kept after all that had been closed in this edition."""
    return slot_of(edition, "edition", "kept")[:16]


def overtaken(edition: bytes, is_gone: Callable[[bytes], bool]) -> tuple[bytes, bytes | None]:
    """Return the present edition of a casefile that shows this one; and in which it was closed, if it is.

    They differ where a backup was brought back from before somebody asked to erase.
    """
    closed_in = None
    while is_gone(edition):
        closed_in = None if is_gone(kept_mark(edition)) else edition
        edition = edition_after(edition)
    return edition, closed_in


def catch_up(keys: PersonKeys, now: Now, *, shown: bytes, ends_on: int) -> None:
    """Close again what was closed before a backup was brought back; mostly there is nothing to do.

    ``shown`` and ``ends_on``: the edition that the row shows, and its last day. Called with keys that open it.
    """
    edition, closed_in = overtaken(shown, lambda own: bool(gone_among([own])))
    if closed_in is not None:
        with transaction.atomic():
            close(keys, now, edition=closed_in, ends_on=ends_on)
    elif edition != shown:
        Casefile.objects.filter(id=keys.casefile).update(edition=edition)


def is_over(stands: Closed, today: date) -> bool:
    """Say whether a closed casefile is to be destroyed by now, and was not kept after all."""
    if stands.ends_on > today.toordinal():
        return False
    return not gone_among([kept_mark(stands.edition)])  # a backup may be from before that


def close_again(*, prints: set[bytes], today: date) -> int:
    """After a restore, let those end soon that somebody had asked to erase since; return how many.

    The binder of the backup is open; the next visit closes it (:func:`catch_up`). Called after every
    other was given a month.
    """
    again = []
    for own, edition in Casefile.objects.exclude(slot=None).values_list("id", "edition"):
        _, closed_in = overtaken(bytes(edition), lambda one: fingerprint(one) in prints)
        again += [bytes(own)] if closed_in is not None else []
    for own in again:
        Casefile.objects.filter(id=own).update(ends_on=ends_after_waiting(today))
    return len(again)
