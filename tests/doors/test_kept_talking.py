"""Messages: what was written each way, opening more, taking it back, who opened what."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from alongside.domain.consent import HolderKind
from alongside.doors.entry import talking
from alongside.doors.entry.visit import Visit
from alongside.doors.showing.speaking import book, speaker
from alongside.records.casefile.actions.answering import NotOpenedToUsError, confirm, look, reply
from alongside.records.casefile.content import EntryKind
from alongside.records.drafts.models import Draft as Row
from alongside.records.journal.content import Deed
from tests.agencies import CLINIC, SETTLEMENT, founded, present
from tests.doors.forms_seen import Seen
from tests.doors.keeping import SECOND, Keeper, answer, draft_of, grants, said, seen_by, told
from tests.people import MATEO

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinic():
    return founded(CLINIC, "amara", present())


@pytest.fixture
def house(clinic):  # noqa: ARG001 - founded second
    return founded(SETTLEMENT, "bruno", present())


@pytest.fixture
def mine(clinic):
    """What a person took along who opened their work to the clinic."""
    return told().send_to(clinic, "work")


@pytest.fixture
def back(mine):
    """The same person, come back on another phone."""
    return Keeper().come_back(mine)


def talk_of(keeper):
    """Return what names the first conversation in the page's forms."""
    return keeper.talks()[0]


@pytest.mark.parametrize("lang", ["en", "fr", "es", "ar"])
def test_waiting_for_an_answer_is_said_plainly(mine, lang):
    back = Keeper(lang)
    back.press("b/", "show", number=mine.number, words=mine.digits)
    seen = back.text("m/")
    assert said(lang, "kept_no_answer") in seen
    assert str(speaker(lang).count("kept_within", 3)) in seen
    assert said(lang, "kept_only_here") in seen
    assert "Can you help me?" in seen


def test_an_answer_is_read_with_messages_alone_as_plain_text(clinic, back):
    answer(clinic, "Yes.\nSee <b>https://example.org</b> & write.")
    html = back.html("m/")
    assert "Yes.\nSee &lt;b&gt;https://example.org&lt;/b&gt; &amp; write." in html
    assert not [link for link in Seen(html).links if "example.org" in link]
    assert said("en", "kept_no_answer") not in back.text("m/")
    assert draft_of(back).answers == {}


def test_who_since_when_until_when_and_what_is_open_stand_above_the_messages(back):
    seen = back.text("m/")
    today = present().today
    assert f"{CLINIC.name} {speaker('en').w('kept_since', date=speaker('en').day(today))}" in seen
    assert said("en", "section_work") in seen
    assert said("en", "section_plans") not in seen


def test_writing_more_makes_the_agency_see_it_with_its_file(clinic, back):
    file = SimpleUploadedFile("b.pdf", b"%PDF zanzibar", "application/pdf")
    back.bring("m/", "write", file, talk=talk_of(back), message="More")
    assert said("en", "kept_said_written") in back.text("m/")
    _, more, brought = seen_by(clinic).conversation
    assert (more.text, brought.kind, brought.body) == ("More", EntryKind.FILE, b"%PDF zanzibar")


def test_a_button_pressed_twice_writes_once_and_another_message_is_another(clinic, back):
    talk = talk_of(back)
    for text in ("More", "More", "And more"):
        back.press("m/", "write", talk=talk, message=text)
        assert said("en", "kept_said_written") in back.text("m/")
    for body in (b"zanzibar", b"zanzibar", b"quokka"):
        file = SimpleUploadedFile("b.pdf", body, "application/pdf")
        back.bring("m/", "write", file, talk=talk, message="See")
    found = [(entry.text, entry.body) for entry in seen_by(clinic).conversation[1:]]
    see = ("See", b"")
    assert found == [("More", b""), ("And more", b""), see, ("", b"zanzibar"), see, ("", b"quokka")]


