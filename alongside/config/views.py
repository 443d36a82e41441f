"""Answers of last resort: nothing here, something failed, a form that was refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse

from alongside.config.outermost import LANGUAGE
from alongside.doors.entry.speaking import spoken_languages
from alongside.doors.entry.views import no_page
from alongside.doors.entry.visit import see_other

if TYPE_CHECKING:
    from django.http import HttpRequest

CRASHED = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Notes</title>'
    '<p>Something went wrong on our side. <a href="/leave/">Leave this page</a> · <a href="/">Start page</a>'
    '<p lang="fr">Quelque chose n\'a pas marché de notre côté. <a href="/leave/">Quitter cette page</a>'
    ' · <a href="/">Page de départ</a></html>'
)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Say that there is no page here, without repeating the address."""
    return no_page(request)


def failed(_request: HttpRequest, *_args: object) -> HttpResponse:
    """Say that something failed; uses nothing that could fail again."""
    return HttpResponse(CRASHED, status=500)


def refused(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Send a form that lost its cookies to the page that says so."""
    found = LANGUAGE.match(request.path)
    lang = found["lang"] if found and found["lang"] in spoken_languages() else "en"
    return see_other(f"/{lang}/c/")
