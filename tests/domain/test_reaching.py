"""Which steps can still be taken once others are filed, and in which stages."""

from __future__ import annotations

import itertools
import random
from datetime import date

import pytest
from build import bar, on, rule
from test_ordering import (
    FILED,
    GRANTED,
    REFUSED,
    plan,
    shutting,
    staged,
    told_nothing_done,
    view,
    works,
)

from alongside.domain.facts import Facts
from alongside.domain.lengths import days


def known(**more: object):
    values = {key.replace("__", "."): value for key, value in more.items()}
    return Facts({**told_nothing_done().values, **values})


def held(*more_bars: object):
    """A step that is shut for 60 days from ``x.on``, and by other bars."""
    ends = bar("did.h is yes", until=("x.on", days(60)))
    return rule(key="held", bars=(ends, *more_bars))


WAITING = known(did__h=True, x__on=on(2026, 11, 11))
FREE = date(2027, 1, 11)


def test_who_waits_for_a_day_goes_before_what_would_make_the_wait_longer():
    longer = bar("did.a is yes", until=("y.on", days(365)))
    claim = rule(key="claim", effects=[(FILED, {"did.a": True, "y.on": None})])
    [order] = plan([claim, held(longer)], WAITING).orders
    assert staged(order) == [["held"], ["claim"]]
    assert order.stages[0][0].from_on == FREE


def test_who_waits_for_a_day_goes_before_what_would_shut_it_for_good_and_with_what_does_not_touch_it():
    claim = shutting("claim", "did.a")
    [order] = plan([claim, held()], WAITING).orders
    assert staged(order) == [["claim", "held"]]
    [order] = plan([claim, held(bar("did.a is yes"))], WAITING).orders
    assert staged(order) == [["held"], ["claim"]]
    lost = rule("did.a is no", key="held", bars=held().bars)
    [order] = plan([claim, lost], WAITING).orders
    assert staged(order) == [["held"], ["claim"]]


def test_a_step_shut_until_a_day_can_start_and_one_shut_for_good_cannot():
    found = plan([held(), rule(key="never", bars=(bar("did.h is yes"),))], WAITING)
    assert found.shut == ("never",)
    assert [staged(order) for order in found.orders] == [[["held"]]]


def test_what_opens_a_step_and_could_then_shut_it_goes_first_all_the_same():
    opening = rule(key="b", effects=[(FILED, {"did.b": True}), (REFUSED, {"did.c": True})])
    opened = rule("did.b is yes", key="a", bars=(bar("did.c is yes"),))
    [order] = plan([opened, opening], told_nothing_done()).orders
    assert staged(order) == [["b"], ["a"]]


def test_a_step_is_opened_by_each_outcome_that_opens_it_and_only_once_that_step_is_taken():
    for outcome in (FILED, GRANTED, REFUSED):
        opening = rule(key="b", effects=[(outcome, {"did.b": True})])
        [order] = plan([rule("did.b is yes", key="a"), opening], told_nothing_done()).orders
        assert staged(order) == [["b"], ["a"]]


def test_a_chain_of_steps_that_open_one_another_is_walked_to_its_end():
    chain = [
        rule("did.b is yes", key="c"), rule("did.a is yes", key="b", effects=[(FILED, {"did.b": True})]),
        rule(key="a", effects=[(FILED, {"did.a": True})]),
    ]  # fmt: skip
    [order] = plan(chain, told_nothing_done()).orders
    assert staged(order) == [["a"], ["b"], ["c"]]


def test_of_two_steps_that_open_a_third_either_is_enough():
    clash = [
        rule(
            key=key,
            bars=(bar(f"did.{other} is yes"),),
            effects=[(GRANTED, {"did.a": True}), (FILED, {f"did.{own}": True})],
        )
        for key, own, other in (("one", "b", "c"), ("two", "c", "b"))
    ]
    found = plan([*clash, rule("did.a is yes", key="work")], told_nothing_done())
    assert sorted(map(staged, found.orders)) == [[["one"], ["work"]], [["two"], ["work"]]]


