"""What stands beside a verdict, never inside it: limits, lawyers, dangers, papers (1.4, 1.5, 12)."""

from datetime import timedelta

import pytest
from build import TODAY, clock, on, rule, told

from alongside.domain.facts import Facts
from alongside.domain.pathways import Verdict, weigh

OPEN, ONE = Verdict.OPEN, timedelta(days=1)


def test_1_4_a_passed_filing_limit_closes_nothing_and_calls_for_a_lawyer():
    made = rule("x.a is yes", clocks=(clock("wage.due_on"),))
    late = weigh(made, told(x__a=True, wage__due_on=on(2026, 1, 1)), TODAY)
    assert (late.verdict, late.lawyer_first, late.dangers) == (OPEN, True, ("risk.late_filing",))
    fine = weigh(made, told(x__a=True, wage__due_on=on(2026, 11, 1)), TODAY)
    assert (fine.verdict, fine.lawyer_first, fine.dangers) == (OPEN, False, ())


def test_1_4_a_passed_hard_limit_does_not_promise_more_time():
    made = rule(clocks=(clock("status.lost_on", hard=True),))
    late = weigh(made, told(status__lost_on=on(2026, 1, 1)), TODAY)
    assert (late.lawyer_first, late.dangers) == (True, ())


def test_1_4_a_passed_wait_is_no_late_filing():
    made = rule(clocks=(clock("trp.until_on", filing=False),))
    pathway = weigh(made, told(trp__until_on=on(2026, 1, 1)), TODAY)
    assert (pathway.lawyer_first, pathway.dangers) == (False, ())


def test_1_4_late_filing_is_said_once():
    clocks = (clock("wage.due_on"), clock("wage.due_on"))
    made = rule(clocks=clocks, dangers=[("risk.late_filing", None)])
    assert weigh(made, told(wage__due_on=on(2026, 1, 1)), TODAY).dangers == ("risk.late_filing",)


def test_12_7_clocks_that_run_are_listed_and_those_that_do_not_are_left_out():
    made = rule(clocks=(clock("x.day", when="x.a is yes"), clock("y.day")))
    listed = weigh(made, told(x__a=False, y__day=on(2026, 1, 1)), TODAY).clocks
    assert [t.clock.starts for t in listed] == [("y.day",)]
    assert listed[0].days_left < 0, "passed ones too"


@pytest.mark.parametrize(
    "flag", [{"always_lawyer": True}, {"unverified": True}, {"lawyer_first": ("x.a is yes",)},
             {"clocks": (clock("x.day", confidence="G"),)}]
)  # fmt: skip
def test_1_5_each_reason_alone_puts_a_lawyer_first(flag):
    facts = told(x__a=True)
    assert weigh(rule(**flag), facts, TODAY).lawyer_first
    assert not weigh(rule(), facts, TODAY).lawyer_first


def test_1_5_silence_does_not_put_a_lawyer_first():
    made = rule(lawyer_first=("x.a is yes", "x.b is yes & x.c is yes"))
    assert not weigh(made, Facts(), TODAY).lawyer_first
    assert not weigh(made, told(x__b=True), TODAY).lawyer_first
    assert weigh(made, told(x__b=True, x__c=True), TODAY).lawyer_first


@pytest.mark.parametrize(
    ("facts", "first"),
    [
        (told(), True),
        (told(status__held=False), True),
        (told(status__held=True), False),
        (told(status__foreign_national=True), True),
        (told(status__foreign_national=False), False),
        (told(status__foreign_national=False, status__held=False), False),
    ],
)
def test_12_14_a_status_kept_to_oneself_counts_against_simplicity(facts, first):
    """The one exception of 1.5; it does not hold for a citizen or permanent resident."""
    assert weigh(rule(lawyer_first=("status.held is_not yes",)), facts, TODAY).lawyer_first is first


def test_12_14_the_exception_holds_beside_another_line_and_for_no_other_fact():
    beside = rule(lawyer_first=("status.held is_not yes | x.a is yes",))
    assert weigh(beside, Facts(), TODAY).lawyer_first
    other = rule(lawyer_first=("x.a is_not yes",))
    assert not weigh(other, Facts(), TODAY).lawyer_first


def test_1_5_another_line_on_status_is_read_like_any_other():
    made = rule(lawyer_first=("status.held is no", "predicate ei_hours"))
    assert not weigh(made, Facts(), TODAY).lawyer_first
    assert weigh(made, told(status__held=False), TODAY).lawyer_first
    assert weigh(made, told(ei__hours=700), TODAY).lawyer_first


def test_12_1_a_rule_is_fresh_through_its_review_day_and_stale_after_it():
    made = rule(review_by=TODAY)
    assert not weigh(made, Facts(), TODAY).lawyer_first
    assert weigh(made, Facts(), TODAY + ONE).lawyer_first


@pytest.mark.parametrize(("a", "shown"), [(True, True), (None, True), (False, False)])
def test_1_5_silence_warns(a, shown):
    facts = Facts.told({} if a is None else {"x.a": a})
    made = rule(dangers=[("risk.always", None), ("risk.if", "x.a is yes")])
    expected = ("risk.always", "risk.if") if shown else ("risk.always",)
    assert weigh(made, facts, TODAY).dangers == expected


@pytest.mark.parametrize(("foreign", "shown"), [(True, True), (None, True), (False, False)])
def test_12_14_nobody_tips_off_about_a_citizen(foreign, shown):
    facts = Facts.told({} if foreign is None else {"status.foreign_national": foreign})
    made = rule(dangers=[("risk.tip_off_if_no_status", None), ("risk.employer_told", None)])
    dangers = weigh(made, facts, TODAY).dangers
    assert ("risk.tip_off_if_no_status" in dangers) is shown
    assert "risk.employer_told" in dangers


@pytest.mark.parametrize(("a", "promised"), [(True, True), (None, False), (False, False)])
def test_a_paper_is_promised_only_when_its_condition_is_known(a, promised):
    facts = Facts.told({} if a is None else {"x.a": a})
    made = rule(produces=[("evid.one", None), ("evid.two", "x.a is yes")])
    expected = ("evid.one", "evid.two") if promised else ("evid.one",)
    assert weigh(made, facts, TODAY).produces == expected
