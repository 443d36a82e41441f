"""Writing from the desk: nothing is sent that was not seen as the person will see it."""

import re

import pytest
from django.conf import settings
from django.db import connection

from alongside.doors.desk.cautions import cautions
from alongside.doors.desk.writing import LONGEST
from alongside.doors.showing.speaking import book
from alongside.records.agencies.models import Between, Session
from alongside.records.casefile.actions.sharing import withdraw
from alongside.records.casefile.queries import conversations
from tests.agencies import present
from tests.doors.desking import MARK, Deskmate, clinic, house, somebody_wrote
from tests.people import MATEO

TELLS = [
    ("Come to 120 Main Street", "address", "120 Main Street"),
    ("Nous sommes au 12, rue Principale", "address", "12, rue"),
    ("at the corner of two roads", "address", "at the corner"),
    ("M5V 2T6", "postal", "M5V 2T6"),
    ("call 416-555-0123", "phone", "416-555-0123"),
    ("١-٨٠٠-٥٥٥-٠١٩٩", "phone", "١-٨٠٠-٥٥٥-٠١٩٩"),
    ("the shelter is open", "place", "shelter"),
    ("la biblioteca", "place", "biblioteca"),
    ("في المكتبة", "place", "المكتبة"),
    ("we meet", "time", "meet"),
    ("at 3 pm", "time", "at 3 pm"),
    ("à 14 h 30", "time", "à 14 h 30"),
    ("نلتقي غدا", "time", "نلتقي"),
    ("write to me@example.org", "link", "me@example.o"),
    ("the police will not know", "words", "police"),
    ("demander un permis", "words", "permis"),
    ("وللشرطة", "words", "وللشرطة"),
]
CALM = [
    "Yes, we can help. Write again when you can.",
    "Your pay is missing for 3 months. You have 12 days left.",
    "Vous avez droit à un jour de repos. Le 12 mai est la limite.",
    "Gracias por escribir. Hay varias salidas.",
    "شكرا لأنك كتبت. يمكنك أن تسأل متى تريد.",
]


@pytest.mark.parametrize(("text", "kind", "piece"), TELLS)
def test_what_could_tell_is_noticed_in_four_languages(text, kind, piece):
    assert piece in cautions(text)[kind]


@pytest.mark.parametrize("text", CALM)
def test_an_ordinary_reply_is_left_alone(text):
    assert cautions(text) == {}


