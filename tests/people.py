"""A fixed cast of fictional people. None of them exists; nothing here was told by anyone.

Each is somebody the pages must serve well. ``answers`` holds what the person answers, by fact;
what is not there the person skips. Used by the tests, the demo and the docs alike.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from alongside.config.demo_people import DIVYA, HASSAN, MATEO, RATHER_NOT_SAY, UNKNOWN, Person
from alongside.domain.facts import Silence, Span

if TYPE_CHECKING:
    from alongside.domain.facts import Answer

GRACE = Person(
    "Grace",
    "cares for an old couple and sleeps in their house in Québec; she has no day off",
    "fr",
    {
        "wrk.excess_hours": True,
        "wrk.no_rest": True,
        "hou.rules": True,
        "iso.phone": True,
        "mov.not_free": UNKNOWN,
        "sex.harassment": RATHER_NOT_SAY,
        "place.in_canada": True,
        "place.province": "qc",
        "place.work_province": "qc",
        "job.had": True,
        "job.started_on": Span(date(2024, 5, 1), date(2024, 5, 31)),
        "permit.employer_specific": True,
        "child.have": False,
    },
)

NADIA = Person(
    "Nadia",
    "came through her husband, who hurts her; she works in his family's shop",
    "fr",
    {
        "place.in_canada": True,
        "place.province": "on",
        "spouse.has": True,
        "spouse.is_abuser": True,
        "spouse.pr_depended": True,
    },
)

JUNE = Person("June", "asks for a cousin on a farm, and tells nothing about the cousin", "en")

# These travel through the pages in a browser (tests/journeys/test_five_people.py), which adds their days.
PAOLO = Person(
    "Paolo",
    "studied in Vancouver and washed cars; the boss never paid his last months and the job is over",
    "en",
    {
        "pay.none_long": True,
        "place.in_canada": True,
        "place.province": "bc",
        "place.work_province": "bc",
        "job.had": True,
        "job.ended": True,
        "status.now": "student",
    },
)

ANA = Person(
    "Ana",
    "packed meat near Calgary until she was hit and left; pay is missing",
    "en",
    {
        "pay.unpaid_part": True,
        "thr.violence": True,
        "place.in_canada": True,
        "place.province": "ab",
        "place.work_province": "ab",
        "job.had": True,
        "job.ended": True,
    },
)

SAMUEL = Person(
    "Samuel",
    "fled, let his papers run out and shovels snow in Ottawa for no pay; he speaks French",
    "fr",
    {
        "pay.none_long": True,
        "rec.recruited": True,
        "place.in_canada": True,
        "place.province": "on",
        "place.work_province": "on",
        "job.had": True,
        "status.now": "out_of_status_no_order",
        "fear.return": True,
    },
)

CAST = (MATEO, DIVYA, GRACE, HASSAN, NADIA, JUNE)


def as_fields(key: str, answer: Answer) -> dict[str, str]:
    """Return one answer as the fields of its form send it."""
    if isinstance(answer, bool):
        return {key: "yes" if answer else "no"}
    if isinstance(answer, Span):
        first, last = answer.earliest, answer.latest
        return {
            f"{key}.year": str(first.year),
            f"{key}.month": str(first.month) if first.month == last.month else "",
            f"{key}.day": str(first.day) if first == last else "",
        }
    return {key: answer.value if isinstance(answer, Silence) else str(answer)}
