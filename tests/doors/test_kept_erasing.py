"""Erasing with the second word and without it, coming back to what waits, and getting new words."""

from datetime import timedelta

import pytest

from alongside.doors.desk.codes import code_of
from alongside.doors.entry import visit as visits
from alongside.doors.entry.visit import Visit
from alongside.doors.showing.speaking import speaker
from alongside.records.agencies.content import State
from alongside.records.casefile.actions.answering import look
from alongside.records.casefile.actions.securing import sweep_casefiles
from alongside.records.casefile.actions.waiting import destroyed_on
from alongside.records.casefile.models import Casefile
from alongside.records.drafts.models import Draft as Row
from tests.agencies import CLINIC, founded, present
from tests.doors.desking import Deskmate
from tests.doors.forms_seen import Seen
from tests.doors.keeping import SECOND, Keeper, answer, draft_of, grants, kept, said, told
from tests.doors.visiting import words
from tests.people import MATEO

pytestmark = pytest.mark.django_db
FOUR = ("en", "fr", "es", "ar")


@pytest.fixture
def clinic():
    return founded(CLINIC, "amara", present())


@pytest.fixture
def mine(clinic):
    """What a person took along who opened their work to the clinic."""
    return told().send_to(clinic, "work")


@pytest.fixture
def later(monkeypatch):
    """Let minutes pass for the pages."""

    def passing(minutes):
        at = present().minute + minutes
        monkeypatch.setattr(visits, "minute", lambda: at)

    return passing


def on_day(lang, key, day):
    return words(f"<main>{speaker(lang).w(key, date=speaker(lang).day(day))}")


def soon():
    return destroyed_on(present().today)


def erased_later(mine):
    """Somebody with number and words asks to erase everything."""
    thief = Keeper().come_back(mine)
    assert thief.press("d/", "later")["Location"] == "/en/g/"
    return thief


def come(mine, second="", lang="en"):
    """Send the form of coming back, with a second word."""
    back = Keeper(lang)
    came = back.press("b/", "show", number=mine.number, words=mine.digits, second=second)
    return back, came["Location"]


# The page


@pytest.mark.parametrize("lang", FOUR)
def test_the_page_says_plainly_what_happens_with_and_without_the_second_word(mine, lang):
    back, _ = come(mine, lang=lang)
    seen = back.text("d/")
    for key in ("kept_erase_now_text", "kept_erase_later_closes", "kept_erase_later_why"):
        assert said(lang, key) in seen
    assert on_day(lang, "kept_erase_later_on", soon()) in seen


def test_without_its_second_word_nothing_is_destroyed_at_once_and_it_says_what_else_there_is(mine):
    back = Keeper().come_back(mine)
    assert back.press("d/", "erase", second="  ")["Location"] == "/en/d/"
    assert said("en", "kept_erase_which") in back.text("d/")
    assert back.press("d/", "erase", second="red kettle")["Location"] == "/en/d/"
    assert said("en", "kept_second_wrong") in back.text("d/")
    assert "red kettle" not in back.html("d/")
    assert Casefile.objects.count() == 1
    back.press("d/", "erase", second=SECOND)
    assert not Casefile.objects.exists()


def test_an_empty_field_is_no_wrong_try(mine):
    back = Keeper().come_back(mine)
    for _ in range(8):
        back.press("d/", "erase", second="")
    assert back.press("d/", "erase", second=SECOND)["Location"] == "/en/g/"


def test_while_the_second_word_is_given_erasing_asks_for_nothing_more(mine):
    back = Keeper().come_back(mine).open()
    assert "second" not in Seen(back.html("d/")).values()
    assert back.press("d/", "erase")["Location"] == "/en/g/"
    assert not Casefile.objects.exists()


def test_who_has_tried_too_often_can_still_close_everything(mine):
    back = Keeper().come_back(mine)
    for guess in ("one", "two", "three", "four", "five"):
        back.press("d/", "erase", second=guess)
    page = back.html("d/")
    assert str(speaker("en").count("kept_wait", 15)) in words(page)
    assert "second" not in Seen(page).values()
    assert 'value="later"' in page
    assert back.press("d/", "later")["Location"] == "/en/g/"
    assert come(mine)[1] == "/en/b/"


def test_closing_waits_for_nobody_however_many_come(mine, monkeypatch):
    back = Keeper().come_back(mine)
    monkeypatch.setattr(Visit, "admitted", lambda _visit, _cost=1: False)
    assert back.press("d/", "erase", second=SECOND)["Location"] == "/en/u/"
    assert back.press("d/", "later")["Location"] == "/en/g/"


# What is closed


