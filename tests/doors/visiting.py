"""A visitor without a browser: Django's test client, or the outermost layer itself."""

from __future__ import annotations

import re
from contextlib import contextmanager
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client, RequestFactory

from alongside.config.wsgi import application
from alongside.doors.showing.speaking import book
from tests.doors.addresses import at, place
from tests.people import as_fields

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from alongside.domain.facts import Answer


FORM = "application/x-www-form-urlencoded"


class Visitor:
    """One visit in one language. Each visitor has cookies of their own."""

    def __init__(self, lang: str = "en", *, strict: bool = False) -> None:
        """Come in; ``strict``: forms need their secret, as in a browser."""
        self.lang = lang
        self.client = Client(enforce_csrf_checks=strict, raise_request_exception=False)

    def get(self, path: str) -> Any:
        """Open a page; an address that does not start with a slash is in the visitor's language."""
        return self.client.get(path if path.startswith("/") else f"/{self.lang}/{path}")

    def text(self, path: str) -> str:
        """Return the words of a page as a reader meets them."""
        return words(self.get(path).content.decode())

    def send(self, path: str, fields: Mapping[str, str], move: str = "next") -> Any:
        """Send a form, written as a browser writes it."""
        return self.client.post(path, urlencode({**fields, "move": move}), FORM)

    def answer(self, key: str, **fields: str) -> Any:
        """Answer one question: ``answer("job.months", value="7")`` or ``year="2026"``."""
        named = {key if k == "value" else f"{key}.{k}": v for k, v in fields.items()}
        self.pass_warning(key)
        return self.send(at(self.lang, key), named)

    def pass_warning(self, key: str) -> None:
        """Read the warning before a question, if it has one, and go on."""
        if book().interview[place(key)[0] - 1].warning:
            self.send(at(self.lang, key), {}, "shown")

    def tell(self, answers: Mapping[str, Answer]) -> Visitor:
        """Answer everything, page by page, in the order of the pages."""
        pages: dict[tuple[int, int], dict[str, str]] = {}
        for key, answer in answers.items():
            pages.setdefault(place(key), {}).update(as_fields(key, answer))
        for (number, page), fields in sorted(pages.items()):
            self.pass_warning(next(iter(fields)).removesuffix(".year"))
            assert self.send(f"/{self.lang}/q/{number}/{page}/", fields).status_code == 303
        return self


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.out: list[str] = []

    def handle_data(self, data: str) -> None:
        self.out.append(data)


def words(html: str) -> str:
    """Return the text of a page, its main part alone, spaces drawn together."""
    parser = _Words()
    parser.feed(html.split("<main", 1)[-1].split("<footer", 1)[0].partition(">")[2])
    return re.sub(r"\s+", " ", "".join(parser.out)).strip()


def outermost(method: str, path: str, body: bytes = b"", **more: Any) -> tuple[str, dict[str, str]]:
    """Send a request through the whole application as the server calls it."""
    content_type = more.pop("content_type", FORM)
    environ = RequestFactory().generic(method, path, body, content_type, **more).environ
    environ["PATH_INFO"] = environ["PATH_INFO"].encode().decode("latin-1")  # as a server writes it
    answered: list[tuple[str, list[tuple[str, str]]]] = []

    def start(status: str, headers: list[tuple[str, str]], _exc: object = None) -> None:
        answered.append((status, headers))

    with _one_connection():
        answer = application(environ, start)
        b"".join(answer)
        if hasattr(answer, "close"):
            answer.close()
    status, headers = answered[-1]
    return status, {name.title(): value for name, value in headers}


@contextmanager
def _one_connection() -> Iterator[None]:
    """Keep the test's connection and its transaction through a request, as Django's test client does."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)
