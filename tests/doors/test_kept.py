"""Keeping, and the second word: what is shown once, what opens, what stays closed, what is never lost."""

import re

import pytest

from alongside.doors.entry import visit as visits
from alongside.doors.entry.visit import Visit
from alongside.doors.showing.speaking import book, speaker
from alongside.library.phrases import phrase_lists
from alongside.records.casefile.actions.keeping import kept_answers
from alongside.records.casefile.content import PersonKeys
from alongside.records.casefile.models import Casefile
from alongside.records.drafts.models import Draft as Row
from tests.agencies import present
from tests.doors.forms_seen import Seen
from tests.doors.keeping import SECOND, Keeper, draft_of, kept, said, told
from tests.doors.visiting import words
from tests.people import HASSAN, MATEO, RATHER_NOT_SAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def later(monkeypatch):
    """Let minutes pass for the pages."""

    def passing(minutes):
        at = present().minute + minutes
        monkeypatch.setattr(visits, "minute", lambda: at)

    return passing


def test_the_links_stand_only_where_something_was_told():
    quiet, told = Keeper(), Keeper().tell(MATEO.answers)
    for page in ("s/", "o/"):
        assert said("en", "kept_keep_link") in told.text(page)
        assert said("en", "kept_keep_link") not in quiet.text(page)
    assert said("en", "kept_nothing") in quiet.text("k/")


@pytest.mark.parametrize("lang", ["en", "fr", "es"])
def test_what_is_shown_once_brings_back_what_was_told(lang):
    keeper, mine = kept(lang)
    assert len(mine.words.split()) == 8
    assert set(mine.words.split()) <= set(phrase_lists()[lang].words)
    assert (mine.second, len(mine.number)) == (SECOND, 8)
    assert keeper.press("k/", "have")["Location"] == f"/{lang}/m/"
    for word in (SECOND, f"{mine.number[:4]} {mine.number[4:]}"):
        assert word not in keeper.text("k/")
    back = Keeper(lang).come_back(mine).open()
    assert draft_of(back).answers == MATEO.answers


def test_who_goes_elsewhere_before_noting_the_words_is_led_back_to_them():
    keeper, mine = kept()
    for page in ("m/", "s/", "o/", ""):
        assert said("en", "kept_still") in keeper.text(page)
        assert f"{mine.number[:4]} {mine.number[4:]}" not in keeper.text(page)
    assert said("en", "kept_still") not in keeper.text("k/")
    keeper.press("k/", "have")
    assert said("en", "kept_still") not in keeper.text("m/")


def test_where_a_language_has_no_list_the_digits_do_it():
    _, mine = kept("ar", HASSAN.answers)
    assert mine.words == ""
    assert re.fullmatch(r"(\d{4} ){5}\d{4}", mine.digits)
    arabic = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
    typed = mine.digits.translate(arabic)
    number = mine.number.translate(arabic)
    came = Keeper("fr").press("b/", "show", number=number, words=typed)
    assert came["Location"] == "/fr/m/"


def test_words_and_digits_are_fenced_off_so_that_they_stand_right_in_arabic():
    keeper, mine = kept("ar", HASSAN.answers)
    html = keeper.html("k/")
    assert f'<bdi dir="ltr">{mine.number[:4]} {mine.number[4:]}</bdi>' in html
    assert html.count('<bdi dir="ltr">') >= 7


def test_a_phrase_said_in_one_language_is_shown_in_the_words_of_another_and_both_open():
    keeper, mine = kept("en")
    keeper.lang = "fr"
    french = keeper.mine()
    assert (french.digits, french.number) == (mine.digits, mine.number)
    assert french.words != mine.words
    assert (
        Keeper("en").press("b/", "show", number=mine.number, words=french.words)["Location"]
        == "/en/m/"
    )


def test_a_second_word_is_drawn_where_none_is_chosen():
    keeper = told("fr")
    mine = keeper.keep("")
    assert {mine.second, mine.check} <= set(phrase_lists()["fr"].words)
    assert draft_of(Keeper().come_back(mine).open(mine.second)).answers == MATEO.answers


