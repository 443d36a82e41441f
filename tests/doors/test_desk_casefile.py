"""A casefile at the desk: exactly what was opened, in three states told apart, and what became of it."""

from datetime import timedelta

import pytest

from alongside.doors.desk.casefile import section_word
from alongside.doors.showing.speaking import book
from alongside.library.words import PSEUDO
from alongside.records.agencies.models import Delivery
from alongside.records.casefile.actions.securing import erase
from alongside.records.casefile.actions.sharing import Attached, widen, withdraw
from alongside.records.casefile.queries import who_opened
from alongside.records.journal.content import Deed
from tests.agencies import beside, present
from tests.doors.desking import FACTS, Deskmate, a_while_ago, clinic, house, somebody_wrote
from tests.doors.forms_seen import Seen
from tests.people import HASSAN, MATEO

pytestmark = pytest.mark.django_db
TOLD = {"pay.unpaid_part": True, "thr.violence": True, "goal.first": "papers", "doc.held": True}
assert {FACTS[key].section for key in TOLD} == {"work", "story", "plans"}


@pytest.fixture
def amara():
    return clinic()


@pytest.fixture
def mate(amara):
    return Deskmate(amara)


def named(section):
    return book().words.texts[section_word(section)].en


def test_what_was_opened_stands_there_and_what_was_not_does_not(amara, mate):
    wrote = somebody_wrote(amara, TOLD, "work", "plans")
    told = mate.html(wrote.at).split('id="p1"')[1].split("</table>")[0]
    assert "pay.unpaid_part" in told
    assert "goal.first" in told
    assert "thr.violence" not in told
    assert "doc.held" not in told


def test_the_three_states_of_a_section_are_told_apart(amara, mate):
    wrote = somebody_wrote(amara, TOLD, "work", "health")
    page, html = mate.text(wrote.at), mate.html(wrote.at)
    assert f"{named('work')} Opened, 1 answer" in page
    assert f"{named('health')} Opened, nothing answered there" in page
    assert f"{named('story')} Not opened to you Ask for it" in page
    states = [html.count(f'<li class="is-{state}">') for state in ("told", "silent", "closed")]
    assert states == [1, 1, 8]
    assert "This picture is partial: 8 sections are not opened to you." in page


def test_a_section_not_opened_reads_the_same_whether_something_was_told_in_it_or_not(amara, mate):
    silent = somebody_wrote(amara, {"pay.unpaid_part": True}, "work")
    told = somebody_wrote(amara, TOLD | {"pay.unpaid_part": True}, "work")
    pages = [
        mate.text(wrote.at).replace(mate.text(wrote.at)[:9], "").replace(wrote.code, "")
        for wrote in (silent, told)
    ]
    assert pages[0] == pages[1]


def test_the_persons_wishes_stand_at_the_top(amara, mate):
    wrote = somebody_wrote(amara, TOLD, "work", "plans")
    page = mate.text(wrote.at)
    top = page[: page.index("Sections")]
    for said in ("Advice about rights or papers", "Español", "Explained in", "My papers"):
        assert said in top
    less = somebody_wrote(amara, TOLD, "work")
    assert "in a section that was not opened to you" in mate.text(less.at)
    silent = somebody_wrote(amara, {}, "plans")
    assert "did not say yet what matters most" in mate.text(silent.at)


def test_what_is_pressing_and_what_was_written_stand_before_all_that_is_worked_out(amara, mate):
    told = TOLD | {"safe.danger_now": True, "thr.threat": True}
    html = mate.html(somebody_wrote(amara, told, "story", "plans").at)
    order = ("w0", "u0", "p0", "t", "f-reply", "s0", "p1", "p3", "v1", "p4")
    at = [html.index(f'id="{part}"') for part in order]
    assert at == sorted(at)
    pressing = html[at[1] : at[2]]
    assert "safe.danger_now" in pressing
    assert "thr.threat" in pressing
    calm = mate.html(somebody_wrote(amara, {"pay.unpaid_part": True}, "work").at)
    assert 'id="u0"' not in calm


