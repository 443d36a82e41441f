"""A request as the layers in front of the doors left it: what it may do, and what of it was not taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

from django.http import HttpRequest

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

View = TypeVar("View", bound="Callable[..., HttpResponse]")


class Admits(Protocol):
    """Asks whether something heavy may be done for this request, and counts it when it may."""

    def __call__(self, cost: int = 1) -> bool:
        """Return whether to go on. ``cost``: how many heavy operations; 0 asks and counts nothing."""
        ...


class Arriving(HttpRequest):
    """What every request has by the time a view sees it. Only a type; nothing makes one.

    ``admit`` is asked before anything that hashes a phrase or writes a row (`config.flood`). The other
    two stand on requests to views that take files alone, and are right once POST or FILES was read:
    the names of fields a file of which was too large, or one too many (`config.uploads`).
    """

    admit: Admits
    too_large: set[str]
    too_many: set[str]


def arriving(request: HttpRequest) -> Arriving:
    """Return the same request, with what the layers in front put on it."""
    return cast("Arriving", request)


def seen_by_somebody(request: HttpRequest) -> bool:
    """Say whether somebody will see the page that answers.

    The script that sends a form follows its answer to the next page, throws that away, and then has the
    browser open it (`static/a.js`): what is said once must not be said to the script.
    """
    return request.method == "GET" and "Ahead" not in request.headers


def takes_files(view: View) -> View:
    """Mark a view as one whose form may bring files; to every other, a file is a refused form.

    Set it next to the view, under the other decorators: they carry the mark outwards.
    """
    cast("Any", view).takes_files = True
    return view
