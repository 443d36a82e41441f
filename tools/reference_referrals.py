"""The reference page of referrals, read out of the table of the domain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alongside.domain.referral.deadlines import MINUTES, OWNER, STAGES, WORKING_DAYS
from alongside.domain.referral.moving import CARRIED
from alongside.domain.referral.table import ENDS, EVENTS, MET, OUTCOMES, TASK, UNSAFE, WHO

if TYPE_CHECKING:
    from collections.abc import Iterator

MAIN = (
    "ask_capacity",
    "has_room",
    "show",
    "consent",
    "send",
    "receive",
    "accept",
    "meet",
    "begin",
    "close",
)


def referrals() -> Iterator[str]:
    """Write the states, the events, the deadlines and the outcomes."""
    yield "# Referrals"
    yield ""
    yield (
        "The state machine of a referral (`alongside.domain.referral`), as its table has it. *Accepted* is"
        " not *connected*: connected means that person and service have met or talked. Nothing that names"
        " somebody travels before room was asked for and the person has consented to just that service and"
        " just those fields. No page or store uses it yet."
    )
    yield ""
    yield "The usual way, from the first event to the last:"
    yield ""
    yield from _usual()
    yield ""
    yield (
        "Out of every state that is no end, `withdraw` leads to `recalled` and `correct` to "
        "`entered_in_error`, and the service reads nothing from that minute on."
    )
    yield ""
    yield from _states()
    yield ""
    yield from _events()
    yield ""
    yield from _deadlines()
    yield ""
    yield from _outcomes()


def _usual() -> Iterator[str]:
    state = "draft"
    for number, kind in enumerate(MAIN, 1):
        after = EVENTS[kind][state]
        yield f"{number}. `{state}` — {kind} → `{after}`"
        state = after


def _states() -> Iterator[str]:
    yield "| state | whose turn | FHIR Task | leads to |"
    yield "|---|---|---|---|"
    for state in TASK:
        after = {
            k: e[state]
            for k, e in EVENTS.items()
            if state in e and k not in {"withdraw", "correct"}
        }
        ways = ", ".join(f"{kind} → `{to}`" for kind, to in after.items())
        yield f"| `{state}` | {OWNER.get(state, 'an end')} | {TASK[state]} | {ways if state not in ENDS else ''} |"


def _events() -> Iterator[str]:
    yield "| event | who may say so | needs a consent that still stands |"
    yield "|---|---|---|"
    for kind in EVENTS:
        yield f"| {kind} | {', '.join(sorted(WHO[kind]))} | {'yes' if kind in CARRIED else ''} |"


def _deadlines() -> Iterator[str]:
    yield (
        "How long each turn may take. The numbers are ours, because no standard that we could read gives "
        "any; a day that somebody named (a next check, an appointment) counts before them. What is late "
        "reminds whose turn it is, then the worker; then another service is offered. A person is never "
        "reminded by a machine."
    )
    yield ""
    yield "| | arrive | decide | meet |"
    yield "|---|---|---|---|"
    for urgency, minutes in MINUTES.items():
        yield f"| {urgency} | {' | '.join(f'{minutes[stage]} min' for stage in WORKING_DAYS)} |"
    yield f"| routine | {' | '.join(f'{days} working days' for days in WORKING_DAYS.values())} |"
    yield ""
    for stage in WORKING_DAYS:
        names = ", ".join(f"`{state}`" for state, its in STAGES.items() if its == stage)
        yield f"- *{stage}*: {names}"


def _outcomes() -> Iterator[str]:
    yield (
        "An end by *close* or *decline* has one of these outcomes. All but the first two are a need that "
        "was not met."
    )
    yield ""
    yield ", ".join(f"`{one}`" for one in OUTCOMES) + "."
    yield ""
    unsafe, met = (", ".join(f"`{one}`" for one in sorted(found)) for found in (UNSAFE, MET))
    yield f"{unsafe} open an alert of the directory. Met: {met}."
