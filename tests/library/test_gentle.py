"""The gentlest interview loses no option, asks nothing in vain, and may stop at any moment."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from alongside.domain.derivation import FROM_FOUND, FROM_TOLD, derive
from alongside.domain.facts import Facts, Kind, Silence, Span, Truth
from alongside.domain.pathways import judge
from alongside.domain.waiting import waits_for
from alongside.library.book import Book
from alongside.library.gentle import Gentle
from benchmarks.cast import cast
from benchmarks.law import _gently, _one_by_one, _outcome  # the interviews as they are measured

BOOK, ON = Book(), date(2026, 11, 30)
GENTLE = Gentle(BOOK, ON)
CAST = list(cast(BOOK, 6, ON))
FACTS = BOOK.vocabulary.facts


def some_answers(key):
    """Answers that tell apart what a line can ask of a fact."""
    fact = FACTS[key]
    if fact.kind is Kind.YES_NO:
        return (True, False)
    if fact.options:
        return fact.options
    if fact.kind is Kind.DATE:
        return [Span.on(ON - timedelta(days=d)) for d in (-400, -1, 1, 20, 100, 400, 800, 2500)]
    if fact.kind is Kind.REGION:
        return ("on", "bc", "ab", "qc", "mb", "sk", "ns", "nb", "yt")
    return (0, 12, 450, 800, 2025)


def reading(told):
    """All that can be read of a person: verdicts, what is missing, what is supported, what derives."""
    known = GENTLE.standing(told)
    lines = {
        key: judge(rule, known.facts, ON, BOOK.vocabulary.never_asked)
        for key, rule in GENTLE.rules.items()
    }
    read = {
        k: (j.verdict, j.until, [t for _, t in j.needs], [s for _, s in j.bars])
        for k, j in lines.items()
    }
    derived = {key: known.facts.get(key) for key in (*FROM_TOLD, *FROM_FOUND)}
    found = known.assessment
    return read, derived, dict(found.found), [(r.truth, r.unknown) for r in found.trail]


@pytest.mark.parametrize(("stratum", "answers"), CAST)
def test_no_option_and_no_definition_is_lost(stratum, answers):
    asked, whole = (
        list(_gently(GENTLE, answers)),
        list(_one_by_one(GENTLE, answers, GENTLE.questions)),
    )
    assert len(asked) < len(whole), stratum
    few, all_of_them = ({key: answers[key] for key in keys} for keys in (asked, whole))
    assert _outcome(GENTLE, few) == _outcome(GENTLE, all_of_them)


def with_another(told, key):
    """Say whether a sign matters beside another one: two weak acts of control are control, one is not."""
    beside = {
        other
        for one in GENTLE.unsettled(GENTLE.standing(told))
        for way in one.ways
        if key in way.questions
        for other in way.questions
    }
    return any(
        reading({**told, other: True, key: True}) != reading({**told, other: True})
        for other in beside - {key}
    )


@pytest.mark.parametrize("answers", [answers for _, answers in CAST[:3]])
def test_every_question_has_an_answer_that_changes_something(answers):
    told = {}
    for number, key in enumerate(_gently(GENTLE, answers)):
        if number % 4 == 0:
            before = reading(told)
            alone = any(reading({**told, key: value}) != before for value in some_answers(key))
            assert alone or with_another(told, key), key
        told[key] = answers[key]


def test_stopping_gives_what_weighing_the_known_gives_whatever_the_order_of_telling():
    _, answers = CAST[0]
    asked = list(_gently(GENTLE, answers))[:12]
    random.Random(1).shuffle(asked)
    told = {key: answers[key] for key in asked}
    look = BOOK.look(told, ON)
    assert {key: path.verdict for key, path in look.remedies.items()} == {
        key: value[0] for key, value in _outcome(GENTLE, told).items() if key in look.remedies
    }


def test_what_may_not_be_asked_by_a_page_is_never_next():
    told = {}
    while left := GENTLE.following(told):
        assert all(FACTS[key].askable for key in left)
        told[left[0]] = Silence.RATHER_NOT_SAY
    assert told


def test_a_question_that_makes_no_sense_is_not_asked():
    told = {"claim.state": "none", "place.in_canada": True}
    assert not {"claim.ended_on", "claim.refused_at"} & set(GENTLE.following(told))


def test_a_grave_question_waits_while_lighter_ones_settle_as_much():
    first = GENTLE.following({})[:20]
    assert max(FACTS[key].sensitivity for key in first) < 4
    assert not any(sign.sexual for sign in BOOK.vocabulary.catalogue.signs if sign.key in first)


def test_nobody_under_no_suspicion_of_it_is_asked_of_a_child_when_it_changes_nothing():
    told = dict.fromkeys((k for k in GENTLE.questions if not k.startswith("chi.")), Silence.UNKNOWN)
    told |= {
        sign.key: True
        for sign in BOOK.vocabulary.catalogue.signs
        if not sign.key.startswith("chi.")
    }
    told["place.in_canada"] = True
    left = GENTLE.following(told)
    for key in left:
        assert reading({**told, key: True}) != reading(told) or reading(
            {**told, key: False}
        ) != reading(told)


def test_a_derived_fact_waits_for_what_its_rule_reads_and_no_more():
    nothing = Facts()
    assert "status.now" in waits_for("status.held", nothing, ON)
    lost = derive(Facts({"status.now": "out_of_status_no_order"}), ON)
    assert waits_for("status.held", lost, ON) == ()
    held = Facts({"status.now": "visitor", "status.expires_on": Span.on(ON - timedelta(days=5))})
    assert "status.renewal_filed_on" in waits_for("status.held", held, ON)
    assert "permit.employer_specific" not in waits_for("status.held", held, ON)


def test_facts_looked_at_by_a_derivation_are_noted_without_changing_it():
    for key in FROM_TOLD:
        waits = waits_for(key, Facts(), ON)
        assert waits
        assert waits[0] == key
    assert Facts().truth("x") is Truth.UNKNOWN
