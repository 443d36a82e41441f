"""A referral: what may follow what, who may say it, and that nothing travels without a consent that still stands."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from alongside.domain.referral import (
    ENDS,
    EVENTS,
    OUTCOMES,
    TASK,
    Consent,
    ConsentError,
    Event,
    Mode,
    Referral,
    RefusedError,
    advance,
    again,
    due,
    readable,
    redirected,
    reminded,
)
from alongside.domain.referral.deadlines import OWNER, after_working_days
from alongside.domain.referral.table import MET, UNSAFE, WHO, after

DAY = 24 * 60
START = 20_790 * DAY  # a Thursday in December 2026
FIELDS = frozenset({"status.now", "lang.speak"})
NAMING = frozenset({"person.name", "person.phone"})
ACTOR = {kind: min(who) for kind, who in WHO.items()}
USUAL = (
    "ask_capacity",
    "has_room",
    "show",
    "consent",
    "send",
    "receive",
    "accept",
    "meet",
    "begin",
    "close",
)


def consent(service="s", fields=FIELDS, until=START + 365 * DAY, **more: object):
    given = {"purpose": "a bed", "language": "spa"} | more
    return Consent(service, fields, until=until, **given)


def fresh(**more: object):
    given = {"urgency": "routine", "mode": Mode.INTRODUCTION, "naming": NAMING} | more
    return Referral("r", "s", **given)


def event(kind, minute=START, **more: object):
    usual = {"actor": ACTOR[kind]}
    if kind == "show":
        usual["fields"] = FIELDS
    if kind == "consent":
        usual["consent"] = consent()
    if kind in {"close", "decline"}:
        usual["reason"] = "got_help_all" if kind == "close" else "no_capacity"
    if kind in {"wait", "accept"}:
        usual["check_at"] = minute + DAY
    if kind == "need_info":
        usual["fields"] = frozenset({"person.age_band"})
    return Event(kind, minute=minute, **usual | more)


def at(state_after, **more: object):
    """A referral on which everything up to an event has happened."""
    found = fresh(**more)
    for kind in USUAL[: USUAL.index(state_after) + 1]:
        found = advance(found, event(kind))
    return found


def test_each_state_takes_an_event_or_refuses_it_by_name():
    for state in TASK:
        for kind in EVENTS:
            if state in EVENTS[kind]:
                assert after(state, kind) in TASK
                continue
            with pytest.raises(RefusedError) as refused:
                after(state, kind)
            assert (refused.value.state, refused.value.event) == (state, kind)


@pytest.mark.parametrize("state", sorted(set(TASK) - ENDS))
def test_withdrawal_reaches_every_open_state(state):
    assert after(state, "withdraw") == "recalled"


@pytest.mark.parametrize("state", sorted(ENDS))
def test_an_end_takes_nothing_more(state):
    assert not [kind for kind in EVENTS if state in EVENTS[kind]]


def test_the_usual_way_ends_with_an_outcome():
    assert at("close").state == "closed"


def test_accepted_is_not_connected():
    assert at("accept").state == "accepted"
    with pytest.raises(RefusedError):
        advance(at("accept"), event("begin"))


@pytest.mark.parametrize("kind", sorted(WHO))
def test_nobody_says_what_is_not_theirs_to_say(kind):
    states = [state for state in TASK if state in EVENTS[kind]]
    assert states
    others = {"worker", "person", "target", "time"} - WHO[kind]
    for actor in others:
        for step in (
            "ask_capacity",
            "has_room",
            "show",
            "consent",
            "send",
            "receive",
            "accept",
            "meet",
        ):
            standing = at(step)
            if standing.state in EVENTS[kind]:
                with pytest.raises((RefusedError, ConsentError)):
                    advance(standing, event(kind, actor=actor))


def test_consent_is_the_persons_alone():
    with pytest.raises(RefusedError):
        advance(at("show"), event("consent", actor="worker"))


@pytest.mark.parametrize(
    "wrong",
    [
        consent(service="another"), consent(fields=FIELDS | {"doc.held"}), consent(fields=frozenset()),
        consent(purpose=""), consent(language=""), consent(until=START), None,
    ],
)  # fmt: skip
def test_a_consent_is_to_exactly_what_was_shown(wrong):
    with pytest.raises(ConsentError):
        advance(at("show"), event("consent", consent=wrong))


def test_where_it_could_be_passed_on_a_second_yes_is_needed():
    with pytest.raises(ConsentError):
        advance(at("show", risky=True), event("consent"))
    twice = event("consent", consent=consent(twice=True))
    assert advance(at("show", risky=True), twice).state == "ready"


def test_nothing_is_sent_on_a_consent_that_has_ended():
    brief = event("consent", consent=consent(until=START + 10))
    ready = advance(at("show"), brief)
    with pytest.raises(ConsentError):
        advance(ready, event("send", START + 10))
    assert readable(advance(ready, event("send", START + 9)), START + 9) == FIELDS
    assert readable(advance(ready, event("send", START + 9)), START + 10) == frozenset()


def test_a_withdrawal_needs_no_consent_and_stops_all_reading():
    standing = at("meet")
    assert readable(standing, START) == FIELDS
    gone = advance(standing, event("withdraw", START + 500 * DAY))
    assert (gone.state, readable(gone, START)) == ("recalled", frozenset())


@pytest.mark.parametrize("step", ["ask_capacity", "has_room", "show", "consent"])
def test_before_it_is_sent_the_service_reads_nothing(step):
    assert readable(at(step), START) == frozenset()


def test_what_the_service_asks_for_needs_a_new_consent_to_just_that():
    asked = advance(at("receive"), event("need_info"))
    assert readable(asked, START) == FIELDS
    with pytest.raises(ConsentError):
        advance(asked, event("consent"))
    more = FIELDS | {"person.age_band"}
    back = advance(asked, event("consent", consent=consent(fields=more)))
    assert (back.state, readable(back, START)) == ("received", more)


def test_a_code_carries_nothing_that_names_somebody():
    told = event("show", fields=FIELDS | {"person.name"})
    with pytest.raises(RefusedError):
        advance(at("has_room", mode=Mode.CODE), told)
    assert advance(at("has_room"), told).state == "awaiting_consent"


@pytest.mark.parametrize("kind", ["wait", "accept"])
def test_a_waiting_list_without_a_next_check_and_a_yes_without_a_day_are_refused(kind):
    with pytest.raises(RefusedError):
        advance(at("receive"), event(kind, check_at=0))


@pytest.mark.parametrize("reason", ["", "because"])
def test_no_end_without_an_outcome(reason):
    with pytest.raises(RefusedError):
        advance(at("begin"), event("close", reason=reason))
    with pytest.raises(RefusedError):
        advance(at("receive"), event("decline", reason=reason))


def test_time_ends_nothing_before_it_is_over():
    sent = at("send")
    with pytest.raises(RefusedError):
        advance(sent, event("expire", due(sent).by - 1))
    assert advance(sent, event("expire", due(sent).by)).state == "expired"


def test_nothing_happens_before_what_happened():
    with pytest.raises(RefusedError):
        advance(at("send"), event("receive", START - 1))


def test_every_open_state_is_somebodys_turn():
    assert set(OWNER) == set(TASK) - ENDS
    assert due(fresh()).owner == "worker"
    assert due(at("close")) is None


def test_danger_is_a_matter_of_minutes_and_routine_of_working_days():
    assert due(at("send", urgency="danger")).by - START == 15
    assert due(at("send", urgency="urgent")).by - START == 4 * 60
    assert due(at("send")).by - START == 4 * DAY, "two working days from a Thursday end on a Monday"


def test_a_day_that_the_service_named_counts_before_ours():
    waiting = advance(at("receive"), event("wait", check_at=START + 40 * DAY))
    assert due(waiting).by == START + 40 * DAY


@pytest.mark.parametrize(("days", "later"), [(0, 0), (1, 1), (2, 4), (5, 7), (15, 21)])
def test_working_days_pass_over_weekends(days, later):
    assert after_working_days(START, days) - START == later * DAY


def test_who_is_late_is_reminded_then_the_worker_then_another_is_offered():
    sent = at("send", urgency="urgent")
    by = due(sent).by
    said = [reminded(sent, minute) for minute in (by - 1, by, by + 240, by + 480)]
    assert said == ["", "target", "worker", "other"]


def test_a_person_is_never_reminded_by_a_machine():
    waiting = at("show", urgency="urgent")
    assert due(waiting).owner == "person"
    assert {reminded(waiting, START + DAY * n) for n in range(20)} <= {"", "worker", "other"}


def test_an_end_is_not_opened_again_and_another_service_asks_anew():
    ended = at("close")
    anew = again(ended, "r2")
    assert (anew.state, anew.follows, readable(anew, START)) == ("draft", "r", frozenset())
    other = redirected(at("receive"), "r3", "t", risky=True)
    assert (other.state, other.service, other.events) == ("draft", "t", ())


def test_outcomes_say_why_not():
    assert set(OUTCOMES) > MET | UNSAFE
    assert sum(one.startswith("not_eligible_") for one in OUTCOMES) == 7


def tried(walk, referral, minute):
    """One random event, right or wrong in each of its parts."""
    kind = walk.choice(KINDS)
    maybe = event(
        kind, minute, actor=walk.choice(["worker", "person", "target", "time", ACTOR[kind]])
    )
    if kind == "consent":
        given = consent(
            service=walk.choice(["s"] * 6 + ["t"]), until=minute + walk.choice([-1, 5, *[90 * DAY] * 8]),
            fields=walk.choice([referral.shown] * 3 + [FIELDS]), twice=walk.random() < 0.8,
        )  # fmt: skip
        maybe = replace(maybe, consent=given)
    if walk.random() < 0.1:
        maybe = replace(maybe, reason="", check_at=0)
    return maybe


RARE = {"withdraw", "correct", "decline"}  # or no walk gets far
KINDS = [kind for kind in sorted(EVENTS) for _ in range(1 if kind in RARE else 25)]
AFTER_CONSENT = {
    "ready",
    "sent",
    "received",
    "needs_info",
    "waitlisted",
    "accepted",
    "connected",
    "in_service",
}


def test_ten_thousand_steps_keep_every_promise():
    walk, minute, seen, steps = random.Random(5), START, set(), 0
    referral = fresh(risky=True)
    while steps < 10_000:
        steps += 1
        minute += 40 * DAY if walk.random() < 0.003 else walk.choice([0, 1, 60])
        tried_now = tried(walk, referral, minute)
        try:
            referral = advance(referral, tried_now)
        except (RefusedError, ConsentError):
            continue
        seen.add(referral.state)
        keeps_its_promises(referral, tried_now, minute)
        if referral.state in ENDS:
            referral = replace(fresh(risky=walk.random() < 0.5), mode=walk.choice(list(Mode)))
    assert seen >= set(TASK) - {"draft"}


def keeps_its_promises(referral, now, minute):
    kinds = [one.kind for one in referral.events]
    if referral.state in AFTER_CONSENT:
        assert kinds.index("has_room") < kinds.index("show") < kinds.index("consent")
    can_read = readable(referral, minute)
    given = [one.consent for one in referral.events if one.consent]
    if can_read:
        assert "send" in kinds
        assert can_read == given[-1].fields
        assert given[-1].service == referral.service
        assert given[-1].until > minute
        assert given[-1].twice or not referral.risky
        assert not (referral.mode is Mode.CODE and can_read & NAMING)
    if referral.state in ENDS:
        assert not can_read
        assert due(referral) is None
    else:
        assert due(referral).owner
        assert due(referral).by >= minute or due(referral).by > referral.since
    if referral.state == "connected":
        assert now.kind == "meet"
        assert "accept" in kinds
    if referral.state == "waitlisted":
        assert now.check_at > minute
    if now.kind in {"close", "decline"}:
        assert now.reason in OUTCOMES
