"""Deadlines: every state that is no end has somebody whose turn it is, and a minute by which.

The numbers are ours: no standard that we could read gives any. A deployment may lay its own beside them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from alongside.domain.referral.table import ENDS, PERSON, TARGET, WORKER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from alongside.domain.referral.events import Referral

HOUR, DAY = 60, 24 * 60
SATURDAY = 5
OWNER: Mapping[str, str] = {
    "draft": WORKER, "capacity_asked": TARGET, "capacity_known": WORKER, "awaiting_consent": PERSON,
    "ready": WORKER, "sent": TARGET, "received": TARGET, "needs_info": PERSON, "waitlisted": TARGET,
    "accepted": TARGET, "no_contact": WORKER, "connected": TARGET, "in_service": TARGET,
    "redirect_proposed": WORKER,
}  # fmt: skip
"""Whose turn it is in each state that is no end."""
DECIDE, ARRIVE, MEET = "decide", "arrive", "meet"
STAGES: Mapping[str, str] = {
    "draft": ARRIVE, "capacity_asked": ARRIVE, "capacity_known": ARRIVE, "awaiting_consent": DECIDE,
    "ready": ARRIVE, "sent": ARRIVE, "received": DECIDE, "needs_info": DECIDE, "waitlisted": DECIDE,
    "accepted": MEET, "no_contact": DECIDE, "connected": MEET, "in_service": MEET,
    "redirect_proposed": DECIDE,
}  # fmt: skip
MINUTES: Mapping[str, Mapping[str, int]] = {
    "danger": {ARRIVE: 15, DECIDE: 30, MEET: 30},
    "urgent": {ARRIVE: 4 * HOUR, DECIDE: 24 * HOUR, MEET: 72 * HOUR},
}
WORKING_DAYS: Mapping[str, int] = {ARRIVE: 2, DECIDE: 5, MEET: 15}
"""The same for what is routine. Holidays of a province are not known here and count as working days."""


@dataclass(frozen=True, slots=True)
class Due:
    """Whose turn it is, and the minute by which."""

    owner: str
    by: int


def due(referral: Referral) -> Due | None:
    """Return whose turn it is and by when; None after an end. A day that somebody named counts before ours."""
    state = referral.state
    if state in ENDS:
        return None
    last = referral.events[-1] if referral.events else None
    if last and last.check_at:
        return Due(OWNER[state], last.check_at)
    stage = STAGES[state]
    if referral.urgency in MINUTES:
        return Due(OWNER[state], referral.since + MINUTES[referral.urgency][stage])
    return Due(OWNER[state], after_working_days(referral.since, WORKING_DAYS[stage]))


def after_working_days(minute: int, days: int) -> int:
    """Return the minute so many working days later, at the same time of day."""
    day = date(1970, 1, 1) + timedelta(days=minute // DAY)
    left = days
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < SATURDAY
    return (day - date(1970, 1, 1)).days * DAY + minute % DAY


def reminded(referral: Referral, minute: int) -> str:
    """Say who is reminded of what is past due: whose turn it is, then the worker, then *other* is offered.

    Empty while there is time. The person is never reminded by a machine: their turn is the worker's to ask.
    """
    turn = due(referral)
    if turn is None or minute < turn.by:
        return ""
    span = max(turn.by - referral.since, 1)
    if minute >= turn.by + 2 * span:
        return "other"
    late = minute >= turn.by + span
    return WORKER if late or turn.owner == PERSON else turn.owner
