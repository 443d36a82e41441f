"""Pages of last resort, which open nothing and ask the store nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_safe

from alongside.doors.desk.frame import Frame, at_desk
from alongside.doors.showing.answering import language_of, preferred, see_other

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Go to the page to sign in on, in the language the browser prefers."""
    response = see_other(f"/{preferred(request)}/")
    response["Vary"] = "Accept-Language"
    return response


@require_safe
@at_desk
def went_wrong(frame: Frame) -> HttpResponse:
    """Say that something failed on our side."""
    return frame.show("sorry", heading="went_wrong_heading", text="desk_went_wrong")


@require_safe
@at_desk
def no_cookie(frame: Frame) -> HttpResponse:
    """Say that this browser does not hold the cookie a form needs."""
    return frame.show("sorry", heading="desk_no_cookie_heading", text="desk_no_cookie")


def no_page(request: HttpRequest) -> HttpResponse:
    """Say that there is no page here, in the language of the address or of the browser."""
    frame = Frame(request, language_of(request))
    return frame.show("sorry", 404, heading="not_found_heading", text="desk_not_found")
