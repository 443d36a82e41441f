"""Files stay in memory, come only where they are asked for, and lose nobody the words beside them."""

from __future__ import annotations

import io
import threading

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from alongside.config import hosts
from alongside.config.flood import Admission
from alongside.config.uploads import FilesInMemory
from alongside.config.wsgi import application
from tests.doors import pages_with_files
from tests.doors.visiting import FORM, outermost

pytestmark = pytest.mark.django_db
SECRET = "s" * 32
COOKIES = f"c={SECRET}"
MULTIPART = "multipart/form-data; boundary=b"
SMALL, LARGE = b"small picture", b"L" * (5 * 1024 * 1024 + 1)
WENT_WRONG, NO_COOKIE = ("303 See Other", "/en/e/"), ("303 See Other", "/en/c/")


@pytest.fixture(autouse=True)
def seen(monkeypatch):
    monkeypatch.setitem(hosts.ADDRESSES, hosts.ENTRY, "tests.doors.pages_with_files")
    pages_with_files.SEEN.clear()
    return pages_with_files.SEEN


def form(*files: tuple[str, str, bytes], end: bytes = b"--b--\r\n", secret: str = SECRET) -> bytes:
    """Write a form as a browser does: the words first, then the files."""
    parts = [("csrfmiddlewaretoken", "", secret.encode()), ("words", "", b"my story"), *files]
    head = '--b\r\nContent-Disposition: form-data; name="{}"{}\r\n\r\n'
    return (
        b"".join(
            head.format(field, f'; filename="{name}"' if name else "").encode() + body + b"\r\n"
            for field, name, body in parts
        )
        + end
    )


def sent(body: bytes, path: str = "/en/bring/", **more: str) -> tuple[str, str]:
    more = {"content_type": MULTIPART, "HTTP_COOKIE": COOKIES} | more
    status, headers = outermost("POST", path, body, **more)
    return status, headers["Location"]


def test_a_file_arrives_in_memory(seen):
    body = b"P" * (4 * 1024 * 1024)
    status, _ = sent(form(("photo", "a.jpg", body)))
    assert status == "303 See Other"
    assert seen[0]["files"] == [("a.jpg", "InMemoryUploadedFile", body)]
    assert seen[0]["words"] == "my story"
    assert seen[0]["large"] == seen[0]["many"] == set()


def test_a_file_of_exactly_the_size_allowed_arrives(seen):
    sent(form(("photo", "a.jpg", LARGE[1:])))
    assert len(seen[0]["files"][0][2]) == 5 * 1024 * 1024


@pytest.mark.parametrize("order", [slice(None), slice(None, None, -1)])
def test_a_file_that_is_too_large_is_named_and_neither_words_nor_others_are_lost(seen, order):
    files = [("photo", "a.jpg", SMALL), ("paper", "b.pdf", LARGE)][order]
    sent(form(*files))
    assert seen == [
        {
            "words": "my story",
            "files": [("a.jpg", "InMemoryUploadedFile", SMALL)],
            "large": {"paper"},
            "many": set(),
        }
    ]


def test_of_four_files_three_arrive_and_the_field_of_the_other_is_named(seen):
    sent(form(*[(f"photo{n}", f"{n}.jpg", SMALL) for n in range(4)]))
    assert [name for name, *_ in seen[0]["files"]] == ["0.jpg", "1.jpg", "2.jpg"]
    assert seen[0]["many"] == {"photo3"}
    assert seen[0]["words"] == "my story"


def test_files_beyond_all_number_refuse_the_form(seen):
    assert sent(form(*[("photo", f"{n}.jpg", b"x") for n in range(21)])) == WENT_WRONG
    assert seen == []


def test_a_form_without_a_file_chosen_arrives(seen):
    body = form(
        end=b'--b\r\nContent-Disposition: form-data; name="photo"; filename=""\r\n\r\n\r\n--b--\r\n'
    )
    sent(body)
    assert (seen[0]["words"], seen[0]["files"]) == ("my story", [])


def test_a_view_that_takes_files_takes_an_ordinary_form_too(seen):
    body = f"csrfmiddlewaretoken={SECRET}&words=hello".encode()
    sent(body, content_type=FORM)
    assert (seen[0]["words"], seen[0]["large"]) == ("hello", set())


@pytest.mark.parametrize("size", [1, 200_000, 6_000_000])
def test_a_view_that_asks_for_no_files_gets_none(seen, size):
    assert sent(form(("photo", "a.jpg", b"x" * size)), "/en/words/") == WENT_WRONG
    assert seen == []


