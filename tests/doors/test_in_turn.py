"""Requests take turns in a process; slow lines, large forms and what is stuck hold up nobody."""

import threading
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from alongside.config import turns
from alongside.config.turns import InTurn

PATIENCE = 20
FORM = "application/x-www-form-urlencoded"


class Slow(BytesIO):
    """A body that arrives once it is let through."""

    def __init__(self, whole: bytes) -> None:
        super().__init__(whole)
        self.arrives = threading.Event()

    def read(self, size: int | None = -1) -> bytes:
        assert self.arrives.wait(PATIENCE)
        return super().read(size)


def sent(body: bytes = b"a=b", **more: Any):
    return RequestFactory().post("/en/", body, content_type=FORM, **more)


@pytest.fixture
def pool():
    with ThreadPoolExecutor(6) as threads:
        yield threads


def test_what_has_begun_is_finished_before_more_is_begun(pool):
    inside, together = [], []

    def view(_request):
        inside.append(1)
        together.append(len(inside))
        threading.Event().wait(0.02)
        inside.pop()
        return HttpResponse()

    site = InTurn(view)
    list(pool.map(site, [sent() for _ in range(12)]))
    assert together == [1] * 12


def test_a_form_that_is_still_arriving_holds_no_turn(pool):
    site, slow = InTurn(lambda request: HttpResponse(request.body)), Slow(b"a=b")
    arriving = pool.submit(site, sent(**{"wsgi.input": slow}))
    assert site(sent(b"c=d")).content == b"c=d"
    assert not arriving.done()
    slow.arrives.set()
    assert arriving.result(PATIENCE).content == b"a=b"


def test_a_form_with_large_files_stands_aside(pool, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    go_on = threading.Event()

    def view(request):
        assert request.path != "/large/" or go_on.wait(PATIENCE)
        return HttpResponse()

    site = InTurn(view)
    large = pool.submit(site, RequestFactory().post("/large/", b"x" * 11, content_type=FORM))
    assert site(sent()).status_code == 200
    assert not large.done()
    go_on.set()
    assert large.result(PATIENCE).status_code == 200


def test_what_is_stuck_holds_up_nobody_for_good(pool, monkeypatch):
    monkeypatch.setattr(turns, "MOST_WAIT", 0.05)
    go_on = threading.Event()

    def view(request):
        assert request.path != "/stuck/" or go_on.wait(PATIENCE)
        return HttpResponse()

    site = InTurn(view)
    stuck = pool.submit(site, RequestFactory().get("/stuck/"))
    assert all(site(sent()).status_code == 200 for _ in range(2))
    assert not stuck.done()
    go_on.set()
    assert stuck.result(PATIENCE).status_code == 200


def test_a_turn_is_given_back_after_a_failure(monkeypatch):
    monkeypatch.setattr(turns, "MOST_WAIT", PATIENCE)

    def view(request):
        if request.path == "/fails/":
            raise LookupError
        return HttpResponse()

    site = InTurn(view)
    for _ in range(2):
        with pytest.raises(LookupError):
            site(RequestFactory().get("/fails/"))
    assert not site._turn.locked()
