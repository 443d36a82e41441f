"""Answering: the language of an answer, what the frame of every page needs, and going elsewhere by 303."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

from django.http import Http404, HttpResponse, HttpResponseRedirect

from alongside.doors.showing.speaking import book, speaker, spoken_languages
from alongside.library.words import PSEUDO

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

Came = TypeVar("Came")
AFTER_LANGUAGE = len("/en/")


def coming_as(
    door: Callable[[HttpRequest, str], Came],
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Return the decorator of a door's views: each gets who comes in, in the language of its address.

    Where the language is not spoken there is no page.
    """

    def in_language(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def opened(request: HttpRequest, lang: str, **more: str) -> HttpResponse:
            if lang not in spoken_languages():
                raise Http404
            return view(door(request, lang), **more)

        return opened

    return in_language


def framed(request: HttpRequest, lang: str) -> dict[str, Any]:
    """Return what the frame of a page needs at every door. ``rest``: its address after the language."""
    speaks = speaker(lang)
    path = request.path
    return {
        "s": speaks,
        "lang": lang,
        "dir": speaks.language.dir,
        "rest": path[AFTER_LANGUAGE:] if _opens_with_language(path) else "",
        "languages": [book().words.languages[k] for k in spoken_languages() if k != PSEUDO],
        "law_doubled": not speaks.language.authored,
    }


def language_of(request: HttpRequest) -> str:
    """Return the language for a page that has none of its own: of the address, else of the browser."""
    lang = request.path[1:3]
    if _opens_with_language(request.path) and lang in spoken_languages():
        return lang
    return preferred(request)


def preferred(request: HttpRequest) -> str:
    """Return the language of the pages that a browser prefers, English when it names none."""
    for part in request.headers.get("Accept-Language", "").lower().split(","):
        lang = part.split(";")[0].strip()[:2]
        if lang in book().words.languages:
            return lang
    return "en"


def _opens_with_language(path: str) -> bool:
    return path[AFTER_LANGUAGE - 1 : AFTER_LANGUAGE] == "/"


def see_other(to: str) -> HttpResponse:
    """Go to another page with 303, so that a browser keeps no POST."""
    response = HttpResponseRedirect(to)
    response.status_code = 303
    return response
