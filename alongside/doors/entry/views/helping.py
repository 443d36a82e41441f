"""The page on which somebody looks for who can help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alongside.doors.entry import seeking
from alongside.doors.entry.views.kept import both_ways, in_language, steady
from alongside.doors.showing.speaking import book

if TYPE_CHECKING:
    from django.http import HttpResponse

    from alongside.doors.entry.visit import Visit


@both_ways
@in_language
@steady
def seek(visit: Visit, page: str = "1") -> HttpResponse:
    """Show the form and what it found; take what is asked."""
    if visit.request.method == "POST":
        with visit.changing():
            forgets = visit.request.POST.get("move") == "forget"
            return seeking.forget(visit) if forgets else seeking.take(visit)
    asked, place = seeking.asked(visit)
    found = seeking.found(visit, place, int(page)) if asked.any and not asked.fault else None
    return visit.show(
        "seek", asked=asked, found=found, sources=book().sources, **seeking.form(visit)
    )
