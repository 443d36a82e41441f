"""The second factor: a one-time code, or a passkey in its place. It opens nothing; the passphrase does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from alongside.records.agencies.content import Passkey
from alongside.records.gone.actions import gone_among
from alongside.sealed.onetime import step_of
from alongside.sealed.passkeys import CopiedError, PasskeyError, Public, Site, used

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["CopiedError", "Shown", "Site", "listed", "passkeys_in", "proved", "still_asked"]


class Shown(NamedTuple):
    """What a device said, where, and what it had been asked: None where nothing was, or it was answered."""

    said: str
    asked: dict[str, Any] | None
    site: Site


def proved(vault: dict[str, Any], factor: str | Shown, second: int) -> dict[str, Any] | None:
    """Return what a right second factor changes in the vault; None for a wrong one.

    ``factor``: a one-time code, or a passkey. Raises CopiedError for a passkey that counts backwards.
    """
    if isinstance(factor, str):
        step = step_of(vault["seed"], factor.replace(" ", ""), second, vault["step"])
        return None if step is None else {"step": step}
    asked, there = still_asked(factor.asked, second // 60), passkeys_in(vault)
    if asked is None:
        return None
    known = [Public(held["half"], held["signed"]) for held in there]
    try:
        found = used(factor.site, asked["state"], factor.said, known)
    except PasskeyError:
        return None
    now = found._asdict()
    return {"passkeys": [held | now if held["half"] == found.half else held for held in there]}


def still_asked(asked: dict[str, Any] | None, minute: int) -> dict[str, Any] | None:
    """Return what a device was asked, while it may still answer."""
    return asked if asked and minute < asked["until"] else None


def passkeys_in(vault: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the passkeys of a vault: without those removed since, which a restore brought back."""
    gone = gone_among(held["id"] for held in vault["passkeys"])
    return [held for held in vault["passkeys"] if held["id"] not in gone]


def listed(held: Iterable[dict[str, Any]]) -> tuple[Passkey, ...]:
    """Return passkeys as their member sees them."""
    return tuple(Passkey(one["id"], one["name"], one["since"]) for one in held)
