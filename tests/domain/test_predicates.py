"""The few rules that flat lines cannot say, each with the law it restates (rules map 2)."""

from datetime import date

import pytest
from build import TODAY, between, on, told

from alongside.domain.facts import Conflict, Facts, Silence, Span, Truth
from alongside.domain.predicates import CLOCK_ENDS, CLOCK_READS, NEEDS

YES, NO, UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN
AFTER, FIRST = "entry.first_after_2020_06_24_on", "entry.first_on"
BEFORE, MINOR = "entry.all_before_2020_06_25", "person.unaccompanied_minor"


def read(name, answers):
    return NEEDS[name].read(Facts.told(answers), TODAY)


@pytest.mark.parametrize(
    ("answers", "truth", "missing"),
    [
        # A101(1.1): the year starts the day after the entry; its last day is the anniversary.
        ({AFTER: on(2025, 11, 21)}, YES, ()),
        ({AFTER: on(2025, 11, 20)}, UNKNOWN, (MINOR,)),
        ({AFTER: on(2025, 11, 20), MINOR: False}, NO, ()),
        ({AFTER: on(2025, 11, 21), MINOR: False}, YES, ()),
        # Public policy of 2026-05-19 (secondary source): an unaccompanied minor is spared.
        ({AFTER: on(2025, 11, 20), MINOR: True}, YES, ()),
        ({MINOR: True}, YES, ()),
        # A101(1)(b.1): only entries after June 24, 2020 count.
        ({BEFORE: True}, YES, ()),
        ({BEFORE: True, FIRST: on(2019, 5, 1)}, YES, ()),
        ({BEFORE: False}, UNKNOWN, (AFTER,)),
        ({BEFORE: False, FIRST: on(2019, 5, 1)}, UNKNOWN, (AFTER,)),
        ({}, UNKNOWN, (AFTER, BEFORE)),
        ({FIRST: on(2020, 6, 24), MINOR: False}, UNKNOWN, (AFTER, BEFORE)),
        ({FIRST: on(2020, 6, 25), MINOR: False}, NO, ()),
        ({FIRST: on(2026, 6, 1)}, YES, ()),
        ({FIRST: between(date(2020, 6, 1), date(2020, 7, 30)), MINOR: False}, UNKNOWN,
         (AFTER, BEFORE)),
        # An entry before the first one after June 24, 2020 changes nothing.
        ({FIRST: on(2019, 5, 1), AFTER: on(2026, 3, 1)}, YES, ()),
        ({FIRST: on(2019, 5, 1), AFTER: on(2024, 3, 1), MINOR: False}, NO, ()),
        # An uncertain day settles it only when both its ends do.
        ({AFTER: between(date(2025, 11, 21), date(2026, 3, 1))}, YES, ()),
        ({AFTER: between(date(2025, 11, 20), date(2025, 11, 21)), MINOR: False}, UNKNOWN, (AFTER,)),
        ({AFTER: between(date(2025, 11, 1), date(2025, 11, 20)), MINOR: False}, NO, ()),
        ({AFTER: between(date(2020, 6, 20), date(2020, 7, 1)), MINOR: False}, NO, ()),
        ({FIRST: on(2020, 6, 24), AFTER: on(2026, 3, 1)}, YES, ()),
        ({FIRST: between(date(2020, 6, 20), date(2020, 7, 1)), AFTER: on(2026, 3, 1)}, YES, ()),
    ],
)  # fmt: skip
def test_a_refugee_claim_has_one_year_from_the_first_entry_that_counts(answers, truth, missing):
    assert read("one_year_clock", answers) == (truth, missing)


