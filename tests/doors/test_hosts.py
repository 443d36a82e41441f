"""Each door has host names of its own, and what keeps a browser from remembering holds at all of them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.urls import get_resolver

from alongside.config.middleware import HEADERS
from alongside.config.views import CRASHED_DESK
from alongside.doors.showing.speaking import book
from tests.doors.addresses import (
    DESK_EXAMPLES,
    DESK_FOR_ALL,
    EXAMPLES,
    LANGUAGES,
    NOWHERE,
    STATIC,
)
from tests.doors.forms_seen import Seen
from tests.doors.visiting import Visitor, outermost

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
ENTRY, DESK, STRANGER = "localhost", "desk.localhost", "example.org"
AT_BOTH = set(EXAMPLES.values()) & set(DESK_EXAMPLES.values())
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE")
LEAVE = 'href="/leave/"'


def read(host, path, **more: str | bool):
    visitor = Visitor()
    return visitor.client.get(path.format(lang="en"), HTTP_HOST=host, **more)


def test_every_pattern_of_the_desk_is_among_its_addresses_tested():
    resolver = get_resolver("alongside.config.urls_desk")
    patterns = {p.name for group in resolver.url_patterns for p in group.url_patterns}
    assert patterns == set(DESK_EXAMPLES)


@pytest.mark.parametrize("path", sorted({*EXAMPLES.values(), NOWHERE} - AT_BOTH))
def test_the_desk_serves_no_page_of_the_person(path):
    answer = read(DESK, path)
    assert answer.status_code == 404
    assert LEAVE not in answer.content.decode(), "and says so in its own frame"


@pytest.mark.parametrize("path", sorted({*DESK_EXAMPLES.values(), NOWHERE} - AT_BOTH))
def test_the_persons_host_serves_no_page_of_the_desk(path):
    answer = read(ENTRY, path)
    assert answer.status_code == 404
    assert LEAVE in answer.content.decode(), "and says so in its own frame"


@pytest.mark.parametrize("path", sorted(AT_BOTH))
def test_where_both_have_an_address_each_shows_its_own_page(path):
    persons = read(ENTRY, path)
    assert LEAVE in persons.content.decode() or persons.status_code == 303
    assert LEAVE not in read(DESK, path).content.decode()


def test_the_pages_that_the_outermost_layer_leads_to_are_at_both():
    assert {"/", "/{lang}/e/", "/{lang}/c/"} <= AT_BOTH


@pytest.mark.parametrize("host", ["desk.localhost:8000", "DESK.LOCALHOST", "desk.localhost."])
def test_a_host_is_known_by_its_name_alone(host):
    assert LEAVE not in read(host, "/{lang}/").content.decode()


def test_the_first_page_of_the_desk_speaks_the_language_of_the_browser():
    answer = read(DESK, "/", HTTP_ACCEPT_LANGUAGE="ar")
    assert (answer.status_code, answer["Location"]) == (303, "/ar/")
    assert answer["Vary"] == "Accept-Language"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", [*(DESK_EXAMPLES[name] for name in DESK_FOR_ALL), NOWHERE])
def test_every_page_of_the_desk_speaks_and_can_change_its_language(path, lang):
    at = path.format(lang=lang)
    answer = Visitor(lang).client.get(at, HTTP_HOST=DESK)
    assert answer.status_code == (404 if path == NOWHERE else 200)
    page = Seen(answer.content.decode())
    html = next(found for tag, found in page.tags if tag == "html")
    assert (html["lang"], html["dir"]) == (lang, book().words.languages[lang].dir)
    assert page.title == Seen(Visitor(lang).get("h/").content.decode()).title, "it tells nothing"
    assert {at.replace(f"/{lang}/", f"/{other}/", 1) for other in LANGUAGES} <= set(page.links)


@pytest.mark.parametrize("path", [*sorted(DESK_EXAMPLES.values()), NOWHERE, "/leave/", "/zz/"])
@pytest.mark.parametrize("method", METHODS)
def test_every_answer_of_the_desk_to_every_method_carries_the_headers(method, path):
    status, headers = outermost(method, path.format(lang="en"), HTTP_HOST=DESK)
    assert {name: headers.get(name.title()) for name in HEADERS} == HEADERS
    if method not in {"GET", "HEAD"}:
        assert status.startswith("303")


@pytest.mark.parametrize("path", STATIC)
@pytest.mark.parametrize("host", [ENTRY, DESK])
def test_the_stylesheet_and_the_icon_are_at_both_and_kept_by_none(host, path):
    answer = read(host, path)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    answer.close()


def test_where_a_form_of_the_desk_ends_there_is_a_page():
    for path in ("/en/e/", "/ar/nowhere/", "/zz/", "/leave/"):
        _, headers = outermost("POST", path, b"a=1", HTTP_HOST=DESK)
        assert read(DESK, headers["Location"], follow=True).status_code == 200


def test_a_crash_at_the_desk_shows_nothing_of_the_person_and_keeps_nothing(monkeypatch):
    monkeypatch.setattr("alongside.doors.desk.frame.Frame.show", lambda *_all, **_more: 1 / 0)
    answer = read(DESK, "/{lang}/")
    assert (answer.status_code, answer["Cache-Control"]) == (500, "no-store")
    assert answer.content.decode() == CRASHED_DESK
    assert LEAVE not in CRASHED_DESK
    assert outermost("POST", "/en/", b"a=1", HTTP_HOST=DESK)[0].startswith("303")


@pytest.mark.parametrize("path", ["/", "/en/", "/en/e/", "/static/a.css", "/nowhere"])
def test_a_host_that_is_not_ours_is_refused(path):
    for host in (STRANGER, "desk.example.org", "localhost.example.org", ""):
        answer = read(host, path)
        assert (answer.status_code, answer.content) == (400, b"")
        assert {name: answer[name] for name in HEADERS} == HEADERS
        assert outermost("POST", path, b"a=1", HTTP_HOST=host)[0].startswith("303")


@pytest.mark.parametrize(("door", "served", "other"), [("entry", ENTRY, DESK), ("desk", DESK, ENTRY)])  # fmt: skip
def test_a_process_of_one_door_serves_that_door_alone(settings, door, served, other):
    settings.DOOR = door
    for path in ("/", "/en/", "/en/e/", *STATIC):
        answers = read(served, path, follow=True), read(other, path)
        assert [answer.status_code for answer in answers] == [200, 400], path
        for answer in answers:
            answer.close()
    assert outermost("POST", "/en/e/", b"a=1", HTTP_HOST=other)[0].startswith("303")


def test_without_a_host_for_it_there_is_no_desk(settings):
    settings.DESK_HOSTS, settings.ALLOWED_HOSTS = [], ["localhost"]
    assert read(DESK, "/en/").status_code == 400
    assert LEAVE in read(ENTRY, "/en/").content.decode()


def settings_of(name, told, **env: str):
    """Read settings in a process of their own, as a deployment does."""
    ran = subprocess.run(
        [sys.executable, "-c", f"from alongside.config.settings import {name} as s; print({told})"],
        cwd=ROOT, env=os.environ | env, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return ran.stdout.strip() or ran.stderr.strip().splitlines()[-1]


def test_a_deployment_names_the_hosts_of_each_door():
    told = "(s.DOOR, s.DESK_HOSTS, s.ALLOWED_HOSTS)"
    needed = {"ALONGSIDE_SECRET_KEY": "k" * 60, "ALONGSIDE_DATABASE": "d",
              "ALONGSIDE_HOSTS": "notes.example.org"}  # fmt: skip
    desk = {"ALONGSIDE_DESK_HOSTS": "work.example.org", "ALONGSIDE_DOOR": "desk"}
    assert settings_of("production", told, **needed) == "('', [], ['notes.example.org'])"
    assert settings_of("production", told, **needed, **desk) == (
        "('desk', ['work.example.org'], ['notes.example.org', 'work.example.org'])"
    )


def test_a_door_that_does_not_exist_is_said_at_once():
    assert "ALONGSIDE_DOOR cannot be 'window'" in settings_of("base", "", ALONGSIDE_DOOR="window")
