"""What follows from what was told: every derived fact, its unknowns, conflicts and uncertain days.

The words in the vocabulary (content/facts, ``derives``) are the rule; each table here restates them.
"""

from datetime import date

import pytest
from build import TODAY, between, on

from alongside.domain.derivation import (
    ANY_OF,
    DISPUTABLE,
    FROM_FOUND,
    FROM_TOLD,
    LOST,
    ORDERS,
    PERMIT_OF_STATUS,
    SERVICE_GROUP,
    TEMPORARY,
    derive,
    derive_from_findings,
)  # fmt: skip
from alongside.domain.facts import Conflict, Facts, Silence

TIED, STATUS, EXPIRES = "wp_employer_specific_lmia", "status.now", "status.expires_on"
FILED, PENDING = "status.renewal_filed_on", "status.renewal_pending"


def derived(key, answers):
    return derive(Facts.told(answers), TODAY).get(key)


@pytest.mark.parametrize(
    ("answers", "law"),
    [
        ({"job.federal_work": True, "place.work_province": "on"}, "fed"),
        ({"job.federal_work": False, "place.work_province": "qc", "place.province": "on"}, "qc"),
        ({"job.federal_work": False, "place.province": "on"}, "on"),
        ({"job.federal_work": False}, None),
        ({"place.work_province": "on"}, None),
        ({"job.federal_work": Conflict((True, False)), "place.work_province": "on"}, None),
        ({"job.federal_work": False, "place.work_province": Conflict(("on", "qc")),
          "place.province": "on"}, None),
        ({"job.federal_work": False, "place.work_province": Silence.RATHER_NOT_SAY,
          "place.province": "on"}, "on"),
    ],
)  # fmt: skip
def test_a_job_is_under_federal_law_or_that_of_the_province_of_work(answers, law):
    """Canada Labour Code s. 167; Constitution Act, 1867, s. 92(13)."""
    assert derived("place.labour_law", answers) == law


@pytest.mark.parametrize(
    ("status", "foreign"),
    [
        ("citizen", False), ("indian_act_registered", False), ("permanent_resident", False),
        ("student", True), ("out_of_status_no_order", True), ("protected_person", True),
        ("pr_in_process_aip", True), (Silence.RATHER_NOT_SAY, None),
        (Conflict(("citizen", "student")), None),
    ],
)  # fmt: skip
def test_a_foreign_national_is_anyone_who_is_no_citizen_nor_permanent_resident(status, foreign):
    """IRPA s. 2(1), s. 19(1)."""
    assert derived("status.foreign_national", {STATUS: status}) is foreign


@pytest.mark.parametrize(
    ("answers", "held"),
    [
        ({EXPIRES: on(2026, 11, 21)}, True),
        ({EXPIRES: on(2026, 11, 20)}, None),
        ({}, None),
        ({EXPIRES: Conflict((on(2026, 1, 1), on(2027, 1, 1)))}, None),
        ({EXPIRES: between(date(2026, 11, 21), date(2026, 12, 1))}, True),
        ({EXPIRES: between(date(2026, 11, 20), date(2026, 12, 1))}, None),
        # IRPR s. 183(5): a renewal filed on or before the day keeps the status while it waits.
        ({EXPIRES: on(2026, 11, 1), FILED: on(2026, 11, 1), PENDING: True}, True),
        ({EXPIRES: on(2026, 11, 1), FILED: on(2026, 11, 1), PENDING: False}, None),
        ({EXPIRES: on(2026, 11, 1), FILED: on(2026, 11, 1)}, None),
        ({EXPIRES: on(2026, 11, 1), PENDING: True}, None),
        ({EXPIRES: on(2026, 11, 1), FILED: on(2026, 11, 2), PENDING: True}, False),
        ({EXPIRES: on(2026, 11, 1), FILED: on(2026, 11, 2)}, False),
        ({EXPIRES: between(date(2026, 11, 1), date(2026, 11, 5)), FILED: on(2026, 11, 5)}, None),
        ({EXPIRES: between(date(2026, 11, 1), date(2026, 11, 5)), FILED: on(2026, 11, 6)}, False),
        ({EXPIRES: between(date(2026, 11, 1), date(2026, 11, 5)), FILED: on(2026, 11, 1),
          PENDING: True}, True),
        ({EXPIRES: between(date(2026, 11, 1), date(2026, 11, 5)), FILED: on(2026, 11, 3),
          PENDING: True}, None),
        ({EXPIRES: on(2026, 11, 3), FILED: between(date(2026, 11, 3), date(2026, 11, 4)),
          PENDING: True}, None),
        ({EXPIRES: on(2026, 11, 3), FILED: between(date(2026, 11, 1), date(2026, 11, 3)),
          PENDING: True}, True),
        ({EXPIRES: on(2026, 11, 3), FILED: between(date(2026, 11, 4), date(2026, 11, 9))}, False),
    ],
)  # fmt: skip
def test_temporary_status_is_held_by_words_and_dates_together(answers, held):
    """IRPR ss. 181, 183(5); rules map 1.2, rule 4: when they disagree it is unknown."""
    assert derived("status.held", {STATUS: TIED, **answers}) is held


