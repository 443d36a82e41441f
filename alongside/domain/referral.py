"""The states of a referral as one total table: each event goes somewhere, or is refused by name.

*Accepted* is not *connected*: connected means that person and service have met or talked.
"""

from __future__ import annotations

EVENTS: dict[str, dict[str, str]] = {
    "ask_capacity": {"draft": "capacity_asked"},
    "has_room": {"capacity_asked": "capacity_known"},
    "show": {"capacity_known": "awaiting_consent"},
    "consent": {"awaiting_consent": "ready", "needs_info": "received"},
    "send": {"ready": "sent"},
    "receive": {"sent": "received"},
    "need_info": {"sent": "needs_info", "received": "needs_info"},
    "wait": {"received": "waitlisted"},
    "accept": dict.fromkeys(("received", "waitlisted", "no_contact"), "accepted"),
    "decline": dict.fromkeys(
        ("capacity_asked", "sent", "received", "waitlisted", "accepted"), "declined"
    ),
    "suggest": {"received": "redirect_proposed"},
    "meet": {"accepted": "connected"},
    "miss": {"accepted": "no_contact"},
    "begin": {"connected": "in_service"},
    "close": dict.fromkeys(
        ("no_contact", "connected", "in_service", "redirect_proposed"), "closed"
    ),
    "expire": dict.fromkeys(
        ("capacity_asked", "awaiting_consent", "sent", "received", "needs_info", "waitlisted"),
        "expired",
    ),
}
TASK = {
    "draft": "draft", "capacity_asked": "draft", "capacity_known": "draft",
    "awaiting_consent": "draft", "ready": "draft", "sent": "requested", "received": "requested",
    "needs_info": "on-hold", "waitlisted": "on-hold", "accepted": "accepted",
    "no_contact": "accepted", "connected": "in-progress", "in_service": "in-progress",
    "redirect_proposed": "rejected", "declined": "rejected", "expired": "failed",
    "recalled": "cancelled", "closed": "completed", "entered_in_error": "entered-in-error",
}  # fmt: skip
ENDS = frozenset({"declined", "expired", "recalled", "closed", "entered_in_error"})
EVENTS["withdraw"] = dict.fromkeys((s for s in TASK if s not in ENDS), "recalled")
EVENTS["correct"] = dict.fromkeys((s for s in TASK if s not in ENDS), "entered_in_error")


class RefusedError(ValueError):
    """An event that a state does not take: ``state``, ``event``."""

    def __init__(self, state: str, event: str) -> None:
        super().__init__(f"a referral that is {state} does not take {event}")
        self.state, self.event = state, event


def after(state: str, event: str) -> str:
    """Return the state that follows; raise :class:`RefusedError` where none does."""
    found = EVENTS.get(event, {}).get(state)
    if found is None:
        raise RefusedError(state, event)
    return found
