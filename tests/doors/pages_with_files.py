"""Addresses for the tests of files alone: one view that takes them, one that does not, and the entry."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.urls import include, path
from django.views.decorators.http import require_http_methods

from alongside.doors.showing.answering import see_other
from alongside.doors.showing.arriving import arriving, takes_files

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

SEEN: list[dict[str, Any]] = []


@require_http_methods(["GET", "POST"])
@takes_files
def bring(request: HttpRequest) -> HttpResponse:
    """Take a form with files, remember what came, and go on when the test says so."""
    held = [
        (f.name, type(f).__name__, f.read())
        for n in request.FILES
        for f in request.FILES.getlist(n)
    ]
    come = arriving(request)
    words = request.POST.get("words")
    SEEN.append({"words": words, "files": held, "large": come.too_large, "many": come.too_many})
    if gate := os.environ.get("ALONGSIDE_TEST_GATE"):
        Path(gate, "came").touch()
        until = time.monotonic() + 30
        while not Path(gate, "go").exists() and time.monotonic() < until:
            time.sleep(0.05)
    return see_other(f"/en/{len(words or '')}/{sum(len(body) for *_, body in held)}/")


def words_alone(request: HttpRequest) -> HttpResponse:
    """Take a form, but no files."""
    SEEN.append({"words": request.POST.get("words"), "files": len(request.FILES)})
    return see_other("/en/")


urlpatterns = [
    path("en/bring/", bring),
    path("en/words/", words_alone),
    path("", include("alongside.doors.entry.urls")),
]
handler400 = handler403 = handler404 = "alongside.config.views.not_found"
handler500 = "alongside.config.views.failed"