FAR = {EXPIRES: on(2027, 6, 1)}


@pytest.mark.parametrize("status", sorted(TEMPORARY))
def test_every_temporary_permit_holds_until_its_day(status):
    assert derived("status.held", {STATUS: status, **FAR}) is True
    assert derived("status.held", {STATUS: status, EXPIRES: on(2020, 1, 1)}) is None


@pytest.mark.parametrize(
    "status",
    [
        "departure_order_unenforceable", "departure_order_enforceable", "exclusion_order",
        "deportation_order", "order_stayed", "order_country_moratorium",
        "refugee_claimant_referred", "refugee_claimant_eligible_not_referred",
        "refugee_claimant_ineligible_waiting_prra", "prra_applicant_first_timely",
        "prra_applicant_late_or_repeat", "refused_claimant_appeal_or_jr_rad",
        "refused_claimant_no_stay", "restoration_window", "out_of_status_no_order",
        "under_44_report",
    ],
)  # fmt: skip
def test_a_claim_an_order_or_a_lost_status_is_no_status_held(status):
    assert derived("status.held", {STATUS: status}) is False


@pytest.mark.parametrize("status", sorted(DISPUTABLE))
@pytest.mark.parametrize(
    ("expires", "held"),
    [
        (on(2026, 11, 20), False),
        (on(2026, 11, 21), None),
        (between(date(2026, 11, 1), date(2026, 11, 21)), None),
        (between(date(2026, 11, 1), date(2026, 11, 20)), False),
    ],
)
def test_words_of_lost_status_beside_a_day_to_come_disagree(status, expires, held):
    """Rules map 1.2, rule 4: who was told that a live permit is gone must not lose its step."""
    assert derived("status.held", {STATUS: status, EXPIRES: expires}) is held


@pytest.mark.parametrize("status", sorted(DISPUTABLE))
@pytest.mark.parametrize(
    ("filed", "pending", "held"),
    [
        (on(2026, 9, 15), True, None),
        (on(2026, 9, 15), False, False),
        (on(2026, 10, 2), True, False),
    ],
)
def test_words_of_lost_status_beside_a_renewal_in_time_disagree(status, filed, pending, held):
    """Maintained status (IRPR s. 183(5)) is status: being told it is lost is a second version."""
    renewed = {
        EXPIRES: on(2026, 10, 1),
        "status.renewal_filed_on": filed,
        "status.renewal_pending": pending,
    }
    assert derived("status.held", {STATUS: status, **renewed}) is held


@pytest.mark.parametrize("status", sorted(LOST - DISPUTABLE))
def test_an_order_or_a_refusal_is_no_status_held_whatever_day_a_permit_bears(status):
    assert derived("status.held", {STATUS: status, **FAR}) is False