def test_ways_definitions_and_sources_are_folded_and_the_list_at_the_top_leads_to_each(amara, mate):
    html = mate.html(somebody_wrote(amara, MATEO.answers, "work", "story").at)
    seen = Seen(html)
    here = {found["id"] for _, found in seen.tags if "id" in found}
    jumps = [link[1:] for link in seen.links if link.startswith("#")]
    assert {"t", "w", "s0", "p1", "p3", "v1"} <= set(jumps)
    assert set(jumps) <= here
    folded = [found.get("id") for tag, found in seen.tags if tag == "details" and "id" in found]
    assert folded == [*(jump for jump in jumps if jump.startswith("v")), "p4"]
    assert all("open" not in found for tag, found in seen.tags if tag == "details")


def test_everything_opened_leaves_no_word_of_a_partial_picture(amara, mate):
    sections = {FACTS[key].section for key in FACTS} | {"identity", "evidence", "apart"}
    html = mate.html(somebody_wrote(amara, TOLD, *sections).at)
    assert "This picture is partial" not in html
    assert "Not opened to you" not in html


def test_a_community_group_is_never_offered_what_is_only_for_a_lawyer():
    clinic()
    bruno = house()
    page = Deskmate(bruno).text(somebody_wrote(bruno, TOLD, "work").at)
    assert book().words.texts["section_apart"].en not in page


def test_the_practitioners_trail_is_made_of_what_was_opened_alone(amara, mate):
    wrote = somebody_wrote(amara, MATEO.answers, "work")
    html = mate.html(wrote.at)
    opened = {key for key in MATEO.answers if FACTS[key].section == "work"}
    assert opened
    assert len(mate.html(wrote.at).split('id="p1"')[1].split("</table>")[0].split("<tr>")) <= (
        len(opened) + 1
    )
    assert "Ways out" in html


@pytest.mark.parametrize("lang", ["en", "fr", "es", "ar", PSEUDO])
def test_every_language_has_the_page(amara, lang):
    wrote = somebody_wrote(amara, HASSAN.answers, "work", "story", "plans", lang="ar")
    assert Deskmate(amara, lang).get(wrote.at).status_code == 200


def test_the_person_sees_that_it_was_opened(amara, mate):
    wrote = somebody_wrote(amara, TOLD, "work")
    mate.get(wrote.at)
    assert Deed.OPENED in {line.deed for line in who_opened(wrote.keys)}


def test_another_agencys_code_is_as_if_it_did_not_exist(amara):
    wrote, bruno = somebody_wrote(amara, TOLD, "work"), house()
    stranger, nothing = Deskmate(bruno), "k/" + "b" * 26 + "/"
    for rest in ("", "f/" + "a" * 26 + "/"):
        real, none = stranger.get(wrote.at + rest), stranger.get(nothing + rest)
        assert (real.status_code, none.status_code) == (404, 404)
        assert real.content.decode().replace(wrote.code, "b" * 26) == none.content.decode()
    for rest, fields in (("w/", {"text": "hello", "move": "look"}), ("c/", {"word": "river"}),
                         ("p/", {}), ("q/", {"text": "?", "section": "story"})):  # fmt: skip
        stranger.send(wrote.at + rest, **fields)
        stranger.send(wrote.at + rest, move="send")
    assert Delivery.objects.filter(id=wrote.note.id).exists()
    assert "Can you help?" in Deskmate(amara).text(wrote.at)
    assert "hello" not in Deskmate(amara).text(wrote.at)


def test_a_file_that_the_machine_may_not_read_is_a_failure_and_no_missing_page(
    amara, mate, monkeypatch
):
    def refused(**_: object):
        raise PermissionError

    wrote = somebody_wrote(amara, TOLD, "work")
    monkeypatch.setattr("alongside.doors.desk.views.reading.look", refused)
    assert mate.get(wrote.at).status_code == 500


def test_every_colleague_of_the_agency_opens_it(amara):
    wrote = somebody_wrote(amara, TOLD, "work")
    chidi = beside(amara, "chidi", a_while_ago())
    assert "Can you help?" in Deskmate(chidi).text(wrote.at)


