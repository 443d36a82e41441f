"""Seeing: what was told beside what the rules say, for the person and for a practitioner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from alongside.doors.entry import asking
from alongside.doors.entry.cards import offered
from alongside.doors.entry.speaking import book
from alongside.library.calling import code_of
from alongside.library.vocabulary import REGIONS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alongside.domain.assessment import Assessment
    from alongside.domain.facts import Answer
    from alongside.domain.pathways import Pathway
    from alongside.doors.entry.visit import Visit
    from alongside.library.contacts import Contact
    from alongside.library.reading import Text
    from alongside.library.remedies import Remedy
    from alongside.library.rights import Said
    from alongside.library.vocabulary import FactEntry

ENOUGH_CORE = 8
CORE = (
    "thr.cannot_leave", "thr.afraid_refuse", "thr.violence", "thr.threat", "thr.family",
    "imm.deport_threat", "doc.held", "mov.not_free", "pay.held_to_keep", "pay.debt_bondage",
    "wrk.excess_hours", "rec.job_lie",
)  # fmt: skip
URGENT = ("urgent", "urgent?")


@dataclass(frozen=True, slots=True)
class Told:
    """One thing told, with what the rules say of it and where it can be changed."""

    fact: FactEntry
    answer: Answer
    said: Said | None
    place: tuple[int, int] | None

    @property
    def word(self) -> str:
        """The word that answers it, empty for a value."""
        return asking.told_as(self.fact, self.answer)


@dataclass(frozen=True, slots=True)
class Seen:
    """What the person's page shows. No level and no criminal label is in it."""

    signs: list[Told]
    others: list[Told]
    people_call: Text | None
    would_help: list[list[FactEntry]]
    urgent: bool
    topics: list[tuple[Text, list[tuple[Remedy, str]]]]

    @property
    def need(self) -> str:
        """What to call about first."""
        return "danger" if self.urgent else "wages"


def see(visit: Visit) -> Seen:
    """Put what was told beside what the rules say."""
    facts = book().vocabulary.facts
    _, found = book().assess(visit.draft.answers, visit.today)
    said = book().rights.said
    told = [
        Told(facts[key], answer, said.get(key), asking.place_of(key))
        for key, answer in visit.draft.answers.items()
        if key in facts and asking.place_of(key)
    ]
    signs = [t for t in told if t.said and t.answer is True]
    topics = dict.fromkeys(t.said.topic for t in signs if t.said)
    return Seen(
        signs=signs,
        others=[t for t in told if t not in signs],
        people_call=book().definitions.ladder[found.lower].person if signs else None,
        would_help=[[facts[key] for key in group] for group in found.decisive if _askable(group)],
        urgent=bool(_urgent(found)) or visit.draft.answers.get("safe.danger_now") is True,
        topics=[
            (
                book().rights.topics[key].name,
                remedies_named(book().rights.topics[key].remedies, visit),
            )
            for key in topics
        ],
    )


def _askable(group: Iterable[str]) -> bool:
    return all(asking.place_of(key) for key in group)


def _urgent(found: Assessment) -> list[str]:
    flags = {sign.key: sign.flags for sign in book().vocabulary.catalogue.signs}
    return [key for key in found.flags if set(flags[key]) & set(URGENT)]


def remedies_named(keys: Iterable[str], visit: Visit) -> list[tuple[Remedy, str]]:
    """Return the remedies that may be shown, with the codes of their addresses."""
    facts, _ = book().assess(visit.draft.answers, visit.today)
    found = (book().remedies[key] for key in keys)
    return [
        (remedy, code_of(remedy.key)) for remedy in found if offered(remedy, facts, visit.today)
    ]


@dataclass(frozen=True, slots=True)
class Professional:
    """What a practitioner reads: the assessment with its words, and every remedy with its trail."""

    found: Assessment
    answered: int
    early: bool
    decisive: list[list[FactEntry]]
    flags: list[FactEntry]
    facts: dict[str, FactEntry]
    pathways: list[tuple[Remedy, Pathway, str]]

    @property
    def core(self) -> int:
        """How many core facts there are."""
        return len(CORE)


def for_practitioner(visit: Visit) -> Professional:
    """Return the same answer with definitions, trail and citations."""
    outlook = visit.outlook()
    facts = dict(book().vocabulary.facts)
    answered = sum(outlook.facts.knows(key) for key in CORE)
    found = outlook.assessment
    return Professional(
        found=found,
        answered=answered,
        early=answered < ENOUGH_CORE,
        decisive=[[facts[key] for key in group] for group in found.decisive],
        flags=[facts[key] for key in found.flags],
        facts=facts,
        pathways=[(book().remedies[k], p, code_of(k)) for k, p in outlook.remedies.items()],
    )


def contacts_by_region() -> list[tuple[str, list[Contact]]]:
    """Return everyone to call, all of Canada first, then by province."""
    everyone = list(book().contacts.values())
    groups = [("all_canada", [c for c in everyone if "ca" in c.regions])]
    groups += [
        (f"region_{region}", [c for c in everyone if region in c.regions])
        for region in ("on", *(r for r in REGIONS if r != "on"))
    ]
    return [(heading, found) for heading, found in groups if found]
