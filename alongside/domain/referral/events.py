"""The events of a referral, and what stands after them. Nothing is stored but what happened."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from alongside.domain.referral.table import after

if TYPE_CHECKING:
    from alongside.domain.referral.consenting import Consent


class Mode(StrEnum):
    """How somebody is handed over. ``CODE``: the person carries a short code, and nothing that names them travels."""

    CALL = "three_way_call"
    VISIT = "accompanied_visit"
    INTRODUCTION = "introduction"
    CODE = "code_only"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened: what, who says so, and the minute.

    ``reason``: an outcome, where it ends or is declined. ``fields``: keys of facts that are shown to the
    person, or that the service asks for. ``consent``: of a *consent*. ``check_at``: the minute of the next
    check of a waiting list, or of a first appointment.
    """

    kind: str
    actor: str
    minute: int
    reason: str = ""
    fields: frozenset[str] = frozenset()
    consent: Consent | None = None
    check_at: int = 0


@dataclass(frozen=True, slots=True)
class Referral:
    """One referral to one service; another service is another referral, and neither knows of the other.

    ``urgency``: *danger*, *urgent* or *routine*. ``naming``: keys of facts that could tell who somebody is.
    ``risky``: nothing is known of access without fear there, or those who can act against a person run it.
    ``follows``: the referral that this one goes on from.
    """

    id: str
    service: str
    urgency: str
    mode: Mode
    naming: frozenset[str] = frozenset()
    risky: bool = False
    follows: str = ""
    events: tuple[Event, ...] = ()

    @property
    def state(self) -> str:
        """Where it stands after all that happened."""
        state = "draft"
        for event in self.events:
            state = after(state, event.kind)
        return state

    @property
    def since(self) -> int:
        """The minute since which it stands there; 0 for a draft."""
        return self.events[-1].minute if self.events else 0

    @property
    def shown(self) -> frozenset[str]:
        """The fields that consent is asked for: what was shown, and what the service asked for since."""
        found: frozenset[str] = frozenset()
        for event in self.events:
            if event.kind == "show":
                found = event.fields
            elif event.kind == "need_info":
                found |= event.fields
        return found


def again(referral: Referral, own: str) -> Referral:
    """Return a new draft to the same service after an end: nothing that ended is opened again."""
    return replace(referral, id=own, follows=referral.id, events=())


def redirected(referral: Referral, own: str, service: str, *, risky: bool) -> Referral:
    """Return a new draft to another service, which was suggested: nothing is passed on without a new consent."""
    return replace(referral, id=own, service=service, risky=risky, follows=referral.id, events=())