def test_an_empty_message_and_one_too_long_are_said_and_what_was_written_stays(clinic, back):
    talk = talk_of(back)
    back.press("m/", "write", talk=talk, message=" ")
    assert said("en", "kept_empty") in back.text("m/")
    back.press("m/", "write", talk=talk, message="x" * 4001)
    assert said("en", "kept_too_long") in back.text("m/")
    assert "x" * 4000 + "</textarea>" in back.html("m/")
    assert len(seen_by(clinic).conversation) == 1


def test_what_was_written_stays_when_too_many_come_and_when_the_language_changes(back, monkeypatch):
    talk = talk_of(back)
    assert back.press("m/", "lang-es", talk=talk, message="zanzibar")["Location"] == "/es/m/"
    assert "zanzibar</textarea>" in back.html("m/")
    monkeypatch.setattr(Visit, "admitted", lambda _visit, _cost=1: False)
    assert back.press("m/", "write", talk=talk, message="quokka")["Location"] == "/en/u/"
    assert "quokka</textarea>" in back.html("m/")


def test_an_asked_section_is_a_choice_and_opens_only_with_the_second_word(clinic, back):
    answer(clinic, asks="immigration")
    seen = back.text("m/")
    assert said("en", "kept_ask") + " " + said("en", "section_immigration") in seen
    assert "To help you." in seen
    talk = talk_of(back)
    back.press("m/", "open", talk=talk, section="immigration", second="wrong one")
    assert said("en", "kept_second_wrong") in back.text("m/")
    assert set(seen_by(clinic).sections) == {"work"}
    back.press("m/", "open", talk=talk, section="immigration", second=SECOND)
    assert said("en", "kept_said_widened") in back.text("m/")
    assert set(seen_by(clinic).sections) == {"work", "immigration"}
    assert draft_of(back).whole == "", "opening one part to them opens nothing on the phone"
    assert said("en", "kept_ask_done") in back.text("m/")


def test_not_now_opens_nothing_and_tells_nobody(clinic, back):
    answer(clinic, asks="immigration")
    back.press("m/", "not_now", talk=talk_of(back), section="immigration")
    assert said("en", "kept_said_not_now") in back.text("m/")
    seen = seen_by(clinic)
    assert (set(seen.sections), len(seen.conversation)) == ({"work"}, 2)


def test_nothing_that_is_only_for_a_lawyer_opens_to_others_whatever_is_sent(house):
    keeper = told()
    back = Keeper().come_back(keeper.send_to(house, "work"))
    back.open()
    back.press("m/", "open", talk=talk_of(back), section="apart")
    assert set(seen_by(house).sections) == {"work"}
    assert SETTLEMENT.kind is not HolderKind.LAWYER


def test_taking_it_back_needs_no_second_word_and_waits_for_nobody(clinic, back, monkeypatch):
    monkeypatch.setattr(Visit, "admitted", lambda _visit, _cost=1: False)
    (own,) = grants(clinic)
    back.press("m/", "take", talk=talk_of(back))
    seen = back.text("m/")
    assert said("en", "kept_said_taken") in seen
    assert said("en", "kept_ended_says") in seen
    assert not look(keys=clinic.keys, own=own, now=present()).grant_open
    with pytest.raises(NotOpenedToUsError):
        reply(keys=clinic.keys, own=own, text="But", now=present())


def test_taking_it_back_twice_is_no_harm_and_writing_afterwards_is_said_to_be_over(back):
    talk = talk_of(back)
    for _ in range(2):
        assert back.press("m/", "take", talk=talk)["Location"] == "/en/m/"
    back.press("m/", "write", talk=talk, message="zanzibar")
    assert said("en", "kept_said_over") in back.text("m/")


def test_two_conversations_stay_apart(clinic, house, mine):
    back = Keeper().come_back(mine).choose(house, "plans")
    back.press("w/2/", "send", message="To the house", second=SECOND)
    back.press("m/", "write", talk=talk_of(back), message="For the newest alone")
    assert [e.text for e in seen_by(house).conversation] == ["To the house", "For the newest alone"]
    assert [e.text for e in seen_by(clinic).conversation] == ["Can you help me?"]


