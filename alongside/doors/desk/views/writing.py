"""Writing to a person: first to see what they will see, then to send it or to change it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_http_methods

from alongside.doors.desk import writing
from alongside.doors.desk.frame import Frame, at_desk
from alongside.records.casefile.actions.answering import NotOpenedToUsError

if TYPE_CHECKING:
    from django.http import HttpResponse

BOTH = ["GET", "HEAD", "POST"]


@require_http_methods(BOTH)
@at_desk
def say(frame: Frame, code: str, what: str) -> HttpResponse:
    """Show what the person will see; send it, or go back to change it."""
    if frame.posted:
        return _moved(frame, code, what)
    found = writing.unsent(frame, code, what)
    if found is None or found.fault:
        return frame.go(f"k/{code}/")
    try:
        return frame.show("preview", what=what, **writing.previewed(frame, code, found))
    except NotOpenedToUsError:
        return frame.go(f"k/{code}/")


def _moved(frame: Frame, code: str, what: str) -> HttpResponse:
    casefile, preview = f"k/{code}/", f"k/{code}/{what}/"
    move = frame.field("move")
    if move == "change":
        writing.change(frame, code, what)
        return frame.go(casefile)  # a fragment would keep the field from getting the focus
    if move == "send":
        try:
            sent = writing.send(frame, code, what)
        except NotOpenedToUsError:  # taken back meanwhile: the page of the casefile says so
            return frame.go(casefile)
        return frame.go(f"{casefile}#t" if sent else preview)
    if not frame.session and not frame.admitted():
        return frame.go("e/")
    return frame.go(casefile if writing.take(frame, code, what).fault else preview)