@pytest.mark.parametrize(
    "permit", [{"permit.employer_specific": True}, {"trp.kind": "vtip"}, {"trp.kind": "ordinary"}]
)
def test_a_permit_told_is_a_temporary_permit_though_the_status_is_kept_to_oneself(permit):
    assert derived("status.held", {**permit, **FAR}) is True
    assert derived("permit.live", {**permit, **FAR}) is True
    late = {EXPIRES: on(2026, 10, 1), "status.renewal_filed_on": on(2026, 10, 2)}
    assert derived("status.held", {**permit, **late}) is False
    assert derived("status.held", {**permit, **FAR, STATUS: Conflict((TIED, "citizen"))}) is None


@pytest.mark.parametrize("permit", [{"permit.employer_specific": False}, {"trp.kind": "none"}, {}])
def test_a_day_alone_is_no_permit(permit):
    assert derived("status.held", {**permit, **FAR}) is None


@pytest.mark.parametrize(
    "status", ["citizen", "permanent_resident", "protected_person", "pr_in_process_aip",
               "designated_foreign_national"]
)  # fmt: skip
def test_nothing_is_said_of_temporary_status_for_other_people(status):
    assert derived("status.held", {STATUS: status, **FAR}) is None


def test_every_status_of_the_vocabulary_has_its_place(book):
    statuses = set(book.vocabulary.facts[STATUS].options) - {"unknown"}
    settled = {"citizen", "indian_act_registered", "permanent_resident", "protected_person",
               "pr_in_process_aip", "designated_foreign_national"}  # fmt: skip
    assert statuses - settled == TEMPORARY | LOST
    assert not TEMPORARY & LOST
    assert set(SERVICE_GROUP) == statuses - {"pr_in_process_aip"}
    groups = set(book.vocabulary.facts["status.service_group"].options)
    assert set(SERVICE_GROUP.values()) <= groups


@pytest.mark.parametrize(
    ("answers", "live"),
    [
        ({STATUS: TIED, **FAR}, True),
        ({STATUS: "out_of_status_no_order"}, False),
        ({"status.held": False, **FAR}, False),
        # The status kept to oneself: only the dates can tell.
        ({EXPIRES: on(2026, 11, 1), FILED: on(2026, 10, 1), PENDING: True}, True),
        ({EXPIRES: on(2026, 11, 1), FILED: on(2026, 10, 1)}, None),
        ({EXPIRES: on(2026, 11, 20), PENDING: False}, False),
        ({EXPIRES: on(2026, 11, 21), PENDING: False}, None),
        ({EXPIRES: between(date(2026, 11, 1), date(2026, 11, 21)), PENDING: False}, None),
        ({EXPIRES: between(date(2026, 11, 1), date(2026, 11, 20)), PENDING: False}, False),
        ({EXPIRES: on(2026, 11, 1), PENDING: Silence.UNKNOWN}, None),
        ({EXPIRES: on(2026, 11, 1), PENDING: True}, None),
        ({EXPIRES: on(2026, 11, 1), PENDING: False, FILED: on(2026, 10, 1)}, None),
        ({EXPIRES: on(2026, 11, 1), PENDING: False,
          FILED: Conflict((on(2026, 10, 1), on(2026, 12, 1)))}, None),
        ({PENDING: False}, None),
        ({STATUS: TIED, EXPIRES: on(2026, 11, 1), FILED: on(2026, 11, 2), PENDING: True}, False),
    ],
)  # fmt: skip
def test_a_permit_is_live_while_held_or_renewed_in_time(answers, live):
    """IRPR ss. 183(5), 186(u), 201(1)."""
    assert derived("permit.live", answers) is live


