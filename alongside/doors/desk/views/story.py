"""The account of a person at the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.views.decorators.http import require_http_methods

from alongside.doors.desk import chronicle
from alongside.doors.desk.frame import Frame, at_desk

if TYPE_CHECKING:
    from django.http import HttpResponse

BOTH = ["GET", "HEAD", "POST"]


@require_http_methods(BOTH)
@at_desk
def account(frame: Frame, code: str) -> HttpResponse:
    """Show an account in order of time; write down a piece for the person."""
    if frame.posted:
        if not frame.session and not frame.admitted():
            return frame.go("e/")
        chronicle.write(frame, code)
        return frame.go(f"k/{code}/h/")
    found = chronicle.shown(frame, code)
    if found is None:
        raise Http404
    return frame.show("account", **found)
