"""The page that asks as little as possible, as a person meets it."""

import re
from html import unescape

import pytest

from alongside.doors.showing.speaking import book
from tests.doors.visiting import Visitor

pytestmark = pytest.mark.django_db


def asked_on(html):
    found = re.search(r'name="asked" autocomplete="off" value="([^"]*)"', html)
    return found[1].split() if found else []


def page(visitor):
    return unescape(visitor.get("y/").content.decode())


def answered(visitor, fields, move="next", asked=None):
    asked = asked_on(page(visitor)) if asked is None else asked
    return visitor.send(f"/{visitor.lang}/y/", {"asked": " ".join(asked), **fields}, move)


def test_it_begins_with_light_questions_and_says_why_and_what_follows():
    html = page(Visitor())
    keys = asked_on(html)
    assert keys
    assert all(book().vocabulary.facts[key].sensitivity <= 2 for key in keys)
    assert book().words.texts["why_ask"].en in html
    assert book().words.texts["few_follows"].en in html


def test_an_answer_goes_on_by_303_to_the_same_neutral_address():
    visitor = Visitor()
    first = asked_on(page(visitor))
    answer = answered(visitor, {first[0]: "yes"})
    assert (answer.status_code, answer["Location"]) == (303, "/en/y/")
    assert first[0] not in asked_on(page(visitor))


def test_what_is_left_empty_is_kept_to_oneself_and_not_asked_again():
    visitor = Visitor()
    first = asked_on(page(visitor))
    answered(visitor, {})
    assert not set(first) & set(asked_on(page(visitor)))
    told = words_of_what_was_told(visitor)
    assert book().words.texts["rather_not_say"].en in told


def words_of_what_was_told(visitor):
    return unescape(visitor.get("p/").content.decode())


def test_a_day_that_is_none_is_said_kept_and_asked_again():
    visitor = Visitor().tell({"place.in_canada": True, "status.now": "visitor"})
    answer = answered(visitor, {"status.expires_on.day": "31", "status.expires_on.month": "2",
        "status.expires_on.year": "2027"}, asked=["status.expires_on"])  # fmt: skip
    assert answer.status_code == 303
    html = page(visitor)
    assert asked_on(html)[0] == "status.expires_on"
    assert 'value="31"' in html
    assert book().words.texts["error_kept"].en in html


def test_it_comes_to_an_end_and_every_warned_part_is_warned_of_first():
    visitor, seen, warned = Visitor(), [], 0
    for _ in range(400):
        html = page(visitor)
        keys = asked_on(html)
        shown = re.search(r'value="skip:([a-z_]+)"', html)
        if shown:
            assert not keys
            warned += 1
            visitor.send("/en/y/", {}, f"skip:{shown[1]}")
        elif keys:
            seen += keys
            fields = {k: "no" for k in keys if f'name="{k}" value="no"' in html}
            answered(visitor, fields, asked=keys)
        else:
            break
    assert book().words.texts["few_done"].en in page(visitor)
    assert len(seen) == len(set(seen))
    assert warned
    guarded = {key for part in book().interview if part.warning for g in part.pages for key in g}
    assert not guarded & set(seen)


def test_a_question_behind_a_warning_is_not_taken_before_it_was_read():
    visitor = Visitor()
    answered(visitor, {"sex.assault": "yes"}, asked=["sex.assault"])
    assert book().vocabulary.indicators["sex.assault"].en not in words_of_what_was_told(visitor)


def test_what_another_tab_asked_is_taken_too_and_nothing_that_no_page_asks():
    visitor = Visitor()
    answered(visitor, {"place.in_canada": "yes", "work.unauthorized": "yes"},
        asked=["place.in_canada", "work.unauthorized", "nonsense"])  # fmt: skip
    told = words_of_what_was_told(visitor)
    assert "place.in_canada" in told
    assert 'dir="ltr">work.unauthorized</code></td>' not in told


@pytest.mark.parametrize("lang", ["fr", "es", "ar"])
def test_it_speaks_every_language(lang):
    lead = book().words.voice(lang).find(book().words.texts["few_lead"])
    assert lead in page(Visitor(lang))
