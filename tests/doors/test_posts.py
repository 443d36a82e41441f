"""Every POST answers 303. A browser keeps the body of any other on disk."""

import pytest

from alongside.config import outermost as layer
from alongside.config.outermost import SeeOther
from tests.doors.addresses import EXAMPLES, NOWHERE, STATIC, at
from tests.doors.forms_seen import Seen
from tests.doors.visiting import Visitor, outermost

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def boxed():
    """A visitor whose forms need their secret, as a browser's do, and that secret."""
    visitor = Visitor(strict=True)
    page = Seen(visitor.get("q/11/2/").content.decode())
    secret = next(f["value"] for _, f in page.fields if f.get("name") == "csrfmiddlewaretoken")
    cookies = "; ".join(f"{name}={c.value}" for name, c in visitor.client.cookies.items())
    return secret, cookies


def sent(body: bytes, cookies: str = "", path: str = "", **more: str) -> tuple[str, str]:
    status, headers = outermost(
        "POST", path or at("en", "job.months"), body, HTTP_COOKIE=cookies, **more
    )
    return status, headers["Location"]


def test_a_readable_answer(boxed):
    secret, cookies = boxed
    body = f"csrfmiddlewaretoken={secret}&job.months=7&move=next".encode()
    assert sent(body, cookies) == ("303 See Other", "/en/q/11/3/")


def test_an_answer_that_cannot_be_read(boxed):
    secret, cookies = boxed
    body = f"csrfmiddlewaretoken={secret}&job.months=zanzibar&move=next".encode()
    assert sent(body, cookies) == ("303 See Other", at("en", "job.months"))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"job.months=7",
        b"csrfmiddlewaretoken=wrong&job.months=7",
        b"csrfmiddlewaretoken=" + b"a" * 64 + b"&job.months=7",
    ],
)
def test_a_form_without_its_secret_goes_to_the_page_that_says_so(boxed, body):
    assert sent(body, boxed[1]) == ("303 See Other", "/en/c/")
    assert sent(body) == ("303 See Other", "/en/c/")


def test_a_form_from_another_site(boxed):
    secret, cookies = boxed
    body = f"csrfmiddlewaretoken={secret}&job.months=7".encode()
    found = sent(body, cookies, HTTP_ORIGIN="https://elsewhere.example")
    assert found == ("303 See Other", "/en/c/")
    assert sent(body, cookies, HTTP_ORIGIN="null") == ("303 See Other", "/en/c/")


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"a=" + b"b" * 200_000, FORM),
        (b"&".join(b"f%d=1" % n for n in range(300)), FORM),
        (b"%", FORM),
        (b"\xff\xfe\x00", FORM),
        (b"{}", "application/json"),
        (b"{}", "nonsense"),
        (b"", ""),
        (b"x", "multipart/form-data"),
        (b"x", "multipart/form-data; boundary="),
        (b"--b\r\n", "multipart/form-data; boundary=b"),
        (b"a=1", FORM + "; charset=nonsense"),
        (b"a=1", FORM + "; charset=utf-16"),
    ],
)
def test_a_body_that_is_too_large_too_many_or_no_form(boxed, body, content_type):
    secret, cookies = boxed
    status, where = sent(body, cookies, content_type=content_type, HTTP_X_CSRFTOKEN=secret)
    assert status == "303 See Other"
    assert where in {"/en/e/", "/en/c/", at("en", "job.months"), "/en/q/11/3/"}


def test_a_file(boxed):
    secret, cookies = boxed
    body = (
        f'--b\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{secret}\r\n'
        '--b\r\nContent-Disposition: form-data; name="job.months"; filename="a.txt"\r\n'
        "Content-Type: text/plain\r\n\r\nmy story\r\n--b--\r\n"
    ).encode()
    status, where = sent(body, cookies, content_type="multipart/form-data; boundary=b")
    assert (status, where) == ("303 See Other", "/en/e/")


@pytest.mark.parametrize("lang", ["en", "fr", "es", "ar", "zz"])
@pytest.mark.parametrize(
    "path", [*EXAMPLES.values(), NOWHERE, *STATIC, "/a/b/c", "/{lang}/q/99/99/"]
)
def test_every_address_known_or_not(path, lang):
    status, headers = outermost("POST", path.format(lang=lang), b"job.months=7")
    assert status == "303 See Other"
    assert headers["Location"].startswith("/")
    assert "7" not in headers["Location"]


def test_a_view_that_crashes(boxed, monkeypatch):
    def crash(_draft, _facts, posted):
        raise RuntimeError(posted["job.months"])

    monkeypatch.setattr("alongside.doors.entry.moving.take", crash)
    secret, cookies = boxed
    body = f"csrfmiddlewaretoken={secret}&job.months=7".encode()
    for lang in ("en", "ar"):
        path = at(lang, "job.months")
        assert sent(body, cookies, path) == ("303 See Other", f"/{lang}/e/")


def test_a_crash_outside_django():
    def crash(_environ, _start):
        raise MemoryError

    answered = []
    environ = {"REQUEST_METHOD": "POST", "PATH_INFO": "/fr/q/1/1/"}
    SeeOther(crash)(environ, lambda status, headers, *_: answered.append((status, dict(headers))))
    status, headers = answered[0]
    assert (status, headers["Location"]) == ("303 See Other", "/fr/e/")
    assert headers["Cache-Control"] == "no-store"


def test_an_answer_that_is_turned_away_is_closed_and_none_of_it_is_sent():
    closed = []

    class Body(list):
        def close(self):
            closed.append(True)

    def inner(_environ, start):
        start("200 OK", [("X-Telling", "zanzibar")])
        return Body([b"zanzibar"])

    answered = []
    environ = {"REQUEST_METHOD": "POST", "PATH_INFO": "/"}
    body = SeeOther(inner)(environ, lambda status, headers, *_: answered.append((status, headers)))
    assert b"".join(body) == b""
    assert closed == [True]
    assert answered[0][0] == "303 See Other"
    assert "zanzibar" not in str(answered)


def test_the_outermost_layer_knows_every_language_there_is(book):
    for lang in book.words.languages:
        assert layer.LANGUAGE.match(f"/{lang}/q/1/1/")
    assert not layer.LANGUAGE.match("/static/a.css")


def test_what_was_answered_before_a_refused_form_stays():
    visitor = Visitor(strict=True)
    page = Seen(visitor.get("q/11/2/").content.decode())
    secret = next(f["value"] for _, f in page.fields if f.get("name") == "csrfmiddlewaretoken")
    good = {"job.months": "7", "csrfmiddlewaretoken": secret}
    visitor.send(at("en", "job.months"), good)
    visitor.send(at("en", "job.months"), {"job.months": "9"})
    visitor.send(at("en", "job.months"), good | {f"f{n}": "1" for n in range(300)})
    assert Seen(visitor.get("q/11/2/").content.decode()).values()["job.months"] == "7"
