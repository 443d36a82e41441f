"""Journeys: a person answers, sees what the rules say, compares ways out, and knows who to call."""

import re

import pytest

from alongside.doors.showing.cards import code_of
from alongside.doors.showing.speaking import book, speaker
from tests.doors.addresses import ways
from tests.doors.visiting import Visitor, words
from tests.people import CAST, DIVYA, MATEO, NADIA, RATHER_NOT_SAY, UNKNOWN

pytestmark = pytest.mark.django_db
HOTLINE = "1-833-900-1010"


def said(lang, key):
    return words("<main>" + str(speaker(lang).w(key)))


def name_of(key, lang="en"):
    return words("<main>" + str(speaker(lang).say(book().remedies[key].words.name)))


def before_the_calls(html):
    return words(html.split('aria-labelledby="calls"')[0])


def test_divya_sees_what_the_rules_say_of_what_she_told():
    # Given a cleaner who told what happens at work
    divya = Visitor().tell(DIVYA.answers)
    # When she asks whether this is all right
    seen = divya.text("s/")
    # Then each thing she told stands there in her words, with what the rules say
    facts = book().vocabulary.facts
    for key, answer in DIVYA.answers.items():
        if answer is True and key in book().rights.said:
            assert facts[key].question.en in seen
            assert book().rights.said[key].rule.en in seen
    assert said("en", "against_rules") in seen
    # And what people call it, what help there is, and the next step
    for key in ("people_call", "what_help", "show_ways"):
        assert said("en", key) in seen
    # And because she is in danger now, that comes first
    assert seen.index(said("en", "urgent_heading")) < seen.index(said("en", "people_call"))


NEVER = {
    "en": r"\blevel\b|traffick|forced labou?r|criminal|slavery|servitude|victim|score",
    "fr": r"\bniveau\b|la traite|travail forcé|criminel|esclavage|servitude|victime|score",
}


@pytest.mark.parametrize("person", CAST, ids=lambda p: p.name)
@pytest.mark.parametrize("lang", NEVER)
def test_no_level_and_no_criminal_label_on_the_page_of_the_person(person, lang):
    html = Visitor(lang).tell(person.answers).get("s/").content.decode()
    assert re.findall(NEVER[lang], before_the_calls(html), re.IGNORECASE) == []


def test_the_practitioner_sees_them_on_request():
    assert re.search(NEVER["en"], Visitor().tell(DIVYA.answers).text("p/"), re.IGNORECASE)


def test_mateo_compares_his_ways_out_in_groups():
    # Given a greenhouse worker whose permit names his boss
    mateo = Visitor().tell(MATEO.answers)
    # When he asks what he can do
    html = mateo.get("o/").content.decode()
    seen = words(html)
    # Then every group that has cards stands there once, open ways before closed ones
    headings = [said("en", f"group_{g}") for g in ("open", "ask", "closed")]
    places = [seen.index(heading) for heading in headings]
    assert places == sorted(places)
    # And the ways that start nothing legal are among them, in front of what is closed to him
    assert seen.index(said("en", "group_quiet")) < places[-1]
    # And the permit to leave a boss who mistreats is a card that he can open
    assert name_of("fed.imm.owp_vulnerable") in seen
    assert f"/en/o/{code_of('fed.imm.owp_vulnerable')}/" in html


def test_every_way_and_every_remedy_has_exactly_one_card():
    html = Visitor().tell(MATEO.answers).get("o/").content.decode()
    html = html[html.index('aria-labelledby="group_') :]
    cards = re.findall(r'href="/en/o/([a-z2-7]{5})/"', html)
    hidden = {code_of(k) for k, r in book().remedies.items() if r.shown_when}
    assert len(cards) == len(set(cards))
    assert set(cards) == {path[6:11] for path in ways("en")} - hidden


@pytest.mark.parametrize("lang", ["en", "fr", "ar"])
def test_on_every_open_way_dangers_stand_before_gains_and_it_ends_with_who_to_call(lang):
    mateo = Visitor(lang).tell(MATEO.answers)
    for path in ways(lang):
        html = mateo.get(path).content.decode()
        headings = ("will_happen", "could_give", "first_step")
        order = [html.index(f"<h2>{speaker(lang).w(k)}</h2>") for k in headings]
        assert order == sorted(order), path
        calls = html.index('aria-labelledby="calls"')
        assert html.rindex("<section") < calls < html.index("</main>"), path
        assert HOTLINE in html[calls:], path
        assert said(lang, "you_can_say") in words("<main>" + html[calls:]), path


