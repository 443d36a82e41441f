"""Reading drafts."""

from __future__ import annotations

from django.db import DatabaseError

from alongside.records.drafts.content import Draft
from alongside.records.drafts.cookies import tokens_of
from alongside.records.drafts.models import Draft as Row
from alongside.records.drafts.room import NotReadError
from alongside.sealed.envelopes import NotOpenedError
from alongside.sealed.things import DRAFT


def open_draft(*, token: str | None, minute: int) -> Draft | None:
    """Open the draft of a cookie; None when there is none, it has ended, or it does not open.

    Once its time is over, the key of the second word is not in what is returned, nor what it opened.

    Raises NotReadError when the store fails, which is not the same as there being none.
    """
    keys = {key.slot: key for key in tokens_of(token)}
    if not keys:
        return None
    rows = Row.objects.filter(slot__in=list(keys), ends_at__gt=minute)
    try:
        found = {bytes(slot): sealed for slot, sealed in rows.values_list("slot", "sealed")}
    except DatabaseError as error:
        raise NotReadError from error
    key = next((key for slot, key in keys.items() if slot in found), None)
    if key is None:
        return None
    try:
        draft = Draft.unpack(key.unseal(DRAFT, bytes(found[key.slot])))
    except (NotOpenedError, ValueError, KeyError):
        return None
    draft.under = key.text
    if draft.whole and draft.whole_until <= minute:
        draft.close()
    return draft
