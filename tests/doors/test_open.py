"""The pages to read: everything of the Book is there, says how sure it is, and remembers nobody."""

import re
from datetime import date, timedelta

import pytest

from alongside.domain.rules import Goal
from alongside.doors.open import shelves
from alongside.doors.open.reader import Reader
from alongside.doors.showing.speaking import book
from alongside.library.calling import code_of
from alongside.records.drafts.models import Draft as Row
from alongside.records.drafts.room import NotReadError
from tests.doors.addresses import rules
from tests.doors.forms_seen import Seen
from tests.doors.visiting import Visitor, outermost, words
from tests.people import MATEO

pytestmark = pytest.mark.django_db
SAID = "This text was due to be checked again by"
WORDS = "boss took my passport"


def look(visitor: Visitor, typed: str):
    return visitor.client.post(f"/{visitor.lang}/z/q/", {"words": typed})


def links(visitor: Visitor, path: str) -> set[str]:
    return set(Seen(visitor.get(path).content.decode()).links)


# What there is


def test_every_way_out_is_on_a_list_and_has_its_page():
    listed = links(Visitor(), "z/n/0/0/")
    assert {f"/en/z/o/{code_of(key)}/" for key in {**book().remedies, **book().ways}} <= listed


@pytest.mark.parametrize("goal", Goal)
def test_a_need_lists_exactly_what_serves_it(goal):
    listed = links(Visitor(), f"z/n/{shelves.NEEDS.index(goal) + 1}/0/")
    for key, remedy in book().remedies.items():
        assert (f"/en/z/o/{code_of(key)}/" in listed) == (goal in remedy.rule.serves), key


@pytest.mark.parametrize("place", shelves.PLACES)
def test_a_place_lists_its_law_and_that_of_all_of_canada_and_no_other(place):
    listed = links(Visitor(), f"z/n/0/{shelves.PLACES.index(place) + 1}/")
    for key, remedy in book().remedies.items():
        here = remedy.rule.jurisdiction in {"fed", place}
        assert (f"/en/z/o/{code_of(key)}/" in listed) == here, key


def test_where_the_law_of_a_place_is_missing_the_list_says_so():
    text = Visitor().text(f"z/n/0/{shelves.PLACES.index('pe') + 1}/")
    assert "The law of this province or territory is not here yet." in text
    assert "not here yet" not in Visitor().text(f"z/n/0/{shelves.PLACES.index('on') + 1}/")


CONSULTATION = [
    "Temporary residence permit (TRP)",
    "Humanitarian and compassionate application (H&C)",
    "Employment standards complaint",
    "Small claims court",
    "Refugee claim",
    "Spousal sponsorship",
    "Human rights complaint",
    "Open work permit",
    "Criminal injuries compensation",
    "Welfare",
    "Unemployment benefits",
    "Unpaid wages",
    "Labour market impact assessment (LMIA)",
]


def test_each_of_the_thirteen_is_named_as_the_consultation_names_it_and_leads_to_its_remedies():
    """The names stand here a second time, as the consultation of 2018 has them."""
    html = Visitor().get("z/d/").content.decode()
    assert [one.title.en for one in book().named.values()] == CONSULTATION
    assert "/en/z/d/" in links(Visitor(), "z/")
    parts = re.split(r'<h2 id="d\d+">', html)[1:]
    for one, part in zip(book().named.values(), parts, strict=True):
        assert words(f"<main>{part}").startswith(one.title.en), one.key
        for key in one.remedies:
            assert f"/en/z/o/{code_of(key)}/" in part, (one.key, key)


def test_each_standard_has_a_page_with_every_rule_beside_it():
    for number, key in enumerate(book().standards, 1):
        listed = links(Visitor(), f"z/s/{number}/")
        for remedy in book().remedies.values():
            there = f"/en/z/o/{code_of(remedy.key)}/" in listed
            assert there == (key in remedy.standards), (key, remedy.key)


def test_every_rule_names_its_standards_or_is_among_those_without_one():
    bare = links(Visitor(), "z/s/")
    for key, remedy in book().remedies.items():
        assert (f"/en/z/o/{code_of(key)}/" in bare) == (not remedy.standards), key


@pytest.mark.parametrize(("page", "group"), [("z/r/", "resources"), ("z/c/", "cases")])
def test_every_resource_and_case_is_told_with_its_source_date_and_confidence(page, group):
    html = Visitor().get(page).content.decode()
    cards = re.split(r'<div class="card" id="[rc]\d+">', html)[1:]
    found = {words(f"<main>{card}"): card for card in cards}
    assert len(cards) == len(getattr(book(), group))
    for one in getattr(book(), group).values():
        text = next(text for text in found if text.startswith(one.title.en))
        assert book().sources.table[one.cites[0].source].title.en in text, one.key
        assert f"Confidence: {one.confidence}" in text, one.key
        assert "To be checked again by" in text, one.key


