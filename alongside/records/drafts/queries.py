"""Reading drafts."""

from __future__ import annotations

from alongside.records.drafts.content import Draft
from alongside.records.drafts.models import Draft as Row
from alongside.sealed.drafts import DraftKey, NotOpenedError


def open_draft(*, token: str | None, minute: int) -> Draft | None:
    """Open the draft of a token; None when there is none, it has ended, or it does not open."""
    key = DraftKey.read(token) if token else None
    row = Row.objects.filter(slot=key.slot, ends_at__gt=minute).first() if key else None
    if key is None or row is None:
        return None
    try:
        return Draft.unpack(key.open(bytes(row.sealed)))
    except (NotOpenedError, ValueError, KeyError):
        return None
