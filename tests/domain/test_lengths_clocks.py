"""Counting time (rules map 1.4): Interpretation Act ss. 26 to 28, and the states of a clock (12.7)."""

from datetime import date, timedelta

import pytest
from build import TODAY, between, clock, on, told
from hypothesis import given
from hypothesis import strategies as st

from alongside.domain.clocks import State, end_of, tick
from alongside.domain.facts import Facts, Silence, Span
from alongside.domain.lengths import Length, Unit, days, months, years

ONE = timedelta(days=1)


@pytest.mark.parametrize(
    ("length", "start", "last_day", "law"),
    [
        (days(1), (2026, 11, 21), (2026, 11, 22), "s. 27(2): the day of the event is left out"),
        (days(15), (2026, 11, 21), (2026, 12, 6), "s. 27(2): the last day is counted in"),
        (days(0), (2026, 11, 21), (2026, 11, 21), "a permit ends on its own day"),
        (days(90), (2026, 11, 21), (2027, 2, 19), "IRPR s. 182: across a new year"),
        (days(30), (2026, 11, 26), (2026, 12, 26), "s. 26: a holiday is not moved, see 1.4"),
        (months(1), (2026, 11, 21), (2026, 12, 21), "s. 28: the same day number"),
        (months(1), (2027, 1, 31), (2027, 2, 28), "s. 28: no such day, the last of the month"),
        (months(1), (2028, 1, 31), (2028, 2, 29), "s. 28: the last day of a leap February"),
        (months(3), (2026, 11, 30), (2027, 2, 28), "s. 28: across a new year"),
        (months(2), (2026, 11, 30), (2027, 1, 30), "s. 28: into January"),
        (months(1), (2026, 11, 30), (2026, 12, 30), "s. 28: into December"),
        (months(12), (2025, 11, 21), (2026, 11, 21), "IRPA s. 24(4): twelve months"),
        (years(1), (2028, 2, 29), (2029, 2, 28), "rules map 1.4: entry on February 29"),
        (years(4), (2024, 2, 29), (2028, 2, 29), "s. 28: a leap day found again"),
        (years(5), (2026, 11, 21), (2031, 11, 21), "IRPA s. 24(5): five years"),
    ],
)
def test_a_length_ends_on_the_day_the_interpretation_act_says(length, start, last_day, law):
    assert length.after(date(*start)) == date(*last_day), law


@given(st.dates(date(1950, 1, 1), date(2150, 1, 1)), st.integers(0, 120))
def test_months_never_skip_into_the_month_after(start, count):
    end = months(count).after(start)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == count
    assert end.day == start.day or (end.day < start.day and (end + ONE).day == 1)


@given(st.dates(date(1950, 1, 1), date(2150, 1, 1)), st.integers(1, 60))
def test_a_later_start_never_ends_earlier(start, count):
    for length in (days(count), months(count), years(count)):
        assert length.after(start) <= length.after(start + ONE)


def test_a_length_reads_as_a_rule_writes_it():
    assert [str(x) for x in (days(90), months(12), years(2))] == ["90 days", "12 months", "2 years"]
    assert Length(3, Unit.YEARS) == years(3)


def test_the_words_for_the_state_of_a_clock_are_those_that_are_published():
    words = ["dated", "check", "undated", "start_unknown", "passed"]
    assert [state.value for state in State] == words


@pytest.mark.parametrize(
    ("notified", "state", "left"),
    [
        (on(2026, 11, 21), State.DATED, 30),
        (on(2026, 10, 22), State.DATED, 0),
        (on(2026, 10, 21), State.PASSED, -1),
    ],
)
def test_a_clock_counts_down_through_its_last_day(notified, state, left):
    ticking = tick(clock("decision.notified_on"), told(decision__notified_on=notified), TODAY)
    assert (ticking.state, ticking.days_left) == (state, left)
    assert ticking.ends_on == TODAY + timedelta(days=left)
    assert ticking.missing == ()


def test_a_deadline_counts_from_the_earliest_plausible_day():
    facts = told(decision__notified_on=between(date(2026, 11, 1), date(2026, 11, 20)))
    assert tick(clock("decision.notified_on"), facts, TODAY).ends_on == date(2026, 12, 1)


def test_the_end_of_a_bar_counts_from_the_latest_possible_day():
    facts = told(claim__ended_on=between(date(2026, 11, 1), date(2026, 11, 20)))
    ticking = tick(clock("claim.ended_on", from_latest=True), facts, TODAY)
    assert ticking.ends_on == date(2026, 12, 20)


def test_an_unknown_start_runs_without_a_date_and_names_every_day_that_would_say_it():
    ticking = tick(clock("wage.due_on", "job.last_day_on"), Facts(), TODAY)
    assert ticking.state is State.START_UNKNOWN
    assert (ticking.ends_on, ticking.days_left) == (None, None)
    assert ticking.missing == ("wage.due_on", "job.last_day_on")
    assert ticking.started, "it runs; only its day is not known"


