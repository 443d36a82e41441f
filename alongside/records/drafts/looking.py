"""What somebody looked for in the Book: kept for the next page and thirty minutes, under a cookie of its own.

A form is answered by going to another page, and what was typed may stand neither in its address nor in a
cookie that can be read. So the words wait in the store as a draft does, sealed, of the same size, ending
by itself. They never join the answers of a draft: who looks something up tells nothing of themselves.
"""

from __future__ import annotations

from django.db import DatabaseError, transaction

from alongside.records.drafts.models import Draft as Row
from alongside.records.drafts.room import (
    MINUTES,
    MOST,
    FullError,
    NotReadError,
    empty_log,
    sweep_once,
)
from alongside.sealed.envelopes import NotOpenedError
from alongside.sealed.things import LOOKED
from alongside.sealed.tokens import Token


def keep_looked(*, token: str | None, words: str, minute: int) -> str:
    """Seal words under a token that nobody can have seen before; what was under the old one is destroyed.

    Returns the token for the cookie. Raises FullError when it would be one row too many.
    """
    key = Token.new(LOOKED.name)
    with transaction.atomic(savepoint=False):
        sweep_once(minute)
        _delete(token)
        full = Row.objects.count() >= MOST
        if not full:
            sealed = key.seal(LOOKED, words.encode())
            Row.objects.create(slot=key.slot, sealed=sealed, ends_at=minute + MINUTES)
    if full:  # outside the transaction: what was swept stays swept
        raise FullError
    return key.text


def open_looked(*, token: str | None, minute: int) -> str:
    """Return the words of a cookie; empty when there are none, or their time is over.

    Raises NotReadError when the store fails.
    """
    key = Token.read(token, LOOKED.name)
    if key is None:
        return ""
    try:
        row = Row.objects.filter(slot=key.slot, ends_at__gt=minute).first()
    except DatabaseError as error:
        raise NotReadError from error
    try:
        return key.unseal(LOOKED, bytes(row.sealed)).decode() if row else ""
    except NotOpenedError:
        return ""


def destroy_looked(*, token: str | None) -> None:
    """Destroy the words of a cookie, if there are any."""
    with transaction.atomic(savepoint=False):
        _delete(token)


def _delete(token: str | None) -> None:
    key = Token.read(token, LOOKED.name)
    if key and Row.objects.filter(slot=key.slot).delete()[0]:
        transaction.on_commit(empty_log, robust=True)
