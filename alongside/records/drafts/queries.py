"""Reading drafts."""

from __future__ import annotations

from django.db import DatabaseError

from alongside.records.drafts.content import Draft
from alongside.records.drafts.models import Draft as Row
from alongside.sealed.envelopes import NotOpenedError
from alongside.sealed.things import DRAFT
from alongside.sealed.tokens import Token


class NotReadError(Exception):
    """The store did not answer: whether there is a draft is not known."""


def open_draft(*, token: str | None, minute: int) -> Draft | None:
    """Open the draft of a token; None when there is none, it has ended, or it does not open.

    Once its time is over, the key of the second word is not in what is returned, nor what it opened.

    Raises NotReadError when the store fails, which is not the same as there being none.
    """
    key = Token.read(token, DRAFT.name)
    if key is None:
        return None
    try:
        row = Row.objects.filter(slot=key.slot, ends_at__gt=minute).first()
    except DatabaseError as error:
        raise NotReadError from error
    if row is None:
        return None
    try:
        draft = Draft.unpack(key.unseal(DRAFT, bytes(row.sealed)))
    except (NotOpenedError, ValueError, KeyError):
        return None
    if draft.whole and draft.whole_until <= minute:
        draft.close()
    return draft
