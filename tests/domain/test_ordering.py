"""Orders of steps, over small rules whose right answer can be read off, and by brute force."""

from __future__ import annotations

import itertools
import random
from datetime import date, timedelta
from typing import Any

import pytest
from build import TODAY, bar, clock, on, rule, told

from alongside.domain.facts import Facts
from alongside.domain.lengths import days
from alongside.domain.pathways import STARTABLE, Turning, View, judge, lay_out, weigh_all
from alongside.domain.pathways.consequences import consequences, outcome_of
from alongside.domain.rules import Goal, Outcome

FILED, GRANTED, REFUSED = Outcome


def view(rules, facts=None, never=frozenset()):
    facts = facts or Facts()

    def situation(changes):
        return Facts({**facts.values, **changes}, facts.conflicted - changes.keys())

    return View({r.key: r for r in rules}, situation, TODAY, never)


def plan(rules, facts=None, *, wanted=None, matters=()):
    seen = view(rules, facts)
    paths = weigh_all(seen.rules, seen.situation({}), TODAY)
    return lay_out(seen, paths, wanted or tuple(seen.rules), matters)


def staged(order):
    return [sorted(step.key for step in stage) for stage in order.stages]


def shutting(key: str, mark: str, *bars: str, **more: Any):
    """A step that, filed, sets ``mark``, and is shut while one of ``bars`` is set."""
    return rule(
        key=key,
        bars=tuple(bar(f"{other} is yes") for other in bars),
        effects=[(FILED, {mark: True})],
        **more,
    )


NOTHING = {f"did.{x}": False for x in "abcdefgh"}


def told_nothing_done():
    return told(**{key.replace(".", "__"): value for key, value in NOTHING.items()})


def test_a_step_that_would_shut_another_comes_after_it():
    found = plan([shutting("a", "did.a"), shutting("b", "did.b", "did.a")], told_nothing_done())
    assert [staged(order) for order in found.orders] == [[["b"], ["a"]]]


def test_two_that_shut_each_other_are_two_orders_and_each_says_what_it_gives_up():
    rules = [
        shutting("a", "did.a", "did.b"), shutting("b", "did.b", "did.a"), shutting("c", "did.c")
    ]  # fmt: skip
    found = plan(rules, told_nothing_done())
    assert sorted(map(staged, found.orders)) == [[["a", "c"]], [["b", "c"]]]
    given_up = {(left.key, left.against) for order in found.orders for left in order.left_out}
    assert given_up == {("a", ("b",)), ("b", ("a",))}


def test_steps_that_nothing_tells_apart_stay_together():
    found = plan([shutting(x, f"did.{x}") for x in "cab"], told_nothing_done())
    assert [staged(order) for order in found.orders] == [[["a", "b", "c"]]]


def test_a_step_opened_by_a_yes_comes_after_what_opens_it():
    permit = rule(key="permit", effects=[(GRANTED, {"did.a": True})])
    work = rule("did.a is yes", key="work")
    found = plan([work, permit], told_nothing_done())
    assert [staged(order) for order in found.orders] == [[["permit"], ["work"]]]
    assert not found.shut


def test_a_step_that_nothing_opens_is_said_to_be_shut_and_still_shows_what_it_would_do():
    late = rule("did.a is yes", key="late", effects=[(FILED, {"did.b": True})])
    found = plan([late, shutting("b", "did.c", "did.b")], told_nothing_done())
    assert found.shut == ("late",)
    assert [turn.key for turn in found.turns["late"]] == ["b"]


def test_what_a_no_would_shut_comes_first():
    claim = rule(key="claim", effects=[(REFUSED, {"did.a": True})])
    permit = rule(key="permit", bars=(bar("did.a is yes"),))
    found = plan([claim, permit], told_nothing_done())
    assert [staged(order) for order in found.orders] == [[["permit"], ["claim"]]]


def test_what_a_yes_makes_needless_orders_nothing():
    permit = rule(key="permit", effects=[(GRANTED, {"did.a": True})])
    other = rule(key="other", bars=(bar("did.a is yes"),))
    found = plan([permit, other], told_nothing_done())
    assert [staged(order) for order in found.orders] == [[["other", "permit"]]]


