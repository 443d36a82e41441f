"""An account in pieces: what is certainly before what, against every way in which things could have been."""

import itertools
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.domain.chronology import (
    ABOUT_DAYS,
    Bounds,
    Piece,
    Relation,
    Rough,
    Season,
    When,
    YearError,
    lay_out,
)

ARRIVED, STARTED = "entry.first_on", "job.started_on"
# The reference: every start and end on five days with three moments each; dates are said of the inner days
# alone, so that a bound on an outer day means that none is known.
DAYS, MOMENTS = 5, 3
SPANS = list(itertools.combinations_with_replacement(range(DAYS * MOMENTS), 2))
NAMES = "abc"


def day(number):
    return date(2024, 1, 10 + number)


def rough(number):
    return None if number is None else Rough(2024, 1, 10 + number)


CALENDARS = (
    [(None, None)] + [(d, None) for d in (1, 2, 3)] + [(1, 2), (1, 3), (2, 3), (None, 1), (None, 2)]
)
ORDERING = [None, Relation.BEFORE, Relation.AFTER, Relation.DURING]


@st.composite
def accounts(draw):
    pieces = []
    for name in NAMES:
        first, last = draw(st.sampled_from(CALENDARS))
        relation = draw(st.sampled_from(ORDERING))
        other = draw(st.sampled_from([n for n in NAMES if n != name])) if relation else ""
        pieces.append(Piece(name, name, When(rough(first), rough(last), relation, other)))
    return pieces


