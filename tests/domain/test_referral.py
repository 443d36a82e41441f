"""A referral: what may follow what, and what never happens before its time."""

from __future__ import annotations

import random

import pytest

from alongside.domain.referral import ENDS, EVENTS, TASK, RefusedError, after

ENDING = {"withdraw", "correct", "expire", "decline"}  # rarer, or no walk gets far


def test_each_state_takes_an_event_or_refuses_it_by_name():
    for state in TASK:
        for event in EVENTS:
            if state in EVENTS[event]:
                assert after(state, event) in TASK
                continue
            with pytest.raises(RefusedError) as refused:
                after(state, event)
            assert (refused.value.state, refused.value.event) == (state, event)


@pytest.mark.parametrize("state", sorted(set(TASK) - ENDS))
def test_withdrawal_reaches_every_open_state(state):
    assert after(state, "withdraw") == "recalled"


@pytest.mark.parametrize("state", sorted(ENDS))
def test_an_end_takes_nothing_more(state):
    assert not [event for event in EVENTS if state in EVENTS[event]]


def test_ten_thousand_steps_name_nobody_before_capacity_and_consent():
    walk, state, past = random.Random(5), "draft", []
    seen = set()
    events = [event for event in sorted(EVENTS) for _ in range(1 if event in ENDING else 30)]
    for _ in range(10_000):
        event = walk.choice(events)
        try:
            state = after(state, event)
        except RefusedError:
            continue
        past.append(event)
        seen.add(state)
        if state in {"sent", "received", "accepted", "connected", "in_service"}:
            assert past[:5] == ["ask_capacity", "has_room", "show", "consent", "send"]
        if state == "connected":
            assert "accept" in past
            assert past[-1] == "meet"
        if state in ENDS:
            state, past = "draft", []
    assert seen >= {"sent", "received", "needs_info", *ENDS}
