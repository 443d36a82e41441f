"""Taking a paper along: a warning first, then the file, made from memory and kept nowhere by us."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_safe

from alongside.doors.entry.views.pages import in_language, phone_lines
from alongside.doors.showing.answering import see_other
from alongside.doors.showing.papers.handing import handed
from alongside.doors.showing.papers.options import options
from alongside.doors.showing.urgency import urgent
from alongside.library.paper.setting import set_document

if TYPE_CHECKING:
    from django.http import HttpResponse

    from alongside.doors.entry.visit import Visit

WITH_ANSWERS = "2"


@require_safe
@in_language
def take(visit: Visit) -> HttpResponse:
    """Say what a file on this phone means, before there is one."""
    return visit.show("take")


@require_safe
@in_language
def taken(visit: Visit, what: str) -> HttpResponse:
    """Hand over the paper. Nothing about it is in its address but whether answers are listed."""
    if not visit.admitted():
        return visit.show("busy", 503, back="l/")
    outlook = visit.outlook()
    if visit.unread:
        return see_other(f"/{visit.lang}/e/")
    calls = phone_lines("danger" if urgent(outlook) else "legal", visit.province, visit.today)
    voice = visit.speaker.voice
    answers = visit.draft.answers if what == WITH_ANSWERS else None
    paper = options(outlook, calls, visit.gap, voice, answers)
    return handed(paper.name, "pdf", set_document(paper, voice))