@pytest.mark.parametrize(
    ("answers", "named"),
    [
        ({BEFORE: True, AFTER: on(2024, 3, 1), MINOR: False}, {BEFORE, AFTER}),
        ({BEFORE: True, FIRST: on(2024, 3, 1), MINOR: False}, {BEFORE, AFTER}),
        ({FIRST: on(2024, 3, 1), AFTER: on(2026, 3, 1), MINOR: False}, {FIRST, AFTER}),
        ({FIRST: on(2026, 3, 1), AFTER: on(2024, 3, 1), MINOR: False}, {FIRST, AFTER}),
        ({AFTER: on(2020, 6, 24), MINOR: False}, {AFTER}),
        ({AFTER: on(2018, 6, 24), BEFORE: False, MINOR: False}, {AFTER}),
        ({AFTER: on(2018, 6, 24), FIRST: on(2022, 6, 24), MINOR: False}, {FIRST, AFTER}),
        ({AFTER: Conflict((on(2024, 1, 1), on(2026, 1, 1))), MINOR: False}, {AFTER, BEFORE}),
    ],
)
def test_dates_of_entry_that_disagree_never_close_a_claim(answers, named):
    """Rules map 1.2, rules 4 and 5: a contradiction is unknown, and is what is asked about."""
    truth, missing = read("one_year_clock", answers)
    assert truth is UNKNOWN
    assert named <= set(missing)


def test_the_first_entry_told_twice_alike_is_no_contradiction():
    same = {FIRST: on(2024, 3, 1), AFTER: on(2024, 3, 1), MINOR: False}
    assert read("one_year_clock", same) == (NO, ())
    about = {FIRST: between(date(2026, 1, 1), date(2026, 3, 1)), AFTER: on(2026, 3, 1)}
    assert read("one_year_clock", about) == (YES, ())
    loose = {
        FIRST: between(date(2024, 3, 1), date(2024, 9, 1)),
        AFTER: between(date(2024, 1, 1), date(2024, 6, 1)),
        MINOR: False,
    }
    assert read("one_year_clock", loose) == (NO, ())
    about = {FIRST: on(2026, 3, 1), AFTER: between(date(2026, 3, 1), date(2026, 4, 1))}
    assert read("one_year_clock", about) == (YES, ())


BETWEEN, DAY = "entry.us_between_offices", "entry.us_between_offices_on"
FAMILY, FROM_US, BORDER = "entry.us_exception", "entry.from_us", "place.at_border"


@pytest.mark.parametrize(
    ("answers", "truth", "missing"),
    [
        ({}, UNKNOWN, (BETWEEN, BORDER)),
        ({FROM_US: False}, YES, ()),
        ({FROM_US: True}, UNKNOWN, (BETWEEN, BORDER)),
        # Inland, and not by a crossing away from an office: nothing of this applies.
        ({BETWEEN: False}, UNKNOWN, (BORDER,)),
        ({BETWEEN: False, BORDER: False}, YES, ()),
        ({BORDER: False}, UNKNOWN, (BETWEEN,)),
        # IRPA s. 101(1)(e): at an office of the land border, with the family exceptions.
        ({BETWEEN: False, BORDER: True}, UNKNOWN, (FROM_US, FAMILY)),
        ({BETWEEN: False, FROM_US: True, FAMILY: False}, UNKNOWN, (BORDER,)),
        ({BORDER: True, FROM_US: True, FAMILY: True}, UNKNOWN, (BETWEEN,)),
        ({BORDER: True, FROM_US: True, FAMILY: False}, UNKNOWN, (BETWEEN,)),
        ({BETWEEN: False, BORDER: True, FROM_US: True}, UNKNOWN, (FAMILY,)),
        ({BETWEEN: False, BORDER: True, FAMILY: False}, UNKNOWN, (FROM_US,)),
        ({BETWEEN: False, BORDER: True, FROM_US: True, FAMILY: True}, YES, ()),
        ({BETWEEN: False, BORDER: True, FROM_US: True, FAMILY: False}, NO, ()),
        ({BETWEEN: False, BORDER: True, FROM_US: False, FAMILY: False}, YES, ()),
        # IRPR s. 159.4(1.1): between offices, fourteen days with the same exceptions.
        ({BETWEEN: True}, UNKNOWN, (DAY, FAMILY)),
        ({BETWEEN: True, FAMILY: True}, UNKNOWN, (DAY,)),
        ({BETWEEN: True, FAMILY: False}, NO, ()),
        ({BETWEEN: True, DAY: on(2026, 11, 7)}, UNKNOWN, (FAMILY,)),
        ({BETWEEN: True, DAY: on(2026, 11, 7), FAMILY: True}, YES, ()),
        ({BETWEEN: True, DAY: on(2026, 11, 7), FAMILY: False}, NO, ()),
        # IRPA s. 101(1)(b.2): later, exceptions of another kind may apply; a lawyer settles it.
        ({BETWEEN: True, DAY: on(2026, 11, 6), FAMILY: True}, UNKNOWN, (FAMILY,)),
        ({BETWEEN: True, DAY: on(2026, 11, 6)}, UNKNOWN, (FAMILY,)),
        ({BETWEEN: True, DAY: on(2026, 11, 6), FAMILY: False}, NO, ()),
        ({BETWEEN: True, DAY: between(date(2026, 11, 1), date(2026, 11, 6)), FAMILY: True}, UNKNOWN,
         (FAMILY,)),
        ({BETWEEN: True, DAY: between(date(2026, 11, 6), date(2026, 11, 7)), FAMILY: True}, UNKNOWN,
         (DAY,)),
        ({BETWEEN: True, DAY: between(date(2026, 11, 7), date(2026, 11, 9)), FAMILY: True}, YES,
         ()),
    ],
)  # fmt: skip
def test_both_sides_of_the_fourteen_day_line_block_an_entry_from_the_united_states(
    answers, truth, missing
):
    assert read("not_irregular_entry", answers) == (truth, missing)


