"""The only grammar of a rule (rules map 2), and how silence is read in it (1.2)."""

import itertools
from datetime import date

import pytest
from build import TODAY, between, on, told

from alongside.domain.facts import (
    Conflict,
    Facts,
    Silence,
    Span,
    Truth,
    all_of,
    any_of,
    negate,
    truth_of,
    value_of,
)  # fmt: skip
from alongside.domain.lines import LineError, Op, read_lines, read_test

YES, NO, UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN


@pytest.mark.parametrize(
    ("text", "facts", "truth"),
    [
        ("place.in_canada is yes", told(place__in_canada=True), YES),
        ("place.in_canada is yes", told(place__in_canada=False), NO),
        ("place.in_canada is no", told(place__in_canada=False), YES),
        ("place.in_canada is_not yes", told(place__in_canada=False), YES),
        ("place.in_canada is_not yes", told(place__in_canada=True), NO),
        ("claim.state is none", told(claim__state="none"), YES),
        ("claim.state is none", told(claim__state="refused"), NO),
        ("claim.state is_not none", told(claim__state="refused"), YES),
        ("claim.state in refused,withdrawn", told(claim__state="withdrawn"), YES),
        ("claim.state in refused,withdrawn", told(claim__state="refused"), YES),
        ("claim.state in refused,withdrawn", told(claim__state="refuse"), NO),
        ("job.months at_least 12", told(job__months=12), YES),
        ("job.months at_least 12", told(job__months=12.5), YES),
        ("job.months at_least 12", told(job__months=11), NO),
        ("job.months at_least 12", told(job__months="12"), NO),
        ("job.months at_least 0", told(job__months=0), YES),
    ],
)
def test_a_line_reads_a_fact(text, facts, truth):
    assert read_lines(text).truth(facts, TODAY) is truth


@pytest.mark.parametrize(
    ("text", "day", "truth"),
    [
        ("a.day after 2020-06-24", (2020, 6, 24), NO),
        ("a.day after 2020-06-24", (2020, 6, 25), YES),
        ("a.day after 2020-06-24", (2020, 6, 23), NO),
        ("a.day within_days 90", (2026, 8, 22), NO),
        ("a.day within_days 90", (2026, 8, 23), YES),
        ("a.day within_days 90", (2026, 8, 24), YES),
        ("a.day within_days 0", (2026, 11, 21), YES),
        ("a.day within_days 0", (2026, 11, 20), NO),
        ("a.day older_than_months 60", (2021, 11, 20), YES),
        ("a.day older_than_months 60", (2021, 11, 21), NO),
        ("a.day older_than_months 60", (2021, 11, 22), NO),
        ("a.day older_than_months 0", (2026, 11, 20), YES),
        ("a.day older_than_months 0", (2026, 11, 21), NO),
    ],
)
def test_a_line_on_a_day_turns_exactly_at_its_boundary(text, day, truth):
    """IRPR s. 182 (90 days), s. 65 (five years), IRPA s. 101(1.1) (after June 24, 2020)."""
    assert read_lines(text).truth(told(a__day=on(*day)), TODAY) is truth


@pytest.mark.parametrize(
    "text", ["a.day after 2026-11-10", "a.day within_days 11", "a.day older_than_months 0"]
)
def test_an_uncertain_day_is_unknown_only_when_its_ends_disagree(text):
    reading = read_lines(text)
    for first, last in itertools.combinations_with_replacement(range(1, 29, 3), 2):
        span = between(date(2026, 11, first), date(2026, 11, last))
        ends = {reading.truth(told(a__day=Span.on(d)), TODAY) for d in (span.earliest, span.latest)}
        expected = ends.pop() if len(ends) == 1 else UNKNOWN
        assert reading.truth(told(a__day=span), TODAY) is expected