def test_an_effect_that_may_happen_is_feared_and_one_that_cannot_is_not():
    late = [(FILED, {"did.a": True}, "did.h is yes")]
    claim, permit = rule(key="claim", effects=late), rule(key="permit", bars=(bar("did.a is yes"),))
    unsaid = told(did__a=False)
    assert [staged(o) for o in plan([claim, permit], unsaid).orders] == [[["permit"], ["claim"]]]
    in_time = told(did__a=False, did__h=False)
    assert [staged(o) for o in plan([claim, permit], in_time).orders] == [[["claim", "permit"]]]
    caught = told(did__a=False, did__h=True)
    turns = consequences(view([claim, permit], caught), "claim")
    assert [(t.key, t.turning) for t in turns] == [("permit", Turning.CLOSES)]


def test_an_effect_that_may_happen_promises_no_opening_and_the_step_is_not_lost():
    permit = rule(key="permit", effects=[(GRANTED, {"did.a": True}, "did.h is yes")])
    work = rule("did.a is yes", key="work")
    unsaid = told(did__a=False)
    assert [(t.key, t.turning) for t in consequences(view([permit, work], unsaid), "permit")] == [
        ("work", Turning.LEADS)
    ]
    found = plan([permit, work], unsaid)
    assert found.shut == ("work",)
    assert [staged(order) for order in found.orders] == [[["permit"]]]


def test_what_both_a_yes_and_a_no_shut_is_feared_of_the_no():
    both = rule(key="claim", effects=[(GRANTED, {"did.a": True}), (REFUSED, {"did.a": True})])
    permit = rule(key="permit", bars=(bar("did.a is yes"),))
    seen = view([both, permit], told_nothing_done())
    assert [(t.turning, t.on) for t in consequences(seen, "claim")] == [
        (Turning.CLOSES, GRANTED), (Turning.CLOSES, REFUSED)
    ]  # fmt: skip
    found = plan([both, permit], told_nothing_done())
    assert [staged(order) for order in found.orders] == [[["permit"], ["claim"]]]


def test_what_filing_alone_shuts_is_said_once():
    claim = rule(key="claim", effects=[(FILED, {"did.a": True}), (REFUSED, {"did.b": True})])
    permit = rule(key="permit", bars=(bar("did.a is yes"), bar("did.b is yes")))
    turns = consequences(view([claim, permit], told_nothing_done()), "claim")
    assert [(t.turning, t.on) for t in turns] == [(Turning.CLOSES, FILED)]


def test_an_effect_reads_what_the_effects_before_it_set():
    chain = [(FILED, {"did.a": True}), (FILED, {"did.b": True}, "did.a is yes")]
    changed, possible = outcome_of(
        rule(effects=chain), FILED, view([], told_nothing_done()).situation, TODAY
    )
    assert changed == {"did.a": True, "did.b": True} == possible


def test_a_bar_that_comes_to_hang_on_fewer_unknown_facts_is_feared():
    claim = rule(key="claim", effects=[(FILED, {"did.a": True})])
    court = rule(key="court", bars=(bar("did.a is yes & did.b is yes"),))
    assert [t.turning for t in consequences(view([claim, court]), "claim")] == [Turning.COULD_CLOSE]


def test_the_day_a_thing_happens_is_today():
    changed, _ = outcome_of(
        rule(effects=[(FILED, {"claim.made_on": None})]), FILED, view([]).situation, TODAY
    )
    assert changed == {"claim.made_on": on(TODAY.year, TODAY.month, TODAY.day)}


def test_a_yes_includes_what_filing_did():
    steps = [(FILED, {"did.a": True}), (GRANTED, {"did.b": True})]
    changed, _ = outcome_of(rule(effects=steps), GRANTED, view([]).situation, TODAY)
    assert changed == {"did.a": True, "did.b": True}


def test_the_last_day_of_what_comes_after_is_the_last_day_of_what_must_come_before():
    late = shutting("late", "did.a", clocks=(clock("x.on", length=days(30)),))
    early = shutting("early", "did.b", "did.a", clocks=(clock("x.on", length=days(90)),))
    facts = told_nothing_done().adding({"x.on": on(2026, 11, 11)})
    [order] = plan([late, early], facts).orders
    [[first], [second]] = order.stages
    assert (first.key, first.by, first.by_of) == ("early", date(2026, 12, 11), "late")
    assert (second.key, second.by, second.by_of) == ("late", date(2026, 12, 11), "late")


