"""Derived facts: what follows from what was told, and is never asked or stored.

A derivation never overwrites a told fact and never fills in a conflicting one. When dates and
words disagree the derived fact stays unknown (rules map 1.2, rule 4).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from alongside.domain.facts import Facts, Span, Truth, Value, all_of, any_of, value_of
from alongside.domain.lengths import days, months, years
from alongside.domain.predicates import ALL_BEFORE, MINOR, entry_after

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ONE_YEAR_RULE_FROM = date(2025, 6, 3)
STATUS = "status.now"
NOT_FOREIGN = frozenset({"citizen", "indian_act_registered", "permanent_resident"})
TEMPORARY = frozenset({
    "wp_employer_specific_lmia", "wp_employer_specific_exempt", "wp_open_general",
    "wp_open_vulnerable", "wp_open_destitute_206", "wp_open_spousal", "wp_open_trp_208",
    "maintained_status_work", "change_employer_interim_authority", "student",
    "student_destitute_208a", "visitor", "visitor_extension_pending", "trp_vtip",
    "trp_family_violence", "trp_ordinary", "diplomatic_household_worker",
})  # fmt: skip
ORDERS = frozenset({
    "departure_order_unenforceable", "departure_order_enforceable", "exclusion_order",
    "deportation_order", "order_stayed", "order_country_moratorium",
})  # fmt: skip
CLAIM_OF_STATUS = {
    "refugee_claimant_referred": "pending_rpd",
    "refugee_claimant_eligible_not_referred": "eligible_not_referred",
    "refugee_claimant_ineligible_waiting_prra": "ineligible",
}
LAPSED = frozenset({"restoration_window", "out_of_status_no_order", "under_44_report"})
LOST = LAPSED | ORDERS | CLAIM_OF_STATUS.keys() | {
    "prra_applicant_first_timely", "prra_applicant_late_or_repeat",
    "refused_claimant_appeal_or_jr_rad", "refused_claimant_no_stay",
}  # fmt: skip
DISPUTABLE = LAPSED | CLAIM_OF_STATUS.keys()
"""Words for status that the dates of a permit can contradict; an order ends status whatever they say."""
PERMIT_OF_STATUS = {
    "trp_vtip": "vtip", "trp_family_violence": "family_violence", "trp_ordinary": "ordinary",
}  # fmt: skip
SERVICE_GROUP = {
    "citizen": "citizen", "indian_act_registered": "citizen",
    "permanent_resident": "permanent_resident", "protected_person": "protected_person",
    "refugee_claimant_referred": "refugee_claimant",
    "refugee_claimant_eligible_not_referred": "refugee_claimant",
    "refugee_claimant_ineligible_waiting_prra": "refused_claimant",
    "prra_applicant_first_timely": "refused_claimant",
    "prra_applicant_late_or_repeat": "refused_claimant",
    "refused_claimant_appeal_or_jr_rad": "refused_claimant",
    "refused_claimant_no_stay": "refused_claimant",
    "wp_employer_specific_lmia": "permit_employer_tied",
    "wp_employer_specific_exempt": "permit_employer_tied", "wp_open_general": "permit_open",
    "wp_open_vulnerable": "permit_open_vulnerable", "wp_open_destitute_206": "permit_open",
    "wp_open_spousal": "permit_open", "wp_open_trp_208": "permit_open",
    "maintained_status_work": "maintained_status",
    "change_employer_interim_authority": "maintained_status", "student": "study_permit",
    "student_destitute_208a": "study_permit", "visitor": "visitor",
    "visitor_extension_pending": "maintained_status", "trp_vtip": "trp_trafficking",
    "trp_family_violence": "trp_violence", "trp_ordinary": "trp_other",
    "restoration_window": "restoration_window", "out_of_status_no_order": "no_status",
    "under_44_report": "no_status", **dict.fromkeys(ORDERS, "removal_order"),
    "designated_foreign_national": "not_disclosed", "diplomatic_household_worker": "permit_other",
}  # fmt: skip
ANY_OF = {
    "crim.offence_forced": (
        "wrk.forced_crime", "chi.crime", "doc.false_identity", "mov.coached_story",
        "crim.helped_others",
    ),
    "wage.owed": (
        "pay.below_min", "pay.unpaid_part", "pay.none_long", "pay.held_to_keep", "pay.deductions",
        "pay.kickback",
    ),
    "breach.any": (
        "wage.owed", "wrk.excess_hours", "wrk.no_rest", "wrk.no_records", "wrk.reprisal",
        "wrk.forced_overtime",
    ),
    "rights.any": ("rights.treated_badly", "sex.harassment", "sex.assault"),
    "crime.sexual": ("sex.assault", "sex.made_to", "sex.reproductive"),
}  # fmt: skip
CRIME_VIOLENT = (
    "thr.violence", "sex.assault", "sex.made_to", "mov.locked_guarded", "found.forced_labour",
)  # fmt: skip


def labour_law(facts: Facts) -> str | None:
    """Say which law covers the job: federal work (Canada Labour Code s. 167), else the province."""
    federal = facts.truth("job.federal_work")
    if federal is not Truth.NO:
        return "fed" if federal is Truth.YES else None
    if "place.work_province" in facts.conflicted:
        return None
    province = facts.get("place.work_province") or facts.get("place.province")
    return province if isinstance(province, str) else None


def foreign_national(facts: Facts) -> bool | None:
    """Say whether the person is a foreign national (IRPA s. 2(1)); unknown while status is unsaid."""
    status = facts.get(STATUS)
    return None if status is None else status not in NOT_FOREIGN


def status_held(facts: Facts, today: date) -> bool | None:
    """Say whether temporary status is held today (IRPR ss. 181, 183(5)), from words and dates.

    Words of lost status, or of a claim, beside a permit that by its dates still stands disagree, and
    leave it unknown: who was told that a live permit is gone must not lose the step that needs one.
    """
    status = facts.get(STATUS)
    expires = facts.day("status.expires_on")
    by_dates = _held_by_dates(facts, expires, today) if expires is not None else None
    if status in DISPUTABLE and expires is not None:
        stands = expires.latest >= today or by_dates is True
        return None if stands else False
    if status in LOST:
        return False
    return by_dates if _temporary(facts) else None


def _temporary(facts: Facts) -> bool:
    """Say whether what was told is a temporary permit: by the status, or by the permit when that is unsaid."""
    if facts.knows(STATUS) or STATUS in facts.conflicted:
        return facts.get(STATUS) in TEMPORARY
    tied = facts.truth("permit.employer_specific") is Truth.YES
    return tied or facts.get("trp.kind") in set(PERMIT_OF_STATUS.values())


def _held_by_dates(facts: Facts, expires: Span, today: date) -> bool | None:
    return True if expires.earliest >= today else _renewed(facts, expires)


def _renewed(facts: Facts, expires: Span) -> bool | None:
    filed = facts.day("status.renewal_filed_on")
    if filed is None:
        return None
    if filed.earliest > expires.latest:
        return False
    in_time = filed.latest <= expires.earliest
    return True if in_time and facts.truth("status.renewal_pending") is Truth.YES else None


def permit_live(facts: Facts, today: date) -> bool | None:
    """Say whether the permit still stands: status held, or a renewal filed in time and waiting."""
    held = facts.truth("status.held")
    if held is not Truth.UNKNOWN:
        return held is Truth.YES
    expires = facts.day("status.expires_on")
    if expires is None:
        return None
    if _renewed(facts, expires) is True:
        return True
    never_filed = (
        facts.truth("status.renewal_pending") is Truth.NO
        and not facts.knows("status.renewal_filed_on")
        and "status.renewal_filed_on" not in facts.conflicted
    )
    return False if expires.latest < today and never_filed else None


def employer_specific(facts: Facts) -> bool | None:
    """Say whether the permit names one employer, from the status, when it was not told."""
    status = facts.get(STATUS)
    if not isinstance(status, str):
        return None
    return (
        True if status.startswith("wp_employer_specific") else _no_if(status.startswith("wp_open"))
    )


def permit_kind(facts: Facts) -> str | None:
    """Say which temporary resident permit the status names, ``none`` for any other known status."""
    status = facts.get(STATUS)
    if not isinstance(status, str) or status == "wp_open_trp_208":
        return None
    return PERMIT_OF_STATUS.get(status, "none")


def service_group(facts: Facts) -> str:
    """Put the status into the coarser groups that services use; unsaid is ``not_disclosed``."""
    status = facts.get(STATUS)
    if status == "pr_in_process_aip":
        pending = facts.get("hc.state") in {"pending", "stage1_approved"}
        return "pending_hc" if pending else "pending_sponsorship"
    group = SERVICE_GROUP.get(str(status), "not_disclosed")
    programme = facts.get("permit.programme")
    if status == "wp_employer_specific_lmia" and programme in {"seasonal_agriculture", "caregiver"}:
        return "permit_seasonal_agri" if programme == "seasonal_agriculture" else "permit_caregiver"
    return group


def six_months(facts: Facts) -> bool | None:
    """Say whether the temporary resident permit runs at least six months (IRPR s. 199(d))."""
    start, end = facts.day("trp.from_on"), facts.day("trp.until_on")
    if start is None or end is None or end.latest < start.earliest:
        return None
    if end.earliest >= months(6).after(start.latest):
        return True
    return _no_if(end.latest < months(6).after(start.earliest))


def caught_by_one_year(facts: Facts) -> bool | None:
    """Say whether the one-year rule reaches a claim already made (IRPA s. 101(1)(b.1); 2026 c. 4 s. 75)."""
    made, entry = facts.day("claim.made_on"), entry_after(facts)
    if made is not None and made.latest < ONE_YEAR_RULE_FROM:
        return False
    if facts.truth(ALL_BEFORE) is Truth.YES:
        return None if entry is not None else False
    if made is None or entry is None:
        return None
    if made.latest <= years(1).after(entry.earliest):
        return False
    late = made.earliest > years(1).after(entry.latest) and made.earliest >= ONE_YEAR_RULE_FROM
    return True if late and facts.truth(MINOR) is not Truth.YES else None


def withdrawn_in_time(facts: Facts) -> bool | None:
    """Say whether a standards claim was withdrawn within two weeks (Employment Standards Act, 2000, s. 97)."""
    withdrawn = facts.truth("filed.es_claim_withdrawn")
    filed, left = facts.day("filed.es_claim_on"), facts.day("filed.es_claim_withdrawn_on")
    if withdrawn is Truth.NO:
        return False
    if filed is None or left is None or left.latest < filed.earliest:
        return None
    if left.latest <= days(14).after(filed.earliest):
        return value_of(withdrawn)
    return _no_if(left.earliest > days(14).after(filed.latest))


def _no_if(settled: bool) -> bool | None:  # noqa: FBT001 - private, one meaning
    return False if settled else None


def _any(keys: tuple[str, ...]) -> Callable[[Facts, date], Value | None]:
    return lambda facts, _today: value_of(any_of(facts.truth(key) for key in keys))


FROM_TOLD: Mapping[str, Callable[[Facts, date], Value | None]] = {
    "place.labour_law": lambda f, _: labour_law(f),
    "status.foreign_national": lambda f, _: foreign_national(f),
    "status.held": status_held,
    "permit.employer_specific": lambda f, _: employer_specific(f),
    "permit.live": permit_live,
    "claim.state": lambda f, _: CLAIM_OF_STATUS.get(str(f.get(STATUS))),
    "trp.kind": lambda f, _: permit_kind(f),
    "trp.six_months": lambda f, _: six_months(f),
    "order.any": lambda f, _: True if f.get(STATUS) in ORDERS else None,
    "status.service_group": lambda f, _: service_group(f),
    "claim.caught_by_one_year": lambda f, _: caught_by_one_year(f),
    "filed.es_withdrawn_in_time": lambda f, _: withdrawn_in_time(f),
    **{key: _any(parts) for key, parts in ANY_OF.items()},
}

FROM_FOUND: Mapping[str, Callable[[Facts, date], Value | None]] = {
    "crime.violent": _any(CRIME_VIOLENT),
    "crime.by_partner": lambda f, _: value_of(
        all_of((f.truth("crime.violent"), f.truth("spouse.is_abuser")))
    ),
}


def derive(facts: Facts, today: date) -> Facts:
    """Add what follows from the told facts alone, in the order of the table."""
    return _fill(facts, today, FROM_TOLD)


def derive_from_findings(facts: Facts, today: date) -> Facts:
    """Add what follows once the assessment's findings stand among the facts."""
    return _fill(facts, today, FROM_FOUND)


def _fill(
    facts: Facts, today: date, table: Mapping[str, Callable[[Facts, date], Value | None]]
) -> Facts:
    for key, rule in table.items():
        if facts.fillable(key) and (value := rule(facts, today)) is not None:
            facts = facts.adding({key: value})
    return facts
