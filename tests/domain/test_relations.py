"""How steps act on one another: what is said of each pair, and which days and papers follow from it."""

from __future__ import annotations

from datetime import date

from build import bar, clock, on, rule
from test_ordering import FILED, GRANTED, REFUSED, plan, shutting, staged, told_nothing_done

from alongside.domain.facts import Facts
from alongside.domain.lengths import days
from alongside.domain.pathways import Relation, Turning
from alongside.domain.pathways.relations import Acting

SOON, LATER = date(2026, 12, 11), date(2027, 2, 9)


def said(found):
    return {(r.first, r.then, r.turning) for r in found.relations}


def papers(found):
    return {(r.first, r.then, r.papers) for r in found.relations if r.papers}


def facts_on_the(*days_of_start: str):
    return told_nothing_done().adding({f"x.{n}": on(2026, 11, 11) for n in days_of_start})


def ticking(name, length):
    return (clock(f"x.{name}", length=days(length)),)


def by_of(order):
    return {step.key: (step.by, step.by_of) for stage in order.stages for step in stage}


def test_a_step_outside_the_plan_is_told_of_and_orders_nothing():
    rules = [shutting("a", "did.a"), shutting("b", "did.b", "did.a")]
    found = plan(rules, told_nothing_done(), wanted=("a",))
    assert not found.relations
    assert [turn.key for turn in found.turns["a"]] == ["b"]


def test_every_way_of_acting_is_said_as_what_it_is():
    permit = rule(key="permit", effects=[(GRANTED, {"did.a": True}), (REFUSED, {"did.b": True})])
    work = rule("did.a is yes", key="work")
    court = rule("did.b is yes", key="court")
    hurt = rule(key="hurt", bars=(bar("did.b is yes"), bar("did.c is yes")))
    easy = rule(key="easy", bars=(bar("did.a is yes"),))
    late = rule(key="late", effects=[(FILED, {"did.c": True})])
    found = plan([permit, work, court, hurt, easy, late], told_nothing_done())
    assert said(found) == {
        ("permit", "work", Turning.OPENS),
        ("permit", "court", Turning.OPENS),
        ("permit", "hurt", Turning.COULD_CLOSE),
        ("late", "hurt", Turning.CLOSES),
    }


def test_what_leads_somewhere_after_a_no_is_not_feared():
    claim = rule(key="claim", effects=[(REFUSED, {"did.a": True})])
    appeal = rule("did.a is yes", key="appeal")
    found = plan([appeal, claim])
    assert said(found) == {("claim", "appeal", Turning.LEADS)}
    assert [staged(order) for order in found.orders] == [[["claim"], ["appeal"]]]


def test_a_paper_is_said_of_whom_it_helps_alone_and_never_of_the_step_itself():
    both = ("evid.order", "evid.copy")
    giving = rule(key="giving", produces=[(p, None) for p in both], evidence=("evid.order",))
    using = rule(key="using", evidence=("evid.copy",))
    nothing = rule(key="nothing", evidence=("evid.diary",))
    assert papers(plan([giving, using, nothing])) == {("giving", "using", ("evid.copy",))}


def test_two_that_help_each_other_prove_nothing_first():
    ours = Relation("a", "b", None, ("evid.order",))
    back = Relation("b", "a", None, ("evid.copy",))
    shuts = Relation("b", "c", Turning.CLOSES)
    assert Acting((ours, shuts), frozenset()).proves("a", "b")
    assert not Acting((ours, shuts), frozenset()).proves("b", "a")
    assert not Acting((ours, shuts), frozenset()).proves("b", "c")
    assert not Acting((ours, shuts), frozenset()).proves("c", "d")
    both = Acting((ours, back), frozenset())
    assert not both.proves("a", "b")
    assert not both.proves("b", "a")


