"""Somebody else had this browser before, or has it at the same time: what was kept shows them nothing."""

import pytest

from alongside.records.drafts.actions import keep_draft
from alongside.records.drafts.queries import open_draft
from tests.agencies import present
from tests.doors.keeping import SECOND, Keeper, draft_of, kept
from tests.people import MATEO

pytestmark = pytest.mark.django_db


def test_a_cookie_that_somebody_planted_shows_them_nothing_of_what_is_sealed_under_it_later():
    planter, person = Keeper().tell(MATEO.answers), Keeper()
    person.client.cookies["d"] = planter.client.cookies["d"].value
    person.get("k/")
    person.press("k/", "keep", second=SECOND)
    number = person.mine().number
    assert f"{number[:4]} {number[4:]}" in person.text("k/")
    for page in ("k/", "m/", "s/"):
        assert f"{number[:4]} {number[4:]}" not in planter.text(page)


def test_what_was_told_closes_ten_minutes_after_it_was_kept():
    keeper, _ = kept()
    keeper.press("k/", "have")
    assert draft_of(keeper).answers == MATEO.answers
    token = keeper.client.cookies["d"].value
    assert open_draft(token=token, minute=present().minute + 11).answers == {}


def test_a_draft_that_was_left_in_another_tab_does_not_come_back():
    tab, other = Keeper().tell(MATEO.answers), Keeper()
    other.client.cookies["d"] = tab.client.cookies["d"].value
    token = tab.client.cookies["d"].value
    draft = open_draft(token=token, minute=present().minute)
    other.client.get("/leave/")
    keep_draft(token=token, draft=draft, minute=present().minute, there=True)
    assert open_draft(token=token, minute=present().minute) is None