def test_each_piece_is_named_once_and_a_long_text_takes_no_time():
    assert cautions("police, police, POLICE") == {"words": ["police", "POLICE"]}
    assert cautions("a 1 " * (LONGEST // 4)) == {}


@pytest.fixture
def amara(db):  # noqa: ARG001 - the store must be there
    return clinic()


@pytest.fixture
def mate(amara):
    return Deskmate(amara)


@pytest.fixture
def wrote(amara, mate):
    return looked_at(mate, somebody_wrote(amara, MATEO.answers, "work"))


def looked_at(mate, wrote):
    assert mate.get(wrote.at).status_code == 200
    return wrote


def words_of(key, lang):
    words = book().words
    return words.voice(lang).find(words.texts[key])


def said_to(wrote):
    (talk,) = conversations(wrote.keys, present().today)
    return [(entry.by, entry.kind, entry.text, entry.section) for entry in talk.entries[1:]]


def test_a_reply_is_seen_first_and_then_arrives(mate, wrote):
    answer = mate.send(wrote.at + "w/", text="  Yes, we can.\nWrite again. ", move="look")
    assert (answer.status_code, answer["Location"]) == (303, f"/en/{wrote.at}w/")
    assert said_to(wrote) == [], "nothing is sent by looking"
    html = mate.html(wrote.at + "w/")
    letter = html.split('class="preview"')[1].split("</div>")[0]
    assert letter.startswith(' lang="es" dir="ltr"')
    for shown in ("Example Street Legal Clinic (fictional)", "Yes, we can.\nWrite again."):
        assert shown in letter
    sent = mate.send(wrote.at + "w/", move="send", mark=MARK.search(html)[1])
    assert sent["Location"] == f"/en/{wrote.at}#t"
    ours = "Example Street Legal Clinic (fictional)"
    assert said_to(wrote) == [(ours, "message", "Yes, we can.\nWrite again.", "")]
    assert "Yes, we can." in mate.text(wrote.at)
    assert mate.get(wrote.at + "w/")["Location"] == f"/en/{wrote.at}", "and it is not kept"


def test_the_preview_speaks_the_language_of_the_person(amara, mate):
    wrote = looked_at(mate, somebody_wrote(amara, MATEO.answers, "work", lang="ar"))
    mate.send(wrote.at + "q/", text="To count days.", section="immigration", move="look")
    letter = mate.html(wrote.at + "q/").split('class="preview"')[1].split("</div>")[0]
    assert letter.startswith(' lang="ar" dir="rtl"')
    assert words_of("kept_ask", "ar") in letter


def test_what_could_tell_is_said_gently_and_can_be_sent_all_the_same(mate, wrote):
    text = "Come to 120 Main Street, M5V 2T6, at 3 pm. No police."
    mate.send(wrote.at + "w/", text=text, move="look")
    page = mate.text(wrote.at + "w/")
    assert "Replies never name a place" in page
    for piece in ("120 Main Street", "M5V 2T6", "at 3 pm", "police"):
        assert piece in page.split("Look again")[1]
    assert "Send it" in page
    mate.reply(wrote.code, text)
    assert said_to(wrote)[-1][2] == text


def test_without_anything_to_notice_the_page_says_what_it_cannot_know(mate, wrote):
    mate.send(wrote.at + "w/", text="We can help.", move="look")
    page = mate.text(wrote.at + "w/")
    assert "Look again" not in page
    assert "It misses things" in page


def test_a_reply_can_be_changed_before_it_is_sent(mate, wrote):
    mate.send(wrote.at + "w/", text="First words", move="look")
    assert mate.send(wrote.at + "w/", move="change")["Location"] == f"/en/{wrote.at}"
    assert ">First words</textarea>" in mate.html(wrote.at)
    mate.reply(wrote.code, "Other words")
    assert [text for _, _, text, _ in said_to(wrote)] == ["Other words"]
    assert "First words" not in mate.html(wrote.at)


def test_the_page_begins_where_a_reply_or_a_reason_is_to_be_changed_and_only_then(mate, wrote):
    focused = re.compile(r'<textarea id="([\w-]+)"[^>]* autofocus')
    for what, field in (("w", "f-reply"), ("q", "q-story")):
        mate.send(wrote.at + f"{what}/", text="Words", section="story", move="look")
        assert focused.findall(mate.html(wrote.at)) == []
        mate.send(wrote.at + f"{what}/", move="change")
        assert focused.findall(mate.html(wrote.at)) == [field]
        mate.send(wrote.at + f"{what}/", text="Words", section="story", move="look")
        assert focused.findall(mate.html(wrote.at)) == []
        mate.send(wrote.at + f"{what}/", text=" ", section="story", move="look")
        assert focused.findall(mate.html(wrote.at)) == [field]
        mate.send(wrote.at + f"{what}/", text="Words", section="story", move="look")


def test_what_could_tell_is_fenced_off_within_its_quotation_marks(amara):
    mate = Deskmate(amara, "ar")
    wrote = looked_at(mate, somebody_wrote(amara, MATEO.answers, "work"))
    mate.send(wrote.at + "w/", text="Come to 120 Main Street", move="look")
    assert "<q><bdi>120 Main Street</bdi></q>" in mate.html(wrote.at + "w/")


@pytest.mark.parametrize("what", ["w", "q"])
def test_nothing_written_is_nothing_to_look_at(mate, wrote, what):
    answer = mate.send(wrote.at + what + "/", text="  \n ", section="story", move="look")
    assert answer["Location"] == f"/en/{wrote.at}"
    assert "Write something first." in mate.text(wrote.at)
    mate.send(wrote.at + what + "/", move="send", mark="")
    assert said_to(wrote) == []


def test_only_what_was_looked_at_is_sent(mate, wrote):
    mate.send(wrote.at + "w/", text="In the first tab", move="look")
    first = MARK.search(mate.html(wrote.at + "w/"))[1]
    mate.send(wrote.at + "w/", text="In the second tab", move="look")
    answer = mate.send(wrote.at + "w/", move="send", mark=first)
    assert answer["Location"] == f"/en/{wrote.at}w/", "it is shown as it stands now"
    assert said_to(wrote) == []
    for wrong in ("", "0" * 16):
        mate.send(wrote.at + "w/", move="send", mark=wrong)
    assert said_to(wrote) == []


def test_sent_twice_it_arrives_once(mate, wrote):
    mate.send(wrote.at + "w/", text="Once", move="look")
    mark = MARK.search(mate.html(wrote.at + "w/"))[1]
    for _ in range(2):
        mate.send(wrote.at + "w/", move="send", mark=mark)
    assert [text for _, _, text, _ in said_to(wrote)] == ["Once"]


def test_two_casefiles_open_at_once_are_never_mixed_up(amara, mate, wrote):
    other = looked_at(mate, somebody_wrote(amara, MATEO.answers, "work"))
    mate.send(wrote.at + "w/", text="To the first", move="look")
    mate.send(other.at + "w/", text="To the other", move="look")
    mark = MARK.search(mate.html(wrote.at + "w/"))[1]
    mate.send(other.at + "w/", move="send", mark=mark)
    assert said_to(other) == []
    mate.send(wrote.at + "w/", move="send", mark=mark)
    assert [text for _, _, text, _ in said_to(wrote)] == ["To the first"]
    assert "To the other" in mate.text(other.at + "w/")


def test_a_section_is_asked_for_with_a_reason(mate, wrote):
    mate.send(wrote.at + "q/", text="To count days.", section="immigration", move="look")
    html = mate.html(wrote.at + "q/")
    assert words_of("kept_ask", "es") in html, "in the words of the person's own page"
    mate.send(wrote.at + "q/", move="send", mark=MARK.search(html)[1])
    assert [(kind, text, section) for _, kind, text, section in said_to(wrote)] == [
        ("ask", "To count days.", "immigration")
    ]
    assert "Asked to open: Papers and permits" in mate.text(wrote.at)


@pytest.mark.parametrize("section", ["", "everything", "work'--", "drafts"])
def test_what_is_no_section_is_not_asked_for(mate, wrote, section):
    mate.send(wrote.at + "q/", text="Please", section=section, move="look")
    answer = mate.get(wrote.at + "q/")
    assert (answer.status_code, answer["Location"]) == (303, f"/en/{wrote.at}"), "nothing to send"
    mate.send(wrote.at + "q/", move="send", mark="")
    assert said_to(wrote) == []


def test_what_is_written_lies_sealed_between_the_pages(mate, wrote):
    answer = mate.send(wrote.at + "w/", text="zanzibar is planted", move="look")
    assert "zanzibar" not in str(answer.headers) + str(answer.cookies)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM agencies_between")
        rows = [bytes(row[0]) for row in cursor.fetchall()]
    assert rows
    assert all(b"zanzibar" not in row for row in rows)
    cookie = mate.client.cookies[settings.BETWEEN_COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Strict", "")


def test_when_the_session_is_over_what_was_written_is_there_after_signing_in(amara, mate, wrote):
    mate.get(wrote.at)
    Session.objects.all().delete()
    answer = mate.send(wrote.at + "w/", text="Half an hour of words", move="look")
    assert answer.status_code == 303
    end = mate.client.get(answer["Location"], follow=True)
    assert "Your time was over" in end.content.decode()
    assert "Half an hour" not in end.content.decode()
    mate.sign_in(amara)
    assert ">Half an hour of words</textarea>" in mate.html(wrote.at)
    assert said_to(wrote) == []


def test_who_signs_in_there_from_another_agency_reads_none_of_it(mate, wrote):
    bruno = house()
    Session.objects.all().delete()
    mate.send(wrote.at + "w/", text="zanzibar", move="look")
    mate.sign_in(bruno)
    for path in (wrote.at, wrote.at + "w/", "i/", "a/"):
        page = mate.client.get(f"/en/{path}", follow=True)
        assert "zanzibar" not in page.content.decode()


def test_thirty_minutes_later_it_is_gone(mate, wrote, monkeypatch):
    mate.send(wrote.at + "w/", text="zanzibar", move="look")
    now = present()
    monkeypatch.setattr(
        "alongside.doors.desk.frame.Frame.now", now._replace(minute=now.minute + 31)
    )
    mate.sign_in(mate.colleague)
    assert "zanzibar" not in mate.html(wrote.at)


def test_taken_back_while_writing_nothing_is_sent_and_the_page_says_why(mate, wrote):
    mate.send(wrote.at + "w/", text="Too late", move="look")
    mark = MARK.search(mate.html(wrote.at + "w/"))[1]
    withdraw(keys=wrote.keys, own=wrote.note.id, now=present())
    assert mate.get(wrote.at + "w/")["Location"] == f"/en/{wrote.at}"
    answer = mate.send(wrote.at + "w/", move="send", mark=mark)
    assert answer["Location"] == f"/en/{wrote.at}"
    assert "The person took it back." in mate.text(wrote.at)
    assert said_to(wrote) == []


def test_a_long_letter_in_any_script_is_kept_whole(mate, wrote):
    text = "شكرا " * (LONGEST // 5)
    mate.reply(wrote.code, text)
    assert said_to(wrote)[-1][2] == text.strip()
    assert Between.objects.count() == 1
