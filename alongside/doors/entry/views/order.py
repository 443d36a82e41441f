"""The page that puts steps in order, and the one that asks as little as possible."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_http_methods

from alongside.domain.rules import Goal
from alongside.doors.entry import gently, seeing
from alongside.doors.entry.planning import chosen
from alongside.doors.entry.views.pages import in_language, phone_lines
from alongside.doors.showing.ordering import Ordering
from alongside.doors.showing.urgency import urgent

if TYPE_CHECKING:
    from django.http import HttpResponse

    from alongside.doors.entry.visit import Visit


@require_http_methods(["GET", "HEAD", "POST"])
@in_language
def plan(visit: Visit) -> HttpResponse:
    """Show the orders in which steps can go, and what one of them does if it goes first."""
    if visit.request.method == "POST":
        with visit.changing():
            return chosen(visit, visit.request.POST)
    outlook = visit.outlook()
    pressing = urgent(outlook)
    return visit.show(
        "plan",
        planning=Ordering(visit.draft.answers, outlook, visit.draft.plan),
        goals=tuple(Goal),
        more=seeing.onward(visit, "ways", outlook),
        urgent=pressing,
        calls=phone_lines("danger" if pressing else "legal", visit.province, visit.today),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@in_language
def few(visit: Visit) -> HttpResponse:
    """Ask only what can still change something, the gentlest first."""
    if visit.request.method == "POST":
        with visit.changing():
            return gently.told(visit, visit.request.POST.dict())
    asked = gently.next_asked(visit)
    part = asked.part if asked else None
    warned = part is None or not part.warning or part.key in visit.draft.warned
    return visit.show("gently", asked=asked, warned=warned)
