"""Somebody else had this browser before, or has it at the same time: what was kept shows them nothing."""

import pytest

from alongside.records.casefile.models import Casefile
from alongside.records.drafts.actions import keep_draft
from alongside.records.drafts.models import Draft as Row
from alongside.records.drafts.queries import open_draft
from tests.agencies import CLINIC, founded, present
from tests.doors.keeping import SECOND, Keeper, draft_of, grants, kept
from tests.people import MATEO

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinic():
    return founded(CLINIC, "amara", present())


def cookie_of(keeper):
    return keeper.client.cookies["d"].value


def with_cookie(cookie):
    """Another browser that holds a cookie."""
    other = Keeper()
    other.client.cookies["d"] = cookie
    return other


def number_in(keeper, page="k/"):
    """The number as the page that is shown once spells it; None where it is not there."""
    html = keeper.html(page)
    return keeper.mine().number if 'class="big"' in html else None


def test_a_cookie_that_somebody_planted_shows_them_nothing_of_what_is_sealed_under_it_later():
    planter, person = Keeper().tell(MATEO.answers), Keeper()
    person.client.cookies["d"] = cookie_of(planter)
    person.get("k/")
    person.press("k/", "keep", second=SECOND)
    number = person.mine().number
    assert f"{number[:4]} {number[4:]}" in person.text("k/")
    for page in ("k/", "m/", "s/"):
        assert f"{number[:4]} {number[4:]}" not in planter.text(page)


def test_a_cookie_out_of_the_very_page_before_shows_who_planted_it_nothing_either():
    planter = Keeper().tell(MATEO.answers)
    for _ in range(3):
        planter.get("k/")
    known = cookie_of(planter)
    person = with_cookie(known)
    person.get("k/")
    person.press("k/", "keep", second=SECOND)
    assert number_in(person)
    for cookie in (known, *known.split(".")):
        assert number_in(with_cookie(cookie)) is None


def test_who_told_nothing_and_only_writes_is_read_by_nobody_who_planted_a_cookie(clinic):
    planter = Keeper().choose(clinic)
    person = with_cookie(cookie_of(planter))
    person.get("w/2/")
    person.press("w/2/", "send", message="Can I ask?", second=SECOND)
    assert number_in(person)
    assert number_in(planter) is None
    assert len(grants(clinic)) == 1


@pytest.mark.parametrize("page", ["k/", "w/2/"])
def test_the_page_before_something_is_sealed_writes_nothing(clinic, page):
    keeper = Keeper().tell(MATEO.answers).choose(clinic, "work")
    before, cookie = list(Row.objects.values_list()), cookie_of(keeper)
    for _ in range(3):
        assert keeper.get(page).status_code == 200
    assert list(Row.objects.values_list()) == before
    assert cookie_of(keeper) != cookie
    assert draft_of(keeper).answers == MATEO.answers


def test_what_is_kept_moves_and_leaves_no_copy_behind():
    keeper = Keeper().tell(MATEO.answers)
    before = cookie_of(keeper)
    keeper.get("k/")
    keeper.press("k/", "keep", second=SECOND)
    assert Row.objects.count() == 1
    assert open_draft(token=before, minute=present().minute) is None


def test_an_answer_lost_on_the_way_loses_neither_the_words_nor_a_second_casefile():
    keeper = Keeper().tell(MATEO.answers)
    keeper.get("k/")
    sent_with = cookie_of(keeper)
    keeper.press("k/", "keep", second=SECOND)
    number = number_in(keeper)
    again = with_cookie(sent_with)  # the answer, and the cookie in it, never came
    assert again.press("k/", "keep", second=SECOND)["Location"] == "/en/k/"
    assert number_in(again) == number
    assert number_in(with_cookie(sent_with)) == number
    assert Casefile.objects.count() == 1


def test_a_page_loaded_again_while_the_form_is_on_its_way_still_finds_the_words():
    keeper = Keeper().tell(MATEO.answers)
    keeper.get("k/")
    sent_with = cookie_of(keeper)
    keeper.get("k/")  # loaded again; its cookie takes the place of the one the form went with
    keeper_now = cookie_of(keeper)
    with_cookie(sent_with).press("k/", "keep", second=SECOND)
    assert number_in(with_cookie(keeper_now))
    assert Casefile.objects.count() == 1


def test_a_form_that_comes_late_takes_nothing_of_what_was_kept_meanwhile():
    keeper = Keeper().tell(MATEO.answers)
    keeper.get("k/")
    cookie = cookie_of(keeper)
    late = draft_of(keeper)
    keeper.press("k/", "keep", second=SECOND)
    assert keep_draft(token=cookie, draft=late, minute=present().minute, there=True) == cookie
    assert number_in(keeper)


@pytest.mark.parametrize("pages", [["k/"], ["k/", "k/"]], ids=len)
def test_leaving_destroys_the_draft_under_whichever_token_it_is(pages):
    keeper = Keeper().tell(MATEO.answers)
    for page in pages:
        keeper.get(page)
    keeper.client.get("/leave/")
    assert not Row.objects.exists()


def test_what_was_told_closes_ten_minutes_after_it_was_kept():
    keeper, _ = kept()
    keeper.press("k/", "have")
    assert draft_of(keeper).answers == MATEO.answers
    assert open_draft(token=cookie_of(keeper), minute=present().minute + 11).answers == {}


def test_a_draft_that_was_left_in_another_tab_does_not_come_back():
    tab = Keeper().tell(MATEO.answers)
    token = cookie_of(tab)
    draft = open_draft(token=token, minute=present().minute)
    with_cookie(token).client.get("/leave/")
    keep_draft(token=token, draft=draft, minute=present().minute, there=True)
    assert open_draft(token=token, minute=present().minute) is None