def test_of_two_orders_alike_the_one_of_the_steps_asked_for_first_is_listed_first():
    pair = [shutting("a", "did.a", "did.b"), shutting("b", "did.b", "did.a")]
    both = told_nothing_done()
    assert [o.keys for o in plan(pair, both, wanted=("b", "a")).orders] == [("b",), ("a",)]
    assert [o.keys for o in plan(pair, both, wanted=("a", "b")).orders] == [("a",), ("b",)]


def test_the_order_with_more_steps_is_listed_first():
    alone = shutting("alone", "did.h", "did.a", "did.b")
    rest = [shutting(x, f"did.{x}", "did.h") for x in "ab"]
    found = plan([alone, *rest], told_nothing_done())
    assert [staged(order) for order in found.orders] == [[["a", "b"]], [["alone"]]]


def test_three_that_shut_a_fourth_only_together_leave_it_before_the_last_of_them():
    rules = [shutting(x, f"did.{x}") for x in "abc"]
    fourth = rule(key="d", bars=(bar("did.a is yes & did.b is yes & did.c is yes"),))
    [order] = plan([*rules, fourth], told_nothing_done()).orders
    stages = staged(order)
    assert len(stages) == 2
    assert "d" in stages[0]
    assert len(stages[1]) == 1


def hanging_rules(seed):
    """Random steps; the effect of some hangs on another, and some are read only through it."""
    chance = random.Random(seed)
    rules = []
    for letter in "abcde":
        others = [x for x in "abcde" if x != letter]
        bars = tuple(bar(f"did.{x} is yes") for x in others if chance.random() < 0.25)
        when = f"did.{chance.choice(others)} is yes" if chance.random() < 0.5 else ""
        rules.append(rule(key=letter, bars=bars, effects=[(FILED, {f"did.{letter}": True}, when)]))
    return rules


@pytest.mark.parametrize("seed", range(60))
def test_every_order_holds_where_effects_hang_on_other_steps(seed):
    rules = hanging_rules(seed)
    seen = view(rules, told_nothing_done())
    found = plan(rules, told_nothing_done())
    assert {key for order in found.orders for key in order.keys} == set("abcde")
    for order in found.orders:
        for walk in itertools.product(*(itertools.permutations(s) for s in order.stages)):
            assert works([step.key for stage in walk for step in stage], seen)


def test_an_effect_that_hangs_on_another_step_is_feared_whichever_is_asked_for_first():
    late = rule(key="late", effects=[(FILED, {"did.b": True}, "did.a is yes")])
    first, permit = shutting("first", "did.a"), rule(key="permit", bars=(bar("did.b is yes"),))
    for asked in itertools.permutations([late, first, permit]):
        [order] = plan(list(asked), told_nothing_done()).orders
        at = {key: number for number, stage in enumerate(staged(order)) for key in stage}
        assert at["permit"] < max(at["late"], at["first"])


def test_what_only_may_shut_a_step_forbids_no_order():
    may = rule(
        key="a", bars=(bar("did.b is yes"),), effects=[(FILED, {"did.a": True}, "did.z is yes")]
    )
    [order] = plan([may, shutting("b", "did.b", "did.a")], told_nothing_done()).orders
    assert staged(order) == [["a"], ["b"]]


def test_a_step_that_one_shuts_and_another_opens_again_stands_beside_neither():
    opened = rule(key="d", bars=(bar("did.a is yes", unless="did.b is yes"),))
    for asked in itertools.permutations([shutting("b", "did.b"), shutting("a", "did.a"), opened]):
        for order in plan(list(asked), told_nothing_done()).orders:
            for walk in itertools.product(*(itertools.permutations(s) for s in order.stages)):
                keys = [step.key for stage in walk for step in stage]
                assert works(keys, view(asked, told_nothing_done()))


def test_a_step_that_cannot_be_taken_twice_can_run_beside_another():
    twice = [shutting(x, f"did.{x}", f"did.{x}") for x in "ab"]
    assert [staged(order) for order in plan(twice, told_nothing_done()).orders] == [[["a", "b"]]]
