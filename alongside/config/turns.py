"""Requests take turns in a process: what has begun is finished before more is begun.

The threads of a process share one interpreter. Eight pages made at once all come late; made in turn, most come
early, and who keeps and sends, the longest work there is, does not wait for seven pages begun after it. Slow
lines hold no turn: a form has arrived before its turn comes, and an answer leaves after it.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse, UnreadablePostError

from alongside.config.uploads import length_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

CUT_OFF = 400
"""The outermost layer turns it into 303 to the page that says that something went wrong."""
MOST_WAIT = 2.0
"""Seconds until a request goes on without its turn: one that is stuck holds up nobody for good."""


class InTurn:
    """Lets one request of a process through at a time, but for forms with large files: they come as they come."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Wrap the rest of the site."""
        self._get_response = get_response
        self._turn = threading.Lock()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer one request in its turn."""
        if length_of(request.META) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            return self._get_response(request)
        try:
            _ = request.body  # has arrived
        except UnreadablePostError:
            return HttpResponse(status=CUT_OFF)
        taken = self._turn.acquire(timeout=MOST_WAIT)
        try:
            return self._get_response(request)
        finally:
            if taken:
                self._turn.release()