def test_a_short_second_word_is_not_taken_and_stands_there_again():
    keeper = told()
    keeper.press("k/", "keep", second="abc")
    page = Seen(keeper.html("k/"))
    assert page.values()["second"] == "abc"
    assert said("en", "kept_second_short") in keeper.text("k/")
    assert not Casefile.objects.exists()


def test_the_same_form_sent_twice_keeps_once():
    keeper, mine = kept()
    keeper.press("k/", "keep", second="another word")
    assert keeper.mine() == mine
    assert Casefile.objects.count() == 1


def test_nothing_is_kept_of_who_told_nothing_or_came_after_thirty_minutes(later):
    keeper = Keeper()
    keeper.press("k/", "keep", second=SECOND)
    told = Keeper()
    told.tell(MATEO.answers)
    later(31)
    told.press("k/", "keep", second=SECOND)
    assert not Casefile.objects.exists()
    assert said("en", "time_over") in told.text("k/")


def test_the_language_can_be_changed_with_a_word_half_written():
    keeper = told()
    assert keeper.press("k/", "lang-fr", second="bouilloire")["Location"] == "/fr/k/"
    keeper.lang = "fr"
    assert Seen(keeper.html("k/")).values()["second"] == "bouilloire"


def test_leaving_takes_the_words_and_the_keys_from_the_browser_and_the_draft_from_the_store():
    keeper, mine = kept()
    token = keeper.client.cookies["d"].value
    keeper.client.get("/leave/")
    assert not Row.objects.exists()
    keeper.client.cookies["d"] = token
    assert keeper.get("m/")["Location"] == "/en/b/"
    for word in (SECOND, f"{mine.number[:4]} {mine.number[4:]}"):
        assert word not in keeper.text("k/")


# The second word


def test_a_wrong_second_word_is_said_and_opens_nothing():
    _, mine = kept()
    back = Keeper().come_back(mine).open("red kettle")
    assert said("en", "kept_second_wrong") in back.text("m/")
    assert "red kettle" not in back.html("m/")
    assert draft_of(back).answers == {}


def test_who_guesses_is_made_to_wait_and_the_right_word_waits_too(later):
    _, mine = kept()
    back = Keeper().come_back(mine)
    for guess in ("one", "two", "three", "four", "five"):
        back.open(guess)
    assert "15 minutes" in back.text("m/")
    back.open()
    assert draft_of(back).answers == {}
    assert 'name="second"' not in back.html("m/")
    later(15)
    back.open()
    assert draft_of(back).answers == MATEO.answers


def test_what_the_second_word_opened_closes_after_ten_minutes_whoever_looks(later):
    _, mine = kept()
    back = Keeper().come_back(mine).open()
    shown = f"<bdi>{mine.check}</bdi>"
    assert shown in back.html("m/")
    later(9)
    assert book().rights.said["doc.held"].rule.en in back.text("s/")
    later(10)
    assert said("en", "kept_told_is_closed") in back.text("s/")
    assert shown not in back.html("m/")
    assert back.press("m/", "more")["Location"] == "/en/m/"


def test_it_can_be_closed_at_once():
    _, mine = kept()
    back = Keeper().come_back(mine).open()
    back.press("m/", "close")
    assert said("en", "kept_told_is_closed") in back.text("s/")
    assert draft_of(back).answers == {}


def test_changes_are_kept_when_the_person_says_so_and_an_answer_taken_away_is_not_said():
    _, mine = kept()
    back = Keeper().come_back(mine).open()
    told = {k: v for k, v in MATEO.answers.items() if k != "doc.held"}
    back.tell(told | {"hou.poor": False})
    assert sorted(draft_of(back).changed) == ["doc.held", "hou.poor"]
    assert speaker("en").count("kept_changes", 2) in back.text("m/")
    keys = PersonKeys.of(draft_of(back).whole)
    assert kept_answers(keys=keys) == MATEO.answers
    back.press("m/", "more")
    assert kept_answers(keys=keys) == MATEO.answers | {
        "hou.poor": False,
        "doc.held": RATHER_NOT_SAY,
    }
    assert draft_of(back).changed == []


