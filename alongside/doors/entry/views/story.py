"""The pages of an account in pieces: the list, and the form of one piece."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alongside.domain.chronology import Relation, Season
from alongside.doors.entry import remembering
from alongside.doors.entry.views.kept import both_ways, in_language, steady
from alongside.doors.showing.speaking import book
from alongside.library.account import linkable

if TYPE_CHECKING:
    from django.http import HttpResponse

    from alongside.doors.entry.visit import Visit


@both_ways
@in_language
@steady
def story(visit: Visit) -> HttpResponse:
    """Show what was written, in order of time or of writing; take which piece to change or put away."""
    if visit.request.method == "POST":
        with visit.changing():
            return remembering.pressed(visit)
    return visit.show(
        "story",
        account=remembering.account(visit),
        away=remembering.put_away(visit),
        in_time=visit.draft.form.get("order") != "written",
        begun=remembering.begun(visit),
        closed=bool(visit.draft.keys) and not visit.draft.whole,
    )


@both_ways
@in_language
@steady
def piece(visit: Visit) -> HttpResponse:
    """Show the form of one piece, with what stood in it; take what was written."""
    if visit.request.method == "POST":
        with visit.changing():
            return remembering.written(visit)
    return visit.show(
        "piece",
        account=remembering.account(visit),
        answers=linkable(visit.draft.answers, book().vocabulary.facts),
        seasons=tuple(Season),
        relations=tuple(Relation),
        begun=remembering.begun(visit),
    )