def test_what_gives_a_paper_to_most_is_listed_first_on_one_day():
    rules = [rule(key=key, evidence=("evid.order",)) for key in "abc"]
    rules.append(rule(key="z", produces=[("evid.order", None)]))
    [[*stage]] = plan(rules).orders[0].stages
    assert [step.key for step in stage] == ["z", "a", "b", "c"]
    # Then a nearer day comes before any paper
    dated = [*rules[:-1], rule(key="d", clocks=ticking("on", 30)), rules[-1]]
    [[*stage]] = plan(dated, facts_on_the("on")).orders[0].stages
    assert [step.key for step in stage][:2] == ["d", "z"]


def test_what_alone_opens_a_step_has_its_last_day_and_one_of_two_openers_has_not():
    work = rule("did.a is yes", key="work", clocks=ticking("on", 30))
    permits = [rule(key=key, effects=[(GRANTED, {"did.a": True})]) for key in ("one", "two")]
    facts = facts_on_the("on")
    [order] = plan([work, permits[0]], facts).orders
    assert by_of(order) == {"one": (SOON, "work"), "work": (SOON, "work")}
    [order] = plan([work, *permits], facts).orders
    assert by_of(order) == {"one": (None, "one"), "two": (None, "two"), "work": (SOON, "work")}


def test_a_step_that_can_start_by_itself_hurries_nobody_who_opens_it_too():
    waiting = rule(
        key="waiting",
        bars=(bar("did.h is yes", until=("x.ends", days(100)), unless="did.a is yes"),),
        clocks=ticking("on", 30),
    )
    permit = rule(key="permit", effects=[(GRANTED, {"did.a": True})])
    known = facts_on_the("on", "ends")
    facts = Facts({**known.values, "did.h": True})
    assert by_of(plan([waiting, permit], facts).orders[0])["permit"] == (None, "permit")


def test_who_could_lose_by_a_no_must_be_done_by_the_day_of_what_could_be_refused():
    claim = rule(key="claim", effects=[(REFUSED, {"did.a": True})], clocks=ticking("on", 30))
    permit = rule(key="permit", bars=(bar("did.a is yes"),), clocks=ticking("late", 90))
    alone = rule(key="alone", clocks=ticking("late", 90))
    [order] = plan([claim, permit, alone], facts_on_the("on", "late")).orders
    assert by_of(order) == {
        "claim": (SOON, "claim"), "permit": (SOON, "claim"), "alone": (LATER, "alone")
    }  # fmt: skip


def test_what_leads_to_a_step_has_that_steps_last_day():
    claim = rule(key="claim", effects=[(FILED, {"did.a": True})])
    work = rule("did.a is yes", key="work", clocks=ticking("on", 30))
    other = rule(key="other", effects=[(FILED, {"did.b": True})])
    [order] = plan([work, claim, other], Facts({"x.on": on(2026, 11, 11)})).orders
    assert by_of(order) == {
        "claim": (SOON, "work"), "work": (SOON, "work"), "other": (None, "other")
    }  # fmt: skip


def test_two_that_could_shut_each_other_after_a_no_wait_for_neither():
    rules = [
        rule(key=key, bars=(bar(f"did.{other} is yes"),), effects=[(REFUSED, {f"did.{key}": True})])
        for key, other in ("ab", "ba")
    ]
    assert [staged(order) for order in plan(rules, told_nothing_done()).orders] == [[["a", "b"]]]


def test_what_is_read_of_one_step_is_not_read_of_another():
    acting = Acting(
        (Relation("a", "b", Turning.CLOSES), Relation("c", "d", Turning.CLOSES)), frozenset("abcd")
    )
    assert acting.must_precede("b") == {"a"}
    assert acting.shut_by("a") == {"b"}


def test_an_order_says_against_whom_a_step_stands_whichever_of_them_shuts_the_other():
    rules = [
        shutting("a", "did.a", "did.c"), shutting("b", "did.b", "did.a"),
        shutting("c", "did.c", "did.b"), shutting("d", "did.d"),
    ]  # fmt: skip
    found = plan(rules, told_nothing_done())
    given_up = {(left.key, left.against) for order in found.orders for left in order.left_out}
    assert {(key, frozenset(by)) for key, by in given_up} == {
        ("a", frozenset("bc")), ("b", frozenset("ac")), ("c", frozenset("ab"))
    }  # fmt: skip
