"""Papers to finish at the desk: made of what is opened and of nothing else, and sent to nobody."""

import io
import re

import pytest
from pypdf import PdfReader

from alongside.doors.showing.speaking import book
from alongside.library.calling import code_of
from alongside.library.words import PSEUDO
from alongside.records.casefile.actions.sharing import widen, withdraw
from tests.agencies import present
from tests.doors.desking import FACTS, Deskmate, clinic, house, somebody_wrote
from tests.doors.forms_seen import Seen
from tests.people import DIVYA, MATEO

pytestmark = pytest.mark.django_db
CLAIM, PERMIT, MEMO = "wage_claim", "permit_cover", "limitation_memo"
STATED = "someone threatened to hurt them"
assert FACTS["thr.threat"].section == "story"


@pytest.fixture
def amara():
    return clinic()


@pytest.fixture
def mate(amara):
    return Deskmate(amara)


def at(wrote, key, tongue="en"):
    return f"{wrote.at}o/{code_of(key)}/{tongue}/"


def test_a_casefile_leads_to_the_papers_for_the_steps_that_are_not_closed(amara, mate):
    wrote = somebody_wrote(amara, MATEO.answers, "work", "immigration", "whereabouts", "story")
    html = mate.html(wrote.at)
    offered = set(re.findall(r"/o/([a-z2-7]{5})/en/", html))
    assert code_of(CLAIM) in offered
    assert code_of(MEMO) in offered
    deferral = html.split('id="o0"')[1].count(code_of("deferral_request"))
    assert deferral == 1, "whether there is an order is not known, so it is not closed"
    none = somebody_wrote(amara, MATEO.answers | {"order.any": False}, "work", "immigration")
    assert code_of("deferral_request") not in mate.html(none.at)


def test_the_way_of_a_step_leads_to_its_paper_too(amara, mate):
    html = mate.html(somebody_wrote(amara, MATEO.answers, "work", "whereabouts").at)
    row = html.split(">on.es.esa<")[0].rsplit("<tr", 1)[1]
    assert f"/o/{code_of(CLAIM)}/en/" in row
    assert code_of(MEMO) not in row, "a paper for any step stands in the list alone"


def test_a_paper_stands_on_the_sections_that_are_opened_and_on_no_other(amara, mate):
    wrote = somebody_wrote(amara, DIVYA.answers, "work")
    page = mate.text(at(wrote, PERMIT))
    assert "pay is held back and is lost if they leave" in page
    assert STATED not in page
    assert "Not opened to you: violence by someone in charge; threats of violence" in page
    widen(keys=wrote.keys, own=wrote.note.id, sections=frozenset({"story"}), now=present())
    assert STATED in mate.text(at(wrote, PERMIT))


def test_what_is_not_opened_reads_the_same_whether_something_was_told_there_or_not(amara, mate):
    told = somebody_wrote(amara, DIVYA.answers, "work")
    work = {key: answer for key, answer in DIVYA.answers.items() if FACTS[key].section == "work"}
    silent = somebody_wrote(amara, work, "work")
    pages = [mate.html(at(w, PERMIT)).replace(w.code, "").split("<h1>")[1] for w in (told, silent)]
    assert pages[0] == pages[1]


def test_every_statement_leads_to_the_question_the_answer_and_the_day(amara, mate):
    html = mate.html(at(somebody_wrote(amara, MATEO.answers, "work"), CLAIM))
    seen = Seen(html)
    here = {found["id"] for _, found in seen.tags if "id" in found}
    jumps = {link[1:] for link in seen.links if link.startswith("#o")}
    assert jumps
    assert jumps <= here
    part = html.split("part of the pay is missing or late.")[1]
    number = re.search(r'href="#(o\d+)"', part)[1]
    told = html.split(f'id="{number}"')[1].split("</dd>")[0]
    assert "Part of my pay is missing or late." in told
    assert "Told on" in told


def test_the_address_and_the_title_tell_nothing(amara, mate):
    wrote = somebody_wrote(amara, MATEO.answers, "work")
    for key, outline in book().outlines.items():
        html = mate.html(at(wrote, key))
        title = re.search(r"<title>(.*?)</title>", html, re.DOTALL)[1]
        assert title == re.search(r"<title>(.*?)</title>", mate.html(wrote.at), re.DOTALL)[1]
        assert key not in at(wrote, key)
        assert outline.name.en not in title


def test_nothing_on_a_paper_sends_it_anywhere(amara, mate):
    """No form but the one that signs out, no address of an office that could be followed."""
    wrote = somebody_wrote(amara, MATEO.answers, "work", "immigration", "whereabouts")
    for key in book().outlines:
        html = mate.html(at(wrote, key))
        seen = Seen(html)
        forms = re.findall(r'<form[^>]* action="([^"]*)"', html)
        assert forms == ["/en/u/"]
        assert all(link.startswith(("/", "#")) for link in seen.links)
        assert "mailto:" not in html


def test_a_paper_is_handed_over_as_pdf_under_a_name_that_tells_nothing(amara, mate):
    wrote = somebody_wrote(amara, DIVYA.answers, "work")
    for tongue, says in (
        ("en", "pay is held back and is lost if they leave"),
        ("fr", "retient sa paie"),
    ):
        answer = mate.get(at(wrote, PERMIT, tongue) + "f/")
        assert answer.status_code == 200
        name = f"{code_of(PERMIT)}.pdf"
        assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
        assert answer["Cache-Control"] == "no-store"
        assert answer["X-Content-Type-Options"] == "nosniff"
        read = " ".join(p.extract_text() for p in PdfReader(io.BytesIO(answer.content)).pages)
        assert says in " ".join(read.split())
        assert STATED not in " ".join(read.split())


@pytest.mark.parametrize("lang", ["en", "fr", "es", "ar", PSEUDO])
def test_a_paper_is_in_the_official_language_asked_for_whatever_the_page_speaks(amara, lang):
    wrote = somebody_wrote(amara, DIVYA.answers, "work")
    html = Deskmate(amara, lang).html(at(wrote, PERMIT, "fr"))
    assert '<article class="paper" lang="fr" dir="ltr">' in html
    assert "La personne nous a dit" in html
    assert "The person told us" not in html


def test_a_paper_that_is_none_and_another_agencys_casefile_are_no_pages(amara, mate):
    wrote = somebody_wrote(amara, DIVYA.answers, "work")
    assert mate.get(f"{wrote.at}o/aaaaa/en/").status_code == 404
    assert mate.get(f"{wrote.at}o/{code_of(PERMIT)}/es/").status_code == 404
    stranger = Deskmate(house())
    for rest in ("", "f/"):
        assert stranger.get(at(wrote, PERMIT) + rest).status_code == 404
    assert mate.get(f"{wrote.at}o/aaaaa/en/f/").status_code == 404


def test_taken_back_a_paper_holds_nothing_any_more(amara, mate):
    wrote = somebody_wrote(amara, DIVYA.answers, "work", "story")
    assert STATED in mate.text(at(wrote, PERMIT))
    withdraw(keys=wrote.keys, own=wrote.note.id, now=present())
    for rest in ("", "f/"):
        page = mate.text(at(wrote, PERMIT) + rest)
        assert "The person took it back." in page
        assert STATED not in page
