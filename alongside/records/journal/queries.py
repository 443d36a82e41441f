"""Reading the journal, for whom it was sealed to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alongside.records.journal.content import Line
from alongside.records.journal.models import Line as Row
from alongside.records.packing import unpack
from alongside.sealed.envelopes import Bound, NotOpenedError
from alongside.sealed.pairs import unseal_from
from alongside.sealed.things import LINE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.models import QuerySet

AT_ONCE = 100
"""Lines fetched from the store together."""


def sealed_lines(*, books: Iterable[bytes]) -> list[list[bytes]]:
    """Return the lines of books as they are sealed, to be carried: identity, book, ciphertext."""
    rows = (
        Row.objects.filter(book__in=list(books)).order_by("id").values_list("id", "book", "sealed")
    )
    return [[bytes(own), bytes(book), bytes(sealed)] for own, book, sealed in rows]


def read_book(
    *, book: bytes, privates: Iterable[bytes], first: int = 0, most: int | None = None
) -> list[Line]:
    """Return lines of a book that one of these private halves opens, the newest first.

    ``first`` and ``most``: which of its lines, counted from the one that was written last; no other is opened.
    """
    rows = Row.objects.order_by("-number", "id")
    found = opened_lines(book, privates, rows, slice(first, None if most is None else first + most))
    lines = [line for _, line in found if line is not None]
    return sorted(lines, key=lambda line: (line.minute, line.order), reverse=True)


def count_lines(*, book: bytes) -> int:
    """Return how many lines a book has."""
    return Row.objects.filter(book=book).count()


def opened_lines(
    book: bytes, privates: Iterable[bytes], rows: QuerySet[Row], which: slice = slice(None)
) -> Iterator[tuple[bytes, Line | None]]:
    """Open lines of a book one after the other, each when it is asked for; None for one that does not open.

    Neighbours were mostly sealed to the same half, so the one that fitted last is tried first.
    """
    halves = list(privates)
    for own, sealed in rows.filter(book=book).values_list("id", "sealed")[which].iterator(AT_ONCE):
        line = None
        for half in list(halves):
            bound = Bound(book, item=bytes(own))
            try:
                line = Line.of(unpack(unseal_from(LINE, half, bytes(sealed), bound)))
            except NotOpenedError:
                continue
            halves.remove(half)
            halves.insert(0, half)
            break
        yield bytes(own), line
