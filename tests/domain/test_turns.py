"""What one step does to another: when it is said, as what, for how long, and by which line."""

from __future__ import annotations

from datetime import date

import pytest
from build import TODAY, bar, on, rule, told
from test_ordering import FILED, GRANTED, REFUSED, view

from alongside.domain.facts import Facts
from alongside.domain.lengths import days, months
from alongside.domain.pathways import Turning, Verdict
from alongside.domain.pathways.consequences import consequences, outcome_of


def turns(rules, facts=None, key="claim"):
    return consequences(view(rules, facts), key)


def kinds(found):
    return [(turn.key, turn.turning, turn.on) for turn in found]


def filing(**sets: object):
    return rule(key="claim", effects=[(FILED, {k.replace("__", "."): v for k, v in sets.items()})])


NOT_YET = told(did__a=False, did__b=False, did__c=False, did__x=False)


def test_each_turning_has_the_name_that_others_read():
    assert [turning.value for turning in Turning] == ["closes", "could_close", "opens", "leads"]


def test_a_yes_rests_on_what_filing_surely_did_and_not_on_what_it_may_have_done():
    claim = rule(
        effects=[(FILED, {"did.a": True}, "did.h is yes"), (GRANTED, {"did.b": True})], key="claim"
    )
    certain, possible = outcome_of(claim, GRANTED, view([], NOT_YET).situation, TODAY)
    assert certain == {"did.b": True} == possible


def test_what_earlier_steps_changed_is_kept_and_not_touched():
    before = {"did.c": True}
    certain, _ = outcome_of(filing(did__a=True), FILED, view([], NOT_YET).situation, TODAY, before)
    assert certain == {"did.c": True, "did.a": True}
    assert before == {"did.c": True}


def test_after_some_changes_the_same_view_reads_them_and_those_that_come_on_top():
    seen = view([], NOT_YET).after({"did.a": True, "did.b": True})
    assert seen.situation({}).get("did.a") is True
    changed = seen.situation({"did.b": False})
    assert (changed.get("did.a"), changed.get("did.b")) == (True, False)


def test_a_step_is_never_said_to_turn_itself():
    itself = rule(
        key="claim", bars=(bar("did.a is yes"),), effects=[(FILED, {"did.a": True})]
    )  # fmt: skip
    assert not turns([itself], NOT_YET)


def test_a_bar_with_an_end_says_until_when_and_the_last_of_several_ends_counts():
    claim = filing(did__x=True, x__on=None)
    short = bar("did.x is yes", until=("x.on", days(30)))
    long = bar("did.x is yes & did.c is no", until=("x.on", months(12)))
    permit = rule(key="permit", bars=(short, long))
    [turn] = turns([claim, permit], NOT_YET)
    assert (turn.turning, turn.until) == (Turning.CLOSES, date(2027, 11, 21))
    assert turn.because == (short.key, long.key)
    assert (turn.before, turn.after) == (Verdict.OPEN, Verdict.BLOCKED)


def test_no_day_is_said_while_one_bar_of_two_ends_only_with_a_change():
    claim = filing(did__x=True, x__on=None, did__a=True)
    ends = bar("did.x is yes", until=("x.on", days(30)))
    permit = rule(key="permit", bars=(ends, bar("did.a is yes")))
    [turn] = turns([claim, permit], NOT_YET)
    assert turn.until is None


def test_no_day_is_said_where_a_need_is_lost_too_and_the_need_is_named():
    claim = filing(did__x=True, x__on=None, did__a=True)
    ends = bar("did.x is yes", until=("x.on", days(30)))
    permit = rule("did.a is no", key="permit", bars=(ends,))
    [turn] = turns([claim, permit], NOT_YET)
    assert (turn.turning, turn.until) == (Turning.CLOSES, None)
    assert turn.because == (ends.key, "did.a is no")
    alone = rule("did.a is no", key="permit")
    [turn] = turns([claim, alone], NOT_YET)
    assert (turn.turning, turn.until, turn.because) == (Turning.CLOSES, None, ("did.a is no",))


def test_a_need_that_was_not_known_to_be_met_is_not_said_to_be_lost():
    claim = filing(did__a=True)
    assert not turns([claim, rule("did.a is no", key="permit")])
    certain = turns([claim, rule("did.a is no", key="permit")], told(did__a=False))
    assert kinds(certain) == [("permit", Turning.CLOSES, FILED)]


def test_a_need_that_becomes_uncertain_could_be_lost():
    two = rule("did.a is no | did.h is yes", key="permit")
    [turn] = turns([filing(did__a=True), two], told(did__a=False))
    assert (turn.turning, turn.because) == (Turning.COULD_CLOSE, ("did.a is no | did.h is yes",))


def shut_until(*lengths: int):
    """A step that is shut for so many days after ``x.on``, by one bar for each."""
    bars = tuple(bar(f"did.x{n} is yes", until=(f"x{n}.on", days(n))) for n in lengths)
    return rule(key="permit", bars=bars)


