"""Keeping, and coming back: what is shown once, what opens, what stays closed, what is never lost."""

import re
from datetime import timedelta

import pytest

from alongside.doors.entry import visit as visits
from alongside.doors.entry.visit import Visit
from alongside.doors.showing.speaking import book, speaker
from alongside.library.phrases import phrase_lists
from alongside.records.casefile.actions.keeping import kept_answers
from alongside.records.casefile.actions.securing import sweep_casefiles
from alongside.records.casefile.content import PersonKeys
from alongside.records.casefile.models import Casefile
from alongside.records.drafts.models import Draft as Row
from tests.agencies import present
from tests.doors.forms_seen import Seen
from tests.doors.keeping import SECOND, Keeper, draft_of, kept, said
from tests.doors.visiting import words
from tests.people import DIVYA, HASSAN, MATEO, RATHER_NOT_SAY

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
    keeper = Keeper("fr")
    keeper.tell(MATEO.answers)
    mine = keeper.keep("")
    assert {mine.second, mine.check} <= set(phrase_lists()["fr"].words)
    assert draft_of(Keeper().come_back(mine).open(mine.second)).answers == MATEO.answers


def test_a_short_second_word_is_not_taken_and_stands_there_again():
    keeper = Keeper()
    keeper.tell(MATEO.answers)
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
    keeper = Keeper()
    keeper.tell(MATEO.answers)
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


# Coming back


def test_number_and_words_show_messages_and_nothing_that_was_told():
    _, mine = kept()
    back = Keeper().come_back(mine)
    draft = draft_of(back)
    assert (draft.answers, draft.whole) == ({}, "")
    assert PersonKeys.of(draft.keys).whole is None
    assert said("en", "kept_told_is_closed") in back.text("s/")
    for key in MATEO.answers:
        if key in book().rights.said:
            assert book().rights.said[key].rule.en not in back.text("s/")


def test_who_comes_back_goes_on_under_another_cookie_and_the_old_one_opens_nothing():
    _, mine = kept()
    back = Keeper()
    back.tell({"doc.held": True})
    before = back.client.cookies["d"].value
    back.come_back(mine)
    assert back.client.cookies["d"].value != before
    thief = Keeper()
    thief.client.cookies["d"] = before
    assert thief.get("m/")["Location"] == "/en/b/"


def test_what_was_told_before_coming_back_goes_along_as_changed():
    _, mine = kept()
    back = Keeper()
    back.tell({"hou.poor": False})
    back.come_back(mine).open()
    assert draft_of(back).answers == MATEO.answers | {"hou.poor": False}
    assert draft_of(back).changed == ["hou.poor"]


def test_coming_back_as_somebody_else_takes_nothing_of_the_first_along():
    _, one = kept()
    _, other = kept("en", DIVYA.answers)
    back = Keeper().come_back(one).open()
    back.come_back(other)
    assert draft_of(back).answers == {}
    back.open()
    assert draft_of(back).answers == DIVYA.answers


@pytest.mark.parametrize("lang", ["en", "fr", "es"])
def test_a_word_that_was_not_understood_is_named_by_its_place_and_what_may_be_meant(lang):
    _, mine = kept(lang)
    typed = mine.words.split()
    right = typed[3]
    typed[3] = right[0] + "zz" + right[1:]
    back = Keeper(lang)
    assert (
        back.press("b/", "show", number=mine.number, words=" ".join(typed))["Location"][4:] == "b/"
    )
    seen = back.text("b/")
    assert words(f"<main>{speaker(lang).w('kept_back_word', n=4)}") in seen
    assert " ".join(typed) in back.html("b/"), "what was typed is still there"


def test_a_slip_is_answered_with_the_word_that_may_be_meant():
    _, mine = kept()
    typed = mine.words.split()
    slip = typed[0][0] + "q" + typed[0][1:]
    back = Keeper()
    back.press("b/", "show", number=mine.number, words=" ".join([slip, *typed[1:]]))
    assert typed[0] in re.findall(r"<bdi><b>(.*?)</b></bdi>", back.html("b/"))


@pytest.mark.parametrize(
    ("number", "spelled", "key"),
    [
        ("1234", None, "kept_back_number_8"),
        (None, "one two", "kept_back_how_many"),
        ("", "", "kept_back_how_many"),
        (None, "1234 5678", "kept_back_how_many"),
    ],
)
def test_what_is_too_short_is_said(number, spelled, key):
    _, mine = kept()
    back = Keeper()
    back.press(
        "b/", "show",
        number=mine.number if number is None else number,
        words=mine.words if spelled is None else spelled,
    )  # fmt: skip
    sentence = book().words.texts[key].en.split("{")[0].strip()
    assert sentence in back.text("b/")


def test_a_wrong_number_and_wrong_words_are_answered_alike_and_stay_in_the_form():
    _, mine = kept()
    _, other = kept()
    for number, spelled in ((other.number, mine.words), ("99999999", mine.words)):
        back = Keeper()
        back.press("b/", "show", number=number, words=spelled)
        assert said("en", "kept_back_wrong") in back.text("b/")
        html = back.html("b/")
        assert number in html
        assert spelled in html


def test_what_was_erased_or_ran_out_is_gone_for_who_is_there_and_for_who_comes():
    keeper, mine = kept()
    sweep_casefiles(today=present().today + timedelta(days=40))
    assert keeper.get("m/")["Location"] == "/en/b/"
    assert said("en", "kept_back_gone") in keeper.text("b/")
    back = Keeper()
    back.press("b/", "show", number=mine.number, words=mine.words)
    assert said("en", "kept_back_wrong") in back.text("b/")


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
    assert mine.check in back.text("m/")
    later(9)
    assert book().rights.said["doc.held"].rule.en in back.text("s/")
    later(10)
    assert said("en", "kept_told_is_closed") in back.text("s/")
    assert mine.check not in back.html("m/")
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
        keeper = Keeper()
        keeper.tell(MATEO.answers)
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
    answer = keeper.press("d/", "erase")
    assert (answer["Location"], answer.cookies["d"].value) == ("/en/g/", "")
    assert answer["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert not Casefile.objects.exists()
    assert not Row.objects.exists()
    assert said("en", "kept_gone_text") in keeper.text("g/")
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