@pytest.mark.parametrize("person", CAST, ids=lambda p: p.name)
def test_every_page_of_a_visit_ends_with_a_number_and_what_to_say(person):
    visitor = Visitor(person.lang).tell(person.answers)
    for page in ("", "q/1/1/", "q/7/1/", "s/", "o/", "p/", "r/", "f/", "t/", "h/", "e/", "c/"):
        html = visitor.get(page).content.decode()
        main = html[: html.index("</main>")]
        end = words("<main>" + main[main.rindex("<h2") :])
        assert HOTLINE in main, page
        assert said(person.lang, "you_can_say") in end, page


def test_june_asks_for_someone_else_and_is_asked_nothing():
    html = Visitor().get("f/").content.decode()
    assert "<input" not in html
    assert "<form" not in html
    assert HOTLINE in html


def test_a_person_skips_everything_and_still_gets_somewhere():
    # Given somebody who answers nothing at all, on either door
    for first, end in (("q/1/1/", "/en/s/"), ("q/10/1/", "/en/o/")):
        visitor = Visitor()
        path, steps = f"/en/{first}", 0
        # When every part is skipped
        while "/q/" in path:
            path = visitor.send(path, {}, "skip")["Location"]
            steps += 1
            assert steps < 30
        # Then the page at the end says so kindly, and the ways out and the numbers are there
        assert path == end
        assert HOTLINE in visitor.text(path)
    assert said("en", "group_ask") in visitor.text("/en/o/")
    assert said("en", "so_far_empty") in Visitor().text("s/")


def test_a_person_walks_through_every_page_answering_nothing():
    visitor, path, seen = Visitor(), "/en/q/1/1/", []
    while "/q/" in path:
        seen.append(path)
        before = 'value="shown"' in visitor.get(path).content.decode()
        path = visitor.send(path, {}, "shown" if before else "next")["Location"]
        assert len(seen) < 60
    assert path == "/en/s/"
    assert len(set(seen)) == sum(len(p.pages) for p in book().interview if p.door == "look")


def test_rather_not_say_and_dont_know_come_back_as_what_they_were():
    visitor = Visitor().tell({"pay.kickback": RATHER_NOT_SAY, "pay.break_fee": UNKNOWN})
    seen = visitor.text("s/")
    assert said("en", "rather_not_say") in seen
    assert said("en", "dont_know") in seen


def hidden_by(key, field, values):
    """Return which values of an answer bring a remedy onto the pages where ways out are named."""
    shown = set()
    for value in values:
        visitor = Visitor().tell({"spouse.has": True, **({field: value} if value != "" else {})})
        pages = [visitor.get(page).content.decode() for page in ("s/", "o/", "r/")]
        if any(name_of(key) in words(html) or code_of(key) in html for html in pages):
            shown.add(value)
    return shown


def test_a_spouse_is_only_a_way_to_stay_once_told_that_the_spouse_does_no_harm():
    values = ["", True, False, UNKNOWN, RATHER_NOT_SAY]
    assert hidden_by("fed.imm.spousal", "spouse.is_abuser", values) == {False}


def test_police_are_only_shown_to_who_wishes_it():
    values = ["", "no", "not_now", "yes", "already", UNKNOWN, RATHER_NOT_SAY]
    shown = hidden_by("fed.crim.police_report", "goal.police_contact", values)
    assert shown == {"yes", "already"}


def test_nadia_is_not_sent_back_to_her_husband_by_any_page():
    nadia = Visitor("fr").tell(NADIA.answers)
    name = name_of("fed.imm.spousal", "fr")
    for path in ("s/", "o/", "r/", *ways("fr")):
        if path[-6:-1] != code_of("fed.imm.spousal"):
            assert name not in nadia.text(path), path


def test_grace_in_quebec_is_not_told_that_ontarios_law_is_hers():
    # Given Grace, whose phone was taken, which only a law of Ontario forbids by itself
    told = {"iso.phone": True, "place.in_canada": True}
    breaks, may_break = said("fr", "against_rules"), said("fr", "maybe_against")
    seen = Visitor("fr").tell({**told, "place.province": "qc"}).text("s/")
    assert breaks not in seen
    assert may_break not in seen
    assert breaks in Visitor("fr").tell({**told, "place.province": "on"}).text("s/")
    assert may_break in Visitor("fr").tell(told).text("s/")


@pytest.mark.parametrize(
    ("province", "gap"),
    [("on", ""), ("qc", ""), ("mb", "injury_law_missing"), ("pe", "law_missing")],
)
def test_a_person_is_told_what_of_their_provinces_law_the_book_does_not_hold(province, gap):
    told = {"place.in_canada": True, "place.province": province}
    for page in ("s/", "o/"):
        seen = Visitor("fr").tell(told).text(page)
        for word in ("law_missing", "injury_law_missing"):
            assert (said("fr", word) in seen) is (word == gap), (page, word)
    # And with no province told, nothing is said to be missing
    silent = Visitor("fr").tell({"place.in_canada": True}).text("o/")
    assert said("fr", "law_missing") not in silent