def test_words_alone_may_come_in_the_same_coding(seen):
    assert sent(form(), "/en/words/") == ("303 See Other", "/en/")
    assert seen == [{"words": "my story", "files": 0}]


def test_a_form_without_its_secret_is_refused_with_files_too(seen):
    assert sent(form(("photo", "a.jpg", SMALL), secret="w" * 32)) == NO_COOKIE
    assert sent(form(("photo", "a.jpg", SMALL)), HTTP_COOKIE="") == NO_COOKIE
    assert (
        sent(form(("photo", "a.jpg", SMALL)), HTTP_ORIGIN="https://elsewhere.example") == NO_COOKIE
    )
    assert seen == []


class Unread(io.BytesIO):
    """A body that notes whether anybody read it."""

    reads = 0

    def read(self, size: int | None = -1) -> bytes:
        type(self).reads += 1
        return super().read(size)


def body_read(body: bytes, length: int, coding: str = MULTIPART) -> tuple[int, str]:
    """Send a body of an announced length; return how often it was read, and where the answer leads."""

    class Here(Unread):
        pass

    environ = RequestFactory().generic("POST", "/en/bring/", b"x", coding).environ
    environ |= {"CONTENT_LENGTH": str(length), "HTTP_COOKIE": COOKIES, "wsgi.input": Here(body)}
    answered: list[dict[str, str]] = []
    b"".join(application(environ, lambda _status, headers, *_: answered.append(dict(headers))))
    return Here.reads, answered[0]["Location"]


def test_a_form_beyond_all_measure_is_refused_before_it_is_read(seen):
    body = form(("photo", "a.jpg", SMALL))
    assert body_read(body, 10**10) == (0, "/en/e/")
    assert body_read(body, len(body))[0] > 0
    assert len(seen) == 1


@pytest.mark.parametrize("short", [1, 10, 60])
def test_a_form_cut_off_on_its_way_is_not_taken_for_one_that_says_less(seen, short):
    body = form(("photo", "a.jpg", SMALL))
    assert body_read(body[:-short], len(body))[1] == WENT_WRONG[1]
    assert seen == []
    assert body_read(body, len(body))[1] == f"/en/8/{len(SMALL)}/"


def test_an_ordinary_form_cut_off_on_its_way_is_refused_too(seen):
    body, coding = f"csrfmiddlewaretoken={SECRET}&words=12".encode(), FORM
    assert body_read(body[:-1], len(body), coding)[1] == WENT_WRONG[1]
    assert seen == []
    assert body_read(body, len(body), coding)[1] == "/en/2/0/"


def test_a_form_that_ends_within_a_file_is_refused(seen):
    assert sent(form(("photo", "a.jpg", SMALL), end=b"")) == WENT_WRONG
    assert seen == []


def stack(answer):
    """The two layers alone, around a function that answers for the view, and reads the form."""

    def view(request):
        return files.process_view(request, pages_with_files.bring, (), {}) or answer(request)

    files = FilesInMemory(view)
    return Admission(files)


def post(body=b"x" * 200_000):
    return RequestFactory().generic("POST", "/", form(("photo", "a.jpg", body)), MULTIPART)


def test_a_flooding_address_is_refused_before_its_files_are_read(settings):
    settings.HEAVY_PER_ADDRESS = 1
    read = []

    def answer(request):
        read.append(len(request.FILES))
        request.admit()
        return HttpResponse()

    site = stack(answer)
    assert [site(post()).status_code for _ in range(3)] == [200, 429, 429]
    assert read == [1]


def test_only_so_many_bring_files_at_once_and_their_room_comes_back(settings):
    settings.MOST_UPLOADS = 2
    inside, gate = threading.Barrier(3), threading.Event()

    def answer(request):
        if threading.current_thread() is not threading.main_thread():
            inside.wait(10)
            gate.wait(10)
        return HttpResponse(str(len(request.FILES)))

    site = stack(answer)
    two = [threading.Thread(target=site, args=(post(),)) for _ in range(2)]
    for thread in two:
        thread.start()
    inside.wait(10)
    assert site(post()).status_code == 503
    assert site(post(SMALL)).status_code == 200, "a form without a file to speak of needs no room"
    assert site(RequestFactory().get("/")).status_code == 200
    gate.set()
    for thread in two:
        thread.join()
    assert [site(post()).status_code for _ in range(3)] == [200] * 3


def test_a_view_that_crashes_gives_its_room_back(settings):
    settings.MOST_UPLOADS = 1

    def crash(_request):
        raise RuntimeError

    site = stack(crash)
    for _ in range(3):
        with pytest.raises(RuntimeError):
            site(post())
