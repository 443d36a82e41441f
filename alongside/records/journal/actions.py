"""Writing the journal. A line is sealed to its reader at once: who writes it cannot read it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alongside.records.journal.models import Line as Row
from alongside.records.packing import pack
from alongside.sealed.envelopes import Bound, new_id
from alongside.sealed.pairs import seal_to
from alongside.sealed.things import LINE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from alongside.records.journal.content import Line


def write_line(*, book: bytes, public: bytes, line: Line) -> None:
    """Write one line into a book; ``public``: the public half of who may read it.

    Called inside the transaction of what it tells of: the one does not stand without the other.
    """
    write_lines(book=book, public=public, lines=[line])


def write_lines(*, book: bytes, public: bytes, lines: Iterable[Line]) -> None:
    """Write several lines into a book, as :func:`write_line` writes one."""
    Row.objects.bulk_create([_sealed(book, public, line) for line in lines])


def _sealed(book: bytes, public: bytes, line: Line) -> Row:
    own = new_id()
    sealed = seal_to(LINE, public, pack(line.table()), Bound(book, item=own))
    return Row(id=own, book=book, sealed=sealed)


def bring_lines(*, lines: Iterable[Sequence[bytes]]) -> int:
    """Bring in lines that were written on another host, as they are sealed; return how many were new.

    Each is its identity, the book, and ciphertext.
    """
    rows = [Row(id=own, book=book, sealed=sealed) for own, book, sealed in lines]
    known = Row.objects.filter(id__in=[row.id for row in rows]).values_list("id", flat=True)
    there = {bytes(own) for own in known}
    return len(Row.objects.bulk_create([row for row in rows if row.id not in there]))


def destroy_book(*, book: bytes) -> None:
    """Destroy every line of a book."""
    Row.objects.filter(book=book).delete()
