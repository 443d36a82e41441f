"""Journeys: answers last thirty minutes, nobody else sees them, and whoever wishes destroys them."""

import re

import pytest

from alongside.doors.entry import visit
from alongside.doors.showing.speaking import speaker
from alongside.records.drafts.models import Draft as Row
from tests.doors.addresses import at
from tests.doors.forms_seen import Seen
from tests.doors.visiting import Visitor, words
from tests.people import DIVYA, MATEO

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(monkeypatch):
    """A clock to move: ``clock(31)`` lets 31 minutes pass."""
    now = [visit.minute()]
    monkeypatch.setattr(visit, "minute", lambda: now[0])

    def move(minutes):
        now[0] += minutes

    return move


def gone(lang):
    return words("<main>" + str(speaker(lang).w("time_over")))


def months(visitor):
    html = visitor.get(at(visitor.lang, "job.months")).content.decode()
    return Seen(html).values()["job.months"]


@pytest.mark.parametrize("lang", ["en", "fr", "ar"])
@pytest.mark.parametrize("page", ["q/11/2/", "s/", "o/"])
def test_after_thirty_minutes_the_answers_are_gone_and_a_gentle_sentence_says_so(clock, lang, page):
    mateo = Visitor(lang).tell(MATEO.answers)
    assert months(mateo) == "7"
    assert gone(lang) not in mateo.text(page)
    clock(30)
    assert gone(lang) in mateo.text(page)
    assert months(mateo) == ""


def test_who_answers_after_thirty_minutes_is_told_that_the_rest_is_gone(clock):
    mateo = Visitor().tell(MATEO.answers)
    clock(30)
    where = mateo.send(at("en", "job.months"), {"job.months": "9"})["Location"]
    kept = words("<main>" + str(speaker("en").w("time_over_kept")))
    assert kept in mateo.text(where)
    assert gone("en") not in mateo.text("s/"), "what was just written is not gone"
    assert months(mateo) == "9", "what was just written is kept"


def test_what_is_written_behind_a_warning_after_thirty_minutes_is_kept_too(clock):
    divya = Visitor().tell(DIVYA.answers)
    page = at("en", "status.expires_on")
    divya.send(page, {}, "shown")
    clock(30)
    divya.send(page, {"status.expires_on.year": "2027", "status.expires_on.month": "3"})
    seen = Seen(divya.get(page).content.decode()).values()
    assert seen["status.expires_on.year"] == "2027"
    # While a form that nobody was shown is not taken
    stranger = Visitor()
    stranger.send(page, {"status.expires_on.year": "2027"})
    stranger.send(page, {}, "shown")
    assert Seen(stranger.get(page).content.decode()).values()["status.expires_on.year"] == ""


def test_an_old_cookie_is_not_used_again(clock):
    mateo = Visitor().tell(MATEO.answers)
    old = mateo.client.cookies["d"].value
    clock(30)
    mateo.send(at("en", "job.months"), {"job.months": "9"})
    assert mateo.client.cookies["d"].value != old


def test_reading_and_answering_within_the_time_keeps_them(clock):
    mateo = Visitor().tell(MATEO.answers)
    for _ in range(3):
        clock(29)
        mateo.answer("ei.hours", value="900")
        assert months(mateo) == "7"


def test_starting_over_destroys_the_answers():
    mateo = Visitor().tell(MATEO.answers)
    cookie = mateo.client.cookies["d"].value
    answer = mateo.client.post("/en/x/")
    assert (answer.status_code, answer["Location"]) == (303, "/en/")
    assert Row.objects.count() == 0
    assert mateo.client.cookies["d"].value == ""
    mateo.client.cookies["d"] = cookie  # somebody kept it
    assert months(mateo) == ""


def test_following_a_link_does_not_start_over():
    mateo = Visitor().tell(MATEO.answers)
    assert mateo.get("x/").status_code == 303
    assert months(mateo) == "7"


def test_leaving_destroys_the_answers():
    mateo = Visitor().tell(MATEO.answers)
    cookie = mateo.client.cookies["d"].value
    mateo.client.get("/leave/")
    assert Row.objects.count() == 0
    mateo.client.cookies["d"] = cookie
    assert months(mateo) == ""


def test_two_visits_do_not_see_each_other():
    mateo, divya = Visitor().tell(MATEO.answers), Visitor().tell(DIVYA.answers)
    stranger = Visitor()
    assert months(mateo) == "7"
    assert months(divya) == ""
    assert months(stranger) == ""
    mateo.client.get("/leave/")
    assert re.search("August 2026", divya.text("s/"))


def test_only_who_has_answered_is_offered_to_start_over():
    assert 'action="/en/x/"' not in Visitor().get("o/").content.decode()
    assert 'action="/en/x/"' in Visitor().tell(MATEO.answers).get("o/").content.decode()
