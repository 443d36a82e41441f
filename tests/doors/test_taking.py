"""A paper to take along: warned of first, the same as the pages, and nothing of it anywhere else."""

from __future__ import annotations

import io
import re
from datetime import date

import pytest
from django.urls import get_resolver
from pypdf import PdfReader

from alongside.doors.showing.groups import deal
from alongside.doors.showing.papers.options import WHOLE, options
from alongside.doors.showing.speaking import book, people, speaker
from alongside.library.calling import HOTLINE
from alongside.library.paper.document import Items, Note, Said
from tests.doors.addresses import EXAMPLES
from tests.doors.keeping import said
from tests.doors.visiting import Visitor
from tests.people import DIVYA, GRACE, HASSAN, MATEO

pytestmark = pytest.mark.django_db
SPEAKS = {"en": DIVYA, "fr": GRACE, "es": MATEO, "ar": HASSAN}
ON = date(2026, 12, 1)


def read(answer):
    return PdfReader(io.BytesIO(answer.content))


def text_of(reader):
    return re.sub(r"\s+", "", "".join(page.extract_text() for page in reader.pages))


def packed(words):
    return re.sub(r"\s+", "", words)


def every_word(paper):
    found = []
    for block in paper.blocks:
        if isinstance(block, Said):
            found += block.spans
        elif isinstance(block, (Items, Note)):
            found += [
                s
                for one in (block.items if isinstance(block, Items) else block.said)
                for s in one.spans
            ]
        else:
            found += block.spans
    return {span.text for span in found}


@pytest.mark.parametrize(("lang", "person"), SPEAKS.items())
def test_the_warning_comes_first_and_says_that_the_file_stays(lang, person):
    visitor = Visitor(lang)
    visitor.tell(person.answers)
    assert f'href="/{lang}/l/"' in visitor.get("o/").content.decode()
    assert f'href="/{lang}/l/1/"' not in visitor.get("o/").content.decode()
    warned = visitor.text("l/")
    for key in ("paper_stays", "paper_stays_leave", "paper_stays_other"):
        assert said(lang, key) in warned
    assert f'href="/{lang}/l/1/"' in visitor.get("l/").content.decode()


@pytest.mark.parametrize(("lang", "person"), SPEAKS.items())
def test_the_file_is_a_tagged_paper_with_a_discreet_name_that_no_cache_keeps(lang, person):
    visitor = Visitor(lang)
    visitor.tell(person.answers)
    answer = visitor.get("l/1/")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="notes.pdf"'
    assert answer["Cache-Control"] == "no-store"
    reader = read(answer)
    assert reader.trailer["/Root"]["/Lang"] == lang
    assert reader.metadata.title == speaker(lang).plain(book().words.texts["title"])
    assert people(ON)[HOTLINE].phone in text_of(reader)


def test_what_the_person_answered_is_listed_only_when_they_ask_for_it():
    visitor = Visitor("en")
    visitor.tell(DIVYA.answers)
    where = packed("Where each statement comes from")
    without, whole = (text_of(read(visitor.get(f"l/{n}/"))) for n in (1, 2))
    assert where not in without
    assert "[answer1]" not in without
    assert where in whole
    assert packed("This paper also says what you answered") in whole
    status = book().vocabulary.facts["status.now"]
    line = packed(f"{status.name.en}. {status.labels[DIVYA.answers['status.now']].en}")
    assert line in whole.split(where)[1]
    assert line not in without


@pytest.mark.parametrize(("lang", "person"), SPEAKS.items())
def test_it_says_what_the_pages_say_of_every_way(lang, person):
    outlook, voice = book().look(person.answers, ON), speaker(lang).voice
    words = every_word(options(outlook, [people(ON)[HOTLINE]], "", voice))
    ways = [card for group in deal(outlook) for card in group.cards]
    assert len(ways) > 40
    for card in ways:
        for span in voice.spans(card.remedy.words.name):
            assert {span.text, f"{span.text}."} & words
    whole = [
        card
        for group in deal(outlook)
        if group.heading in WHOLE
        for card in group.shown
        if card.spoken_for
    ]
    assert whole
    for card in whole:
        named = card.remedy.words
        shown = [*card.will_happen, *card.could_matter]
        texts = (named.who_learns, named.first, *named.steps, *(d.text for d in shown))
        assert {s.text for text in texts for s in voice.spans(text)} <= words
        assert not {s.text for d in card.folded for s in voice.spans(d.text)} & (
            words - {s.text for other in whole for d in other.dangers for s in voice.spans(d.text)}
        )


@pytest.mark.parametrize("lang", SPEAKS)
def test_it_says_that_no_lawyer_and_no_translator_has_checked_it(lang):
    voice = speaker(lang).voice
    words = every_word(options(book().look({}, ON), [], "", voice))
    for key in (
        "not_advice",
        "not_reviewed",
        *(() if lang in {"en", "fr"} else ("translation_unchecked",)),
    ):
        assert {span.text for span in voice.spans(voice.word(key))} <= words


def test_who_told_nothing_gets_the_ways_and_is_offered_no_list_of_answers():
    visitor = Visitor("en")
    assert "/en/l/2/" not in visitor.get("l/").content.decode()
    assert packed("See a lawyer first") in text_of(read(visitor.get("l/1/")))


def test_too_many_at_once_are_asked_to_wait(monkeypatch):
    monkeypatch.setattr("alongside.doors.entry.visit.Visit.admitted", lambda _visit: False)
    answer = Visitor("en").get("l/1/")
    assert answer.status_code == 503
    assert said("en", "kept_busy_heading") in answer.content.decode()


def test_after_leaving_the_file_cannot_be_had_again():
    visitor = Visitor("en")
    visitor.tell(DIVYA.answers)
    assert b"%PDF" in visitor.get("l/2/").content
    visitor.client.get("/leave/")
    assert packed("Where each statement comes from") not in text_of(read(visitor.get("l/2/")))


def test_no_calendar_is_to_be_had_on_a_borrowed_phone():
    patterns = {p.name for group in get_resolver().url_patterns for p in group.url_patterns}
    assert patterns == set(EXAMPLES)
    visitor = Visitor("en")
    visitor.tell(DIVYA.answers)
    for letter in "abcdefghijklmnopqrstuvwxyz":
        for end in ("", "1/", "2/", "3/", "c/", "d/"):
            answer = visitor.get(f"{letter}/{end}")
            assert "calendar" not in answer.get("Content-Type", "")
            assert b"BEGIN:VCALENDAR" not in answer.content
