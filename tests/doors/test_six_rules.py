"""What keeps a browser from remembering: on every address, in every case, not only the good ones."""

import re

import pytest
from django.db.transaction import atomic, set_rollback
from django.urls import get_resolver

from alongside.config.middleware import HEADERS
from alongside.doors.showing.speaking import book
from tests.agencies import CLINIC, founded, present
from tests.doors.addresses import (
    EXAMPLES,
    LANGUAGES,
    NOT_A_PAGE,
    NOWHERE,
    ON_THE_WAY,
    STATIC,
    every_page,
    one_of_each,
)
from tests.doors.forms_seen import Seen
from tests.doors.keeping import Keeper
from tests.doors.visiting import Visitor, outermost
from tests.people import DIVYA, GRACE, HASSAN, MATEO

pytestmark = pytest.mark.django_db
SPEAKS = {"en": DIVYA, "fr": GRACE, "es": MATEO, "ar": HASSAN}


@pytest.fixture(scope="module")
def pages(django_db_setup, django_db_blocker):  # noqa: ARG001 - the store must be there first
    """Every page in every language, with a person's answers, read once."""
    with django_db_blocker.unblock(), atomic():
        agency, found = founded(CLINIC, "amara", present()), {}
        for lang, person in SPEAKS.items():
            visitor = Keeper(lang)
            visitor.tell(person.answers)
            found[lang] = {path: visitor.get(path) for path in every_page(lang)}
            visitor.choose(agency, "work", "health")
            found[lang] |= {p: visitor.get(p) for p in kept_pages(lang) if "/w/" in p}
            visitor.press("w/2/", "send", message="?")
            found[lang] |= {p: visitor.get(p) for p in kept_pages(lang) if "/w/" not in p}
            visitor.client.get("/leave/")
        set_rollback(True)
    return found


def kept_pages(lang):
    """Return the pages of who is about to send, and of who has sent: their words among them."""
    return [EXAMPLES[name].format(lang=lang) for name in (*sorted(ON_THE_WAY), "keep")]


@pytest.fixture(scope="module")
def read(pages):
    """The same pages, parsed: address, what was seen, answer."""
    return [
        (path, Seen(answer.content.decode()), answer)
        for found in pages.values()
        for path, answer in found.items()
    ]


def test_every_pattern_of_the_site_is_among_the_addresses_tested():
    patterns = {p.name for group in get_resolver().url_patterns for p in group.url_patterns}
    assert patterns == set(EXAMPLES)


def test_every_page_answers(read):
    wrong = {
        path: answer.status_code
        for path, _, answer in read
        if answer.status_code != (404 if path == NOWHERE.format(lang=path[1:3]) else 200)
    }
    assert wrong == {}


def test_nothing_is_kept_in_the_cache(read):
    kept = [p for p, _, answer in read if answer["Cache-Control"] != "no-store"]
    assert kept == []


@pytest.mark.parametrize(
    "path", [*STATIC, "/static/none.css", *(EXAMPLES[n] for n in sorted(NOT_A_PAGE))]
)
def test_nothing_that_is_no_page_is_kept_either(path):
    visitor = Visitor()
    answer = visitor.client.get(path.format(lang="en"))
    assert answer["Cache-Control"] == "no-store"
    answer.close()