def fits(when, span):
    """Say whether a start and an end are on days that the calendar of a piece leaves."""
    start, end = (day(moment // MOMENTS) for moment in span)
    known = when.calendar
    return (known.earliest is None or known.earliest <= start) and (
        known.latest is None or end <= known.latest
    )


def stands(relation, one, other):
    (start, end), (from_, to) = one, other
    if relation is Relation.BEFORE:
        return end < from_
    if relation is Relation.AFTER:
        return to < start
    return from_ <= start and end <= to


class Every:
    """Every way in which three pieces could have been, by brute force: bits of which spans go together."""

    def __init__(self, pieces, *, denied=None) -> None:
        self.whens = [piece.when for piece in pieces]
        self.denied = denied  # (a, b): a is not before b
        self.allowed = [[s for s in SPANS if fits(when, s)] for when in self.whens]
        self.first, self.second, self.third = self.allowed

    def pair(self, i, j, one, other):
        for a, b, x, y in ((i, j, one, other), (j, i, other, one)):
            when = self.whens[a]
            if when.relation and when.other == NAMES[b] and not stands(when.relation, x, y):
                return False
            if self.denied == (NAMES[a], NAMES[b]) and x[1] < y[0]:
                return False
        return True

    def masks(self, i, spans):
        return {
            s: sum(1 << n for n, t in enumerate(self.third) if self.pair(i, 2, s, t)) for s in spans
        }

    def ways(self):
        with_a, with_b = self.masks(0, self.first), self.masks(1, self.second)
        for a, b in itertools.product(self.first, self.second):
            left = with_a[a] & with_b[b]
            if left and self.pair(0, 1, a, b):
                yield a, b, left


@given(accounts())
@settings(max_examples=60, deadline=None)
def test_order_and_days_are_those_of_every_way_it_can_have_been(pieces):
    found = lay_out(pieces, {})
    ways = list(Every(pieces).ways())
    assert bool(found.clashes) == (not ways)
    if not ways:
        return
    for a, b in itertools.permutations(NAMES, 2):
        never = next(Every(pieces, denied=(a, b)).ways(), None) is None
        assert (a in found.before[b]) == never
    third = Every(pieces).third
    lefts = [third[n] for n in range(len(third)) if any(left >> n & 1 for *_, left in ways)]
    spans = [{a for a, _, _ in ways}, {b for _, b, _ in ways}, set(lefts)]
    for name, could in zip(NAMES, spans, strict=True):
        earliest, latest = min(s for s, _ in could) // MOMENTS, max(e for _, e in could) // MOMENTS
        assert found.bounds[name] == Bounds(
            day(earliest) if earliest else None, day(latest) if latest < DAYS - 1 else None
        )


@given(accounts())
@settings(max_examples=60, deadline=None)
def test_what_is_named_cannot_be_even_without_the_rest(pieces):
    """A clash names no bystander: of the named pieces alone there is no way that things were."""
    for clash in lay_out(pieces, {}).clashes:
        alone = [piece if piece.id in clash else Piece(piece.id, "") for piece in pieces]
        assert next(Every(alone).ways(), None) is None


@given(accounts(), st.permutations(range(3)))
@settings(max_examples=80, deadline=None)
def test_what_is_certain_does_not_hang_on_the_order_of_writing(pieces, order):
    one, other = lay_out(pieces, {}), lay_out([pieces[n] for n in order], {})
    assert one.before == other.before
    assert one.bounds == other.bounds
    assert {frozenset(c) for c in one.clashes} == {frozenset(c) for c in other.clashes}


@given(accounts())
@settings(max_examples=120, deadline=None)
def test_every_piece_stands_once_and_no_row_stands_before_what_it_follows(pieces):
    found = lay_out(pieces, {})
    rows = [*found.rows, *found.undated]
    assert sorted(p.id for row in rows for p in row.pieces) == sorted(NAMES)
    place = {row.pieces[0].id: n for n, row in enumerate(rows)}
    for name, before in found.before.items():
        assert all(place[earlier] < place[name] for earlier in before)
    for above, row in itertools.pairwise(found.rows):
        assert row.follows == (above.pieces[0].id in found.before[row.pieces[0].id])


def told(own, when=None, **more: object):
    return Piece(own, f"words of {own}", when or When(), **more)


def test_nothing_said_of_when_is_a_whole_answer():
    found = lay_out([told("a"), told("b")], {})
    assert [row.pieces[0].id for row in found.undated] == ["a", "b"]
    assert not found.rows
    assert not found.clashes
    assert not found.bounds["a"].known


def test_before_and_after_an_arrival_nobody_dated_is_still_an_order():
    pieces = [told("late", When(relation=Relation.AFTER, other=ARRIVED)),
              told("early", When(relation=Relation.BEFORE, other=ARRIVED))]  # fmt: skip
    found = lay_out(pieces, {})
    assert [row.pieces[0].id for row in found.rows] == ["early", "late"]
    assert found.rows[1].follows


def test_the_winter_after_i_came():
    winter = told("a", When(relation=Relation.AFTER, other=ARRIVED, season=Season.WINTER))
    came = {ARRIVED: Bounds(date(2024, 5, 1), date(2024, 5, 31))}
    assert lay_out([winter], came).bounds["a"] == Bounds(date(2024, 11, 1), date(2025, 3, 31))
    # Who came in the middle of a winter may mean the rest of that one, or the next.
    came = {ARRIVED: Bounds(date(2024, 1, 10), date(2024, 1, 10))}
    assert lay_out([winter], came).bounds["a"] == Bounds(date(2024, 1, 10), date(2025, 3, 31))
    # Nobody knows when: the words stay, and no day is made up.
    assert not lay_out([winter], {}).bounds["a"].known


def test_the_summer_before_the_job():
    summer = told("a", When(relation=Relation.BEFORE, other=STARTED, season=Season.SUMMER))
    started = {STARTED: Bounds(date(2024, 10, 3), date(2024, 10, 3))}
    assert lay_out([summer], started).bounds["a"] == Bounds(date(2024, 6, 1), date(2024, 9, 22))
    started = {STARTED: Bounds(date(2024, 7, 3), date(2024, 7, 3))}
    assert lay_out([summer], started).bounds["a"] == Bounds(date(2023, 6, 1), date(2024, 7, 3))


@given(st.sampled_from(list(Season)), st.dates(date(2001, 1, 1), date(2030, 12, 31)))
def test_a_season_beside_a_day_holds_the_nearest_whole_one(season, pivot):
    """Against a walk from day to day: the nearest whole season after (or before) is always in the bounds."""
    at = Bounds(pivot, pivot)
    after = When(relation=Relation.AFTER, other="x", season=season).beside(at)
    before = When(relation=Relation.BEFORE, other="x", season=season).beside(at)
    years = range(pivot.year - 2, pivot.year + 3)
    runs = sorted({_run(season, year) for year in years})
    whole_after = next(run for run in runs if run[0] > pivot)
    whole_before = next(run for run in reversed(runs) if run[1] < pivot)
    assert pivot <= after.earliest <= whole_after[0]
    assert after.latest == whole_after[1]
    assert before.earliest == whole_before[0]
    assert whole_before[1] <= before.latest <= pivot


def _run(season, year):
    found = Rough(year, season=season).bounds
    if season is Season.WINTER:
        return date(year, 11, 1), date(year + 1, 3, 31)
    return found.earliest, found.latest


def test_about_reaches_to_both_sides_and_orders_nothing_by_itself():
    at = {STARTED: Bounds(date(2024, 6, 1), date(2024, 6, 1))}
    found = lay_out([told("a", When(relation=Relation.ABOUT, other=STARTED))], at)
    assert (date(2024, 6, 1) - found.bounds["a"].earliest).days == ABOUT_DAYS
    assert not found.before["a"]
    assert not found.before[STARTED]


def test_about_something_that_is_about_something_is_worked_through():
    at = {STARTED: Bounds(date(2024, 6, 1), date(2024, 6, 1))}
    pieces = [told("b", When(relation=Relation.ABOUT, other="a")),
              told("a", When(relation=Relation.ABOUT, other=STARTED))]  # fmt: skip
    found = lay_out(pieces, at).bounds["b"]
    assert (found.latest - found.earliest).days == 4 * ABOUT_DAYS


def test_about_a_time_that_cannot_be_meant_is_named_and_the_date_stays():
    at = {STARTED: Bounds(date(2020, 6, 1), date(2020, 6, 1))}
    found = lay_out([told("a", When(Rough(2024), relation=Relation.ABOUT, other=STARTED))], at)
    assert found.clashes == (("a", STARTED),)
    assert found.bounds["a"] == Rough(2024).bounds


def test_a_circle_is_named_and_its_calendar_days_still_order_it():
    pieces = [told("a", When(Rough(2022), relation=Relation.AFTER, other="b")),
              told("b", When(Rough(2023)))]  # fmt: skip
    found = lay_out(pieces, {})
    assert found.clashes == (("a", "b"),)
    assert found.before["b"] == {"a"}
    assert [row.pieces[0].id for row in found.rows] == ["a", "b"]


def test_a_piece_between_two_that_clash_is_not_drawn_in():
    pieces = [told("a", When(Rough(2022))), told("b", When(Rough(2020))),
              told("c", When(Rough(2019), relation=Relation.AFTER, other="a"))]  # fmt: skip
    found = lay_out(pieces, {})
    assert found.clashes == (("a", "c"),)
    assert [row.pieces[0].id for row in found.rows] == ["c", "b", "a"]


def test_versions_stand_side_by_side_and_none_is_taken_for_the_right_one():
    pieces = [told("a", When(Rough(2022))), told("x", When(Rough(2023))),
              told("b", When(Rough(2024)), versions=("a",)), told("c", versions=("b",))]  # fmt: skip
    found = lay_out(pieces, {})
    assert [[p.id for p in row.pieces] for row in found.rows] == [["a", "b", "c"], ["x"]]
    assert [row.apart for row in found.rows] == [True, False]


def test_a_long_time_of_which_nothing_is_told_is_noted_and_one_that_may_be_filled_is_not():
    pieces = [told("a", When(Rough(2022))), told("b", When(Rough(2024)))]
    (gap,) = lay_out(pieces, {}).gaps
    assert (gap.after, gap.before) == (date(2022, 12, 31), date(2024, 1, 1))
    open_end = told("c", When(relation=Relation.AFTER, other="a"))
    assert not lay_out([*pieces, open_end], {}).gaps


def test_a_piece_that_is_gone_or_itself_orders_nothing():
    pieces = [told("a", When(relation=Relation.AFTER, other="gone"), versions=("gone",)),
              told("b", When(relation=Relation.BEFORE, other="b"))]  # fmt: skip
    found = lay_out(pieces, {})
    assert not found.clashes
    assert [row.pieces[0].id for row in found.undated] == ["a", "b"]


@pytest.mark.parametrize("parts", [(1850,), (2024, 13), (2024, 2, 30), (2024, 0, 5), (12024,)])
def test_a_day_that_is_not_in_the_calendar_is_refused(parts):
    with pytest.raises(YearError):
        Rough(*parts)


def test_a_winter_of_a_year_holds_both_that_can_be_meant():
    found = Rough(2024, season=Season.WINTER).bounds
    assert found == Bounds(date(2023, 11, 1), date(2025, 3, 31))
