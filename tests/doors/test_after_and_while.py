"""The card tells what follows a win and what waiting means; law readers get it with its sources."""

import re

import pytest
from markupsafe import escape

from alongside.doors.showing.speaking import book
from alongside.library.calling import code_of
from tests.doors.visiting import Visitor, words
from tests.people import MATEO

pytestmark = pytest.mark.django_db
WAGES = "fed.es.clc3"
CLAIM = "fed.imm.refugee_claim"


def _said(lang: str, key: str) -> str:
    return book().words.voice(lang).find(book().words.texts[key])


def _fold(html: str, heading: str) -> str:
    found = re.search(
        rf"<details><summary>{re.escape(str(escape(heading)))}</summary>.*?</details>",
        html,
        re.DOTALL,
    )
    assert found, heading
    return found[0]


def _texts(texts, lang: str) -> list[str]:
    return [text.fr if lang == "fr" else text.en for text in texts]


@pytest.mark.parametrize("lang", ["en", "fr", "es", "ar"])
def test_a_card_folds_both_away_and_tells_all_of_them(lang):
    html = Visitor(lang).get(f"o/{code_of(WAGES)}/").content.decode()
    remedy = book().remedies[WAGES]
    for heading, found in (("after_you_win", remedy.after), ("wait_more", remedy.wait)):
        fold = words(f"<main>{_fold(html, _said(lang, heading))}")
        assert all(text in fold for text in _texts([one.text for one in found], lang))


def test_what_protects_comes_before_what_does_not_and_what_is_given_up():
    fold = words(
        _fold(
            Visitor().get(f"o/{code_of(CLAIM)}/").content.decode(),
            "What protects you, and what does not",
        )
    )
    places = [
        fold.index(_said("en", f"wait_{kind}")) for kind in ("protects", "does_not", "given_up")
    ]
    assert places == sorted(places)


def test_a_way_with_nothing_to_say_of_it_has_no_empty_fold():
    key = "on.legalaid"
    assert not book().remedies[key].after
    assert not book().remedies[key].wait
    text = Visitor().text(f"o/{code_of(key)}/")
    assert "After you win" not in text
    assert "What protects you, and what does not" not in text


def test_the_part_for_a_lawyer_says_what_each_rests_on_and_which_standard_is_behind():
    html = Visitor().get(f"o/{code_of(WAGES)}/").content.decode()
    part = words(html.split(_said("en", "for_lawyer"), 1)[1])
    assert "s. 251.18" in part
    assert "Convention on the rights of all migrant workers" in part
    assert "art. 25" in part


def test_the_practitioner_reads_them_with_the_numbers_of_their_sources():
    html = Visitor().tell(MATEO.answers).get("p/").content.decode()
    row = html.split(WAGES, 1)[1].split('<tr class="over">', 1)[0]
    told = book().remedies[WAGES].after[0].text.en
    assert told in words(f"<main>{row}")
    marked = re.search(
        re.escape(told) + r".*?\[(\d+)\] s\. 251\.15", words(f"<main>{row}"), re.DOTALL
    )
    assert marked
    listed = html.split('id="p4"', 1)[1].split("<li>")[int(marked[1])]
    assert "Canada Labour Code" in words(f"<main>{listed}")


@pytest.mark.parametrize("lang", ["en", "fr", "ar"])
def test_the_page_on_being_a_witness_says_every_point_and_shows_its_sources(lang):
    page = Visitor(lang).get("v/1/")
    assert page.status_code == 200
    text = words(page.content.decode())
    topic = book().topics["witness"]
    for section in topic.sections:
        assert all(said in text for said in _texts([p.text for p in section.points], lang))
    assert "s. 486.2(2), (6)" in text


def test_it_is_reached_from_the_rights_and_from_the_ways_it_is_about():
    visitor = Visitor()
    assert 'href="/en/v/1/"' in visitor.get("r/").content.decode()
    told = visitor.get(f"o/{code_of('fed.imm.vtip_trp')}/").content.decode()
    assert 'href="/en/v/1/"' in told
    other = visitor.get(f"o/{code_of('fed.wepp')}/").content.decode()
    assert 'href="/en/v/1/"' not in other


@pytest.mark.parametrize("path", ["v/0/", "v/99/"])
def test_a_page_that_is_not_there_is_a_missing_page(path):
    assert Visitor().get(path).status_code == 404
