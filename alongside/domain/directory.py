"""Whom a service serves: three-valued, with a reason for each condition and the question to ask.

Words and codes are those of HSDS 3.1 and of the profile for what it lacks. What a person kept to
themselves never excludes, and what a service does not say is *ask first*, never yes and never no.
Facts are expected with their derived ones: the status group is ``status.service_group``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from alongside.domain.facts import Facts, Truth, all_of, any_of, negate, truth_of

if TYPE_CHECKING:
    from datetime import date, datetime

AGES = {
    "under_14": (0, 13), "14_15": (14, 15), "16_17": (16, 17), "18": (18, 18),
    "19_29": (19, 29), "30_59": (30, 59), "60_over": (60, 130),
}  # fmt: skip
GENDERS = {
    "woman": "women", "man": "men", "nonbinary": "trans_and_nonbinary",
    "trans_woman": "trans_and_nonbinary", "trans_man": "trans_and_nonbinary",
}  # fmt: skip
CONDITION_FACTS = {
    "police_report_required": "access.ok_police_report",
    "cooperation_with_authorities_required": "",  # no fact: agreeing to a report is not this
}
PROOF_FACTS = {"photo_id": "person.identity_document", "address": "access.proof_address"}


@dataclass(frozen=True, slots=True)
class Access:
    """Who may come. An empty tuple or None means that the service did not say."""

    status_rule: str = "unknown"
    accepted: frozenset[str] = frozenset()
    refused: frozenset[str] = frozenset()
    proof: tuple[str, ...] = ()
    genders: tuple[str, ...] = ()
    conditions: tuple[str, ...] | None = None
    cost: str = "unknown"


@dataclass(frozen=True, slots=True)
class Firewall:
    """Access without fear, as somebody found it on a day. ``demoted``: a credible report stands."""

    basis: str
    checked_on: date
    recheck_by: date | None = None
    asks_status: str = "unknown"
    shares: str = "unknown"
    run_by_authority: bool | None = None
    demoted: bool = False


@dataclass(frozen=True, slots=True)
class Capacity:
    """Room at one moment; it says nothing more once ``stale_after`` has passed."""

    status: str
    as_of: datetime
    stale_after: timedelta = timedelta(hours=72)


@dataclass(frozen=True, slots=True)
class Service:
    """One service. ``areas``: starts of postal areas, provinces or ``ca``; ages in whole years.

    No age limit at all is ``minimum_age=0``; both ages None is *not said*.
    """

    id: str
    needs: tuple[str, ...]
    status: str = ""
    minimum_age: int | None = None
    maximum_age: int | None = None
    access: Access = Access()
    firewall: Firewall | None = None
    capacity: Capacity | None = None
    languages: frozenset[str] = frozenset()
    areas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """One condition for one person. ``ask``: the fact that would settle it, or ``service.*``."""

    key: str
    truth: Truth
    ask: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """How a service stands to a person, condition by condition."""

    reasons: tuple[Reason, ...]

    @property
    def kind(self) -> str:
        """Return ``serves``, ``ask`` or ``no``."""
        return ("no", "ask", "serves")[all_of(r.truth for r in self.reasons)]

    @property
    def ask(self) -> tuple[str, ...]:
        """Name what is still to be asked, of the person or of the service."""
        return tuple(dict.fromkeys(r.ask for r in self.reasons if r.truth is Truth.UNKNOWN))

    @property
    def failed(self) -> tuple[str, ...]:
        """Name the conditions that shut the person out, the first that counts first."""
        return tuple(r.key for r in self.reasons if r.truth is Truth.NO)

    @property
    def failed_only(self) -> str:
        """Name the one condition that shut them out, or nothing when several or none did."""
        return self.failed[0] if len(self.failed) == 1 else ""


def firewall_stands(firewall: Firewall | None, today: date) -> bool:
    """Say whether access without fear may be shown as a fact: a written policy, seen, still fresh."""
    if firewall is None or firewall.demoted or firewall.basis != "written_policy_seen":
        return False
    return firewall.recheck_by is not None and firewall.checked_on <= today <= firewall.recheck_by


def match(service: Service, facts: Facts, now: datetime) -> Match:
    """Hold every condition of a service against what is known of a person at a moment."""
    return Match((
        _open(service), _place(service, facts), _status(service.access, facts),
        _age(service, facts), _gender(service.access, facts), _proof(service.access, facts),
        *_conditions(service.access, facts), _authority(service, facts),
        _cost(service.access, facts), _language(service, facts), _room(service, now),
    ))  # fmt: skip


def _open(service: Service) -> Reason:
    known = truth_of(service.status == "active" if service.status else None)
    return Reason("open", known, "service.open")


def _place(service: Service, facts: Facts) -> Reason:
    if not service.areas:
        return Reason("place", Truth.UNKNOWN, "service.place")
    area, province = facts.get("place.area"), facts.get("place.province")
    found = any_of(_within(one, area, province) for one in service.areas)
    return Reason("place", found, "place.area" if province else "place.province")


def _within(one: str, area: object, province: object) -> Truth:
    if one == "ca":
        return Truth.YES
    if one.islower():
        return truth_of(one == province if province else None)
    return truth_of(str(area).startswith(one) if area else None)


def _status(access: Access, facts: Facts) -> Reason:
    group = facts.get("status.service_group")
    group = None if group == "not_disclosed" else group
    if group in access.refused:
        return Reason("status", Truth.NO)
    if access.status_rule in {"any", "any_no_proof"}:
        known = group is not None or not access.refused
        return Reason("status", Truth.YES if known else Truth.UNKNOWN, "status.service_group")
    if access.status_rule != "listed" or not access.accepted:
        return Reason("status", Truth.UNKNOWN, "service.status")
    known_in = None if group is None else group in access.accepted
    return Reason("status", truth_of(known_in), "status.service_group")


def _age(service: Service, facts: Facts) -> Reason:
    if service.minimum_age is None and service.maximum_age is None:
        return Reason("age", Truth.UNKNOWN, "service.age")
    least, most = service.minimum_age or 0, service.maximum_age
    most = 130 if most is None else most
    low, high = AGES.get(str(facts.get("person.age_band")), (0, 130))
    if least <= low and high <= most:
        return Reason("age", Truth.YES)
    apart = high < least or most < low
    return Reason("age", Truth.NO if apart else Truth.UNKNOWN, "person.age_band")


def _gender(access: Access, facts: Facts) -> Reason:
    if not access.genders or "all" in access.genders:
        said = Truth.YES if access.genders else Truth.UNKNOWN
        return Reason("gender", said, "service.gender")
    told = str(facts.get("person.gender"))
    group = GENDERS.get(told)
    if group in access.genders:
        return Reason("gender", Truth.YES)
    if told.startswith("trans_") or told == "other":  # the list does not say whom it means
        return Reason("gender", Truth.UNKNOWN, "service.gender")
    return Reason("gender", Truth.NO if group else Truth.UNKNOWN, "person.gender")


def _proof(access: Access, facts: Facts) -> Reason:
    if access.status_rule == "any_no_proof" or access.proof == ("none",):
        return Reason("proof", Truth.YES)
    if not access.proof:
        return Reason("proof", Truth.UNKNOWN, "service.proof")
    held = {one: facts.truth(PROOF_FACTS.get(one, "")) for one in access.proof if one != "none"}
    open_ = next((one for one, has in held.items() if has is Truth.UNKNOWN), "")
    return Reason("proof", all_of(held.values()), PROOF_FACTS.get(open_, "service.proof"))


def _conditions(access: Access, facts: Facts) -> tuple[Reason, ...]:
    if access.conditions is None:
        return (Reason("conditions", Truth.UNKNOWN, "service.conditions"),)
    return tuple(_condition(one, facts) for one in access.conditions)


def _condition(one: str, facts: Facts) -> Reason:
    if one == "curfew":
        return Reason(one, negate(facts.truth("access.curfew_hard")), "access.curfew_hard")
    fact = CONDITION_FACTS.get(one, "")
    return Reason(one, facts.truth(fact), fact or f"service.{one}")


def _authority(service: Service, facts: Facts) -> Reason:
    run = service.firewall.run_by_authority if service.firewall else None
    if run:
        fact = "access.ok_authority_run"
        return Reason("authority", facts.truth(fact), fact)
    return Reason("authority", negate(truth_of(run)), "service.authority")


def _cost(access: Access, facts: Facts) -> Reason:
    if access.cost == "free":
        return Reason("cost", Truth.YES)
    if access.cost == "fee":
        return Reason("cost", facts.truth("access.can_pay"), "access.can_pay")
    return Reason("cost", Truth.UNKNOWN, "service.cost")


def _language(service: Service, facts: Facts) -> Reason:
    told = facts.get("lang.speak")
    if told in service.languages:
        return Reason("language", Truth.YES)
    return Reason("language", Truth.UNKNOWN, "service.language" if told else "lang.speak")


def _room(service: Service, now: datetime) -> Reason:
    room = service.capacity
    fresh = room is not None and room.as_of <= now <= room.as_of + room.stale_after
    said = {"capacity": True, "no-capacity": False}.get(room.status) if room and fresh else None
    return Reason("capacity", truth_of(said), "service.capacity")
