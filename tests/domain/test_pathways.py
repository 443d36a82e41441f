"""What a verdict means: each rule of rules map 1 and 12 as one named test, on rules made up here."""

from datetime import date, timedelta
from itertools import pairwise, permutations

import pytest
from build import TODAY, bar, between, on, rule, told

from alongside.domain.facts import Conflict, Facts, Silence, Truth
from alongside.domain.lengths import days, months
from alongside.domain.pathways import Step, UntilKind, Verdict, weigh, weigh_all

OPEN, ASK, BLOCKED, CLOSED = Verdict.OPEN, Verdict.ASK, Verdict.BLOCKED, Verdict.CLOSED
ONE = timedelta(days=1)
REFUSED = bar("claim.state is refused", until=("claim.ended_on", months(12)))


def verdict(the_rule, facts, never=frozenset()):
    return weigh(the_rule, facts, TODAY, frozenset(never)).verdict


# 1.1 Four verdicts


@pytest.mark.parametrize(
    ("need", "barred", "intake", "expected"),
    [
        (True, False, True, OPEN),
        (None, False, True, ASK),
        (True, None, True, ASK),
        (True, True, True, BLOCKED),
        (None, True, True, BLOCKED),
        (False, True, True, CLOSED),
        (False, None, True, CLOSED),
        (True, False, False, CLOSED),
        (True, True, False, CLOSED),
        (None, None, False, CLOSED),
    ],
)
def test_1_1_the_order_is_closed_then_blocked_then_ask_then_open(need, barred, intake, expected):
    answers = {"x.need": need, "x.bar": barred}
    facts = Facts.told({k: v for k, v in answers.items() if v is not None})
    made = rule("x.need is yes", bars=(bar("x.bar is yes"),), intake=intake)
    assert verdict(made, facts) is expected


def test_1_1_the_words_for_a_verdict_and_its_end_are_those_that_are_published():
    assert [v.value for v in Verdict] == ["open", "ask", "blocked", "closed"]
    assert [kind.value for kind in UntilKind] == ["ends", "likely"]


def test_1_1_every_need_must_be_met():
    made = rule("x.a is yes", "x.b is yes")
    assert verdict(made, told(x__a=True, x__b=True)) is OPEN
    assert verdict(made, told(x__a=True, x__b=False)) is CLOSED
    assert verdict(made, told(x__b=False)) is CLOSED
    assert verdict(made, told(x__a=True)) is ASK


def test_1_1_a_verdict_keeps_the_lines_facts_and_sources_that_made_it():
    made = rule(
        "x.a is yes & x.b is no", bars=(REFUSED,), lawyer_first=("x.a is yes", "x.b is yes")
    )
    trail = weigh(made, told(x__a=True, x__b=False), TODAY).trail
    assert trail == (
        Step("need: x.a is yes & x.b is no", Truth.YES, ("x.a", "x.b"), "a law"),
        Step(
            "bar bar claim.state is refused: claim.state is refused until claim.ended_on + 12 months",
            Truth.UNKNOWN, ("claim.state", "claim.ended_on"), "a law",
        ),
        Step("lawyer first: x.a is yes", Truth.YES, ("x.a",), "the law of the test"),
    )  # fmt: skip


def test_1_1_a_trail_shows_an_exception_and_all_it_reads():
    made = rule(bars=(bar("x.a is yes", unless="x.b is yes | x.c is yes"),))
    (step,) = weigh(made, Facts(), TODAY).trail
    assert step.line.endswith("x.a is yes unless x.b is yes | x.c is yes")
    assert step.facts == ("x.a", "x.b", "x.c")


# 1.2 Facts and silence


@pytest.mark.parametrize(
    "silence", [Silence.UNKNOWN, Silence.RATHER_NOT_SAY, Conflict((True, False)), None]
)
def test_1_2_1_every_silence_asks(silence):
    facts = Facts.told({"x.a": silence} if silence else {})
    pathway = weigh(rule("x.a is yes"), facts, TODAY)
    assert (pathway.verdict, pathway.missing) == (ASK, ("x.a",))


def test_1_2_2_silence_never_closes():
    made = rule("x.a is yes", "x.b in p,q | x.c at_least 3", "x.d after 2026-01-01")
    assert verdict(made, Facts()) is ASK
    assert verdict(made, told(x__c=2)) is ASK
    assert verdict(made, told(x__c=2, x__b="r")) is CLOSED


def test_1_2_3_the_unknown_end_of_a_bar_never_counts_as_past():
    pathway = weigh(rule(bars=(REFUSED,)), told(claim__state="refused"), TODAY)
    assert (pathway.verdict, pathway.missing) == (ASK, ("claim.ended_on",))
    assert pathway.until is None


