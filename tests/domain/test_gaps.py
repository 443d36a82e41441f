"""Gaps: who is without help and what shut them out; and no count that could point to somebody."""

from __future__ import annotations

from collections import Counter
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from alongside.domain.directory import Match, Reason
from alongside.domain.facts import Truth
from alongside.domain.gaps import (
    NONE,
    SMALLEST,
    TOGETHER,
    Cell,
    Reached,
    Standing,
    counted,
    row,
    shown,
    standing,
    table,
)

YES, NO, UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN
KEYS = ("open", "status", "language", "capacity")


def reached(near=True, **said: Truth):
    return Reached(Match(tuple(Reason(key, said.get(key, YES)) for key in KEYS)), near)


def test_who_has_one_service_is_served_whatever_the_others_say():
    assert standing([reached(status=NO), reached(), reached(near=False)]).kind == "served"


def test_what_is_not_known_is_ask_first_and_neither_served_nor_without():
    assert standing([reached(status=UNKNOWN), reached(language=NO)]) == Standing("ask")


def test_where_no_service_is_for_the_need_that_is_what_is_said():
    assert standing([]) == Standing("without", NONE)


def test_who_may_come_counts_before_how_far_it_is():
    found = standing([reached(status=NO, near=False), reached(status=NO, near=False)])
    assert (found.first, found.only) == ("eligibility", 0)


def test_the_first_condition_is_the_one_after_which_none_is_left():
    shut_by_papers, too_far = reached(status=NO), reached(near=False)
    found = standing([shut_by_papers, too_far, reached(near=False)])
    assert (found.first, found.only) == ("distance", 2), "papers shut out one, distance the rest"


services = st.lists(
    st.builds(
        lambda near, said: reached(near, **said),
        st.booleans(),
        st.fixed_dictionaries({key: st.sampled_from([YES, NO, UNKNOWN]) for key in KEYS}),
    ),
    max_size=6,
)


@given(services)
def test_somebody_is_without_exactly_when_each_service_is_shut(many):
    found = standing(many)
    assert (found.kind == "without") == all(one.failed for one in many)
    if found.kind == "without" and many:
        assert any(found.first in one.failed for one in many)
        assert found.only == sum(one.failed == {found.first} for one in many)


@given(services, st.integers(0, 5))
def test_a_service_more_never_takes_help_away(many, index):
    ranks = {"without": 0, "ask": 1, "served": 2}
    fewer = [one for at, one in enumerate(many) if at != index]
    assert ranks[standing(many).kind] >= ranks[standing(fewer).kind]


def cells(*totals: int):
    made = {}
    for number, total in enumerate(totals):
        made[f"g{number}",] = Cell(served=total)
    return made


def test_a_small_cell_stands_nowhere_and_is_counted_with_others():
    rows = table(cells(3, 4, 50))
    assert {one.by for one in rows} == {("g2",), TOGETHER}
    assert all(one.total is not None for one in rows)


def test_a_single_small_cell_takes_the_next_one_with_it():
    """Else the total less what is shown would give it away."""
    rows = table(cells(2, 30, 60))
    assert {one.by for one in rows} == {("g2",), TOGETHER}


def test_where_all_together_are_few_nothing_is_shown():
    assert table(cells(1, 2)) == []


@given(st.lists(st.integers(1, 40), min_size=1, max_size=8))
def test_no_shown_number_and_no_difference_is_of_fewer_than_six(totals):
    rows = table(cells(*totals))
    exact = {f"g{i}": total for i, total in enumerate(totals)}
    alone = [exact[one.by[0]] for one in rows if one.by != TOGETHER]
    assert all(total >= SMALLEST for total in alone)
    rest = sum(totals) - sum(alone)
    assert rest == 0 or rest >= SMALLEST or not rows
    assert all(one.total % 5 == 0 for one in rows)


def test_of_a_small_number_without_neither_share_nor_reason_is_told():
    cell = Cell(served=100, without=2, first=Counter(distance=2), only=Counter(distance=1))
    said = row(("x",), cell)
    assert (said.total, said.without, said.share, said.first, said.only) == (100, None, None, "", 0)


def test_zero_and_five_look_the_same():
    assert shown(0) is shown(5) is None
    assert shown(6) == 5


def test_counting_keeps_everybody():
    kinds = ("served", "ask", "without")
    asks = [
        ((g,), Standing(k, "distance" if k == "without" else ""), 7)
        for g, k in product("ab", kinds)
    ]
    found = counted(asks)
    assert {by: cell.total for by, cell in found.items()} == {("a",): 21, ("b",): 21}
    assert found["a",].first == {"distance": 7}
