"""Matching a person to a service: silence never shuts out, and a refusal always does."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.domain.directory import Access, Capacity, Firewall, Service, firewall_stands, match
from alongside.domain.facts import Facts

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
TODAY = NOW.date()
WALL = Firewall("written_policy_seen", TODAY, date(2027, 1, 1), run_by_authority=False)
OPEN = Service(
    "x", ("need.legal",), "active", 0, None,
    Access("any_no_proof", genders=("all",), conditions=(), cost="free"),
    WALL, Capacity("capacity", NOW), frozenset({"spa"}), ("ca",),
)  # fmt: skip
ANSWERS = {
    "status.service_group": ("no_status", "citizen", "not_disclosed"),
    "person.age_band": ("16_17", "18", "19_29"), "person.gender": ("woman", "trans_woman", "other"),
    "place.province": ("on", "bc"), "place.area": ("N8H", "V5K"), "lang.speak": ("spa", "mam"),
    "access.can_pay": (True, False), "access.curfew_hard": (True, False),
    "access.ok_police_report": (True, False), "person.identity_document": (True, False),
}  # fmt: skip
told = st.fixed_dictionaries({}, optional={k: st.sampled_from(v) for k, v in ANSWERS.items()})
access = st.builds(
    Access, st.sampled_from(("any", "any_no_proof", "listed", "unknown")),
    *(st.frozensets(st.sampled_from(("no_status", "citizen"))),) * 2,
    st.sampled_from(((), ("none",), ("photo_id",), ("income",))),
    st.sampled_from(((), ("all",), ("women",))),
    st.sampled_from((None, (), ("curfew",), ("police_report_required", "sobriety"))),
    st.sampled_from(("free", "fee", "unknown")),
)  # fmt: skip
services = st.builds(
    lambda a, m, areas: replace(OPEN, access=a, minimum_age=m, areas=areas),
    access, st.sampled_from((None, 0, 18)), st.sampled_from(((), ("on",), ("N8", "bc"), ("ca",))),
)  # fmt: skip


def kind(service, **told: str):
    facts = {key.replace("__", "."): value for key, value in told.items()}
    return match(service, Facts({"lang.speak": "spa", **facts}), NOW).kind


def test_a_service_that_says_all_serves():
    assert kind(OPEN) == "serves"


@given(services, told, st.sampled_from(sorted(ANSWERS)))
def test_keeping_a_fact_to_oneself_never_shuts_out(service, answers, key):
    silent = {k: v for k, v in answers.items() if k != key}
    before, after = (match(service, Facts(one), NOW) for one in (answers, silent))
    assert set(after.failed) <= set(before.failed)
    if before.kind != "no":
        assert after.kind != "no"


@given(services, told)
def test_a_refused_status_always_shuts_out(service, answers):
    refusing = replace(service, access=replace(service.access, refused=frozenset({"no_status"})))
    facts = Facts({**answers, "status.service_group": "no_status"})
    assert match(refusing, facts, NOW).kind == "no"


@given(told)
def test_a_service_that_says_nothing_is_asked_whatever_was_told(answers):
    found = match(Service("x", ("need.legal",)), Facts(answers), NOW)
    assert (found.kind, found.failed) == ("ask", ())
    assert all(found.ask)


@given(services, told)
def test_what_is_to_ask_is_named_and_never_counts_as_serving(service, answers):
    found = match(service, Facts(answers), NOW)
    assert all(found.ask)
    assert not (found.ask and found.kind == "serves")


@pytest.mark.parametrize(("band", "stands"), [("16_17", "no"), ("18", "serves"), ("14_15", "no")])
def test_the_age_limit_is_counted_in(band, stands):
    assert kind(replace(OPEN, minimum_age=18), person__age_band=band) == stands


def test_which_one_condition_shut_out():
    one = replace(OPEN, minimum_age=18)
    facts = Facts({"person.age_band": "16_17", "access.can_pay": False})
    assert match(one, facts, NOW).failed_only == "age"
    two = replace(one, access=replace(OPEN.access, cost="fee"))
    assert match(two, facts, NOW).failed == ("age", "cost")
    assert match(two, facts, NOW).failed_only == ""


@pytest.mark.parametrize(("hours", "stands"), [(72, "no"), (73, "ask"), (-1, "ask")])
def test_capacity_goes_stale(hours, stands):
    full = Capacity("no-capacity", NOW - timedelta(hours=hours))
    assert kind(replace(OPEN, capacity=full)) == stands


@pytest.mark.parametrize(
    ("wall", "stands"),
    [(WALL, True), (None, False), (replace(WALL, demoted=True), False),
     (replace(WALL, basis="declared_by_service"), False), (replace(WALL, recheck_by=None), False),
     (replace(WALL, recheck_by=TODAY), True),
     (replace(WALL, recheck_by=TODAY - timedelta(days=1)), False)],
)  # fmt: skip
def test_access_without_fear_needs_a_policy_seen_and_still_fresh(wall, stands):
    assert firewall_stands(wall, TODAY) is stands