@pytest.mark.parametrize(
    "text",
    [
        "a.fact is yes", "a.fact is_not yes", "a.fact is no", "a.fact in x,y",
        "a.fact after 2026-01-01", "a.fact at_least 1", "a.fact within_days 10",
        "a.fact older_than_months 1",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "facts",
    [
        Facts(), told(a__fact=Silence.UNKNOWN), told(a__fact=Silence.RATHER_NOT_SAY),
        told(a__fact=Conflict((True, False))), told(another__fact=True),
    ],
    ids=["never asked", "do not know", "rather not say", "two versions", "another"],
)  # fmt: skip
def test_the_four_silences_are_one_thing_to_a_rule(text, facts):
    """Rules map 1.2, rule 1."""
    assert read_lines(text).truth(facts, TODAY) is UNKNOWN
    assert read_lines(text).unknowns(facts, TODAY) == ("a.fact",)


TRUTHS = {"yes": True, "no": False, "unknown": Silence.UNKNOWN}


@pytest.mark.parametrize(
    ("a", "b", "both", "either"),
    [
        ("yes", "yes", YES, YES), ("yes", "no", NO, YES), ("yes", "unknown", UNKNOWN, YES),
        ("no", "yes", NO, YES), ("no", "no", NO, NO), ("no", "unknown", NO, UNKNOWN),
        ("unknown", "yes", UNKNOWN, YES), ("unknown", "no", NO, UNKNOWN),
        ("unknown", "unknown", UNKNOWN, UNKNOWN),
    ],
)  # fmt: skip
def test_one_no_settles_all_of_and_one_yes_settles_any_of(a, b, both, either):
    """Rules map 1.2, rule 2, in lines and in the functions below them."""
    facts = told(x__a=TRUTHS[a], x__b=TRUTHS[b])
    assert read_lines("x.a is yes & x.b is yes").truth(facts, TODAY) is both
    assert read_lines("x.a is yes | x.b is yes").truth(facts, TODAY) is either
    truths = (facts.truth("x.a"), facts.truth("x.b"))
    assert (all_of(truths), any_of(truths)) == (both, either)


def test_an_uncertain_day_never_ends_before_it_begins():
    with pytest.raises(ValueError, match="cannot end \\(2026-11-20\\) before it begins"):
        between(date(2026, 11, 21), date(2026, 11, 20))
    assert Span.on(TODAY) == between(TODAY, TODAY)


def test_nothing_at_all_meets_all_of_and_fails_any_of():
    assert (all_of(()), any_of(())) == (YES, NO)


def test_a_truth_turns_round_and_back():
    assert [negate(t) for t in (YES, NO, UNKNOWN)] == [NO, YES, UNKNOWN]
    assert [value_of(t) for t in (YES, NO, UNKNOWN)] == [True, False, None]
    assert [truth_of(v) for v in (True, False, None)] == [YES, NO, UNKNOWN]
    assert [t.word for t in (YES, NO, UNKNOWN)] == ["yes", "no", "unknown"]


def test_the_words_for_silence_are_those_a_file_of_facts_may_hold():
    assert [silence.value for silence in Silence] == ["unknown", "rather_not_say"]


def test_groups_are_joined_by_or_and_their_lines_by_and():
    """Rules map 12.5: one level, no deeper."""
    reading = read_lines("x.a is yes & x.b is yes | x.c is yes")
    assert reading.truth(told(x__a=True, x__b=True, x__c=False), TODAY) is YES
    assert reading.truth(told(x__a=True, x__b=False, x__c=False), TODAY) is NO
    assert reading.truth(told(x__a=False, x__b=True, x__c=True), TODAY) is YES
    assert reading.truth(told(x__a=True, x__c=False), TODAY) is UNKNOWN


@pytest.mark.parametrize(
    ("facts", "named"),
    [
        (told(), ("x.a", "x.b", "x.c")),
        (told(x__a=True), ("x.b", "x.c")),
        (told(x__a=False), ("x.c",)),
        (told(x__a=False, x__c=False), ()),
        (told(x__c=True), ()),
        (told(x__a=True, x__b=True), ()),
        (told(x__b=True, x__c=False), ("x.a",)),
    ],
)
def test_only_what_would_settle_a_line_is_named(facts, named):
    """Rules map 1.2, rule 7: a group that one *no* has settled is asked nothing more."""
    reading = read_lines("x.a is yes & x.b is yes | x.c is yes")
    assert reading.unknowns(facts, TODAY) == named


def test_a_fact_is_named_once_however_often_it_is_read():
    reading = read_lines("x.a is p | x.a is q & x.b is yes")
    assert reading.unknowns(Facts(), TODAY) == ("x.a", "x.b")
    assert reading.operands == ("x.a", "x.b")


def test_lines_print_as_they_were_written():
    text = "x.a is yes & x.b in p,q | predicate ei_hours | x.c after 2020-06-24"
    assert str(read_lines(f"  {text}  ")) == text
    assert [str(test) for test in read_lines(text)] == [
        "x.a is yes", "x.b in p,q", "predicate ei_hours", "x.c after 2020-06-24",
    ]  # fmt: skip


def test_a_predicate_stands_as_a_line_with_all_it_reads():
    reading = read_lines("predicate ei_hours & x.a is yes")
    assert reading.operands == ("ei.hours", "place.area", "x.a")
    assert reading.truth(told(ei__hours=700, x__a=True), TODAY) is YES
    assert reading.truth(told(ei__hours=100, x__a=True), TODAY) is NO
    assert reading.unknowns(told(x__a=True), TODAY) == ("ei.hours",)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("(x.a is yes)", "nests"),
        ("(x.a is yes", "nests"),
        ("x.a is yes)", "nests"),
        ("x.a is", "is not 'fact operator value'"),
        ("x.a is yes really", "is not 'fact operator value'"),
        ("xa is yes", "is not 'fact operator value'"),
        ("X.A is yes", "is not 'fact operator value'"),
        ("x.a is yes & ", "is not 'fact operator value'"),
        ("x.a equals yes", "use one of is, is_not, in, after"),
        ("x.a at_least many", "'many' in 'x.a at_least many' is not a number"),
        ("x.a within_days soon", "is not a number"),
        ("x.a older_than_months long", "is not a number"),
        ("x.a after summer", "is not a day written like 2026-07-23"),
        ("predicate luck", "there is no predicate 'luck'; use one of ei_hours"),
        ("predicate ei_hours now", "there is no predicate 'ei_hours now'"),
        ("predicate", "there is no predicate ''"),
    ],
)
def test_what_is_no_line_is_refused_with_the_cure(text, says):
    with pytest.raises(LineError, match=r"\w") as refused:
        read_lines(text)
    assert says in str(refused.value)


def test_a_line_keeps_what_it_compares_with():
    line = read_test("a.day after 2020-06-24")
    assert (line.fact, line.op, line.day, line.amount) == ("a.day", Op.AFTER, date(2020, 6, 24), 0)
    assert read_test("job.months at_least 12").amount == 12
    assert read_test("job.months at_least 12").day is None
