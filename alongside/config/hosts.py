"""Hosts: each door has host names of its own, and none serves the pages of another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http.request import split_domain_port, validate_host

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

ENTRY, DESK = "entry", "desk"
ADDRESSES = {ENTRY: "alongside.config.urls", DESK: "alongside.config.urls_desk"}


class DoorOfHost:
    """Gives each request the addresses of the door that its host name belongs to.

    A host name that is not ours, or belongs to a door that this process does not serve, is refused.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Wrap the rest of the site."""
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer at the door of the host."""
        host, _ = split_domain_port(request.get_host())
        door = DESK if validate_host(host, settings.DESK_HOSTS) else ENTRY
        if settings.DOOR not in {"", door}:
            msg = "another process serves this door"
            raise DisallowedHost(msg)
        request.urlconf = ADDRESSES[door]
        return self._get_response(request)


def door_of(request: HttpRequest) -> str | None:
    """Return the door that a request came to, None where its host was refused."""
    addresses = getattr(request, "urlconf", None)
    return next((door for door, known in ADDRESSES.items() if known == addresses), None)
