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
    from collections.abc import Iterable


def sealed_lines(*, books: Iterable[bytes]) -> list[list[bytes]]:
    """Return the lines of books as they are sealed, to be carried: identity, book, ciphertext."""
    rows = (
        Row.objects.filter(book__in=list(books)).order_by("id").values_list("id", "book", "sealed")
    )
    return [[bytes(own), bytes(book), bytes(sealed)] for own, book, sealed in rows]


def read_book(*, book: bytes, privates: Iterable[bytes]) -> list[Line]:
    """Return the lines of a book that one of these private halves opens, the newest first."""
    halves, found = list(privates), []
    for own, sealed in Row.objects.filter(book=book).values_list("id", "sealed"):
        for private in halves:
            try:
                raw = unseal_from(LINE, private, bytes(sealed), Bound(book, item=bytes(own)))
            except NotOpenedError:
                continue
            found.append(Line.of(unpack(raw)))
            break
    return sorted(found, key=lambda line: (line.minute, line.order), reverse=True)