def test_what_of_the_consultations_list_could_not_be_read_is_said():
    assert "parts of that list are missing here" in Visitor().text("z/r/")


def test_a_case_without_a_citation_is_told_as_one():
    html = Visitor().get("z/c/").content.decode()
    told = html.split("Told by lawyers in 2018")[1].split("<h2>")[0]
    for case in book().cases.values():
        assert (case.title.en in words(f"<main>{told}")) == (case.kind == "told"), case.key


# One rule


@pytest.fixture(scope="module")
def pages(django_db_setup, django_db_blocker):  # noqa: ARG001 - the store must be there first
    """The page of every way out, in English."""
    with django_db_blocker.unblock():
        visitor = Visitor()
        return {path: visitor.get(path).content.decode() for path in rules("en")}


def page_of(pages: dict[str, str], key: str) -> str:
    return words(pages[f"/en/z/o/{code_of(key)}/"])


def test_a_page_tells_all_that_its_entry_holds(pages):
    for key, card in {**book().ways, **book().remedies}.items():
        text, said = page_of(pages, key), card.words
        parts = [
            said.name,
            said.gives,
            said.give_up,
            said.who_learns,
            said.time,
            said.cost,
            said.first,
        ]
        parts += [*said.steps, said.note, *said.bars.values(), *said.clocks.values()]
        parts += [one.text for one in (*card.after, *card.wait, *said.practice)]
        parts += [book().dangers[danger.key].text for danger in card.rule.dangers]
        parts += [book().standards[name].name for name in card.standards]
        missing = [part.en for part in parts if part.en.strip() not in text]
        assert missing == [], key
        for cite in card.cited:
            assert book().sources.table[cite.source].title.en in text, (key, cite)


def test_what_could_not_be_verified_is_said_plainly_and_never_left_out(pages):
    for key, card in {**book().ways, **book().remedies}.items():
        part = page_of(pages, key).split("What we could not check")[1]
        assert "No lawyer has checked this text yet." in part, key
        assert ("We could not check this rule well enough." in part) == card.rule.unverified, key
        secondary = bool(re.search(r"\b(SEC|M)\b", card.confidence))
        assert not secondary or "not from the law" in part, key
        for clock in card.rule.clocks:
            unsure = not clock.prints_date or clock.confidence in {"M", "SEC"}
            name = card.words.clocks[clock.key].en
            assert (f"{name}" in part.split("Where this comes from")[0]) >= unsure, (key, clock.key)


def test_a_page_leads_to_what_it_opens_and_does_not_go_together_with(pages):
    for key, card in book().remedies.items():
        html = pages[f"/en/z/o/{code_of(key)}/"]
        for other in (*card.unlocks, *card.excludes):
            assert f"/en/z/o/{code_of(other)}/" in html, (key, other)


def test_no_page_uses_or_shows_an_answer():
    told = Visitor().tell(MATEO.answers)
    path = f"z/o/{code_of('on.es.esa')}/"
    assert told.text(path) == Visitor().text(path)


@pytest.mark.parametrize("page", ["z/s/1/", "z/d/", "z/r/", "z/c/", f"z/o/{code_of('on.es.esa')}/"])
def test_what_is_past_its_date_says_so(monkeypatch, page):
    fresh = min(
        *(one.review.review_by for group in (book().named, book().resources, book().cases) for one in group.values()),
        *(one.review.review_by for one in book().standards.values()),
        *(remedy.rule.review_by for remedy in book().remedies.values()),
    )  # fmt: skip
    for on, stale in ((fresh, False), (date(2030, 1, 1), True)):
        monkeypatch.setattr(Reader, "today", property(lambda _reader, on=on: on))
        assert (SAID in Visitor().text(page)) == stale
    monkeypatch.setattr(Reader, "today", property(lambda _reader: fresh + timedelta(days=2000)))
    assert "See a lawyer first." in Visitor().text(f"z/o/{code_of('on.es.esa')}/")


@pytest.mark.parametrize(
    "path", ["z/n/9/0/", "z/n/0/99/", "z/o/aaaaa/", "z/s/0/", "z/s/99/", "z/x/", "z/n/0/0", "z/o/"]
)
def test_what_is_not_there_says_so_in_the_frame(path):
    answer = Visitor().get(path)
    assert answer.status_code == 404
    assert 'href="/leave/"' in answer.content.decode()


# Looking something up


def test_words_go_by_303_and_stand_in_no_address_and_no_cookie_that_can_be_read():
    visitor = Visitor()
    answer = look(visitor, WORDS)
    assert (answer.status_code, answer["Location"]) == (303, "/en/z/q/")
    cookie = answer.cookies["l"]
    assert re.fullmatch(r"[\w-]{43}", cookie.value)
    assert (cookie["samesite"], cookie["httponly"], cookie["max-age"]) == ("Strict", True, "")
    html = visitor.get("z/q/").content.decode()
    assert Seen(html).values()["words"] == WORDS
    assert not any("passport" in link for link in Seen(html).links)
    assert not any(b"passport" in bytes(row.sealed) for row in Row.objects.all())


