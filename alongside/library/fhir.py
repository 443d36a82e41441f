"""A referral as FHIR R4 resources: Task and ServiceRequest, with nothing beyond what the service may read.

Codes are those of FHIR R4 (hl7.org/fhir/R4: request-status, request-priority, task-status, task-intent) as
HL7's *SDOH Clinical Care* guide uses them for referrals. The person is named by the referral's own id: no
other referral has it, and it leads to nobody.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from alongside.domain.referral import TASK, due, readable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from alongside.domain.facts import Answer
    from alongside.domain.referral import Referral

REQUEST = {
    "draft": "draft", "requested": "active", "on-hold": "on-hold", "accepted": "active",
    "in-progress": "active", "rejected": "revoked", "failed": "revoked", "cancelled": "revoked",
    "completed": "completed", "entered-in-error": "entered-in-error",
}  # fmt: skip
"""The status of the request for each status of its task (FHIR R4, request-status)."""
PRIORITY = {"danger": "stat", "urgent": "urgent", "routine": "routine"}
REASON_FOR = frozenset({"rejected", "cancelled", "on-hold", "failed"})
"""Statuses of a task that have to say why."""


def as_request(referral: Referral, answers: Mapping[str, Answer], minute: int) -> dict[str, Any]:
    """Return the ServiceRequest; ``answers`` may hold more than is consented to: only what may be read is written."""
    may = readable(referral, minute)
    told = [{"text": f"{key}: {answers[key]}"} for key in sorted(may) if key in answers]
    found: dict[str, Any] = {
        "resourceType": "ServiceRequest",
        "id": referral.id,
        "status": REQUEST[TASK[referral.state]],
        "intent": "order",
        "priority": PRIORITY[referral.urgency],
        "subject": {"reference": f"Patient/{referral.id}"},
        "performer": [{"reference": f"HealthcareService/{referral.service}"}],
        "note": told,
    }
    if referral.follows:
        found["replaces"] = [{"reference": f"ServiceRequest/{referral.follows}"}]
    if not told:
        del found["note"]
    return found


def as_task(referral: Referral) -> dict[str, Any]:
    """Return the Task of a referral. A status that has to say why says the outcome, or the event that led to it."""
    status = TASK[referral.state]
    found: dict[str, Any] = {
        "resourceType": "Task",
        "id": referral.id,
        "status": status,
        "businessStatus": {"text": referral.state},
        "intent": "order",
        "priority": PRIORITY[referral.urgency],
        "focus": {"reference": f"ServiceRequest/{referral.id}"},
        "for": {"reference": f"Patient/{referral.id}"},
        "owner": {"reference": f"HealthcareService/{referral.service}"},
    }
    if referral.events:
        last = referral.events[-1]
        found["authoredOn"] = _moment(referral.events[0].minute)
        found["lastModified"] = _moment(last.minute)
        if status in REASON_FOR:
            found["statusReason"] = {"text": last.reason or last.kind}
    if turn := due(referral):
        found["restriction"] = {"period": {"end": _moment(turn.by)}}
    return found


def _moment(minute: int) -> str:
    return datetime.fromtimestamp(minute * 60, tz=UTC).isoformat().replace("+00:00", "Z")