@pytest.mark.parametrize("path", ["/", "/en/", "/en/q/1/1/", "/en/nowhere/", "/leave/", "/zz/"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE"])
def test_every_answer_to_every_method_carries_the_headers(method, path):
    _, headers = outermost(method, path)
    assert {name: headers.get(name.title()) for name in HEADERS} == HEADERS


def test_a_crash_is_not_kept_either(monkeypatch):
    monkeypatch.setattr("alongside.doors.entry.views.pages.seeing.see", lambda _visit: 1 / 0)
    answer = Visitor().get("s/")
    assert answer.status_code == 500
    assert answer["Cache-Control"] == "no-store"
    assert "/en/" not in answer.content.decode()


def test_every_form_and_every_field_asks_the_browser_not_to_remember(read):
    """Hidden fields hold nothing that was typed, and are left out."""
    remembered = [
        (path, tag, field.get("name"))
        for path, page, _ in read
        for tag, field in page.fields
        if field.get("type") != "hidden" and field.get("autocomplete") != "off"
    ]
    assert sorted({(tag, name) for _, tag, name in remembered}, key=str) == []


def test_there_are_forms_with_every_kind_of_field_on_the_pages(read):
    tags = {tag for _, page, _ in read for tag, _ in page.fields}
    assert {"form", "input", "select", "button", "textarea"} <= tags


def test_the_referrer_policy_is_the_one_that_keeps_forms_working(read):
    assert {answer["Referrer-Policy"] for _, _, answer in read} == {"same-origin"}


def test_each_language_has_one_title_for_all_its_pages(pages):
    for lang, found in pages.items():
        titles = {Seen(answer.content.decode()).title for answer in found.values()}
        neutral = {"/", "/n/"}  # these speak the language the browser prefers
        titles |= {Seen(found[p].content.decode()).title for p in neutral} - titles
        mine = {Seen(a.content.decode()).title for p, a in found.items() if p not in neutral}
        assert len(mine) == 1, lang
        assert len(titles) <= 2, lang


def test_the_titles_are_the_ones_somebody_weighed(read):
    titles = {page.title for _, page, _ in read}
    assert {"Notes", "Carnet"} <= titles
    assert len(titles) <= len(LANGUAGES)


ADDRESS = re.compile(
    r"/|/static/[ai]\.(css|js|svg)|/leave/|/n/"
    r"|/[a-z]{2}/((q/\d+/\d+(/[a-z2-7]{5}|/s)?|o(/[a-z2-7]{5})?|[lw]/[12]|[ij]/\d{1,4}|v/\d{1,2}|z/(n/\d/\d{1,2}|o/[a-z2-7]{5}|s/\d{1,2}|[a-z])|[a-z])/)?(#[a-z]{0,6}\d{0,2})?"
    r"|#[a-z]{0,5}\d{0,2}|tel:\d+"
)


def test_no_address_tells_anything_not_even_after_the_hash(read):
    """What stands in an address stays in the history, and no header prevents it."""
    telling = {link for _, page, _ in read for link in page.links if not ADDRESS.fullmatch(link)}
    strange = {re.sub(r"^/[a-z]{2}/", "/", link) for link in telling} - {"/nowhere/"}
    assert sorted(strange)[:5] == []


def test_a_telling_address_would_be_noticed():
    for link in ("/en/q/4/1/#doc.held", "#sex.assault", "/en/police/", "/en/o/?boss=x"):
        assert not ADDRESS.fullmatch(link)


def test_no_page_names_a_fact_in_an_address(read):
    links = {link for _, page, _ in read for link in page.links}
    assert [k for k in book().vocabulary.facts if any(k in link for link in links)] == []


def test_leaving_is_an_ordinary_link_in_the_same_tab_on_every_page(read):
    without = []
    for path, page, _ in read:
        found = [f for tag, f in page.tags if tag == "a" and f.get("href") == "/leave/"]
        if path != "/n/" and (len(found) != 1 or "target" in found[0]):
            without.append(path)
    assert without == []


def test_leaving_goes_to_the_neutral_page_and_clears_what_the_browser_holds():
    visitor = Visitor().tell(MATEO.answers)
    answer = visitor.client.get("/leave/")
    assert (answer.status_code, answer["Location"]) == (303, "/n/")
    assert answer["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert all(cookie.value == "" for cookie in answer.cookies.values())


def test_the_neutral_page_speaks_of_something_else():
    html = Visitor().client.get("/n/").content.decode().lower()
    for word in ("worker", "permit", "boss", "police", "leave", "1-833", "/en/"):
        assert word not in html


def test_no_page_sets_a_cookie_that_outlives_the_browser():
    visitor = Visitor().tell(MATEO.answers)
    visitor.get("q/1/1/")
    for name, cookie in visitor.client.cookies.items():
        assert cookie["expires"] == ""
        assert cookie["max-age"] == ""
        assert cookie["httponly"]
        # Opened from a chat, Lax keeps the secret of forms that stand open elsewhere; it holds nothing.
        assert cookie["samesite"] == {"d": "Strict", "l": "Strict", "c": "Lax"}[name]


def test_the_cookies_hold_no_answer():
    visitor = Visitor().tell(MATEO.answers)
    for cookie in visitor.client.cookies.values():
        assert re.fullmatch(r"[\w-]{32,64}", cookie.value)


def test_opening_a_page_without_a_form_sets_no_cookie():
    for path in one_of_each("en"):
        visitor = Visitor()
        answer = visitor.client.get(path)
        if "<form" not in answer.content.decode():
            assert not answer.cookies, path
