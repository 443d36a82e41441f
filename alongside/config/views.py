"""Answers of last resort: nothing here, something failed, a form that was refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse

from alongside.config.hosts import DESK, ENTRY, door_of
from alongside.config.outermost import LANGUAGE
from alongside.doors.desk.views.last import no_page as no_page_of_desk
from alongside.doors.entry.views.pages import no_page as no_page_of_entry
from alongside.doors.showing.answering import see_other
from alongside.doors.showing.speaking import spoken_languages

if TYPE_CHECKING:
    from django.http import HttpRequest

NO_PAGE = {ENTRY: no_page_of_entry, DESK: no_page_of_desk}
CRASHED = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Notes</title>'
    '<p>Something went wrong on our side. <a href="/leave/">Leave this page</a> · <a href="/">Start page</a>'
    '<p lang="fr">Quelque chose n\'a pas marché de notre côté. <a href="/leave/">Quitter cette page</a>'
    ' · <a href="/">Page de départ</a></html>'
)
CRASHED_DESK = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Notes</title>'
    '<p>Something went wrong on our side. <a href="/">Start page</a>'
    '<p lang="fr">Quelque chose n\'a pas marché de notre côté. <a href="/">Page de départ</a></html>'
)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Say that there is no page here, without repeating the address; nothing to a host not ours."""
    door = door_of(request)
    return NO_PAGE[door](request) if door else HttpResponse(status=400)


def failed(request: HttpRequest, *_args: object) -> HttpResponse:
    """Say that something failed; uses nothing that could fail again."""
    return HttpResponse(CRASHED_DESK if door_of(request) == DESK else CRASHED, status=500)


def refused(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Send a form that lost its cookies to the page that says so; each door has one at this address."""
    found = LANGUAGE.match(request.path)
    lang = found["lang"] if found and found["lang"] in spoken_languages() else "en"
    return see_other(f"/{lang}/c/")