def test_the_first_told_day_in_the_order_written_counts():
    both = told(wage__due_on=on(2026, 11, 20), job__last_day_on=on(2026, 11, 1))
    second = told(job__last_day_on=on(2026, 11, 1))
    running = clock("wage.due_on", "job.last_day_on")
    assert tick(running, both, TODAY).ends_on == date(2026, 12, 20), "rules map 12.15"
    assert tick(running, second, TODAY).ends_on == date(2026, 12, 1)


def test_latest_of_wants_both_days_and_takes_the_later():
    """Wage Earner Protection Program Act: 56 days from the later of insolvency and last day."""
    wepp = clock("job.insolvency_on", "job.last_day_on", length=days(56), latest_of=True)
    one = told(job__insolvency_on=on(2026, 11, 1))
    assert tick(wepp, one, TODAY).missing == ("job.last_day_on",)
    assert tick(wepp, one, TODAY).state is State.START_UNKNOWN
    both = told(job__insolvency_on=on(2026, 11, 1), job__last_day_on=on(2026, 10, 1))
    assert tick(wepp, both, TODAY).ends_on == date(2026, 12, 27)
    spans = told(
        job__insolvency_on=between(date(2026, 11, 1), date(2026, 11, 30)),
        job__last_day_on=between(date(2026, 11, 10), date(2026, 11, 12)),
    )
    end, missing = end_of(wepp, spans)
    assert (end, missing) == (Span(date(2027, 1, 5), date(2027, 1, 25)), ())


@pytest.mark.parametrize("confidence", ["G", "C", "GK"])
def test_a_limit_nobody_verified_prints_no_date_and_asks_for_a_lawyer(confidence):
    ticking = tick(
        clock("wage.due_on", confidence=confidence), told(wage__due_on=on(2020, 1, 1)), TODAY
    )
    assert (ticking.state, ticking.ends_on, ticking.days_left) == (State.UNDATED, None, None)
    assert ticking.asks_lawyer
    assert not ticking.late


def test_an_undated_limit_still_names_the_day_it_would_start_from():
    assert tick(clock("wage.due_on", confidence="G"), Facts(), TODAY).missing == ("wage.due_on",)


@pytest.mark.parametrize(("confidence", "state"), [("M", State.CHECK), ("R", State.DATED)])
def test_a_limit_from_a_secondary_source_is_printed_to_be_checked(confidence, state):
    running = clock("wage.due_on", confidence=confidence)
    assert tick(running, told(wage__due_on=on(2026, 11, 1)), TODAY).state is state
    assert tick(running, told(wage__due_on=on(2026, 1, 1)), TODAY).state is State.PASSED


def test_a_passed_filing_limit_is_late_and_a_passed_wait_is_not():
    facts = told(wage__due_on=on(2026, 1, 1))
    filing = tick(clock("wage.due_on"), facts, TODAY)
    wait = tick(clock("wage.due_on", filing=False), facts, TODAY)
    assert (filing.late, filing.asks_lawyer) == (True, True)
    assert (wait.late, wait.asks_lawyer) == (False, False)
    running = tick(clock("wage.due_on"), told(wage__due_on=on(2026, 11, 20)), TODAY)
    assert (running.late, running.asks_lawyer) == (False, False)


@pytest.mark.parametrize(
    ("state", "runs"), [("notified", State.DATED), ("pending", None), (None, State.START_UNKNOWN)]
)
def test_a_clock_runs_only_when_its_lines_hold_and_waits_while_they_are_unknown(state, runs):
    """Rules map 12.7; IRPR s. 160(4): fifteen days run once notice was given."""
    running = clock("prra.notified_on", when="prra.state is notified")
    facts = told(prra__notified_on=on(2026, 11, 20), prra__state=state or Silence.UNKNOWN)
    ticking = tick(running, facts, TODAY)
    assert (ticking and ticking.state) is runs
    assert ticking is None or ticking.started is (state is not None)
    if state is None:
        assert (ticking.ends_on, ticking.days_left) == (None, None), "no date on a guess"
        assert ticking.missing == ("prra.state",)


@pytest.mark.parametrize(
    ("pending", "runs"), [(True, False), (False, True), (Silence.RATHER_NOT_SAY, True)]
)
def test_an_unknown_not_when_does_not_stop_a_clock(pending, runs):
    """Rules map 12.7; IRPR s. 183(5)."""
    running = clock("status.expires_on", length=days(0), unless="status.renewal_pending is yes")
    facts = told(status__expires_on=on(2026, 12, 1), status__renewal_pending=pending)
    assert (tick(running, facts, TODAY) is not None) is runs


def test_a_clock_that_does_not_run_says_so_even_when_nothing_else_is_known():
    running = clock("a.day", when="a.fact is yes", confidence="G")
    assert tick(running, told(a__fact=False), TODAY) is None
    assert tick(running, Facts(), TODAY).state is State.START_UNKNOWN


def test_a_clock_of_the_laws_own_terms_ends_as_its_predicate_says():
    """Employment Insurance Act s. 90(2): before June 30 of the next year."""
    ruling = clock(predicate="before_june_30")
    ticking = tick(ruling, told(job__last_year_worked=2025), TODAY)
    assert (ticking.ends_on, ticking.state) == (date(2026, 6, 29), State.PASSED)
    assert tick(ruling, Facts(), TODAY).missing == ("job.last_year_worked",)
