"""What is half written to an agency stays, whatever is pressed and whatever becomes of the casefile."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.db import OperationalError

from alongside.doors.entry.writing import MOST_UNSENT
from alongside.records.casefile.actions.securing import erase, second_word, sweep_casefiles
from alongside.records.casefile.actions.waiting import erase_later
from alongside.records.casefile.content import PersonKeys
from alongside.records.drafts.models import Draft as Row
from tests.agencies import CLINIC, SETTLEMENT, founded, present
from tests.doors.forms_seen import Seen
from tests.doors.keeping import SECOND, Keeper, answer, draft_of, kept, said, seen_by, told
from tests.doors.visiting import FORM, words
from tests.people import MATEO

pytestmark = pytest.mark.django_db
HALF = {"first": "zanzibar half", "second": "quokka half"}


@pytest.fixture
def clinic():
    return founded(CLINIC, "amara", present())


@pytest.fixture
def house(clinic):  # noqa: ARG001 - founded second
    return founded(SETTLEMENT, "bruno", present())


@pytest.fixture
def back(clinic, house):
    """Somebody who writes to both, came back, and is asked for a part by one of them."""
    keeper = told()
    mine = keeper.send_to(clinic, "work")
    there = Keeper().come_back(mine).choose(house, "plans")
    there.press("w/2/", "send", message="To the house", second=SECOND)
    answer(clinic, asks="immigration")
    return Keeper().come_back(mine)


def raw(keeper, move, talks=(), **more: str):
    """Press a button as the page has it, with something half written in both conversations."""
    written = zip(talks or keeper.talks(), HALF.values(), strict=True)
    fields = {f"message.{talk}": text for talk, text in written} | more | {"move": move}
    return keeper.client.post(f"/{keeper.lang}/m/", urlencode(fields), FORM)


def buttons(keeper):
    """Return every button of the page of messages, but for those of the frame's own forms."""
    fields = Seen(keeper.html("m/")).fields
    return [f for tag, f in fields if tag == "button" and f.get("name") == "move"]


def states(keeper):
    """Go through the page as it stands before the second word, after it, and with a change."""
    yield "closed"
    keeper.open()
    yield "open"
    keeper.tell(MATEO.answers | {"hou.poor": False})
    yield "changed"


def test_every_button_of_the_page_stands_in_the_one_form(back):
    for state in states(back):
        assert {b.get("form", "f") for b in buttons(back)} == {"f"}, state
        forms = [f.get("id") for tag, f in Seen(back.html("m/")).fields if tag == "form"]
        assert forms.count("f") == 1


def test_whatever_is_pressed_what_was_half_written_is_there_afterwards(back, monkeypatch):
    monkeypatch.setattr("alongside.doors.entry.visit.Visit.admitted", lambda _v, _cost=1: True)
    pressed = set()
    for _ in states(back):
        pressed |= {b["value"] for b in buttons(back)}
        for move in sorted({b["value"] for b in buttons(back)}):
            if move.split(".")[0] in {"write", "take", "close"}:
                continue
            assert raw(back, move).status_code == 303, move
            html = back.html("m/")
            for text in HALF.values():
                assert f"{text}</textarea>" in html, move
    moves = {move.split(".")[0] for move in pressed}
    assert {"enter", "tell", "open", "not_now", "see", "ways", "more", "lang-ar"} <= moves
    raw(back, "close")
    for text in HALF.values():
        assert f"{text}</textarea>" in back.html("m/")


def test_sending_one_letter_leaves_the_other_half_written(back, house, clinic):
    newest, _ = back.talks()
    raw(back, f"write.{newest}")
    assert [e.text for e in seen_by(house).conversation][-1] == HALF["first"]
    html = back.html("m/")
    assert f"{HALF['second']}</textarea>" in html
    assert f"{HALF['first']}</textarea>" not in html
    assert all(e.text != HALF["second"] for e in seen_by(clinic).conversation)


def test_taking_it_back_or_writing_where_it_ended_puts_the_words_aside_for_somebody_else(back):
    newest, oldest = back.talks()
    raw(back, f"take.{newest}")
    page = back.text("m/")
    assert said("en", "kept_left") in page
    assert HALF["first"] in page.split(said("en", "kept_left"))[1]
    assert draft_of(back).unsent == {oldest: HALF["second"]}
    back.press("m/", "write", talk=newest, message="and more")
    assert draft_of(back).form["message"] == f"{HALF['first']}\n\nand more"


def test_choosing_another_agency_and_sending_to_it_leaves_other_letters_alone(back, house):
    raw(back, "lang-en")
    for talk in back.talks()[:1]:
        back.press("m/", "take", talk=talk)
    before = draft_of(back).unsent
    back.choose(house, "work")
    back.press("w/2/", "send", message="Anew", second=SECOND)
    assert draft_of(back).unsent == before != {}


