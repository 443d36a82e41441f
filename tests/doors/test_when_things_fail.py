"""When the store fails, is full or has nothing: nobody is kept, nothing is overwritten, nothing is repeated."""

import os
import re
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import DatabaseError, OperationalError

from alongside.config.views import CRASHED
from alongside.doors.showing.speaking import book
from alongside.records.drafts import actions
from alongside.records.drafts.models import Draft as Row
from tests.doors.addresses import EXAMPLES, NOT_A_PAGE, at
from tests.doors.forms_seen import Seen
from tests.doors.visiting import Visitor, outermost, words
from tests.people import MATEO

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
ABOUT_ANSWERS = {"plan", "few",
    "question", "question_of_way", "so_far", "ways", "way", "practitioner", "keep", "choose",
    "open_parts", "send", "story", "piece", "seek", "seek_page",
    "come_back", "messages", "journal", "journal_page", "erase",
}  # fmt: skip
GONE = 'class="note" role="status"'


def fail(*_args: object, **_more: object):
    raise OperationalError


@pytest.fixture
def broken(monkeypatch):
    """Let the store fail at every touch while ``with broken():`` lasts."""

    @contextmanager
    def failing():
        with monkeypatch.context() as patch:
            for touch in ("_fetch_all", "delete", "update"):
                patch.setattr(f"django.db.models.query.QuerySet.{touch}", fail)
            yield

    return failing


@pytest.mark.parametrize("error", [DatabaseError, OperationalError, OSError, MemoryError])
def test_leaving_always_leaves_whatever_the_store_does(monkeypatch, error):
    mateo = Visitor().tell(MATEO.answers)

    def failing(**_more: str):
        raise error

    monkeypatch.setattr("alongside.doors.entry.visit.destroy_draft", failing)
    for path, where in (("/leave/", "/n/"), ("/en/x/", "/en/")):
        answer = mateo.client.post(path)
        assert (answer.status_code, answer["Location"]) == (303, where)
        assert answer["Clear-Site-Data"] == '"cache", "cookies", "storage"'
        assert answer.cookies["d"].value == ""


def test_leaving_needs_the_token_alone_and_the_ordinary_page_not_even_that(broken):
    visitor = Visitor().tell(MATEO.answers)
    with broken():
        assert visitor.get("/leave/").status_code == 303
        assert visitor.get("/n/").status_code == 200


def test_leaving_reads_no_draft(django_assert_num_queries):
    mateo = Visitor().tell(MATEO.answers)
    with django_assert_num_queries(1):
        mateo.get("/leave/")
    with django_assert_num_queries(0):
        mateo.get("/n/")


@pytest.mark.parametrize("name", sorted(set(EXAMPLES) - NOT_A_PAGE - ABOUT_ANSWERS))
def test_pages_to_read_stay_when_the_store_fails_and_keep_the_cookie(broken, name):
    visitor = Visitor().tell(MATEO.answers)
    with broken():
        answer = visitor.get(EXAMPLES[name].format(lang="en"))
    assert answer.status_code == 200
    assert "d" not in answer.cookies, "whether the answers are gone is not known"
    assert GONE not in answer.content.decode()


@pytest.mark.parametrize("name", sorted(ABOUT_ANSWERS))
def test_pages_about_the_answers_say_so_instead_of_showing_none(broken, name):
    visitor = Visitor().tell(MATEO.answers)
    with broken():
        answer = visitor.get(EXAMPLES[name].format(lang="en"))
    assert (answer.status_code, answer["Location"]) == (303, "/en/e/")


def test_what_could_not_be_read_is_not_overwritten(broken):
    visitor = Visitor().tell(MATEO.answers)
    sealed = bytes(Row.objects.get().sealed)
    cookie = f"d={visitor.client.cookies['d'].value}; c={'s' * 32}"
    body = f"csrfmiddlewaretoken={'s' * 32}&job.months=9".encode()
    with broken():
        status, headers = outermost("POST", at("en", "job.months"), body, HTTP_COOKIE=cookie)
    assert (status[:3], headers["Location"]) == ("303", "/en/e/")
    assert "Set-Cookie" not in headers
    assert bytes(Row.objects.get().sealed) == sealed