@pytest.mark.parametrize(
    ("status", "specific"),
    [
        (TIED, True), ("wp_employer_specific_exempt", True), ("wp_open_general", False),
        ("wp_open_vulnerable", False), ("wp_open_spousal", False), ("wp_open_trp_208", False),
        ("wp_open_destitute_206", False), ("student", None), ("maintained_status_work", None),
        (Silence.UNKNOWN, None), (Conflict((TIED, "wp_open_general")), None),
    ],
)  # fmt: skip
def test_the_status_tells_whether_the_permit_names_one_boss(status, specific):
    """Rules map 12.2."""
    assert derived("permit.employer_specific", {STATUS: status}) is specific


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("trp_vtip", "vtip"), ("trp_family_violence", "family_violence"),
        ("trp_ordinary", "ordinary"), ("wp_open_trp_208", None), ("student", "none"),
        ("citizen", "none"), ("exclusion_order", "none"), (Silence.RATHER_NOT_SAY, None),
    ],
)  # fmt: skip
def test_the_status_tells_which_residence_permit_it_is(status, kind):
    assert derived("trp.kind", {STATUS: status}) == kind


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("refugee_claimant_referred", "pending_rpd"),
        ("refugee_claimant_eligible_not_referred", "eligible_not_referred"),
        ("refugee_claimant_ineligible_waiting_prra", "ineligible"),
        ("refused_claimant_no_stay", None), ("student", None), (Silence.UNKNOWN, None),
    ],
)  # fmt: skip
def test_three_statuses_tell_where_a_claim_stands_and_no_other_does(status, state):
    assert derived("claim.state", {STATUS: status}) == state


def test_an_order_follows_from_six_statuses_and_from_no_other_comes_its_absence(book):
    for status in book.vocabulary.facts[STATUS].options:
        assert derived("order.any", {STATUS: status}) is (True if status in ORDERS else None)
    assert len(ORDERS) == 6


@pytest.mark.parametrize(
    ("answers", "group"),
    [
        ({}, "not_disclosed"),
        ({STATUS: Silence.RATHER_NOT_SAY}, "not_disclosed"),
        ({STATUS: "designated_foreign_national"}, "not_disclosed"),
        ({STATUS: "pr_in_process_aip"}, "pending_sponsorship"),
        ({STATUS: "pr_in_process_aip", "hc.state": "refused"}, "pending_sponsorship"),
        ({STATUS: "pr_in_process_aip", "hc.state": "pending"}, "pending_hc"),
        ({STATUS: "pr_in_process_aip", "hc.state": "stage1_approved"}, "pending_hc"),
        ({STATUS: TIED}, "permit_employer_tied"),
        ({STATUS: TIED, "permit.programme": "seasonal_agriculture"}, "permit_seasonal_agri"),
        ({STATUS: TIED, "permit.programme": "caregiver"}, "permit_caregiver"),
        ({STATUS: TIED, "permit.programme": "agriculture_other"}, "permit_employer_tied"),
        ({STATUS: "student", "permit.programme": "caregiver"}, "study_permit"),
        (
            {STATUS: "wp_employer_specific_exempt", "permit.programme": "caregiver"},
            "permit_employer_tied",
        ),
        ({STATUS: "exclusion_order"}, "removal_order"),
        ({STATUS: "under_44_report"}, "no_status"),
        ({STATUS: "diplomatic_household_worker"}, "permit_other"),
    ],
)
def test_services_see_a_coarser_group_and_silence_is_not_disclosed(answers, group):
    assert derived("status.service_group", answers) == group


def test_the_groups_and_permits_are_those_the_vocabulary_writes(book):
    """The words that reviewers sign (``derives``) and the table that runs say the same."""
    words = book.vocabulary.facts["status.service_group"].derives
    for status, group in SERVICE_GROUP.items():
        assert f"{status} -> {group}" in words
    words = book.vocabulary.facts["trp.kind"].derives
    for status, kind in PERMIT_OF_STATUS.items():
        assert f"{status} -> {kind}" in words


