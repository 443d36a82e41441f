"""Coming back with number and words: what opens, what is said where nothing does, and that it tells nobody more."""

import re
from datetime import timedelta

import pytest

from alongside.doors.showing.speaking import book, speaker
from alongside.library.phrases import phrase_lists, secret_of, spell
from alongside.records.casefile.actions.securing import sweep_casefiles
from alongside.records.casefile.content import PersonKeys
from tests.agencies import present
from tests.doors.keeping import Keeper, draft_of, kept, said
from tests.doors.visiting import words
from tests.people import DIVYA, MATEO

pytestmark = pytest.mark.django_db


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


def test_that_two_words_may_have_changed_places_is_said_of_words_alone_whatever_is_in_the_store():
    """Of anybody's words that open nothing: what is said rests on what was typed and tells nothing else."""
    _, mine = kept()
    swapped = mine.words.split()
    swapped[6], swapped[7] = swapped[7], swapped[6]
    if mine.words.split()[6] == mine.words.split()[7]:
        swapped[7] = phrase_lists()["en"].words[0]
    strangers = spell(secret_of(7**20), "en").words
    pages = []
    for spelled in (" ".join(swapped), strangers):
        back = Keeper()
        back.press("b/", "show", number=mine.number, words=spelled)
        pages.append(back.text("b/").replace(spelled, ""))
        assert said("en", "kept_back_order") in pages[-1]
    assert pages[0] == pages[1]
    back = Keeper()
    back.press("b/", "show", number=mine.number, words="1234 5678 " * 3)
    assert said("en", "kept_back_wrong") in back.text("b/")
    assert said("en", "kept_back_order") not in back.text("b/")


def test_words_that_nobody_was_ever_given_are_said_to_be_so_and_ask_nothing_of_the_store(
    monkeypatch,
):
    never = " ".join([phrase_lists()["fr"].words[-1]] * 8)
    monkeypatch.setattr("alongside.doors.entry.opening.come_back", lambda **_: 1 / 0)
    back = Keeper("fr")
    back.press("b/", "show", number="12345678", words=never)
    assert said("fr", "kept_back_never") in back.text("b/")
    assert never in back.html("b/")


def test_what_was_erased_or_ran_out_is_gone_for_who_is_there_and_for_who_comes():
    keeper, mine = kept()
    sweep_casefiles(today=present().today + timedelta(days=40))
    assert keeper.get("m/")["Location"] == "/en/b/"
    assert said("en", "kept_back_gone") in keeper.text("b/")
    back = Keeper()
    back.press("b/", "show", number=mine.number, words=mine.words)
    assert said("en", "kept_back_wrong") in back.text("b/")