def test_a_step_whose_bar_ends_says_from_when_and_when_that_is_too_late():
    ends = bar("did.h is yes", until=("x.on", days(60)))
    waiting = shutting("waiting", "did.a", clocks=(clock("x.on", length=days(30)),))
    held = rule(key="held", bars=(ends, bar("did.a is yes")))
    facts = told_nothing_done().adding({"x.on": on(2026, 11, 11)})
    facts = Facts({**facts.values, "did.h": True})
    [order] = plan([waiting, held], facts).orders
    [[step], _] = order.stages
    assert step.key == "held"
    assert step.from_on == date(2026, 11, 11) + timedelta(days=61)
    assert step.clashes


def test_a_paper_makes_nobody_wait_and_is_said():
    giving = rule(key="giving", produces=[("evid.order", None), ("evid.statement", None)])
    using = rule(key="using", evidence=("evid.order", "evid.statement"))
    found = plan([using, giving])
    assert [[step.key for step in stage] for stage in found.orders[0].stages] == [
        ["giving", "using"]
    ]
    assert [(r.first, r.then, r.papers) for r in found.relations] == [
        ("giving", "using", ("evid.order",))
    ]


def test_what_matters_most_lists_first_the_order_that_keeps_it():
    rules = [
        shutting("court", "did.a", "did.b", serves=(Goal.HEARD,)),
        shutting("claim", "did.b", "did.a", serves=(Goal.MONEY,)),
    ]
    for goal, key in ((Goal.HEARD, "court"), (Goal.MONEY, "claim")):
        assert plan(rules, told_nothing_done(), matters=(goal,)).orders[0].keys == (key,)


def test_what_two_steps_shut_only_together_is_found():
    third = rule(key="c", bars=(bar("did.a is yes & did.b is yes"),))
    [order] = plan(
        [shutting("a", "did.a"), shutting("b", "did.b"), third], told_nothing_done()
    ).orders
    stages = staged(order)
    assert stages.index(next(s for s in stages if "c" in s)) < len(stages) - 1


def test_more_than_eight_steps_are_refused():
    with pytest.raises(ValueError, match="at most 8"):
        plan([shutting(f"x{n}", "did.a") for n in range(9)], told_nothing_done())


def random_rules(seed):
    chance = random.Random(seed)
    letters = "abcdefgh"[: chance.randint(3, 6)]
    rules = []
    for letter in letters:
        others = [f"did.{o}" for o in letters if o != letter and chance.random() < 0.3]
        bars = tuple(
            bar(
                f"{other} is yes & {chance.choice(others)} is yes"
                if chance.random() < 0.3
                else f"{other} is yes"
            )
            for other in others
        )
        rules.append(rule(key=letter, bars=bars, effects=[(FILED, {f"did.{letter}": True})]))
    return rules


def works(keys, seen):
    """Say whether these can be filed one after another, each still startable at its turn."""
    changes = {}
    for key in keys:
        facts = seen.situation(changes)
        if judge(seen.rules[key], facts, TODAY).verdict not in STARTABLE:
            return False
        changes, _ = outcome_of(seen.rules[key], FILED, seen.situation, TODAY, changes)
    return True


@pytest.mark.parametrize("seed", range(60))
def test_every_order_holds_however_a_stage_is_walked_and_gives_up_nothing_needlessly(seed):
    rules = random_rules(seed)
    seen = view(rules, told_nothing_done())
    found = plan(rules, told_nothing_done())
    assert found.orders
    covered = {key for order in found.orders for key in order.keys}
    assert covered == set(seen.rules)
    for order in found.orders:
        walks = itertools.product(*(itertools.permutations(stage) for stage in order.stages))
        for walk in itertools.islice(walks, 200):
            assert works([step.key for stage in walk for step in stage], seen)
        for left in order.left_out:
            together = (*order.keys, left.key)
            assert not any(works(way, seen) for way in itertools.permutations(together))
