"""Many people weighed together have the verdicts that each has alone."""

from __future__ import annotations

import random
from datetime import timedelta

from build import TODAY, bar, on, rule, told

from alongside.domain.facts import Facts, Kind, Span
from alongside.domain.lengths import months
from alongside.domain.pathways import Verdict, weigh
from alongside.domain.pathways.at_once import people_of, weigh_everybody
from alongside.library.book import Book

BOOK = Book()
RULES = {key: card.rule for key, card in (*BOOK.remedies.items(), *BOOK.ways.items())}
NEVER = BOOK.vocabulary.never_asked


def answer(chance, fact):
    if fact.kind is Kind.YES_NO:
        return chance.random() < 0.5
    if fact.kind is Kind.DATE:
        first = TODAY - timedelta(days=chance.randint(-400, 2500))
        return Span(first, first + timedelta(days=chance.choice((0, 0, 40, 800))))
    if fact.kind is Kind.REGION:
        return chance.choice(("on", "qc", "bc", "ab"))
    if fact.options:
        return chance.choice(fact.options)
    return (
        chance.choice((0, 12, 450, 800, 2025)) if fact.kind in {Kind.NUMBER, Kind.RANGE} else None
    )


def somebody(chance):
    """Facts at random, derived ones too: what no derivation would give must be weighed alike."""
    part, values = chance.random(), {}
    for fact in BOOK.vocabulary.facts.values():
        if chance.random() < part and (value := answer(chance, fact)) is not None:
            values[fact.key] = value
    return Facts(values)


def alike(rules, many):
    found = weigh_everybody(rules, many, TODAY, NEVER)
    for sets in found.values():  # everybody has one verdict, and nobody else is there
        assert sum(sets.values()) == (1 << len(many)) - 1
        assert all(0 <= people < 1 << len(many) for people in sets.values())
    for key, one in rules.items():
        for place, facts in enumerate(many):
            has = {verdict for verdict, people in found[key].items() if people >> place & 1}
            assert has == {weigh(one, facts, TODAY, NEVER).verdict}, (key, facts)


def test_the_whole_book_reads_alike_for_random_people():
    chance = random.Random(20261130)
    alike(RULES, [somebody(chance) for _ in range(400)])


def test_a_bar_that_hangs_on_what_is_never_asked_reads_alike():
    never = next(iter(sorted(NEVER)))
    one = rule("place.in_canada is yes", bars=(bar(f"{never} is yes | claim.state is refused"),))
    two = rule(bars=(bar("order.any is yes", unless=f"{never} is no & claim.state is none"),))
    three = rule(bars=(bar(f"{never} is yes & order.any is yes", until=("x.on", months(12))),))
    choices = [{}, {never: True}, {never: False}]
    more = [
        {}, {"place.in_canada": True}, {"order.any": True}, {"claim.state": "none"},
        {"claim.state": "refused", "order.any": True},
        {"order.any": True, "x.on": on(2020, 1, 1)}, {"order.any": True, "x.on": on(2026, 6, 1)},
    ]  # fmt: skip
    alike({"1": one, "2": two, "3": three}, [Facts({**a, **b}) for a in choices for b in more])


def test_the_first_of_all_reads_like_the_others_where_a_bar_stands_and_ends():
    ends = bar("order.any is yes", until=("x.on", months(12)))
    rules = {"plain": rule(bars=(bar("order.any is yes"),)), "ends": rule(bars=(ends,))}
    alike(rules, [Facts({"order.any": True, "x.on": on(2026, 6, 1)})] * 2)
    alike(rules, [Facts({"order.any": True})] * 2)


def test_a_bar_stands_through_its_last_day():
    ends = rule(bars=(bar("order.any is yes", until=("x.on", months(12))),))
    today, yesterday = on(2025, 11, 21), on(2025, 11, 20)
    many = [Facts({"order.any": True, "x.on": began}) for began in (today, yesterday)]
    alike({"ends": ends}, many)
    assert weigh_everybody({"ends": ends}, many, TODAY)["ends"][Verdict.BLOCKED] == 0b01


def test_what_is_unknown_for_another_reason_is_not_left_aside():
    never = min(NEVER)
    two_ways = rule(bars=(bar(f"{never} is yes & order.any is yes | hc.refused is yes"),))
    alike({"x": two_ways}, [Facts({"order.any": False}), Facts({"order.any": True}), Facts()])
    other = rule(bars=(bar(f"hc.refused is yes | {never} is yes & claim.state is none"),))
    alike({"x": other}, [Facts({"claim.state": "refused"})] * 2)


def test_closed_intake_is_closed_for_everybody():
    found = weigh_everybody({"x": rule(intake=False)}, [told(), told()], TODAY)
    assert found["x"][Verdict.CLOSED] == 0b11


def test_people_of_places():
    assert people_of([0, 9], 10) == 0b10_0000_0001
