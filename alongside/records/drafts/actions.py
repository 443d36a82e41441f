"""Writing drafts: keep one for thirty minutes, destroy one, sweep what has ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alongside.records.drafts.models import Draft as Row
from alongside.sealed.drafts import DraftKey

if TYPE_CHECKING:
    from alongside.records.drafts.content import Draft

MINUTES = 30


def keep_draft(*, token: str | None, draft: Draft, minute: int) -> str:
    """Seal a draft under its token, or under a new one; return the token for the cookie.

    ``minute``: the present, in whole minutes since 1970. The draft ends thirty minutes later.
    """
    key = (DraftKey.read(token) if token else None) or DraftKey.new()
    sweep(minute=minute)
    Row.objects.update_or_create(
        slot=key.slot, defaults={"sealed": key.seal(draft.pack()), "ends_at": minute + MINUTES}
    )
    return key.token


def destroy_draft(*, token: str | None) -> None:
    """Destroy the draft of a token, if there is one."""
    key = DraftKey.read(token) if token else None
    if key is not None:
        Row.objects.filter(slot=key.slot).delete()


def sweep(*, minute: int) -> int:
    """Destroy every draft that has ended; return how many."""
    return Row.objects.filter(ends_at__lte=minute).delete()[0]
