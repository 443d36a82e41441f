"""Reading drafts."""

from __future__ import annotations

from django.db import DatabaseError

from alongside.records.drafts.content import Draft
from alongside.records.drafts.models import Draft as Row
from alongside.sealed.drafts import DraftKey, NotOpenedError


class NotReadError(Exception):
    """The store did not answer: whether there is a draft is not known."""


def open_draft(*, token: str | None, minute: int) -> Draft | None:
    """Open the draft of a token; None when there is none, it has ended, or it does not open.

    Raises NotReadError when the store fails, which is not the same as there being none.
    """
    key = DraftKey.read(token) if token else None
    if key is None:
        return None
    try:
        row = Row.objects.filter(slot=key.slot, ends_at__gt=minute).first()
    except DatabaseError as error:
        raise NotReadError from error
    if row is None:
        return None
    try:
        return Draft.unpack(key.open(bytes(row.sealed)))
    except (NotOpenedError, ValueError, KeyError):
        return None
