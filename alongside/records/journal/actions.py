"""Writing the journal. A line is sealed to its reader at once: who writes it cannot read it back."""

from __future__ import annotations

from collections import Counter
from itertools import takewhile
from typing import TYPE_CHECKING

from django.db import connection

from alongside.records.journal.models import Line as Row
from alongside.records.journal.queries import opened_lines
from alongside.records.packing import pack
from alongside.sealed.envelopes import Bound, new_id
from alongside.sealed.pairs import seal_to
from alongside.sealed.things import LINE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from alongside.records.journal.content import Line


AT_A_TIME = 20
"""Lines that are looked at together when old ones go."""
MOST_WRITTEN = 500
"""Lines that are written together."""


def write_line(*, book: bytes, public: bytes, line: Line) -> None:
    """Write one line into a book; ``public``: the public half of who may read it.

    Called inside the transaction of what it tells of: the one does not stand without the other.
    """
    write_lines(book=book, public=public, lines=[line])


def write_lines(*, book: bytes, public: bytes, lines: Iterable[Line]) -> None:
    """Write several lines into a book, as :func:`write_line` writes one."""
    rows = []
    for line in lines:
        own = new_id()
        sealed = seal_to(LINE, public, pack(line.table()), Bound(book, item=own))
        rows.append((own, book, sealed))
    _append(rows)


def bring_lines(*, lines: Iterable[Sequence[bytes]]) -> int:
    """Bring in lines that were written on another host, as they are sealed; return how many were new.

    Each is its identity, the book, and ciphertext.
    """
    came = {own: (book, sealed) for own, book, sealed in lines}
    known = Row.objects.filter(id__in=list(came)).values_list("id", flat=True)
    there = {bytes(own) for own in known}
    rows = [(own, *parts) for own, parts in came.items() if own not in there]
    _append(rows)
    return len(rows)


def prune_book(*, book: bytes, private: bytes, before: int) -> int:
    """Destroy the lines of a book that are of before a minute, the oldest first; return how many.

    It opens them from the oldest on and stops at the first that is not so old: mostly one is opened. A line
    that does not open goes with those around it.
    """
    gone = 0
    while old := _old_lines(book, private, before):
        gone += Row.objects.filter(id__in=old).delete()[0]
        if len(old) < AT_A_TIME:
            break
    return gone


def _old_lines(book: bytes, private: bytes, before: int) -> list[bytes]:
    first = slice(0, AT_A_TIME)
    lines = opened_lines(book, [private], Row.objects.order_by("number", "id"), first)
    old = takewhile(lambda pair: pair[1] is None or pair[1].minute < before, lines)
    return [own for own, _ in old]


def destroy_book(*, book: bytes) -> None:
    """Destroy every line of a book."""
    Row.objects.filter(book=book).delete()


PLACES = "(%s, %s, %s, %s)"
APPEND = """
WITH came (id, book, place, sealed) AS (VALUES {places})
INSERT INTO journal_line (id, book, number, sealed)
SELECT id, book, place + COALESCE((SELECT MAX(number) FROM journal_line WHERE book = came.book), 0), sealed
FROM came
"""
"""The store finds the places after the last line as it writes: one statement, where Django would take two."""


def _append(rows: Sequence[tuple[bytes, bytes, bytes]]) -> None:
    """Write lines behind the last ones of their books: each is its identity, the book, and ciphertext."""
    for start in range(0, len(rows), MOST_WRITTEN):
        place: Counter[bytes] = Counter()
        values: list[bytes | int] = []
        some = rows[start : start + MOST_WRITTEN]
        for own, book, sealed in some:
            place[book] += 1
            values += [own, book, place[book], sealed]
        with connection.cursor() as cursor:
            cursor.execute(APPEND.format(places=", ".join([PLACES] * len(some))), values)
