"""Handing a file over: from memory, to be kept and never shown inside a page, under a name that tells nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse

if TYPE_CHECKING:
    from typing import Literal

KINDS = {"pdf": "application/pdf", "ics": "text/calendar; charset=utf-8"}


def handed(name: str, ending: Literal["pdf", "ics"], body: bytes) -> HttpResponse:
    """Return a file as an answer. ``name``: discreet; letters, digits and hyphens alone."""
    response = HttpResponse(body, content_type=KINDS[ending])
    response["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return response
