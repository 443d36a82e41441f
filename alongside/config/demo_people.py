"""Fictional people of the demo, whom the tests use too. None of them exists; nothing here was told by anyone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from alongside.domain.chronology import Piece, Relation, Rough, Season, When
from alongside.domain.facts import Silence, Span

if TYPE_CHECKING:
    from alongside.domain.facts import Answer

UNKNOWN, RATHER_NOT_SAY = Silence.UNKNOWN, Silence.RATHER_NOT_SAY


@dataclass(frozen=True)
class Person:
    """One fictional person: who, the language of their phone, what they answer, what they wrote in pieces."""

    name: str
    who: str
    lang: str
    answers: dict[str, Answer] = field(default_factory=dict)
    pieces: tuple[Piece, ...] = ()


MATEO = Person(
    "Mateo",
    "picks tomatoes in an Ontario greenhouse on a permit that names his boss, who keeps his passport",
    "es",
    {
        "pay.unpaid_part": True,
        "pay.deductions": True,
        "pay.none_long": False,
        "wrk.excess_hours": True,
        "wrk.unsafe": UNKNOWN,
        "hou.poor": True,
        "hou.tied": True,
        "doc.held": True,
        "imm.tied": True,
        "rec.pay_lie": True,
        "rec.fee_charged": RATHER_NOT_SAY,
        "mov.not_free": False,
        "imm.deport_threat": True,
        "place.in_canada": True,
        "place.province": "on",
        "place.work_province": "on",
        "safe.danger_now": False,
        "job.had": True,
        "job.ended": False,
        "job.months": 7,
        "wage.due_on": Span.on(date(2026, 9, 30)),
        "permit.employer_specific": True,
        "status.expires_on": Span.on(date(2027, 3, 31)),
        "status.now": "wp_employer_specific_lmia",
        "evid.pay_slips": True,
        "evid.photos": UNKNOWN,
    },
)

DIVYA = Person(
    "Divya",
    "cleans offices at night in Toronto; her visitor papers ran out and her boss says she will be sent away",
    "en",
    {
        "pay.below_min": True,
        "pay.held_to_keep": True,
        "wrk.reprisal": True,
        "doc.held": False,
        "thr.afraid_refuse": True,
        "thr.cannot_leave": True,
        "thr.threat": True,
        "imm.deport_threat": True,
        "place.in_canada": True,
        "place.province": "on",
        "place.work_province": "on",
        "safe.danger_now": True,
        "job.had": True,
        "job.ended": True,
        "job.last_day_on": Span(date(2026, 8, 1), date(2026, 8, 31)),
        "job.dismissed": True,
        "goal.police_contact": "not_now",
        "status.now": "out_of_status_no_order",
        "status.lost_on": Span(date(2025, 1, 1), date(2025, 12, 31)),
        "fear.return": RATHER_NOT_SAY,
    },
    (
        Piece(
            "1",
            "He said that if I stop coming he will call immigration. I came the next night.",
            When(relation=Relation.AFTER, other="status.lost_on", season=Season.WINTER),
            facts=("imm.deport_threat",),
        ),
        Piece(
            "2",
            "A woman from my street took me to him. She said the pay was good.",
            When(Rough(2024)),
        ),
        Piece(
            "3",
            "I think it was her cousin who took me, not her.",
            When(Rough(2024, season=Season.AUTUMN)),
            versions=("2",),
        ),
        Piece("4", "Once there was an envelope with half of it. I do not know which month."),
    ),
)

HASSAN = Person(
    "Hassan",
    "washes dishes in Windsor; his wife's papers came through him and neither reads English well",
    "ar",
    {
        "pay.none_long": True,
        "wrk.forced_overtime": True,
        "rec.job_lie": True,
        "place.in_canada": True,
        "place.province": "on",
        "place.work_province": "on",
        "job.had": True,
        "spouse.has": True,
        "spouse.is_abuser": False,
        "goal.police_contact": "no",
    },
)
