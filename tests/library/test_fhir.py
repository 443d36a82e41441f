"""A referral as FHIR: its codes are FHIR's, and it tells nothing that the service may not read."""

from __future__ import annotations

import json

import pytest

from alongside.domain.referral import TASK, advance
from alongside.library.fhir import REASON_FOR, REQUEST, as_request, as_task
from tests.domain.test_referral import DAY, START, USUAL, at, event

TASK_STATUS = {
    "draft", "requested", "received", "accepted", "rejected", "ready", "cancelled", "in-progress", "on-hold",
    "failed", "completed", "entered-in-error",
}  # fmt: skip
REQUEST_STATUS = {
    "draft",
    "active",
    "on-hold",
    "revoked",
    "completed",
    "entered-in-error",
    "unknown",
}
TOLD = {"status.now": "visitor", "lang.speak": "spa", "person.name": "Zanzibar", "doc.held": True}


def test_every_state_has_a_status_that_fhir_knows():
    assert set(TASK.values()) <= TASK_STATUS
    assert set(REQUEST) == set(TASK.values())
    assert set(REQUEST.values()) <= REQUEST_STATUS


@pytest.mark.parametrize("step", USUAL)
def test_only_what_may_be_read_is_written(step):
    standing = at(step)
    said = json.dumps([as_request(standing, TOLD, START), as_task(standing)])
    assert "Zanzibar" not in said
    assert "doc.held" not in said
    may = step in USUAL[USUAL.index("send") : USUAL.index("close")]
    assert ("visitor" in said) == may, "before it is sent, and after the end, nothing"


def test_after_a_withdrawal_nothing_is_left_but_that_there_was_one():
    gone = advance(at("meet"), event("withdraw"))
    assert "note" not in as_request(gone, TOLD, START)
    assert as_request(gone, TOLD, START)["status"] == "revoked"
    task = as_task(gone)
    assert (task["status"], task["statusReason"]["text"]) == ("cancelled", "withdraw")


def test_a_consent_that_has_ended_tells_nothing():
    assert "note" in as_request(at("send"), TOLD, START)
    assert "note" not in as_request(at("send"), TOLD, START + 400 * DAY)


def test_a_status_that_has_to_say_why_says_the_outcome():
    declined = as_task(advance(at("receive"), event("decline", reason="not_eligible_status")))
    assert declined["status"] in REASON_FOR
    assert declined["statusReason"]["text"] == "not_eligible_status"


def test_the_deadline_is_told_as_long_as_there_is_one():
    assert as_task(at("send"))["restriction"]["period"]["end"].endswith("Z")
    assert "restriction" not in as_task(at("close"))
