"""Which orders are shown, and which days stand in them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from build import TODAY, bar, clock, on, rule
from test_ordering import GRANTED, plan, shutting, staged, told_nothing_done

from alongside.domain.lengths import days
from alongside.domain.pathways import FEW, PlannedStep

DAY, NEXT = date(2026, 12, 1), date(2026, 12, 2)


def pairs(*pairs: str):
    """Steps of which each shuts the other of its pair, and is shut by nothing else."""
    both = [(a, b) for pair in pairs for a, b in (pair, pair[::-1])]
    return [shutting(a, f"did.{a}", f"did.{b}") for a, b in both]


def test_only_a_few_of_many_orders_are_shown():
    found = plan(pairs("ab", "cd", "ef"), told_nothing_done())
    assert len(found.orders) == FEW == 6
    assert {key for order in found.orders for key in order.keys} == set("abcdef")


def test_a_step_that_would_stand_in_none_of_the_few_brings_one_order_more():
    alone = shutting("h", "did.h", *(f"did.{x}" for x in "abcdefg"))
    rest = [
        rule(key=r.key, bars=(*r.bars, bar("did.h is yes")), effects=[(o.on, dict(o.sets)) for o in r.effects])
        for r in [*pairs("ab", "cd", "ef"), shutting("g", "did.g")]
    ]  # fmt: skip
    found = plan([*rest, alone], told_nothing_done())
    assert len(found.orders) == FEW + 1
    assert staged(found.orders[-1]) == [["h"]]


@pytest.mark.parametrize(
    ("by", "from_on", "clashes"),
    [
        (None, None, False), (DAY, None, False), (None, DAY, False),
        (DAY, NEXT, True), (DAY, DAY, False), (NEXT, DAY, False),
    ],
)  # fmt: skip
def test_two_days_clash_only_where_a_step_is_over_before_it_can_start(by, from_on, clashes):
    assert PlannedStep("a", by, "a", from_on).clashes is clashes


def last_day(*clocks: object, **starts: date):
    facts = {f"{key}.on": on(day.year, day.month, day.day) for key, day in starts.items()}
    found = plan([rule(key="a", clocks=clocks)], told_nothing_done().adding(facts))
    return found.orders[0].stages[0][0].by


def test_the_last_day_is_the_first_to_end_of_the_limits_that_run_and_are_not_over():
    near, far = clock("x.on", length=days(10)), clock("x.on", length=days(20))
    over = clock("old.on", length=days(10))
    assert last_day(far, near, x=TODAY) == TODAY + timedelta(days=10)
    assert last_day(over, far, x=TODAY, old=date(2026, 1, 1)) == TODAY + timedelta(days=20)
    assert last_day(over, old=date(2026, 1, 1)) is None
    assert last_day(clock("x.on", length=days(10)), x=TODAY - timedelta(days=10)) == TODAY
    assert last_day(near) is None


def test_what_is_no_limit_to_file_or_may_not_run_at_all_hurries_nobody():
    waiting = clock("x.on", length=days(10), filing=False)
    unsure = clock("x.on", length=days(10), when="did.z is yes")
    assert last_day(waiting, x=TODAY) is None
    assert last_day(unsure, x=TODAY) is None
    assert last_day(unsure, waiting, clock("x.on", length=days(30)), x=TODAY) == (
        TODAY + timedelta(days=30)
    )


def test_what_is_shut_in_any_order_is_given_up_by_none():
    shut = rule("did.h is yes", key="shut")
    found = plan([shutting("a", "did.a"), shut], told_nothing_done())
    assert found.shut == ("shut",)
    assert [order.left_out for order in found.orders] == [()]


def test_what_a_yes_opens_has_no_day_from_which_it_is_free():
    permit = rule(key="permit", effects=[(GRANTED, {"did.a": True})])
    barred = rule(key="barred", bars=(bar("did.b is no", unless="did.a is yes"),))
    [order] = plan([barred, permit], told_nothing_done()).orders
    assert staged(order) == [["permit"], ["barred"]]
    assert [step.from_on for stage in order.stages for step in stage] == [None, None]


def test_eight_steps_are_put_in_order_and_a_step_asked_for_twice_counts_once():
    rules = [shutting(x, f"did.{x}") for x in "abcdefgh"]
    keys = (*"abcdefgh", "a")
    assert [len(order.keys) for order in plan(rules, told_nothing_done(), wanted=keys).orders] == [
        8
    ]