@pytest.mark.parametrize("border", [{}, {BORDER: True}, {BORDER: False}])
def test_who_came_by_an_office_and_has_an_exception_is_free_to_claim_wherever(border):
    """IRPR s. 159.4: the exception settles it on either side of the office."""
    assert read("not_irregular_entry", {BETWEEN: False, FAMILY: True, **border}) == (YES, ())


def test_a_crossing_between_offices_by_someone_not_from_the_united_states_is_asked_about():
    answers = {BETWEEN: True, FROM_US: False, DAY: on(2026, 1, 1), FAMILY: False}
    assert read("not_irregular_entry", answers) == (UNKNOWN, (FROM_US, BETWEEN))


@pytest.mark.parametrize(
    ("hours", "truth", "missing"),
    [
        (700, YES, ()),
        (699, UNKNOWN, ("place.area",)),
        (420, UNKNOWN, ("place.area",)),
        (419.5, NO, ()),
        (419, NO, ()),
        (700.5, YES, ()),
        (Silence.UNKNOWN, UNKNOWN, ("ei.hours",)),
        ("many", UNKNOWN, ("ei.hours",)),
    ],
)
def test_insurance_hours_between_420_and_700_are_for_the_region_to_say(hours, truth, missing):
    """Employment Insurance Act s. 7(2)."""
    assert read("ei_hours", {"ei.hours": hours}) == (truth, missing)


@pytest.mark.parametrize(
    ("answers", "end", "missing"),
    [
        ({AFTER: on(2026, 3, 1)}, on(2027, 3, 1), ()),
        ({AFTER: on(2024, 2, 29)}, on(2025, 2, 28), ()),
        ({FIRST: on(2026, 3, 1)}, on(2027, 3, 1), ()),
        ({AFTER: on(2026, 3, 1), FIRST: on(2026, 2, 1)}, on(2027, 3, 1), ()),
        ({FIRST: on(2020, 6, 24)}, None, (AFTER,)),
        ({AFTER: on(2020, 6, 24)}, None, (AFTER, FIRST)),
        ({AFTER: on(2020, 6, 25)}, on(2021, 6, 25), ()),
        ({AFTER: between(date(2026, 3, 1), date(2026, 5, 1))},
         between(date(2027, 3, 1), date(2027, 5, 1)), ()),
        ({}, None, (AFTER, FIRST)),
    ],
)  # fmt: skip
def test_the_claim_year_ends_on_the_anniversary_of_the_entry(answers, end, missing):
    """IRPA s. 101(1.1); rules map 1.4."""
    assert CLOCK_ENDS["one_year_clock"](Facts.told(answers)) == (end, missing)


