"""The memo of limits: from which answer each is counted, its first and last possible end, and what could move it."""

from datetime import date, timedelta

import pytest

from alongside.domain.clocks import State, end_of
from alongside.domain.facts import Span
from alongside.library.paper.document import Table
from alongside.library.paper.outlined import outlined
from alongside.library.paper.writing import Known
from tests.library.test_outlines import LIMITS, ON, text
from tests.people import CAST, MATEO

WAGES, SMALL_CLAIMS = "Ask Ontario to get your unpaid wages", "Sue in Small Claims Court"
ONTARIO = {"place.province": "on", "place.work_province": "on", "pay.unpaid_part": True}


@pytest.fixture(scope="session")
def rows(book):
    def made(answers, on=ON, key=LIMITS):
        document = outlined(book, book.outlines[key], Known(answers), on, "en")
        tables = [b for b in document.blocks if isinstance(b, Table)]
        return [[[text(said) for said in cell] for cell in row] for row in tables[0].rows]

    return made


def about(rows, step):
    """The usual limit of one step, from the start that it counts from."""
    (row,) = [r for r in rows if r[0][0].startswith(step) and r[0][1].startswith("Usual last day")]
    return row[1:]


def test_a_limit_names_the_answer_it_counts_from_and_both_ends_of_a_day_not_exact(rows):
    month = Span(date(2026, 8, 1), date(2026, 8, 31))
    start, end, moves = about(rows(ONTARIO | {"wage.due_on": month}), WAGES)[:3]
    assert start == ["last pay day that was missed: August 2026"]
    assert end == ["August 1, 2028 at the earliest, August 31, 2028 at the latest"]
    assert moves == ["2 years. An official page says so."]


def test_every_dated_limit_of_everybody_stands_there_with_the_days_that_the_rules_count(book, rows):
    for person in CAST:
        outlook = book.look(person.answers, ON)
        shown = {(row[0][0], row[0][1]): row for row in rows(person.answers)}
        for key, path in outlook.remedies.items():
            words = book.remedies[key].words
            for ticking in path.clocks:
                row = shown.get((words.name.en, words.clocks[ticking.clock.key].en))
                if row is None or ticking.ends_on is None:
                    continue
                span, _ = end_of(ticking.clock, outlook.facts)
                for day in {span.earliest, span.latest}:
                    assert str(day.year) in " ".join(row[2]), (person.name, key)
                    assert str(day.day) in " ".join(row[2]), (person.name, key)


def test_a_day_that_would_count_first_and_was_not_told_is_a_gap_beside_it(rows):
    """The wage claim counts from a missed pay before it counts from the last day at work."""
    start = about(rows(ONTARIO | {"job.last_day_on": Span.on(date(2026, 8, 31))}), WAGES)[0]
    assert start[0] == "last day at work: August 31, 2026"
    assert start[1].startswith("[Not told: last pay day that was missed; last time a work rule")


@pytest.mark.parametrize(
    ("days_after_the_first", "says"),
    [
        (0, None),
        (1, "from the last it has not"),
        (30, "from the last it has not"),
        (31, "Later than"),
    ],
)
def test_a_limit_has_passed_surely_or_only_from_the_first_possible_day(
    rows, days_after_the_first, says
):
    month = Span(date(2026, 8, 1), date(2026, 8, 31))
    on = date(2028, 8, 1) + timedelta(days=days_after_the_first)
    (end,) = about(rows(ONTARIO | {"wage.due_on": month}, on), WAGES)[1]
    assert (says in end) if says else ("passed" not in end and "Later" not in end)


def test_a_limit_nobody_could_read_has_no_day_and_its_start_is_still_named(rows, book):
    answers = {"place.province": "qc", "place.work_province": "qc", "pay.unpaid_part": True,
               "wage.due_on": Span.on(date(2026, 9, 1))}  # fmt: skip
    clock = next(c for c in book.remedies["qc.es.lnt"].rule.clocks if c.key == "clk.qc_money")
    assert not clock.prints_date
    found = [row for row in rows(answers) if "CNESST" in row[0][0]]
    money = next(
        row for row in found if row[1] == ["last pay day that was missed: September 1, 2026"]
    )
    assert money[2][0].startswith("[A limit exists.")
    assert "2027" not in " ".join(money[2] + money[3])


def test_steps_of_other_provinces_and_closed_ones_stay_out(rows, book):
    names = {row[0][0] for row in rows(MATEO.answers)}
    outlook = book.look(MATEO.answers, ON)
    for key, remedy in book.remedies.items():
        if (
            remedy.rule.jurisdiction not in {"fed", "on"}
            or outlook.remedies[key].verdict == "closed"
        ):
            assert remedy.words.name.en not in names or any(
                other.words.name == remedy.words.name and other.key != key
                for other in book.remedies.values()
            ), key


def test_the_nearest_day_ahead_stands_first_and_what_has_no_day_last(rows, book):
    found = rows(MATEO.answers)
    first_gap = next(i for i, row in enumerate(found) if all(t.startswith("[") for t in row[1]))
    assert first_gap > 0
    assert all(row[1][0].startswith("[") or not row[2] or row[2][0].startswith("[")
               for row in found[first_gap:])  # fmt: skip
    ahead = sorted(
        ticking.ends_on
        for path in book.look(MATEO.answers, ON).remedies.values()
        for ticking in path.clocks
        if ticking.state in {State.DATED, State.CHECK} and path.verdict != "closed"
    )
    assert str(ahead[0].year) in found[0][2][0]


def test_what_lifts_a_limit_is_told_as_the_rule_has_it(rows):
    told = ONTARIO | {"suit.matter": "wages", "suit.discovered_on": Span.on(date(2026, 5, 1))}
    moves = next(row for row in rows(told) if row[0][0].startswith(SMALL_CLAIMS))[3][0]
    assert "Not when: sexual violence together with what a court would deal with" in moves
    assert "To be checked: it is not from an official page." in moves


def test_a_paper_for_one_step_lists_the_limits_of_that_step_alone(rows, book):
    found = rows(MATEO.answers, key="wage_claim")
    own = {book.remedies[key].words.name.en for key in book.outlines["wage_claim"].remedies}
    assert {row[0][0] for row in found} <= own