@pytest.mark.parametrize("wrong", [False, True])
def test_enter_presses_the_button_beside_the_word(back, clinic, wrong):
    oldest, word = back.talks()[1], "wrong one" if wrong else SECOND
    raw(back, "enter", **{f"second.{oldest}.immigration": word})
    assert ("immigration" in seen_by(clinic).sections) is not wrong
    assert draft_of(back).answers == {}
    raw(back, "enter", second=word)
    assert (draft_of(back).answers == MATEO.answers) is not wrong
    for text in HALF.values():
        assert f"{text}</textarea>" in back.html("m/")


def test_enter_with_the_word_in_two_places_opens_nothing(back, clinic):
    oldest = back.talks()[1]
    raw(back, "enter", **{f"second.{oldest}.immigration": SECOND, "second": SECOND})
    assert "immigration" not in seen_by(clinic).sections
    assert draft_of(back).answers == {}
    assert f"{HALF['first']}</textarea>" in back.html("m/")


def test_letters_to_conversations_that_nobody_knows_do_not_fill_a_draft():
    flood = {f"message.{n:032x}": "x" * 4000 for n in range(20)}
    keeper = Keeper()
    keeper.client.post("/en/m/", urlencode(flood | {"move": "enter"}), FORM)
    assert len(draft_of(keeper).unsent) == MOST_UNSENT


# When the casefile is gone


def gone(how, keeper):
    keys = PersonKeys.of(draft_of(keeper).keys)
    if how == "erased":
        erase(keys=second_word(keys=keys, word=SECOND, now=present()), now=present())
    elif how == "closed":
        erase_later(keys=keys, now=present())
    else:
        sweep_casefiles(today=present().today + timedelta(days=2000))


@pytest.mark.parametrize("how", ["erased", "swept"])
def test_when_the_casefile_is_gone_letters_and_later_answers_stay_and_what_it_held_does_not(
    back, how
):
    back.open()
    back.tell(MATEO.answers | {"hou.poor": False})
    talks = back.talks()
    gone(how, back)
    assert raw(back, f"write.{talks[0]}", talks)["Location"] == "/en/b/"
    html = back.html("b/")
    assert said("en", "kept_back_gone_left") in words(html)
    assert {"/en/s/", "/en/w/"} <= set(Seen(html).links)
    draft = draft_of(back)
    assert (draft.keys, draft.whole, draft.answers) == ("", "", {"hou.poor": False})
    assert all(text in draft.form["message"] for text in HALF.values())


def test_when_somebody_else_asked_to_erase_meanwhile_letters_stay_for_who_brings_it_back(back):
    back.open()
    talks = back.talks()
    gone("closed", back)
    assert raw(back, f"write.{talks[0]}", talks)["Location"] == "/en/d/"
    back.press("d/", "keep")
    draft = draft_of(back)
    assert all(text in draft.form["message"] for text in HALF.values())


def test_a_first_letter_stays_too_when_the_casefile_is_gone_while_it_is_sent(back, house):
    back.choose(house, "work")
    gone("erased", back)
    back.press("w/2/", "send", message="zanzibar", second=SECOND)
    assert draft_of(back).form["message"] == "zanzibar"
    assert said("en", "kept_back_gone_left") in back.text("b/")


def test_what_was_only_opened_is_gone_with_the_casefile():
    keeper, mine = kept()
    back = Keeper().come_back(mine).open()
    gone("erased", back)
    back.get("s/")
    assert back.get("m/")["Location"] == "/en/b/"
    assert said("en", "kept_back_gone") in back.text("b/")
    assert draft_of(back).answers == {}
    assert keeper.get("m/")["Location"] == "/en/b/"
    assert draft_of(keeper).shown == {}, "number and words open nothing any more"


# Said once


def test_what_was_just_done_is_said_once_and_the_draft_ends_when_it_would_have(back):
    back.press("m/", "close")
    ends = set(Row.objects.values_list("ends_at", flat=True))
    assert said("en", "kept_said_closed") in back.text("m/")
    assert said("en", "kept_said_closed") not in back.text("m/")
    assert set(Row.objects.values_list("ends_at", flat=True)) == ends


def test_the_script_that_asks_ahead_uses_up_nothing_of_it(back):
    back.press("m/", "close")
    for _ in range(2):
        back.client.get("/en/m/", headers={"Ahead": "1"})
        back.client.head("/en/m/")
    assert said("en", "kept_said_closed") in back.text("m/")


def test_that_it_was_sent_stays_on_the_page_with_the_words_as_long_as_they_do(clinic):
    keeper = told()
    keeper.send_to(clinic, "work")
    for _ in range(2):
        assert said("en", "kept_sent_heading") in keeper.text("k/")
    keeper.press("k/", "have")
    assert said("en", "kept_said_sent") in keeper.text("m/")
    assert said("en", "kept_said_sent") not in keeper.text("m/")


def test_a_page_is_shown_although_what_it_said_could_not_be_forgotten(back, monkeypatch):
    def fails(**_: object):
        raise OperationalError

    back.press("m/", "close")
    monkeypatch.setattr("alongside.doors.entry.visit.forget_said", fails)
    assert said("en", "kept_said_closed") in back.text("m/")
