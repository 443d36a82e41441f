"""Nothing inline, nothing from elsewhere, nothing said on the console, little over the wire."""

import re
from urllib.parse import urlsplit

import pytest

from tests.doors.addresses import LANGUAGES, STATIC, every_page, one_of_each
from tests.journeys.serving import get

FIRST, LATER = 14 * 1024, 40 * 1024
PRACTITIONERS = 64_000
BROWSER = {"Accept-Encoding": "gzip, deflate, br", "Accept-Language": "en"}


def test_no_page_breaks_its_own_policy_or_asks_another_host(visit, server, told, js):
    page = visit(js=js, token=told)
    said, asked = [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    for path in [*one_of_each("en"), *one_of_each("ar")]:
        page.goto(path)
        assert path.endswith("/nowhere/") or said == [], path
        said.clear()
    hosts = {urlsplit(url).netloc for url in asked}
    assert hosts == {f"localhost:{server.port}"}
    assert {urlsplit(url).path for url in asked} >= {"/static/a.css"}


def test_a_broken_policy_would_be_heard(visit):
    page = visit()
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.goto("/en/")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color:red\">x</p>')")
    page.evaluate("new Image().src = 'http://127.0.0.1:9/x.png'")
    page.wait_for_timeout(200)
    assert any("Content Security Policy" in text for text in said)


def test_nothing_is_inline_on_any_page(server, told):
    for path in one_of_each("en"):
        _, body = get(server, path, Cookie=f"d={told}")
        html = body.decode()
        assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:|<iframe|<object", html), path
        assert not re.search(
            r"<script(?! src=\"/static/a\.js\" type=\"module\"></script>)", html
        ), path


def test_the_policy_forbids_what_is_inline(server):
    for path in ("/", "/en/o/", "/en/nowhere/", *STATIC):
        answer, _ = get(server, path)
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "form-action 'self'" in policy
        assert answer.headers["Cache-Control"] == "no-store"


def test_the_icon_and_the_titles_tell_nothing(visit, server, told):
    page = visit(token=told)
    for path in ("/en/", "/en/s/", "/en/o/", "/en/q/8/1/", "/n/", "/en/nowhere/"):
        page.goto(path)
        assert page.title() == "Notes"
    icon = get(server, "/static/i.svg")[1].decode()
    assert not re.search(r"<text|<title|<desc|href=", icon)
    assert get(server, "/favicon.ico")[0].status in {200, 204}


def on_the_wire(server, path, cookie=""):
    """Return the bytes of one answer as they travel, headers and all."""
    headers = BROWSER | ({"Cookie": cookie} if cookie else {})
    answer, body = get(server, path, **headers)
    assert answer.headers["Content-Encoding"] in {"gzip", "br", None}
    return len(str(answer.headers).encode()) + len("HTTP/1.1 200 OK\r\n") + len(body)


@pytest.mark.parametrize("path", ["/", "/en/", "/fr/", "/es/", "/ar/"])
def test_the_first_page_weighs_at_most_14_kilobytes(server, path):
    whole = on_the_wire(server, path) + sum(on_the_wire(server, part) for part in STATIC)
    assert whole <= FIRST


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_later_page_weighs_more_than_40_kilobytes(server, told, lang):
    parts = sum(on_the_wire(server, part) for part in STATIC)
    weights = {p: on_the_wire(server, p, f"d={told}") + parts for p in every_page(lang)}
    # A practitioner's page holds the trail of every remedy of every province; it is read at a desk.
    most = {path: PRACTITIONERS if path.endswith("/p/") else LATER for path in weights}
    assert {path: n for path, n in weights.items() if n > most[path]} == {}


def test_the_browser_counts_no_more_than_that(visit):
    page = visit()
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    counted = []
    wire.on("Network.loadingFinished", lambda event: counted.append(event["encodedDataLength"]))
    page.goto("/en/", wait_until="networkidle")
    assert len(counted) >= 3
    assert sum(counted) <= FIRST


def test_the_server_says_little_of_itself(server):
    answer, _ = get(server, "/en/")
    assert answer.headers["Server"] in {None, "gunicorn"}
    assert "X-Powered-By" not in answer.headers