def test_the_page_of_a_crash_offers_to_leave():
    assert CRASHED.count('href="/leave/"') == 2
    assert "lang" in CRASHED


@pytest.mark.parametrize("path", ["/en/", "/en/o/", "/en/q/1/1/", "/en/r/"])
def test_that_answers_are_gone_is_said_once(path):
    visitor = Visitor()
    visitor.client.cookies["d"] = "A" * 43
    first = visitor.get(path)
    assert GONE in first.content.decode()
    assert first.cookies["d"].value == ""
    assert GONE not in visitor.get(path).content.decode()


def test_a_page_that_asks_nothing_of_the_answers_leaves_the_cookie_alone():
    visitor = Visitor()
    visitor.client.cookies["d"] = "A" * 43
    assert "d" not in visitor.get("/n/").cookies


def test_a_full_store_says_so_and_overwrites_nobodys(monkeypatch):
    first = Visitor().tell(MATEO.answers)
    monkeypatch.setattr(actions, "MOST", 1)
    second = Visitor("fr")
    answer = second.answer("job.months", value="9")
    assert (answer.status_code, answer["Location"]) == (303, "/fr/e/")
    assert "d" not in answer.cookies
    assert Row.objects.count() == 1
    assert first.answer("job.months", value="9").status_code == 303
    assert Seen(first.get(at("en", "job.months")).content.decode()).values()["job.months"] == "9"


@pytest.mark.parametrize("header", ["HTTP_SEC_PURPOSE", "HTTP_PURPOSE"])
def test_no_browser_leaves_ahead_of_the_person(header):
    mateo = Visitor().tell(MATEO.answers)
    answer = mateo.client.get("/leave/", **{header: "prefetch;prerender"})
    assert answer.status_code == 503
    assert "Clear-Site-Data" not in answer
    assert Row.objects.count() == 1


def test_a_refused_form_in_a_language_we_do_not_speak_reaches_a_page():
    status, headers = outermost("POST", "/zz/q/1/1/", b"a=1")
    assert (status[:3], headers["Location"]) == ("303", "/en/c/")


@pytest.mark.parametrize("year", ["20255", "9999", "10000", "1899", "2200", "0", "0.5"])
def test_a_year_outside_the_calendar_is_shown_again_and_no_page_fails(year):
    visitor = Visitor()
    visitor.answer("job.last_year_worked", value=year)
    page = visitor.get(at("en", "job.last_year_worked")).content.decode()
    assert Seen(page).values()["job.last_year_worked"] == year
    said = book().words.voice("en").find(book().words.texts["error_year"])
    assert said is not None
    assert words("<main>" + said.split("{name}")[0]) in words(page)
    assert {visitor.get(path).status_code for path in ("s/", "o/", "p/")} == {200}


def test_a_real_year_is_taken():
    visitor = Visitor()
    visitor.answer("job.last_year_worked", value="٢٠٢٥")
    page = visitor.get(at("en", "job.last_year_worked")).content.decode()
    assert Seen(page).values()["job.last_year_worked"] == "2025"
    assert 'role="alert"' not in page


def test_another_site_cannot_read_that_we_are_here():
    answer = Visitor().client.get("/static/a.css")
    assert "Access-Control-Allow-Origin" not in answer
    answer.close()


def test_production_passes_djangos_own_checks_and_nobody_else_reads_the_store(tmp_path):
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "alongside.config.settings.production",
        "ALONGSIDE_SECRET_KEY": "abcdefghijklmnop" * 5,
        "ALONGSIDE_HOSTS": "notes.example.org",
        "ALONGSIDE_DATABASE": str(tmp_path / "d.sqlite3"),
    }
    env.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)  # the journeys' own, for Playwright
    for command in (["check", "--deploy", "--fail-level", "WARNING"], ["migrate"]):
        ran = subprocess.run(
            [sys.executable, "manage.py", *command], env=env, cwd=ROOT, capture_output=True, text=True,
            check=False, umask=0o022,
        )  # fmt: skip
        assert ran.returncode == 0, ran.stderr
    assert re.fullmatch(r"0o100600", oct((tmp_path / "d.sqlite3").stat().st_mode))
