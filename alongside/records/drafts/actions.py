"""Writing drafts: keep one for thirty minutes, destroy one."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import connection, transaction

from alongside.records.drafts.cookies import tokens_of
from alongside.records.drafts.models import Draft as Row
from alongside.records.drafts.queries import open_draft
from alongside.records.drafts.room import MINUTES, MOST, FullError, empty_log, sweep_once
from alongside.records.turns import take_turn
from alongside.sealed.things import DRAFT
from alongside.sealed.tokens import Token

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from alongside.records.drafts.content import Draft


@contextmanager
def one_change(*, token: str | None) -> Iterator[None]:
    """Read, change and write the draft of a cookie with nobody else writing it in between.

    Two pages sent at the same moment follow one another, and neither takes away an answer of the other.
    """
    keys = tokens_of(token)
    with transaction.atomic():
        _hold(keys)
        yield


def _hold(keys: Iterable[Token]) -> None:
    """Keep a draft from every other writer, the sweep too, until the transaction ends.

    Its own row is held before any other is touched, and a sweep passes over what is held: so nobody
    ever waits for somebody who waits.
    """
    slots = [key.slot for key in keys]
    take_turn(*slots)
    if slots and connection.features.has_select_for_update:
        rows = Row.objects.select_for_update().filter(slot__in=slots)
        list(rows.order_by("slot").values_list("ends_at"))


def keep_draft(*, token: str | None, draft: Draft, minute: int, there: bool = False) -> str:
    """Seal a draft under the newest token of its cookie, or under a new one; return it for the cookie.

    From an older token of the cookie the draft moves: nothing is left under that one. ``minute``: the
    present, in whole minutes since 1970. The draft ends thirty minutes later. ``there``: it was in the
    store when it was read; if it is gone since, somebody left or another form moved it: nothing is written,
    and the cookie stays as it is. Raises FullError when it would be one draft too many.
    """
    keys = tokens_of(token) or [Token.new(DRAFT.name)]
    key, read_from = keys[0], [own for own in keys if own.text == draft.under]
    values = {
        "slot": key.slot,
        "sealed": key.seal(DRAFT, draft.pack()),
        "ends_at": minute + MINUTES,
    }
    with transaction.atomic(savepoint=False):
        _hold(keys)
        sweep_once(minute)
        rows = (Row.objects.filter(slot=own.slot) for own in read_from or keys)
        found = any(row.update(**values) for row in rows)
        full = not found and not there and Row.objects.count() >= MOST
        if not found and not there and not full:
            Row.objects.create(**values)
    if full:  # outside the transaction: what was swept stays swept
        raise FullError
    return token if token and there and not found else key.text


def forget_said(*, token: str | None, said: str, minute: int) -> None:
    """Take a sentence that a page has shown out of the draft; when the draft ends does not change by it."""
    key = Token.read(token, DRAFT.name)
    with one_change(token=token):
        draft = open_draft(token=token, minute=minute)
        if key is None or draft is None or draft.said != said:
            return
        draft.said = ""
        Row.objects.filter(slot=key.slot).update(sealed=key.seal(DRAFT, draft.pack()))


def destroy_draft(*, token: str | None) -> None:
    """Destroy the draft of a cookie, if there is one."""
    slots = [key.slot for key in tokens_of(token)]
    if not slots:
        return
    with transaction.atomic(savepoint=False):
        take_turn(*slots)  # nothing else is touched: the rows themselves need not be held
        if Row.objects.filter(slot__in=slots).delete()[0]:
            transaction.on_commit(empty_log, robust=True)
