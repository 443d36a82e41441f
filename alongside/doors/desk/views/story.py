"""The account of a person at the desk."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from alongside.doors.desk import chronicle
from alongside.doors.desk.frame import Frame, at_desk

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


@require_safe
@at_desk
def paper(frame: Frame, code: str) -> HttpResponse:
    """Hand over an account as a PDF, from memory, under a name that tells nothing."""
    found = chronicle.paper(frame, code)
    if found is None:
        raise Http404
    name, body = found
    response = HttpResponse(body, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return frame.finish(response)