@pytest.mark.parametrize("key", sorted(ANY_OF))
def test_one_yes_is_enough_and_only_every_no_is_no(key, book):
    asked = {part for part in ANY_OF[key] if part not in ANY_OF}
    inner = {p for part in ANY_OF[key] for p in ANY_OF.get(part, ())}
    words = book.vocabulary.facts[key].derives
    assert all(part in words for part in ANY_OF[key])
    none = dict.fromkeys(asked | inner, False)
    assert derived(key, none) is False
    for part in asked | inner:
        assert derived(key, {part: True}) is True
        assert derived(key, {k: v for k, v in none.items() if k != part}) is None
        assert derived(key, {**none, part: Conflict((True, False))}) is None
    assert derived(key, {}) is None


def found(key, answers):
    return derive_from_findings(Facts.told(answers), TODAY).get(key)


def test_violence_follows_from_a_violent_sign_or_a_finding_of_forced_labour(book):
    parts = ("thr.violence", "sex.assault", "sex.made_to", "mov.locked_guarded",
             "found.forced_labour")  # fmt: skip
    words = book.vocabulary.facts["crime.violent"].derives
    for part in parts:
        assert found("crime.violent", {part: True}) is True
        assert part in words
    assert found("crime.violent", dict.fromkeys(parts, False)) is False
    assert found("crime.violent", dict.fromkeys(parts[:4], False)) is None


@pytest.mark.parametrize(
    ("violent", "abuser", "partner"),
    [(True, True, True), (True, False, False), (False, True, False), (True, None, None),
     (None, True, None), (None, False, False)],
)  # fmt: skip
def test_violence_by_a_partner_wants_both(violent, abuser, partner):
    answers = {"crime.violent": violent, "spouse.is_abuser": abuser}
    told = {key: value for key, value in answers.items() if value is not None}
    assert found("crime.by_partner", told) is partner


EVERYTHING = {
    STATUS: TIED, **FAR, "job.federal_work": True, "pay.kickback": True, "claim.made_on": on(2025, 1, 1),
    "filed.es_claim_withdrawn": False, "trp.from_on": on(2026, 1, 1), "trp.until_on": on(2027, 1, 1),
    "sex.assault": True, "wrk.forced_crime": True, "thr.violence": True, "spouse.is_abuser": True,
}  # fmt: skip


def everything(answers):
    return derive_from_findings(derive(Facts.told(answers), TODAY), TODAY)


@pytest.mark.parametrize("key", sorted({*FROM_TOLD, *FROM_FOUND} - {"claim.state", "order.any"}))
def test_a_told_fact_is_never_overwritten_and_two_versions_are_never_filled_in(key):
    """Rules map 1.2, rule 4."""
    assert everything(EVERYTHING).knows(key), "so that the rest of the test can fail"
    assert everything({**EVERYTHING, key: "as told"}).get(key) == "as told"
    conflicting = everything({**EVERYTHING, key: Conflict((True, False))})
    assert not conflicting.knows(key)
    assert key in conflicting.conflicted


def test_only_a_fact_told_not_at_all_may_be_filled_in():
    told = Facts.told({"a.b": True, "a.c": Conflict((True, False)), "a.d": Silence.UNKNOWN})
    assert [told.fillable(key) for key in ("a.b", "a.c", "a.d", "a.e")] == [
        False,
        False,
        True,
        True,
    ]


def test_a_derived_fact_stands_beside_the_told_ones_and_nothing_is_lost():
    facts = everything(EVERYTHING)
    assert {key: facts.get(key) for key in EVERYTHING} == EVERYTHING
    assert everything({}).values == {"status.service_group": "not_disclosed"}


def test_every_derived_fact_of_the_vocabulary_is_derived_somewhere(book):
    words = {key for key, fact in book.vocabulary.facts.items() if fact.derives}
    run = {*FROM_TOLD, *FROM_FOUND, "found.level"}
    found_keys = {key for key in words if key.startswith("found.")}
    assert words - found_keys == run - found_keys
    _, assessment = book.assess({}, TODAY)
    assert found_keys - {"found.level"} == set(assessment.found)