def test_1_2_3_an_unknown_exception_never_lifts_a_bar():
    made = rule(bars=(bar("x.a is yes", unless="x.b is yes"),))
    asked = weigh(made, told(x__a=True), TODAY)
    assert (asked.verdict, asked.missing) == (ASK, ("x.b",))
    assert verdict(made, told(x__a=True, x__b=True)) is OPEN
    assert verdict(made, told(x__a=True, x__b=False)) is BLOCKED


def test_1_2_3_both_the_date_and_the_exception_are_asked():
    made = rule(bars=(bar("x.a is yes", until=("x.day", days(9)), unless="x.b is yes"),))
    assert weigh(made, told(x__a=True), TODAY).missing == ("x.b", "x.day")
    assert weigh(made, Facts(), TODAY).missing == ("x.a",), "first whether there is a bar at all"


@pytest.mark.parametrize("order", list(permutations(["x.a", "x.b", "x.c"])))
def test_1_2_5_knowing_more_changes_ask_and_never_open_to_closed(order):
    made = rule("x.a is yes", bars=(bar("x.b is yes", unless="x.c is yes"),))
    for values in ({"x.a": True, "x.b": True, "x.c": False}, {"x.a": False, "x.b": True}):
        seen, facts = [], {}
        for key in order:
            facts |= {key: values[key]} if key in values else {}
            seen.append(verdict(made, Facts.told(facts)))
        assert seen[-1] is (BLOCKED if values["x.a"] else CLOSED)
        for earlier, later in pairwise(seen):
            assert earlier is later or earlier is ASK or (earlier, later) == (BLOCKED, CLOSED)


def test_1_2_5_a_new_contradiction_brings_any_verdict_back_to_ask():
    made = rule("x.a is yes", bars=(bar("x.b is yes"),))
    open_, closed = told(x__a=True, x__b=False), told(x__a=False, x__b=False)
    assert (verdict(made, open_), verdict(made, closed)) == (OPEN, CLOSED)
    assert verdict(made, told(x__a=Conflict((True, False)), x__b=False)) is ASK
    assert verdict(made, told(x__a=True, x__b=Conflict((True, False)))) is ASK


WORK = bar("work.bad is yes", until=("work.end", months(6)), unless="work.exempt is yes")


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (told(), OPEN),
        (told(work__bad=True), OPEN),
        (told(work__bad=True, work__end=on(2026, 11, 1)), OPEN),
        (told(work__bad=True, work__end=on(2026, 11, 1), work__exempt=False), BLOCKED),
        (told(work__bad=True, work__end=on(2026, 11, 1), work__exempt=True), OPEN),
    ],
)
def test_1_2_6_what_is_never_asked_never_holds_a_verdict_at_ask(facts, expected):
    never = {"work.bad", "work.end", "work.exempt"}
    made = rule(bars=(WORK,), dangers=[("risk.work", "work.bad is yes")])
    pathway = weigh(made, facts, TODAY, frozenset(never))
    assert pathway.verdict is expected
    assert "risk.work" in pathway.dangers, "the rule is printed as a danger instead"


def test_1_2_6_another_bar_still_asks():
    made = rule(bars=(WORK, bar("x.a is yes")))
    pathway = weigh(made, Facts(), TODAY, frozenset({"work.bad"}))
    assert (pathway.verdict, pathway.missing) == (ASK, ("x.a",))
    pathway = weigh(made, Facts(), TODAY)
    assert pathway.missing == ("work.bad", "x.a")


def test_1_2_7_missing_names_each_unknown_operand_once_in_the_order_of_the_law():
    made = rule(
        "x.a is yes", "x.b is yes", "x.a is p | x.c is yes",
        bars=(bar("x.b is no"), bar("x.d is yes"), bar("x.e is yes")),
    )  # fmt: skip
    facts = told(x__e=False)
    assert weigh(made, facts, TODAY).missing == ("x.a", "x.b", "x.c", "x.d")


def test_1_2_7_a_need_that_is_met_asks_nothing():
    made = rule("x.a is yes | x.b is yes", "x.c is yes")
    assert weigh(made, told(x__a=True), TODAY).missing == ("x.c",)


# 1.3 Bars


@pytest.mark.parametrize(
    ("ended", "expected"), [(TODAY, BLOCKED), (TODAY - ONE, OPEN), (TODAY + ONE, BLOCKED)]
)
def test_1_3_a_bar_stands_through_its_last_day(ended, expected):
    """IRPA s. 24(4); the first free day is the next one."""
    start = date(ended.year - 1, ended.month, ended.day)
    facts = told(claim__state="refused", claim__ended_on=on(start.year, start.month, start.day))
    pathway = weigh(rule(bars=(REFUSED,)), facts, TODAY)
    assert pathway.verdict is expected
    ends = (ended, UntilKind.ENDS) if expected is BLOCKED else (None, None)
    assert (pathway.until, pathway.until_kind) == ends