def test_a_bar_that_lasts_longer_once_filed_is_said_of_a_step_that_is_shut_already():
    facts = Facts({"x30.on": on(2026, 11, 11), "did.x30": True, "did.x60": False})
    assert [
        turn.until
        for turn in turns([filing(did__x60=True, x60__on=None), shut_until(30, 60)], facts)
    ] == [date(2027, 1, 20)]


def test_what_stays_shut_as_long_as_before_is_not_turned():
    began = on(2026, 11, 11)
    facts = Facts({"x90.on": began, "x30.on": began, "did.x90": True, "did.x30": False})
    assert not turns([filing(did__x30=True), shut_until(90, 30)], facts)
    forever = rule(key="permit", bars=(bar("did.a is yes"), bar("did.b is yes")))
    assert not turns([filing(did__b=True), forever], told(did__a=True, did__b=False))
    closed = rule("did.a is yes", key="permit", bars=(bar("did.b is yes"),))
    assert not turns([filing(did__b=True), closed], NOT_YET)


def test_a_need_met_by_the_step_itself_leads_there_and_one_met_by_anything_else_does_not():
    claim = filing(did__a=True)
    assert kinds(turns([claim, rule("did.a is yes", key="appeal")])) == [
        ("appeal", Turning.LEADS, FILED)
    ]
    shut = rule("did.a is yes", key="appeal", bars=(bar("did.h is yes"),))
    assert not turns([claim, shut], told(did__h=True))
    already = rule("did.a is yes | did.h is yes", key="appeal")
    assert not turns([claim, already], told(did__h=True))
    easier = rule(key="appeal", bars=(bar("did.a is no"),))
    assert not turns([claim, easier])


def test_one_need_of_two_that_is_met_leads_there():
    appeal = rule("did.h is yes", "did.a is yes", key="appeal")
    assert kinds(turns([filing(did__a=True), appeal])) == [("appeal", Turning.LEADS, FILED)]


def test_a_need_met_by_what_was_derived_and_not_by_what_was_done_leads_nowhere():
    claim, appeal = filing(did__a=True), rule("did.b is yes", key="appeal")
    seen = view([claim, appeal])

    def deriving(changes):
        return seen.situation({**changes, **({"did.b": True} if changes else {})})

    derived = seen.__class__(seen.rules, deriving, TODAY)
    assert not consequences(derived, "claim")


def test_a_bar_that_hangs_on_as_many_unknown_facts_as_before_is_not_feared():
    claim = filing(did__a=True)
    same = rule(key="court", bars=(bar("did.a is yes | did.b is yes"),))
    assert kinds(turns([claim, same])) == [("court", Turning.CLOSES, FILED)]
    eased = rule(key="court", bars=(bar("did.a is no & did.b is yes"),))
    assert not turns([claim, eased])
    other = rule(key="court", bars=(bar("did.b is yes"), bar("did.a is no")))
    assert not turns([claim, other])
    both = rule(key="court", bars=(bar("did.a is no | did.b is yes"),))
    assert kinds(turns([claim, both])) == [("court", Turning.COULD_CLOSE, FILED)]


def test_a_bar_that_is_lifted_is_not_raised():
    lifted = rule(key="court", bars=(bar("did.h is yes", unless="did.a is yes"),))
    assert kinds(turns([filing(did__a=True), lifted], told(did__h=True, did__a=False))) == [
        ("court", Turning.OPENS, FILED)
    ]
    open_too = rule(key="court", bars=(bar("did.a is no & did.h is yes"), bar("did.c is yes")))
    assert not turns([filing(did__a=True), open_too], told(did__a=False, did__c=False))


@pytest.mark.parametrize(("outcome", "other"), [(GRANTED, REFUSED), (REFUSED, GRANTED)])
def test_each_outcome_does_what_it_does_alone(outcome, other):
    claim = rule(key="claim", effects=[(outcome, {"did.a": True}), (other, {"did.b": True})])
    permit = rule(key="permit", bars=(bar("did.a is yes"),))
    assert kinds(turns([claim, permit], NOT_YET)) == [("permit", Turning.CLOSES, outcome)]


def test_a_step_that_stays_shut_for_another_reason_is_not_said_to_be_shut_by_it():
    claim = filing(did__a=True, did__x=True, x__on=None)
    ends = bar("did.x is yes", until=("x.on", days(30)))
    assert not turns([claim, rule("did.a is yes", key="permit", bars=(ends,))], NOT_YET)


def test_nothing_leads_to_a_step_that_comes_to_be_closed():
    claim = filing(did__a=True, did__b=True)
    assert not turns([claim, rule("did.a is yes", "did.b is no", key="appeal")])


def test_a_need_that_is_still_open_leads_nowhere_yet():
    claim = filing(did__a=True)
    assert not turns([claim, rule("did.a is yes & did.b is yes", key="appeal")])
    assert not turns([claim, rule("did.a is no | did.b is yes", key="appeal")])
