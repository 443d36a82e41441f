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


WORKER, PERSON, TARGET, TIME = "worker", "person", "target", "time"
WHO: dict[str, frozenset[str]] = {
    "ask_capacity": frozenset({WORKER, PERSON}),
    "has_room": frozenset({TARGET, WORKER}),  # the target says so, or the worker who rang them
    "show": frozenset({WORKER}),
    "consent": frozenset({PERSON}),
    "send": frozenset({WORKER, PERSON}),
    "receive": frozenset({TARGET, WORKER}),
    "need_info": frozenset({TARGET}),
    "wait": frozenset({TARGET}),
    "accept": frozenset({TARGET}),
    "decline": frozenset({TARGET}),
    "suggest": frozenset({TARGET}),
    "meet": frozenset({TARGET, WORKER, PERSON}),
    "miss": frozenset({TARGET, WORKER}),
    "begin": frozenset({TARGET, WORKER, PERSON}),
    "close": frozenset({TARGET, WORKER, PERSON}),
    "expire": frozenset({TIME}),
    "withdraw": frozenset({PERSON, WORKER}),
    "correct": frozenset({WORKER}),
}
"""Who may say that something happened. Consent is the person's alone; *accepted* and *declined* are the target's."""
OUTCOMES = (
    "got_help_all", "got_help_part",
    "not_eligible_status", "not_eligible_age", "not_eligible_gender", "not_eligible_region",
    "not_eligible_income", "not_eligible_proof", "not_eligible_condition",
    "no_capacity", "waitlist_lapsed", "no_contact", "person_changed_mind", "person_chose_other",
    "language_missing", "transport_missing", "cost", "hours", "unsafe_asked_status", "unsafe_other",
    "service_closed", "referred_on", "left_region", "detained_or_removed", "not_known",
)  # fmt: skip
"""How a referral ends. Why not is asked as closely as whether."""
MET = frozenset({"got_help_all", "got_help_part"})
UNSAFE = frozenset({"unsafe_asked_status", "unsafe_other"})
"""Outcomes that open an alert of the directory: *access without fear* is demoted until somebody has looked."""


class RefusedError(ValueError):
    """An event that a state, or whoever says it, does not allow: ``state``, ``event``."""

    def __init__(self, state: str, event: str, why: str = "") -> None:
        """Say so in one sentence; ``why`` where it is not the state."""
        super().__init__(f"a referral that is {state} does not take {event}{why and f': {why}'}")
        self.state, self.event, self.why = state, event, why


def after(state: str, event: str) -> str:
    """Return the state that follows; raise :class:`RefusedError` where none does."""
    found = EVENTS.get(event, {}).get(state)
    if found is None:
        raise RefusedError(state, event)
    return found
