"""Who opened what: a visit by somebody else is one more, the newest page first, older ones behind a link."""

import re

import pytest

from alongside.doors.entry import noting
from alongside.doors.showing.speaking import speaker
from alongside.records.casefile.content import PersonKeys
from alongside.records.casefile.queries import who_opened
from tests.agencies import CLINIC, founded, present
from tests.doors.forms_seen import Seen
from tests.doors.keeping import Keeper, answer, draft_of, kept, said
from tests.doors.visiting import words

pytestmark = pytest.mark.django_db


def times(lang, many):
    return words(f"<main>{speaker(lang).count('kept_times', many)}")


@pytest.fixture
def mine():
    return kept()[1]


@pytest.mark.parametrize("lang", ["en", "fr", "es", "ar"])
def test_a_visit_of_somebody_else_is_counted_beside_ones_own(mine, lang):
    mine_alone = Keeper(lang)
    mine_alone.press("b/", "show", number=mine.number, words=mine.digits)
    line = said(lang, "kept_deed_came_back")
    assert line in mine_alone.text("j/")
    assert f"{line} (" not in mine_alone.text("j/")
    Keeper().come_back(mine).open("a guess").open("another")
    seen = mine_alone.text("j/")
    assert f"{line} ({times(lang, 2)})" in seen
    assert f"{said(lang, 'kept_deed_second_word_wrong')} ({times(lang, 2)})" in seen
    assert said(lang, "kept_journal_lead") in seen


def test_what_differs_is_not_counted_together():
    clinic = founded(CLINIC, "amara", present())
    keeper = Keeper()
    keeper.tell({"doc.held": True})
    mine = keeper.send_to(clinic, "work")
    answer(clinic, "One")
    answer(clinic, "Two", asks="health")
    answer(clinic, asks="story")
    seen = Keeper().come_back(mine).text("j/")
    assert f"{CLINIC.name} wrote to you. ({times('en', 2)})" in seen
    assert f"{CLINIC.name} asked you to open:{said('en', 'section_health')}" in seen
    assert f"{CLINIC.name} asked you to open:{said('en', 'section_story')}" in seen


def test_no_hour_and_no_minute_stands_there(mine):
    """Whoever has the paper reads this list too: a clock would tell them when its owner is alone."""
    text = Keeper().come_back(mine).html("j/")
    main = text[text.index("<main") : text.index("kept_not_me") if "kept_not_me" in text else None]
    assert not re.search(r"\d{1,2}[:h]\d{2}", main)


def test_older_lines_stand_behind_a_link_and_nothing_is_lost(mine, monkeypatch):
    monkeypatch.setattr(noting, "ON_A_PAGE", 3)
    back = Keeper().come_back(mine)
    for guess in ("one", "two", "three"):
        back.open(guess)
    assert len(who_opened(_keys(back))) == 5
    first = back.html("j/")
    assert "/en/j/2/" in Seen(first).links
    assert said("en", "kept_deed_kept") not in words(first)
    second = back.html("j/2/")
    assert "/en/j/" in Seen(second).links
    assert "/en/j/3/" not in Seen(second).links
    assert said("en", "kept_deed_kept") in words(second)
    assert said("en", "kept_deed_came_back") in words(second)


def _keys(keeper):
    return PersonKeys.of(draft_of(keeper).keys)


def test_a_page_opens_the_lines_it_shows_and_no_other(mine, monkeypatch):
    monkeypatch.setattr(noting, "ON_A_PAGE", 2)
    asked = []
    original = noting.who_opened
    monkeypatch.setattr(
        noting, "who_opened", lambda keys, **more: asked.append(more) or original(keys, **more)
    )
    back = Keeper().come_back(mine).open("one").open("two")
    back.get("j/2/")
    assert asked == [{"first": 2, "most": 2}]


def test_a_page_that_is_not_there_is_the_last_one(mine):
    back = Keeper().come_back(mine)
    assert said("en", "kept_deed_kept") in back.text("j/9/")
    assert back.get("j/0/").status_code == 404
    assert Keeper().get("j/2/")["Location"] == "/en/b/"


def test_if_it_was_not_me_leads_to_new_words(mine):
    back = Keeper().come_back(mine)
    html = back.html("j/")
    assert said("en", "kept_not_me_text") in words(html)
    assert any(link.startswith("/en/k/") for link in Seen(html).links)
