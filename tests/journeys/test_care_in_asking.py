"""Journeys: what is dangerous to ask is asked only after its warning, or never."""

import re

import pytest

from alongside.doors.showing.speaking import book, speaker
from alongside.library.vocabulary import Caution
from tests.doors.addresses import LANGUAGES, at, every_page, place, ways
from tests.doors.forms_seen import Seen
from tests.doors.visiting import Visitor, words
from tests.people import CAST, DIVYA, MATEO

pytestmark = pytest.mark.django_db
WARNED = [
    (number, page, part)
    for number, part in enumerate(book().interview, 1)
    for page in range(1, len(part.pages) + 1)
    if part.warning
]


def asked(html):
    """Return the facts that a page has fields for."""
    names = {field.get("name", "") for _, field in Seen(html).fields}
    return {key for key in book().vocabulary.facts if {key, f"{key}.day"} & names}


@pytest.mark.parametrize(("number", "page", "part"), WARNED, ids=lambda v: getattr(v, "key", v))
def test_every_page_behind_a_warning_asks_nothing_until_it_was_read(number, page, part):
    visitor = Visitor()
    path = f"/en/q/{number}/{page}/"
    html = visitor.get(path).content.decode()
    assert asked(html) == set()
    warning = str(speaker("en").w(part.warning))
    assert words("<main>" + warning) in words(html)
    assert visitor.send(path, {}, "shown")["Location"] == path
    shown = asked(visitor.get(path).content.decode())
    assert shown
    assert shown <= set(part.pages[page - 1])


def test_a_warning_is_read_once_and_holds_for_its_own_part_alone():
    visitor = Visitor()
    visitor.send("/en/q/7/1/", {}, "shown")
    assert asked(visitor.get("q/7/2/").content.decode())
    assert not asked(visitor.get("q/8/1/").content.decode())


def test_every_warning_can_be_passed_over_without_a_question():
    for number, page, _ in WARNED:
        where = Visitor().send(f"/en/q/{number}/{page}/", {}, "skip")["Location"]
        assert not where.startswith(f"/en/q/{number}/")


def test_a_dangerous_question_stands_nowhere_else_before_its_warning():
    """Neither among what would help to know, nor as what a way still misses, nor on any other page."""
    cautions = {Caution.OPENED_BY_PERSON, Caution.ALONE, Caution.DUTY_WARNING}
    behind = {key for _, page, part in WARNED for key in part.pages[page - 1]}
    careful = {
        key: fact
        for key, fact in book().vocabulary.facts.items()
        if key in behind or (fact.caution in cautions and fact.askable)
    }
    assert {"spouse.is_abuser", "sex.harassment", "fear.return", "thr.threat"} <= careful.keys()
    for person in CAST:
        visitor = Visitor().tell({k: v for k, v in person.answers.items() if k not in careful})
        for page in ("", "s/", "o/", "r/", "f/", *ways("en")):
            seen = visitor.text(page)
            found = [key for key, fact in careful.items() if fact.question.en in seen]
            assert found == [], (person.name, page)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_nobody_may_ask_here_is_asked_on_no_page(lang):
    forbidden = {k for k, fact in book().vocabulary.facts.items() if fact.caution.unaskable}
    assert len(forbidden) > 10
    visitor = Visitor(lang).tell(DIVYA.answers)
    for part in {part.key: number for number, _, part in WARNED}.values():
        visitor.send(f"/{lang}/q/{part}/1/", {}, "shown")
    questions = {k: book().vocabulary.facts[k].question for k in forbidden}
    told = {k: {t.en, t.fr, speaker(lang).voice.find(t)} - {None} for k, t in questions.items()}
    met = set()
    for path in every_page(lang):
        if path == f"/{lang}/p/":  # a practitioner's page; it asks nothing
            continue
        html = visitor.get(path).content.decode()
        assert not asked(html) & forbidden, path
        seen = words(html)
        assert [k for k, texts in told.items() if any(text in seen for text in texts)] == [], path
        met |= asked(html)
    assert len(met) > 100, "the questions were really opened"


def test_a_field_that_was_not_asked_is_not_taken():
    visitor = Visitor()
    planted = {"work.unauthorized": "yes", "crim.charged": "yes", "job.months": "7"}
    visitor.send(at("en", "job.months"), planted)
    seen = visitor.text("p/") + visitor.text("s/")
    assert "work.unauthorized" not in asked(visitor.get(at("en", "job.months")).content.decode())
    for key in ("work.unauthorized", "crim.charged"):
        assert book().vocabulary.facts[key].name.en + " yes" not in seen


def test_the_age_questions_fall_away_only_when_known_to_make_no_sense():
    number, page = place("safe.person_in_ontario")
    fact = book().vocabulary.facts["safe.person_in_ontario"]
    assert fact.only_when is not None
    assert "safe.person_in_ontario" in asked(Visitor().get(f"q/{number}/{page}/").content.decode())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_question_has_its_answers_and_can_be_left_empty(lang):
    html = Visitor(lang).tell(MATEO.answers).get("q/1/1/").content.decode()
    page = Seen(html)
    for key in book().interview[0].pages[0]:
        rows = [f["value"] for _, f in page.fields if f.get("name") == key]
        assert rows == ["yes", "no", "unknown", "rather_not_say"]
    assert not [f for _, f in page.fields if "required" in f]
    assert len(re.findall("<fieldset", html)) == 4
