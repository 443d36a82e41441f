"""Planning: what a person chose to look at and what matters most, kept in the draft, sealed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alongside.domain.pathways import MOST
from alongside.domain.rules import Goal
from alongside.doors.showing.cards import by_code
from alongside.doors.showing.ordering import FIRST, MATTERS, STEPS

if TYPE_CHECKING:
    from django.http import HttpResponse, QueryDict

    from alongside.doors.entry.visit import Visit

PAGE = "v/"
TOO_MANY = "plan_too_many"


def chosen(visit: Visit, posted: QueryDict) -> HttpResponse:
    """Keep what was chosen in the form, and go back to the page by 303."""
    if code := posted.get("first", ""):
        visit.draft.plan[FIRST] = [code] if code in by_code() else []
        return visit.go_on(f"{PAGE}#tried")
    codes = [code for code in posted.getlist("step") if code in by_code()]
    matters = [word for word in posted.getlist("matter") if word in set(Goal)]
    visit.draft.plan = {MATTERS: matters, STEPS: codes, FIRST: []}
    if len(codes) > MOST:
        return visit.stay(PAGE, {"step": TOO_MANY})
    visit.draft.faults.pop("step", None)
    return visit.go_on(f"{PAGE}#orders")
