"""The questions as they stand: few at a time, gentle first, nothing asked that may not be."""

import pytest

from alongside.library.interview import MOST_QUESTIONS, WARNED
from alongside.library.vocabulary import Caution


@pytest.fixture(scope="module")
def asked(book):
    """Every fact a page asks, with the part that asks it."""
    facts = book.vocabulary.facts
    return [(part, facts[key]) for part in book.interview for page in part.pages for key in page]


def test_a_page_asks_one_to_five_things_and_no_thing_twice(book, asked):
    assert all(1 <= len(page) <= MOST_QUESTIONS for part in book.interview for page in part.pages)
    keys = [fact.key for _, fact in asked]
    assert len(keys) == len(set(keys))


def test_no_page_asks_what_only_a_lawyer_or_a_person_may_ask(asked):
    forbidden = {
        Caution.LAWYER,
        Caution.ALWAYS,
        Caution.WITH_A_PERSON,
        Caution.AFTER_ADVICE,
        Caution.NEVER_OFFERED,
    }
    assert [fact.key for _, fact in asked if fact.caution in forbidden] == []


def test_no_page_asks_for_free_words(asked):
    """What a person types in their own words names people and places; the Book keeps none."""
    assert [fact.key for _, fact in asked if fact.kind == "text"] == []


def test_a_dangerous_fact_is_asked_only_behind_its_warning(asked):
    dangerous = [(part, fact) for part, fact in asked if fact.caution in WARNED]
    assert dangerous, "nothing dangerous is asked: this test would see nothing"
    for part, fact in dangerous:
        assert part.warning in WARNED[fact.caution], fact.key


def test_every_warning_has_words(book):
    for part in book.interview:
        assert not part.warning or part.warning in book.words.texts, part.key


def test_each_door_begins_without_a_warning_and_without_anything_delicate(book):
    facts = book.vocabulary.facts
    for door in ("look", "ways"):
        first = next(part for part in book.interview if part.door == door)
        assert first.warning == ""
        assert {facts[key].caution for key in first.pages[0]} == {Caution.NONE}
        assert max(facts[key].sensitivity for key in first.pages[0]) <= 2