def test_asking_without_it_closes_everything_and_forgets_the_visit(clinic, mine):
    (own,) = grants(clinic)
    back, drafts = Keeper().come_back(mine), Row.objects.count()
    gone = back.press("d/", "later")
    assert gone["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert Row.objects.count() == drafts - 1
    assert on_day("en", "kept_gone_text", soon()) in back.text("g/")
    seen = look(keys=clinic.keys, own=own, now=present())
    assert (seen.grant_open, seen.card.state) == (False, State.ERASED)
    again, where = come(mine)
    assert where == "/en/b/"
    assert said("en", "kept_back_wrong") in again.text("b/")


def test_the_page_after_is_the_same_for_what_is_destroyed_and_for_what_waits(mine):
    thief = erased_later(mine)
    keeper, _ = kept()
    keeper.press("d/", "erase", second=SECOND)
    assert thief.text("g/") == keeper.text("g/")


def test_another_browser_that_was_open_shows_nothing_any_more_whatever_is_pressed(mine):
    open_one = Keeper().come_back(mine)
    told = Keeper().come_back(mine).open()
    erased_later(mine)
    assert open_one.get("m/")["Location"] == "/en/b/"
    assert said("en", "kept_back_gone") in open_one.text("b/")
    assert told.get("m/")["Location"] == "/en/d/"
    assert said("en", "kept_asked_heading") in told.text("d/")
    for move in ("write", "take", "tell", "more", "open"):
        assert told.press("m/", move, talk="x", message="y")["Location"] in {"/en/d/", "/en/m/"}
    assert told.get("m/")["Location"] == "/en/d/"


@pytest.mark.parametrize("lang", FOUR)
def test_who_comes_with_number_and_words_alone_is_told_what_may_be_and_asked_for_the_second_word(
    mine, lang
):
    erased_later(mine)
    back, where = come(mine, lang=lang)
    assert where == f"/{lang}/b/"
    seen = back.text("b/")
    assert said(lang, "kept_back_wrong") in seen
    assert said(lang, "kept_back_second") in seen
    assert "second" in Seen(back.html("b/")).values()


def test_what_is_closed_and_what_is_not_there_are_answered_by_the_very_same_page(mine):
    erased_later(mine)
    waiting, _ = come(mine)
    guessed, _ = come(mine, "a guess")
    shown = [waiting.text("b/"), guessed.text("b/")]
    Casefile.objects.all().delete()
    for second in ("", "a guess"):
        back, where = come(mine, second)
        assert where == "/en/b/"
        shown.append(back.text("b/"))
    assert len(set(shown)) == 1
    assert "a guess" not in guessed.html("b/")


def test_the_field_for_it_stands_there_only_after_words_that_opened_nothing(mine):
    assert "second" not in Seen(Keeper().html("b/")).values()
    keeper = Keeper().come_back(mine)
    Casefile.objects.all().delete()
    keeper.get("m/")
    assert "second" in Seen(keeper.html("b/")).values(), "who was open and is gone sees it too"


# Coming back to it


@pytest.mark.parametrize("lang", FOUR)
def test_who_comes_with_the_second_word_is_told_the_day_and_chooses(mine, lang):
    erased_later(mine)
    back, where = come(mine, SECOND, lang)
    assert where == f"/{lang}/d/"
    seen = back.text("d/")
    assert said(lang, "kept_asked_heading") in seen
    assert on_day(lang, "kept_asked_on", present().today) in seen
    assert on_day(lang, "kept_asked_closed", soon()) in seen
    assert "Can you help me?" not in seen
    assert draft_of(back).answers == {}, "nothing is opened before a choice"


def test_keeping_it_brings_messages_back_and_offers_new_words(clinic, mine):
    answer(clinic, "Yes.")
    erased_later(mine)
    back, _ = come(mine, SECOND)
    assert back.press("d/", "keep")["Location"] == "/en/k/"
    seen = back.text("k/")
    assert said("en", "kept_said_after_all") in seen
    assert said("en", "kept_new_heading") in seen
    assert draft_of(back).whole == "", "what was told stays closed until it is asked for"
    assert "Yes." in back.text("m/")
    assert said("en", "kept_ended_says") in back.text("m/")
    assert draft_of(back.open()).answers == MATEO.answers
    journal = Keeper().come_back(mine).text("j/")
    for deed in ("erase_asked", "erase_stopped"):
        assert said("en", f"kept_deed_{deed}") in journal


def test_keeping_it_twice_is_no_harm(mine):
    erased_later(mine)
    back, _ = come(mine, SECOND)
    for _ in range(2):
        assert back.press("d/", "keep")["Location"] in {"/en/k/", "/en/d/"}
    assert "Can you help me?" in Keeper().come_back(mine).text("m/")


def test_erasing_it_now_destroys_it_at_once(mine):
    erased_later(mine)
    back, _ = come(mine, SECOND)
    assert back.press("d/", "erase")["Location"] == "/en/g/"
    assert not Casefile.objects.exists()


def test_who_waits_too_long_with_the_choice_is_asked_for_everything_again(mine, later):
    erased_later(mine)
    back, _ = come(mine, SECOND)
    later(11)
    assert back.press("d/", "keep")["Location"] in {"/en/b/", "/en/d/"}
    assert come(mine)[1] == "/en/b/"
    assert come(mine, SECOND)[1] == "/en/d/"


def test_without_the_second_word_nobody_stops_it(mine):
    thief = Keeper().come_back(mine)
    erased_later(mine)
    thief.press("d/", "keep")
    assert come(mine)[1] == "/en/b/"
    sweep_casefiles(today=soon() - timedelta(days=1))
    assert come(mine, SECOND)[1] == "/en/d/"
    sweep_casefiles(today=soon())
    assert come(mine, SECOND)[1] == "/en/b/"


# At the desk


def test_the_desk_is_told_whether_the_second_word_was_given(clinic, mine):
    mate = Deskmate(clinic)
    (own,) = grants(clinic)
    at = f"k/{code_of(own)}/"
    assert "Can you help me?" in mate.text(at)
    erased_later(mine)
    page = mate.text(at)
    for sentence in ("without the second word", "within ten days", "safe contact", "wait ten days"):
        assert sentence in page
    assert "Delete your own notes" not in page


@pytest.mark.parametrize("second", ["", SECOND])
def test_what_was_taken_back_says_whether_it_may_have_been_somebody_else(clinic, mine, second):
    (own,) = grants(clinic)
    back = Keeper().come_back(mine)
    if second:
        back.open(second)
    (talk,) = back.talks()
    back.press("m/", "take", talk=talk)
    page = Deskmate(clinic).text(f"k/{code_of(own)}/")
    assert ("without the second word" in page) == (not second)
    assert ("The person took it back." in page) == bool(second)


# New words


def test_new_words_are_shown_first_and_take_the_place_of_the_old_ones_once_they_are_taken(mine):
    back = Keeper().come_back(mine)
    assert back.press("k/", "renew", second=SECOND)["Location"] == "/en/k/"
    assert said("en", "kept_new_until") in back.text("k/")
    new = back.mine()
    assert (new.second, new.check) == (SECOND, mine.check)
    assert new.number != mine.number
    assert "Can you help me?" in Keeper().come_back(mine).text("m/"), "the old ones still work"
    assert come(new)[1] == "/en/b/"
    assert back.press("k/", "have")["Location"] == "/en/m/"
    assert said("en", "kept_said_renewed") in back.text("m/")
    assert "Can you help me?" in back.text("m/")
    assert come(mine)[1] == "/en/b/"
    assert draft_of(Keeper().come_back(new).open()).answers == MATEO.answers


def test_a_line_that_drops_before_they_are_taken_changes_nothing(mine):
    back = Keeper().come_back(mine)
    back.press("k/", "renew", second=SECOND)
    back.client.get("/leave/")
    assert draft_of(Keeper().come_back(mine).open()).answers == MATEO.answers


def test_who_likes_the_old_ones_better_stays_with_them(mine):
    back = Keeper().come_back(mine)
    back.press("k/", "renew", second=SECOND)
    assert back.press("k/", "old")["Location"] == "/en/m/"
    assert back.press("k/", "have")["Location"] == "/en/m/"
    assert "Can you help me?" in Keeper().come_back(mine).text("m/")


def test_nobody_gets_new_words_without_the_second_one(mine):
    thief = Keeper().come_back(mine)
    for word in ("", "a guess"):
        assert thief.press("k/", "renew", second=word)["Location"] == "/en/k/"
        assert "big" not in thief.html("k/")
    assert said("en", "kept_second_wrong") in thief.text("k/")
    assert "a guess" not in thief.html("k/")
    assert Keeper().press("k/", "renew", second=SECOND)["Location"] == "/en/k/"
    assert "Can you help me?" in Keeper().come_back(mine).text("m/")


def test_taking_them_twice_is_no_harm(mine):
    back = Keeper().come_back(mine)
    back.press("k/", "renew", second=SECOND)
    new = back.mine()
    for _ in range(2):
        assert back.press("k/", "have")["Location"] == "/en/m/"
    assert "Can you help me?" in Keeper().come_back(new).text("m/")


def test_who_was_reading_along_with_the_old_words_reads_nothing_any_more(mine):
    thief = Keeper().come_back(mine)
    back = Keeper().come_back(mine)
    back.press("k/", "renew", second=SECOND)
    back.press("k/", "have")
    assert thief.get("m/")["Location"] == "/en/b/"
    assert thief.press("d/", "later")["Location"] == "/en/b/"
    assert "Can you help me?" in back.text("m/")