def test_changes_that_are_not_kept_yet_stand_first_on_the_page_with_the_button_that_keeps_them():
    _, mine = kept()
    back = Keeper().come_back(mine).open()
    quiet = back.html("s/")
    assert str(speaker("en").w("kept_changes_keep")) not in quiet
    back.tell(MATEO.answers | {"hou.poor": False})
    for _ in range(2):
        page = back.html("s/")
        top, rest = page.split('<p class="lead">')
        assert str(speaker("en").count("kept_changes", 1)) in top
        assert str(speaker("en").w("kept_changes_keep")) in top
        assert str(speaker("en").count("kept_changes", 1)) not in rest, "once is enough"
    back.press("m/", "close")
    back.tell({"hou.tied": False})
    closed = back.html("s/")
    assert str(speaker("en").w("kept_changes_second")) in closed
    assert 'href="/en/m/#tell"' in closed
    back.open()
    back.press("m/", "more")
    assert str(speaker("en").w("kept_changes_keep")) not in back.html("s/")


def test_changes_that_were_not_kept_outlive_the_closing_and_nothing_else_does(later):
    _, mine = kept()
    back = Keeper().come_back(mine).open()
    back.tell(MATEO.answers | {"hou.poor": False})
    later(11)
    assert draft_of(back).answers == MATEO.answers | {"hou.poor": False}, (
        "not yet, by the clock here"
    )
    assert back.text("m/").count(str(speaker("en").count("kept_changes", 1))) == 1
    assert book().rights.said["doc.held"].rule.en not in back.text("s/")
    back.open()
    assert draft_of(back).changed == ["hou.poor"]
    assert draft_of(back).answers == MATEO.answers | {"hou.poor": False}


# Too many at once, and erasing


@pytest.mark.parametrize("page", ["k/", "b/", "m/"])
def test_too_many_at_once_is_said_calmly_and_nothing_typed_is_lost(monkeypatch, page):
    keeper, mine = kept()
    if page == "k/":
        keeper = told()
    elif page == "b/":
        keeper = Keeper()
    monkeypatch.setattr(Visit, "admitted", lambda _visit, _cost=1: False)
    move = {"k/": "keep", "b/": "show", "m/": "tell"}[page]
    typed = {"second": "zanzibar"} if page != "b/" else {"number": mine.number, "words": mine.words}
    if page == "m/":
        keeper.press("m/", "close")
    assert keeper.press(page, move, **typed)["Location"] == "/en/u/"
    html = keeper.html("u/")
    assert said("en", "kept_busy") in words(html)
    assert f'href="/en/{page}"' in html
    if page == "k/":
        assert "zanzibar" in keeper.html(page)
    if page == "b/":
        assert mine.words in keeper.html(page)


def test_erasing_destroys_everything_and_forgets_the_visit():
    keeper, mine = kept()
    answer = keeper.press("d/", "erase", second=SECOND)
    assert (answer["Location"], answer.cookies["d"].value) == ("/en/g/", "")
    assert answer["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert not Casefile.objects.exists()
    assert not Row.objects.exists()
    assert said("en", "kept_gone_heading") in keeper.text("g/")
    back = Keeper()
    back.press("b/", "show", number=mine.number, words=mine.words)
    assert said("en", "kept_back_wrong") in back.text("b/")


def test_looking_at_the_page_of_erasing_erases_nothing():
    keeper, _ = kept()
    keeper.get("d/")
    assert Casefile.objects.count() == 1


@pytest.mark.parametrize("page", ["m/", "j/", "d/"])
def test_who_has_no_words_sees_none_of_these_pages(page):
    assert Keeper().get(page)["Location"] == "/en/b/"
    assert Keeper().press("m/", "take")["Location"] == "/en/b/"


def test_the_first_page_and_every_foot_lead_back_with_words():
    page = Seen(Keeper().html(""))
    assert page.links.count("/en/b/") >= 2
    keeper, _ = kept()
    assert "/en/m/" in Seen(keeper.html("r/")).links