def test_1_3_a_bar_whose_end_has_passed_does_not_stand_whatever_else_is_unknown():
    made = rule(bars=(bar("x.a is yes", until=("x.day", days(9)), unless="x.b is yes"),))
    assert verdict(made, told(x__day=on(2026, 11, 11))) is OPEN
    assert verdict(made, told(x__day=on(2026, 11, 12))) is ASK


def test_1_3_an_uncertain_day_ends_a_bar_on_the_latest_possible_one():
    """Rules map 12.6."""
    facts = told(
        claim__state="refused", claim__ended_on=between(date(2025, 11, 1), date(2025, 11, 21))
    )
    pathway = weigh(rule(bars=(REFUSED,)), facts, TODAY)
    assert (pathway.verdict, pathway.until) == (BLOCKED, TODAY)


WHILE = bar("status.held is yes", likely="status.expires_on")


@pytest.mark.parametrize(
    ("expires", "until"),
    [
        (on(2026, 11, 21), TODAY),
        (on(2026, 11, 20), None),
        (between(date(2026, 11, 1), date(2026, 12, 1)), date(2026, 12, 1)),
        (Silence.UNKNOWN, None),
    ],
)
def test_12_4_a_while_bar_shows_its_likely_end_but_never_one_that_has_passed(expires, until):
    pathway = weigh(rule(bars=(WHILE,)), told(status__held=True, status__expires_on=expires), TODAY)
    assert (pathway.verdict, pathway.until) == (BLOCKED, until)
    assert pathway.until_kind is (UntilKind.LIKELY if until else None)


def test_1_3_with_several_bars_the_last_end_counts_and_an_endless_one_hides_it():
    short = bar("x.a is yes", until=("x.day", days(5)))
    long_ = bar("x.a is yes", until=("x.day", days(9)))
    endless = bar("x.b is yes")
    facts = {"x.a": True, "x.day": on(2026, 11, 20), "status.held": True}
    facts["status.expires_on"] = on(2026, 11, 30)

    def until(bars, more=()):
        pathway = weigh(rule(bars=bars), Facts.told({**facts, **dict(more)}), TODAY)
        return pathway.until, pathway.until_kind

    ends = (date(2026, 11, 29), UntilKind.ENDS)
    assert until((long_, short)) == until((short, long_)) == ends
    assert until((long_, WHILE)) == (date(2026, 11, 30), UntilKind.LIKELY)
    assert until((long_, endless), {"x.b": True}) == (None, None)
    assert until((endless, long_), {"x.b": False}) == ends


def test_1_3_only_standing_bars_are_named():
    made = rule(bars=(bar("x.a is yes"), bar("x.b is yes"), bar("x.c is yes")))
    pathway = weigh(made, told(x__a=True, x__b=False), TODAY)
    assert pathway.standing == ("bar x.a is yes",)
    assert weigh(made, Facts(), TODAY).standing == ()


# 12 Points settled after a second reading


def test_12_3_with_no_facts_a_rule_with_needs_asks_one_without_is_open():
    assert verdict(rule("x.a is yes"), Facts()) is ASK
    assert verdict(rule(), Facts()) is OPEN
    assert verdict(rule("x.a is yes", intake=False), Facts()) is CLOSED


def test_12_8_missing_comes_with_ask_alone_and_until_with_blocked_alone():
    made = rule("x.a is yes", bars=(REFUSED, bar("x.b is yes")))
    facts = {"claim.state": "refused", "claim.ended_on": on(2026, 11, 1)}
    blocked = weigh(made, Facts.told(facts), TODAY)
    assert (blocked.verdict, blocked.missing) == (BLOCKED, ())
    closed = weigh(made, Facts.told({**facts, "x.a": False}), TODAY)
    assert (closed.verdict, closed.until, closed.until_kind) == (CLOSED, None, None)
    assert closed.standing == ("bar claim.state is refused",), "still named in the trail"


def test_beside_the_verdict_never_inside_it_an_officer_decides():
    assert weigh(rule(discretionary=True), Facts(), TODAY).discretionary
    assert weigh(rule(discretionary=True), Facts(), TODAY).verdict is OPEN
    assert not weigh(rule(), Facts(), TODAY).discretionary


def test_every_rule_is_laid_out_under_its_key_in_the_order_given():
    rules = {"b": rule("work.bad is no"), "a": rule(bars=(WORK,))}
    laid = weigh_all(rules, Facts(), TODAY, frozenset({"work.bad"}))
    assert [(key, p.verdict) for key, p in laid.items()] == [("b", ASK), ("a", OPEN)]
    assert laid["a"].rule is rules["a"]
