"""Moving a referral on: each event is taken by a state, said by who may say it, and carried by consent."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from alongside.domain.referral.consenting import MISSING, ConsentError, check, live
from alongside.domain.referral.deadlines import due
from alongside.domain.referral.events import Mode
from alongside.domain.referral.table import OUTCOMES, WHO, RefusedError, after

if TYPE_CHECKING:
    from alongside.domain.referral.events import Event, Referral

CARRIED = frozenset({
    "send", "receive", "need_info", "wait", "accept", "suggest", "meet", "miss", "begin",
})  # fmt: skip
"""Events that need a consent which still stands; ends never do."""


def advance(referral: Referral, event: Event) -> Referral:
    """Return the referral after an event.

    Raises RefusedError for one that does not fit, and ConsentError for one that no consent carries.
    """
    state = referral.state
    after(state, event.kind)
    _allowed(referral, event, state)
    if event.kind == "consent":
        check(referral, event)
    elif event.consent is not None:
        raise RefusedError(state, event.kind, "consent comes as an event of its own")
    if event.kind in CARRIED and live(referral, event.minute) is None:
        raise ConsentError(MISSING)
    return replace(referral, events=(*referral.events, event))


def _allowed(referral: Referral, event: Event, state: str) -> None:
    for why, wrong in (
        ("not theirs to say", event.actor not in WHO[event.kind]),
        ("it lies before the last one", event.minute < referral.since),
        ("it needs an outcome", _ends(event) and event.reason not in OUTCOMES),
        ("it names a waiting list without a next check", _without_check(event, "wait")),
        ("it names no first appointment", _without_check(event, "accept")),
        ("its time is not over", event.kind == "expire" and _early(referral, event.minute)),
        ("nothing is asked for", event.kind == "need_info" and not event.fields),
        ("a code carries nothing that names somebody", _names(referral, event)),
    ):
        if wrong:
            raise RefusedError(state, event.kind, why)


def _early(referral: Referral, minute: int) -> bool:
    turn = due(referral)
    return turn is not None and minute < turn.by


def _ends(event: Event) -> bool:
    return event.kind in {"close", "decline"}


def _without_check(event: Event, kind: str) -> bool:
    return event.kind == kind and event.check_at <= event.minute


def _names(referral: Referral, event: Event) -> bool:
    told = event.kind in {"show", "need_info"}
    return referral.mode is Mode.CODE and told and bool(event.fields & referral.naming)