@pytest.mark.parametrize(
    ("lang", "typed"),
    [("en", "passport"), ("fr", "passeport"), ("ar", "passport"), ("es", "passeport")],
)
def test_results_lead_somewhere_and_show_why(lang, typed):
    visitor = Visitor(lang)
    look(visitor, typed)
    html = visitor.get("z/q/").content.decode()
    found = re.findall(rf'<li class="card"><h3><a href="(/{lang}/[^"#]+)', html)
    assert len(found) >= 5
    assert "<mark>" in html
    for address in found:
        assert visitor.get(address).status_code == 200, address


def test_a_reader_of_another_language_gets_results_in_the_one_that_was_typed():
    """One result alone may seem to say more in the other language: here that was the first one."""
    for typed, lang, other in (("unpaid wages", "en", "fr"), ("salaire impayé", "fr", "en")):
        visitor = Visitor("ar")
        look(visitor, typed)
        html = visitor.get("z/q/").content.decode()
        quoted = re.findall(r'<span class="also" lang="(..)"', html)
        assert lang in quoted
        assert other not in quoted, typed


def test_why_it_was_found_is_said_once_for_each_word():
    visitor = Visitor()
    look(visitor, "boss took my passport alberta")
    whys = re.findall(r'Found by:? *<span dir="auto">([^<]+)', visitor.get("z/q/").content.decode())
    assert "boss · took my passport" in whys
    assert not any("passport · passport" in why or "(passport)" in why for why in whys)


def test_every_kind_of_result_leads_to_where_it_stands():
    for typed in (
        "welfare",
        "witness",
        "Palermo Protocol",
        "Presteve",
        "assessment tool",
        "hotline",
        "Your pay",
    ):
        visitor = Visitor()
        look(visitor, typed)
        html = visitor.get("z/q/").content.decode()
        address = re.findall(r'<h3><a href="([^"]+)"', html)[0]
        page, _, at = address.partition("#")
        there = visitor.get(page).content.decode()
        assert not at or f'id="{at}"' in there, (typed, address)


def test_nothing_found_says_so_and_offers_other_ways_on():
    visitor = Visitor()
    look(visitor, "kumquat")
    text = visitor.text("z/q/")
    assert "Nothing here says that" in text
    assert "To be safe now" in text
    assert "1-833-900-1010" in text


def test_what_was_typed_is_shown_as_it_was_and_can_do_nothing():
    visitor = Visitor()
    typed = '"><script>alert(1)</script> {{ 7*7 }} passport'
    look(visitor, typed)
    html = visitor.get("z/q/").content.decode()
    assert "<script>alert" not in html
    assert Seen(html).values()["words"] == typed


def test_an_empty_field_forgets_what_was_looked_for():
    visitor = Visitor()
    look(visitor, WORDS)
    answer = look(visitor, "   ")
    assert (answer.status_code, answer.cookies["l"].value) == (303, "")
    assert Seen(visitor.get("z/q/").content.decode()).values()["words"] == ""
    assert not Row.objects.exists()


def test_leaving_and_starting_over_destroy_it_too():
    for path in ("/leave/", "/en/x/"):
        visitor = Visitor()
        look(visitor, WORDS)
        answer = visitor.client.post(path)
        assert answer.cookies["l"].value == ""
        assert not Row.objects.exists()


def test_looking_leaves_the_answers_alone():
    visitor = Visitor().tell(MATEO.answers)
    before = visitor.text("s/")
    look(visitor, WORDS)
    visitor.get("z/q/")
    assert visitor.text("s/") == before


def test_a_form_without_its_secret_is_not_taken_and_says_so():
    status, headers = outermost("POST", "/en/z/q/", b"words=passport")
    assert (status[:3], headers["Location"]) == ("303", "/en/c/")
    assert not Row.objects.exists()


def test_where_the_store_fails_the_page_stays_and_nothing_is_pretended(monkeypatch):
    visitor = Visitor()
    look(visitor, WORDS)
    with monkeypatch.context() as patch:
        patch.setattr("alongside.doors.open.reader.open_looked", _failing)
        text = visitor.text("z/q/")
    assert "We could not look just now." in text
    with monkeypatch.context() as patch:
        patch.setattr("alongside.records.drafts.looking.MOST", 0)
        assert look(Visitor(), WORDS)["Location"] == "/en/e/"


def _failing(**_more: object):
    raise NotReadError


def test_the_person_is_led_here_from_the_first_page_and_from_a_way_out():
    assert "/en/z/" in links(Visitor(), "/en/")
    code = code_of("fed.imm.hc")
    assert f"/en/z/o/{code}/" in links(Visitor(), f"o/{code}/")
