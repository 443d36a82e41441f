"""Derived facts that come from two dates: each boundary, uncertain days, and contradictions."""

from datetime import date

import pytest
from build import TODAY, between, on

from alongside.domain.derivation import derive
from alongside.domain.facts import Facts


def derived(key, answers):
    return derive(Facts.told(answers), TODAY).get(key)


@pytest.mark.parametrize(
    ("start", "end", "enough"),
    [
        (on(2026, 1, 15), on(2026, 7, 15), True),
        (on(2026, 1, 15), on(2026, 7, 14), False),
        (on(2026, 1, 15), None, None),
        (None, on(2026, 7, 15), None),
        (between(date(2026, 1, 1), date(2026, 1, 15)), on(2026, 7, 14), None),
        (between(date(2026, 1, 1), date(2026, 1, 15)), on(2026, 7, 15), True),
        (between(date(2026, 1, 1), date(2026, 1, 15)), on(2026, 6, 30), False),
        (on(2026, 1, 15), between(date(2026, 7, 14), date(2026, 7, 15)), None),
        (on(2026, 1, 15), on(2026, 1, 14), None),
        (on(2026, 1, 15), between(date(2026, 1, 10), date(2026, 2, 1)), False),
        (between(date(2026, 1, 1), date(2026, 1, 15)), on(2026, 1, 10), False),
        (on(2026, 1, 15), on(2026, 1, 15), False),
    ],
)
def test_six_months_of_a_permit_are_counted_from_its_dates_and_never_guessed(start, end, enough):
    """IRPR s. 199(d). An end before the beginning is a contradiction, not a short permit."""
    answers = {"trp.from_on": start, "trp.until_on": end}
    told = {key: value for key, value in answers.items() if value}
    assert derived("trp.six_months", told) is enough


MADE, ENTRY = "claim.made_on", "entry.first_after_2020_06_24_on"
BEFORE, MINOR = "entry.all_before_2020_06_25", "person.unaccompanied_minor"


@pytest.mark.parametrize(
    ("answers", "caught"),
    [
        ({MADE: on(2025, 6, 2), ENTRY: on(2021, 1, 1)}, False),
        ({MADE: on(2025, 6, 3), ENTRY: on(2021, 1, 1)}, True),
        ({MADE: on(2025, 6, 2)}, False),
        ({MADE: on(2025, 6, 3)}, None),
        ({ENTRY: on(2021, 1, 1)}, None),
        ({MADE: on(2026, 3, 1), ENTRY: on(2025, 3, 1)}, False),
        ({MADE: on(2026, 3, 2), ENTRY: on(2025, 3, 1)}, True),
        ({MADE: on(2026, 3, 2), ENTRY: on(2025, 3, 1), MINOR: True}, None),
        ({MADE: on(2026, 3, 2), ENTRY: on(2025, 3, 1), MINOR: False}, True),
        ({BEFORE: True}, False),
        ({BEFORE: True, MADE: on(2026, 1, 1)}, False),
        ({BEFORE: True, MADE: on(2026, 1, 1), ENTRY: on(2021, 1, 1)}, None),
        ({BEFORE: True, MADE: on(2025, 6, 2), ENTRY: on(2021, 1, 1)}, False),
        ({MADE: on(2026, 1, 1), ENTRY: on(2020, 6, 24)}, None),
        ({MADE: between(date(2025, 6, 2), date(2025, 6, 3)), ENTRY: on(2021, 1, 1)}, None),
        ({MADE: between(date(2026, 3, 1), date(2026, 3, 2)), ENTRY: on(2025, 3, 1)}, None),
        ({MADE: on(2026, 3, 2), ENTRY: between(date(2025, 3, 1), date(2025, 3, 2))}, None),
        ({MADE: on(2026, 3, 1), ENTRY: between(date(2025, 3, 1), date(2025, 3, 2))}, False),
        ({MADE: on(2026, 3, 3), ENTRY: between(date(2025, 3, 1), date(2025, 3, 2))}, True),
        ({}, None),
    ],
)
def test_the_one_year_rule_reaches_claims_from_june_3_2025(answers, caught):
    """IRPA s. 101(1)(b.1); S.C. 2026, c. 4, s. 75. Only entries after June 24, 2020 count."""
    assert derived("claim.caught_by_one_year", answers) is caught


WITHDRAWN, CLAIMED, LEFT = (
    "filed.es_claim_withdrawn", "filed.es_claim_on", "filed.es_claim_withdrawn_on",
)  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "in_time"),
    [
        ({WITHDRAWN: False}, False),
        ({}, None),
        ({WITHDRAWN: True}, None),
        ({WITHDRAWN: True, CLAIMED: on(2026, 11, 1)}, None),
        ({WITHDRAWN: True, LEFT: on(2026, 11, 1)}, None),
        ({WITHDRAWN: True, CLAIMED: on(2026, 11, 1), LEFT: on(2026, 11, 15)}, True),
        ({WITHDRAWN: True, CLAIMED: on(2026, 11, 1), LEFT: on(2026, 11, 16)}, False),
        ({WITHDRAWN: True, CLAIMED: on(2026, 11, 1), LEFT: on(2026, 11, 1)}, True),
        ({WITHDRAWN: True, CLAIMED: on(2026, 11, 2), LEFT: on(2026, 11, 1)}, None),
        ({WITHDRAWN: True, CLAIMED: on(2026, 11, 1),
          LEFT: between(date(2026, 11, 15), date(2026, 11, 16))}, None),
        ({WITHDRAWN: True, CLAIMED: between(date(2026, 11, 1), date(2026, 11, 2)),
          LEFT: on(2026, 11, 16)}, None),
        ({WITHDRAWN: True, CLAIMED: between(date(2026, 11, 1), date(2026, 11, 2)),
          LEFT: on(2026, 11, 17)}, False),
        ({WITHDRAWN: True, CLAIMED: between(date(2026, 11, 1), date(2026, 11, 2)),
          LEFT: on(2026, 11, 15)}, True),
        ({WITHDRAWN: True, CLAIMED: on(2026, 11, 5),
          LEFT: between(date(2026, 11, 1), date(2026, 11, 10))}, True),
        ({WITHDRAWN: True, CLAIMED: between(date(2026, 11, 1), date(2026, 11, 10)),
          LEFT: on(2026, 11, 5)}, True),
        ({LEFT: on(2026, 11, 2), CLAIMED: on(2026, 11, 1)}, None),
        ({LEFT: on(2026, 11, 16), CLAIMED: on(2026, 11, 1)}, False),
        ({LEFT: on(2026, 11, 15), CLAIMED: on(2026, 11, 1)}, None),
    ],
)  # fmt: skip
def test_a_standards_claim_taken_back_within_two_weeks_frees_the_court(answers, in_time):
    """Employment Standards Act, 2000, s. 97(4). Taken back before it was filed: a contradiction."""
    assert derived("filed.es_withdrawn_in_time", answers) is in_time