def test_a_conversation_that_is_not_ones_own_is_no_conversation(clinic, mine):
    other = Keeper()
    other.tell(MATEO.answers)
    other.keep()
    talk = talk_of(Keeper().come_back(mine))
    other.press("m/", "write", talk=talk, message="Let me in")
    other.press("m/", "take", talk=talk)
    assert [e.text for e in seen_by(clinic).conversation] == ["Can you help me?"]


def test_who_opened_what_is_told_by_name_and_day(clinic, mine):
    answer(clinic, "Hello", asks="health")
    seen_by(clinic)
    (own,) = grants(clinic)
    confirm(keys=clinic.keys, own=own, word=mine.check, now=present())
    back = Keeper().come_back(mine).open("wrong one").open()
    talk = talk_of(back)
    back.press("m/", "open", talk=talk, section="health")
    back.press("m/", "write", talk=talk, message="More")
    back.press("m/", "take", talk=talk)
    seen = back.text("j/")
    assert speaker("en").day(present().today) in seen
    elsewhere = {Deed.ENDED, Deed.CARRIED, Deed.ERASE_ASKED, Deed.ERASE_STOPPED, Deed.RENEWED}
    for deed in set(Deed) - elsewhere:
        key = f"kept_deed_{deed}"
        if key in book().words.texts:
            sentence = str(speaker("en").w(key, who=CLINIC.name)).replace("&#39;", "'")
            assert sentence in seen, deed


def test_a_wrong_second_word_by_somebody_else_is_seen_by_the_person(mine):
    Keeper().come_back(mine).open("a guess")
    assert said("en", "kept_deed_second_word_wrong") in Keeper().come_back(mine).text("j/")


def test_an_agencys_name_is_text_and_never_markup(clinic, mine):
    from dataclasses import replace  # noqa: PLC0415

    from alongside.records.agencies.actions.admitting import own_profile  # noqa: PLC0415
    from alongside.records.agencies.actions.joining import keep_profile  # noqa: PLC0415

    keep_profile(replace(own_profile(clinic.keys), name="<i>Bold & Co {who}</i>"))
    answer(clinic, "Hello")
    keeper = Keeper().come_back(mine)
    for page in ("m/", "j/", "w/"):
        assert "<i>" not in keeper.html(page)
        assert "&lt;i&gt;Bold &amp; Co {who}&lt;/i&gt;" in keeper.html(page)


def test_what_was_written_while_the_time_ran_out_is_there_for_who_comes_back(clinic, mine):
    back = Keeper().come_back(mine)
    talk = talk_of(back)
    Row.objects.all().delete()  # as after thirty minutes
    assert back.press("m/", "write", talk=talk, message="zanzibar")["Location"] == "/en/b/"
    html = back.html("b/")
    assert said("en", "time_over_kept") in back.text("b/")
    assert "zanzibar" not in html
    back.come_back(mine)
    assert "zanzibar</textarea>" in back.html("m/")
    assert len(seen_by(clinic).conversation) == 1, "nothing was sent by itself"


def test_who_else_comes_back_there_reads_none_of_what_was_written(clinic, mine):
    other = Keeper()
    other.tell(MATEO.answers)
    theirs = other.send_to(clinic, "work")
    back = Keeper().come_back(mine)
    talk = talk_of(back)
    Row.objects.all().delete()
    back.press("m/", "write", talk=talk, message="zanzibar")
    back.come_back(theirs)
    for page in ("m/", "w/", "k/"):
        assert "zanzibar" not in back.html(page)
    assert "zanzibar" not in draft_of(back).form.values()


def test_who_left_while_the_second_word_was_tried_finds_nothing_open(mine, monkeypatch):
    back = Keeper().come_back(mine)

    def left(visit, name):
        keys = talking_second(visit, name)
        Row.objects.all().delete()
        return keys

    talking_second = talking.second_given
    monkeypatch.setattr(talking, "second_given", left)
    assert back.press("m/", "tell", second=SECOND)["Location"] == "/en/b/"
    assert not Row.objects.exists()
