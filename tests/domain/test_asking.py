"""The next question: what settles most for what it costs."""

from __future__ import annotations

import pytest

from alongside.domain.asking import Unsettled, Way, in_order, worth


def test_a_question_that_settles_alone_counts_whole_and_one_of_three_a_third():
    found = worth([Unsettled("x", (Way(("a",)),)), Unsettled("y", (Way(("a", "b", "c")),))])
    assert found == pytest.approx({"a": 1 + 1 / 3, "b": 1 / 3, "c": 1 / 3})


def test_of_several_ways_to_settle_the_same_thing_the_best_counts():
    found = worth([Unsettled("x", (Way(("a", "b")), Way(("a",), 0.2), Way(("b",), 0.9)))])
    assert found == pytest.approx({"a": 0.5, "b": 0.9})


def test_the_heavier_question_must_settle_that_much_more():
    burden = {"light": 1.0, "heavy": 12.0}
    assert in_order({"heavy": 3, "light": 1}, burden) == ["light", "heavy"]
    assert in_order({"heavy": 13, "light": 1}, burden) == ["heavy", "light"]


def test_ties_keep_their_order_and_nothing_unsettled_asks_nothing():
    assert in_order({"b": 1, "a": 1}, {"a": 1.0, "b": 1.0}) == ["b", "a"]
    assert worth([]) == {}