def test_identity_is_not_confirmed_until_the_word_was_spoken(amara, mate):
    wrote = somebody_wrote(amara, TOLD, "work")
    assert "Identity not confirmed" in mate.text(wrote.at)
    assert mate.send(wrote.at + "c/", word="lake").status_code == 303
    page = mate.html(wrote.at)
    assert "This is not their word" in page
    assert "lake" not in page
    assert "river" not in page
    mate.send(wrote.at + "c/", word="  River ")
    assert "Identity confirmed by the spoken word" in mate.text(wrote.at)
    assert "not their word" not in mate.text(wrote.at)


def test_what_is_opened_later_is_there_on_the_next_look(amara, mate):
    wrote = somebody_wrote(amara, TOLD, "work")
    mate.get(wrote.at)
    widen(keys=wrote.keys, own=wrote.note.id, sections=frozenset({"story"}), now=present())
    assert f"{named('story')} Opened, 2 answers" in mate.text(wrote.at)


def test_a_file_is_handed_over_to_be_kept_and_never_shown_inside(amara, mate):
    body = b"<script>alert(1)</script>"
    files = [Attached('my "boss".html', "text/html", body), Attached("b.JPEG", "image/jpeg", b"j")]
    wrote = somebody_wrote(amara, TOLD, "work", files=files)
    html = mate.html(wrote.at)
    links = [part.split('"')[0] for part in html.split('href="')[1:] if "/f/" in part.split('"')[0]]
    answers = [mate.client.get(link) for link in links]
    assert [answer.content for answer in answers] == [body, b"j"]
    assert [a["Content-Disposition"] for a in answers] == [
        'attachment; filename="1.bin"', 'attachment; filename="2.jpg"',
    ]  # fmt: skip
    for answer in answers:
        assert answer["Content-Type"] == "application/octet-stream"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Cache-Control"] == "no-store"
    assert "<script>alert" not in html
    assert mate.get(wrote.at + "f/" + "a" * 26 + "/").status_code == 404


def test_what_somebody_wrote_is_shown_as_words_and_never_as_a_page(amara, mate):
    wrote = somebody_wrote(amara, TOLD, "work", text='<b onclick="x">boss</b>\nline two')
    assert "&lt;b onclick=&#34;x&#34;&gt;boss&lt;/b&gt;\nline two" in mate.html(wrote.at)


@pytest.mark.parametrize(
    ("end", "heading"),
    [(withdraw, "The person took it back."), (erase, "The person erased everything.")],
)
def test_taken_back_or_erased_the_page_says_so_and_nothing_else(amara, mate, end, heading):
    wrote = somebody_wrote(amara, TOLD, "work", text="zanzibar")
    assert "zanzibar" in mate.text(wrote.at)
    end(keys=wrote.keys, now=present(), **({"own": wrote.note.id} if end is withdraw else {}))
    page = mate.html(wrote.at)
    for said in (heading, "safe contact", "Delete your own notes", "Put the card away"):
        assert said in page
    for gone in ("zanzibar", "textarea", named("work"), "pay.unpaid_part", "Ask for it"):
        assert gone not in page
    assert mate.send(wrote.at + "p/")["Location"] == "/en/i/"
    assert mate.get(wrote.at).status_code == 404
    assert not Delivery.objects.filter(id=wrote.note.id).exists()


def test_past_its_last_day_the_page_says_until_when_it_was(amara, mate, monkeypatch):
    wrote = somebody_wrote(amara, TOLD, "work", until=present().today)
    assert "Can you help?" in mate.text(wrote.at)
    later = present()._replace(today=present().today + timedelta(days=1))
    monkeypatch.setattr("alongside.doors.desk.frame.Frame.now", later)
    page = mate.text(wrote.at)
    assert "The time that the person gave is over." in page
    assert "Can you help?" not in page


def test_what_is_still_open_is_not_put_away_by_a_form_made_by_hand(amara, mate):
    wrote = somebody_wrote(amara, TOLD, "work")
    mate.get(wrote.at)
    mate.send(wrote.at + "p/")
    assert "Can you help?" in mate.text(wrote.at)
