"""The outermost rule: a POST from a page always answers 303.

A browser keeps the body of a POST that was answered with anything else, and writes it to disk
when it crashes. So crashes, refusals and malformed requests redirect too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from alongside.config.middleware import HEADERS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

LANGUAGE = re.compile(r"/(?P<lang>[a-z]{2})/")


class SeeOther:
    """Turns every answer to a POST that is not 303 into a 303 to the page that says what went wrong."""

    def __init__(self, inner: WSGIApplication) -> None:
        """Wrap an application."""
        self._inner = inner

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        if environ.get("REQUEST_METHOD") in {"GET", "HEAD"}:
            return self._inner(environ, start_response)
        started: list[str] = []

        def start(status: str, headers: list[tuple[str, str]], exc_info: object = None) -> object:
            started.append(status)
            if status.startswith("303"):
                return start_response(status, headers, exc_info)  # type: ignore[arg-type]
            return lambda _data: None

        try:
            answer = self._inner(environ, start)  # type: ignore[arg-type]
        except Exception:  # noqa: BLE001 - whatever it was, its body must not come back
            started, answer = ["500"], []
        if started[-1:] and started[-1].startswith("303"):
            return answer
        if hasattr(answer, "close"):
            answer.close()
        return self._elsewhere(environ, start_response)

    def _elsewhere(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        lang = LANGUAGE.match(environ.get("PATH_INFO", ""))
        where = f"/{lang['lang']}/e/" if lang else "/"
        start_response(
            "303 See Other", [*HEADERS.items(), ("Location", where), ("Content-Length", "0")]
        )
        return []