@pytest.mark.parametrize(
    ("year", "end", "missing"),
    [
        (2025, on(2026, 6, 29), ()),
        (2025.0, on(2026, 6, 29), ()),
        (Silence.UNKNOWN, None, ("job.last_year_worked",)),
        ("2025", None, ("job.last_year_worked",)),
        (20255, None, ("job.last_year_worked",)),
        (9999, None, ("job.last_year_worked",)),
        (0, on(1, 6, 29), ()),
        (-1, None, ("job.last_year_worked",)),
        (float("inf"), None, ("job.last_year_worked",)),
        (float("nan"), None, ("job.last_year_worked",)),
        (9998, on(9999, 6, 29), ()),
    ],
)
def test_a_tax_ruling_is_asked_for_before_june_30(year, end, missing):
    """Employment Insurance Act s. 90(2): June 29 at the latest."""
    facts = told(job__last_year_worked=year)
    assert CLOCK_ENDS["before_june_30"](facts) == (end, missing)


@pytest.mark.parametrize(
    ("by", "end"),
    [("mail", (2026, 11, 23)), ("hand", (2026, 11, 16)), (Silence.UNKNOWN, (2026, 11, 16))],
)
def test_a_risk_check_gives_seven_more_days_by_mail_and_the_earlier_day_when_unsure(by, end):
    """IRPR ss. 160(4), 162."""
    facts = told(prra__notified_on=on(2026, 11, 1), prra__notice_by=by)
    assert CLOCK_ENDS["prra_notice"](facts) == (on(*end), ())


def test_a_risk_check_with_an_uncertain_notice_keeps_both_ends():
    facts = told(prra__notified_on=between(date(2026, 11, 1), date(2026, 11, 3)))
    ends = Span(date(2026, 11, 16), date(2026, 11, 18))
    assert CLOCK_ENDS["prra_notice"](facts) == (ends, ())
    assert CLOCK_ENDS["prra_notice"](Facts()) == (None, ("prra.notified_on",))


@pytest.mark.parametrize(
    ("misrep", "ends"),
    [(False, (2027, 2027)), (True, (2031, 2031)), (Silence.UNKNOWN, (2027, 2031))],
)
def test_an_exclusion_lasts_one_year_or_five_and_no_guess_makes_it_shorter(misrep, ends):
    """IRPR s. 225."""
    facts = told(
        order__enforced_on=between(date(2026, 3, 1), date(2026, 4, 1)), order__for_misrep=misrep
    )
    span = Span(date(ends[0], 3, 1), date(ends[1], 4, 1))
    assert CLOCK_ENDS["exclusion_ban"](facts) == (span, ())
    assert CLOCK_ENDS["exclusion_ban"](Facts()) == (None, ("order.enforced_on",))


class Watched(dict):
    """Answers that note which facts were looked at."""

    def __init__(self, values) -> None:
        super().__init__(values)
        self.looked = set()

    def get(self, key, default=None):
        self.looked.add(key)
        return super().get(key, default)

    def __contains__(self, key) -> bool:
        self.looked.add(key)
        return super().__contains__(key)


SAMPLES = [
    {}, {BETWEEN: True}, {BETWEEN: True, DAY: on(2026, 11, 7)}, {BETWEEN: False, BORDER: True},
    {BEFORE: True}, {AFTER: on(2024, 1, 1), MINOR: False}, {FIRST: on(2024, 1, 1)},
    {"prra.notified_on": on(2026, 11, 1)}, {"order.enforced_on": on(2026, 11, 1)},
    {"ei.hours": 500}, {BEFORE: True, AFTER: on(2024, 1, 1)},
]  # fmt: skip


def test_every_predicate_says_all_that_it_reads_and_nothing_else():
    """A page shows what a rule read; a fact read in silence could never be explained."""
    for name, need in NEEDS.items():
        seen = [Watched(sample) for sample in SAMPLES]
        named = {key for facts in seen for key in need.read(Facts(facts), TODAY)[1]}
        looked = set().union(*(facts.looked for facts in seen))
        assert looked | named == set(need.reads), name
    for name, end in CLOCK_ENDS.items():
        seen = [Watched(sample) for sample in SAMPLES]
        for facts in seen:
            end(Facts(facts))
        assert set().union(*(facts.looked for facts in seen)) == set(CLOCK_READS[name]), name
