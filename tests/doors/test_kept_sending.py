"""Sending: who can be chosen, what is opened and what is not, and nothing half done."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from alongside.domain.consent import COMPARTMENTS, SECTIONS, HolderKind, offered, preset
from alongside.doors.entry.visit import Visit
from alongside.doors.showing.speaking import book, speaker
from alongside.records.agencies.actions.admitting import accept_people, own_profile
from alongside.records.agencies.actions.joining import keep_profile
from alongside.records.agencies.actions.mailing import take_in
from alongside.records.agencies.queries import accepting, cards
from alongside.records.casefile.actions.keeping import kept_answers
from alongside.records.casefile.content import PersonKeys
from alongside.records.casefile.models import Casefile
from alongside.records.drafts.models import Draft as Row
from tests.agencies import CLINIC, SETTLEMENT, founded, present
from tests.doors.forms_seen import Seen
from tests.doors.keeping import SECOND, Keeper, draft_of, grants, kept, said, seen_by, told
from tests.people import HASSAN, MATEO

pytestmark = pytest.mark.django_db
LARGE = 5 * 1024 * 1024


@pytest.fixture
def clinic():
    return founded(CLINIC, "amara", present())


@pytest.fixture
def house(clinic):  # noqa: ARG001 - founded second
    return founded(SETTLEMENT, "bruno", present())


def boxes(keeper):
    """Return each part offered on the page, and whether it is marked."""
    fields = [f for tag, f in Seen(keeper.html("w/1/")).fields if f.get("type") == "checkbox"]
    return {f["value"]: "checked" in f for f in fields}


# Whom


@pytest.mark.usefixtures("clinic", "house")
def test_who_takes_messages_is_there_for_everybody_with_all_one_needs_to_choose():
    seen = Keeper("fr").text("w/")
    for described in (CLINIC, SETTLEMENT):
        assert described.name in seen
        assert described.about["fr"] in seen
        assert said("fr", f"holder_{described.kind}") in seen
        assert said("fr", f"forced_{described.kind}") in seen
    assert "English · Français · Español" in seen
    assert str(speaker("fr").count("kept_within", 3)) in seen
    for key in ("forced_child", "forced_life", "kept_forced_us"):
        assert said("fr", key) in seen


@pytest.mark.usefixtures("clinic")
def test_what_an_agency_says_of_itself_in_another_language_is_marked_as_such():
    html = Keeper("ar").html("w/")
    assert f'<p lang="en" dir="auto">{CLINIC.about["en"]}</p>' in html


def test_where_nobody_takes_messages_one_is_told_whom_to_call():
    seen = told().text("w/")
    assert said("en", "kept_none") in seen
    assert "1-833-900-1010" in seen
    assert said("en", "kept_keep_link") in seen


@pytest.mark.usefixtures("clinic")
def test_nobody_is_chosen_who_is_not_there():
    keeper = told()
    assert keeper.press("w/", agency="00" * 16)["Location"] == "/en/w/"
    for page in ("w/1/", "w/2/"):
        assert keeper.get(page)["Location"] == "/en/w/"


# What


@pytest.mark.parametrize("described", [CLINIC, SETTLEMENT], ids=["lawyer", "community"])
def test_what_is_marked_at_first_is_what_consent_says_and_apart_is_for_lawyers_alone(described):
    agency = founded(described, "amara", present())
    keeper = told()
    keeper.press("w/", agency=agency.keys.agency.hex())
    assert boxes(keeper) == {s: s in preset(described.kind) for s in offered(described.kind)}
    assert ("apart" in boxes(keeper)) == (described.kind is HolderKind.LAWYER)


def test_each_part_says_how_much_is_in_it(clinic):
    keeper = told(answers=HASSAN.answers)
    keeper.press("w/", agency=clinic.keys.agency.hex())
    facts = book().vocabulary.facts
    work = sum(facts[k].section == "work" and not facts[k].apart for k in HASSAN.answers)
    seen = keeper.text("w/1/")
    name = said("en", "section_work")
    assert f"{name} ({speaker('en').count('kept_told_here', work)})" in seen
    assert f"{said('en', 'section_health')} ({said('en', 'kept_told_none')})" in seen


def test_what_is_sent_in_place_of_the_offer_is_not_taken(house):
    keeper = told()
    keeper.choose(house, "work", "apart", "nonsense", days=9999)
    keeper.press("w/2/", "send", message="?", second=SECOND)
    assert set(seen_by(house).sections) == {"work"}
    assert seen_by(house).card.until == present().today + timedelta(days=30)


def test_before_sending_the_page_says_exactly_what_is_opened_to_whom_until_when(clinic):
    keeper = told().choose(clinic, "work", "evidence", days=365)
    seen = keeper.text("w/2/")
    until = speaker("en").day(present().today + timedelta(days=365))
    opened = (
        said("en", "kept_sum_open") + said("en", "section_work") + said("en", "section_evidence")
    )
    closed = [said("en", f"section_{s}") for s in COMPARTMENTS if s not in {"work", "evidence"}]
    for words in (CLINIC.name, opened, "".join(closed), until, said("en", "purpose_advice"),
                  said("en", "forced_lawyer"), said("en", "forced_child")):  # fmt: skip
        assert words in seen
    assert clinic.keys.agency.hex() not in keeper.html("w/2/")
    assert grants(clinic) == [], "nothing was sent"


def test_one_can_go_back_and_change_and_what_was_marked_and_written_is_there(clinic):
    keeper = told().choose(clinic, "work", days=365)
    assert keeper.press("w/2/", "before", message="half a")["Location"] == "/en/w/1/"
    assert [s for s, marked in boxes(keeper).items() if marked] == ["work"]
    assert Seen(keeper.html("w/1/")).chosen()["days"] == "365"
    keeper.press("w/1/", "next", section=["plans"], purpose="safety", days="30")
    assert "half a</textarea>" in keeper.html("w/2/")


# Sending


@pytest.mark.parametrize("lang", ["en", "fr", "es"])
def test_sending_keeps_opens_and_takes_what_was_told_off_the_phone(clinic, lang):
    keeper = told(lang)
    mine = keeper.send_to(clinic, "work")
    seen = seen_by(clinic)
    facts = book().vocabulary.facts
    work = {
        k: v for k, v in MATEO.answers.items() if facts[k].section == "work" and not facts[k].apart
    }
    assert (set(seen.sections), seen.answers, seen.explained_in) == ({"work"}, work, lang)
    assert [entry.text for entry in seen.conversation] == ["Can you help me?"]
    draft = draft_of(keeper)
    assert (draft.answers, draft.whole, draft.form) == ({}, "", {})
    assert said(lang, "kept_told_is_closed") in keeper.text("s/")
    assert draft_of(Keeper(lang).come_back(mine).open()).answers == MATEO.answers


def test_the_same_form_sent_twice_sends_once(clinic):
    keeper = told().choose(clinic, "work")
    for _ in range(2):
        keeper.press("w/2/", "send", message="Once", second=SECOND)
    assert len(grants(clinic)) == 1
    assert Casefile.objects.count() == 1


def test_a_message_alone_can_be_sent_and_opens_nothing(clinic):
    keeper = told().choose(clinic)
    assert said("en", "kept_sum_only") in keeper.text("w/2/")
    keeper.press("w/2/", "send", message="A question", second=SECOND)
    assert seen_by(clinic).sections == {}


def test_nothing_at_all_is_not_sent(clinic):
    keeper = told().choose(clinic)
    keeper.press("w/2/", "send", message="  ")
    assert said("en", "kept_empty") in keeper.text("w/2/")
    assert not Casefile.objects.exists()


def test_somebody_who_told_nothing_can_still_write(clinic):
    keeper = Keeper().choose(clinic)
    keeper.press("w/2/", "send", message="Can I ask?", second=SECOND)
    assert [entry.text for entry in seen_by(clinic).conversation] == ["Can I ask?"]


def test_a_message_too_long_is_cut_nowhere_without_saying_so(clinic):
    keeper = told().choose(clinic, "work")
    keeper.press("w/2/", "send", message="م" * 4001, second=SECOND)
    assert said("en", "kept_too_long") in keeper.text("w/2/")
    assert "م" * 4000 + "</textarea>" in keeper.html("w/2/")
    assert not Casefile.objects.exists()
    keeper.press("w/2/", "send", message="م" * 4000, second=SECOND)
    assert [entry.text for entry in seen_by(clinic).conversation] == ["م" * 4000]


def test_too_many_at_once_keeps_the_message_sealed(clinic, monkeypatch):
    keeper = told().choose(clinic, "work")
    monkeypatch.setattr(Visit, "admitted", lambda _visit, _cost=1: False)
    assert keeper.press("w/2/", "send", message="zanzibar")["Location"] == "/en/u/"
    assert 'href="/en/w/2/"' in keeper.html("u/")
    assert "zanzibar</textarea>" in keeper.html("w/2/")
    assert not Casefile.objects.exists()


def test_changing_the_language_keeps_what_was_written_and_marked(clinic):
    keeper = told().choose(clinic, "work")
    assert (
        keeper.press("w/2/", "lang-ar", message="شكرا", second="zanzibar")["Location"] == "/ar/w/2/"
    )
    keeper.lang = "ar"
    html = keeper.html("w/2/")
    assert "شكرا</textarea>" in html
    assert 'value="zanzibar"' in html
    assert said("ar", "section_work") in keeper.text("w/2/")


def test_an_agency_that_stopped_between_the_pages_is_not_sent_to_and_nothing_is_half_done(
    clinic, monkeypatch
):
    keeper = told().choose(clinic, "work")
    monkeypatch.setattr(
        "alongside.records.casefile.actions.sharing.accepting_one", lambda _agency: None
    )
    assert keeper.press("w/2/", "send", message="zanzibar", second=SECOND)["Location"] == "/en/w/"
    assert said("en", "kept_agency_gone") in keeper.text("w/")
    draft = draft_of(keeper)
    assert (draft.keys, draft.shown, draft.answers) == ("", {}, MATEO.answers)
    assert draft.form["message"] == "zanzibar"
    assert not Casefile.objects.exists()


def test_an_agency_that_takes_nobody_any_more_is_not_offered(clinic):
    keeper = told().choose(clinic, "work")
    accept_people(keys=clinic.keys, accepts=False)
    assert accepting() == []
    assert keeper.press("w/2/", "send", message="?", second=SECOND)["Location"] == "/en/w/"
    assert not Casefile.objects.exists()


def test_what_was_written_while_the_time_ran_out_goes_along_to_the_next_choice(clinic):
    keeper = told().choose(clinic, "work")
    Row.objects.all().delete()  # as after thirty minutes
    assert keeper.press("w/2/", "send", message="zanzibar", second=SECOND)["Location"] == "/en/w/"
    assert said("en", "time_over_kept") in keeper.text("w/")
    assert not Casefile.objects.exists()
    keeper.choose(clinic, "work")
    assert "zanzibar</textarea>" in keeper.html("w/2/")


@pytest.mark.parametrize(("changed", "later"), [({}, 0), ({"until": "2099-01-01"}, 1)], ids=str)
def test_pressed_after_midnight_it_opens_no_day_longer_than_was_read(
    clinic, monkeypatch, changed, later
):
    keeper = told().choose(clinic, "work", days=30)
    fields = {f.get("name"): f.get("value", "") for _, f in Seen(keeper.html("w/2/")).fields}
    read, day = date.fromisoformat(fields["until"]), present().today
    assert read == day + timedelta(days=30)
    monkeypatch.setattr(Visit, "today", day + timedelta(days=1))
    form = {"message": "?", "second": SECOND, "until": fields["until"]} | changed
    keeper.press("w/2/", "send", **form)
    take_in(keys=clinic.keys)
    (card,) = cards(clinic.keys)
    assert card.until == read + timedelta(days=later)


# Before it is sent


@pytest.mark.parametrize("lang", ["en", "fr", "es", "ar"])
def test_that_nobody_there_answers_in_ones_language_is_said_with_what_can_be_done(clinic, lang):
    for tongues in (("en", "fr", "es", "ar"), tuple({"en", "fr", "es", "ar"} - {lang}), ()):
        profile = replace(own_profile(clinic.keys), tongues=tongues)
        keep_profile(profile)
        keeper = told(lang)
        choosing = keeper.text("w/")
        sending = keeper.choose(clinic, "work").text("w/2/")
        other = bool(tongues) and lang not in tongues
        assert (said(lang, "kept_not_in_yours") in choosing) is other
        assert (said(lang, "kept_not_in_yours") in sending) is other
        for key in ("kept_tongue_write", "kept_tongue_interpreter", "kept_tongue_other"):
            assert (said(lang, key) in sending) is other
        for tongue in tongues if other else ():
            assert book().words.languages[tongue].name in sending


def test_who_could_be_forced_is_a_list_with_one_thing_each(clinic):
    page = told().choose(clinic, "work").html("w/2/")
    listed = page.split(str(speaker("en").w("kept_forced")))[1].split("</dd>")[0]
    for key in (f"forced_{CLINIC.kind}", "forced_child", "forced_life"):
        assert f"<li>{speaker('en').w(key)}</li>" in listed


# Sending by who keeps already


def test_who_came_back_needs_the_second_word_to_open_more_to_another(clinic, house):
    mine = told().send_to(clinic, "work")
    back = Keeper().come_back(mine).choose(house, "plans")
    assert said("en", "kept_second_needed") in back.text("w/2/")
    back.press("w/2/", "send", message="Hello", second="wrong one")
    assert said("en", "kept_second_wrong") in back.text("w/2/")
    assert "Hello</textarea>" in back.html("w/2/")
    assert grants(house) == []
    assert back.press("w/2/", "send", message="Hello", second=SECOND)["Location"] == "/en/m/"
    assert set(seen_by(house).sections) == {"plans"}
    assert SETTLEMENT.name in back.text("m/")
    assert Casefile.objects.count() == 1


def test_how_much_is_in_a_part_is_not_said_while_it_is_closed(clinic):
    _, mine = kept()
    back = Keeper().come_back(mine)
    back.press("w/", agency=clinic.keys.agency.hex())
    seen = back.text("w/1/")
    assert said("en", "kept_open_unseen") in seen
    assert said("en", "kept_told_none") not in seen
    back.open()
    assert said("en", "kept_open_unseen") not in back.text("w/1/")


def test_what_was_changed_is_kept_before_it_is_sent(clinic):
    _, mine = kept()
    back = Keeper().come_back(mine).open()
    back.tell(MATEO.answers | {"job.months": 9})
    back.choose(clinic, "work")
    keys = PersonKeys.of(draft_of(back).whole)
    back.press("w/2/", "send", message="?")
    assert seen_by(clinic).answers["job.months"] == 9
    assert kept_answers(keys=keys)["job.months"] == 9


def test_every_section_purpose_and_holder_has_its_words():
    named = {f"section_{s}" for s in COMPARTMENTS} | {f"holds_{s}" for s in COMPARTMENTS}
    named |= {f"{word}_{kind}" for word in ("holder", "forced") for kind in HolderKind}
    assert named <= book().words.texts.keys()
    assert not re.search("apart", " ".join(SECTIONS))
