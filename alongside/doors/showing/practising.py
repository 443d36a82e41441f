"""Practising: the same answer as a clinic lawyer reads it: what was told, what follows, every way by its day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from alongside.domain.clocks import State, Ticking
from alongside.domain.facts import Conflict, Silence
from alongside.domain.pathways import Verdict
from alongside.doors.showing.cards import Card, card_of
from alongside.doors.showing.speaking import book
from alongside.doors.showing.telling import Told
from alongside.doors.showing.urgency import URGENT
from alongside.library.vocabulary import REGIONS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from alongside.domain.assessment import Assessment
    from alongside.domain.facts import Answer
    from alongside.library.book import Outlook
    from alongside.library.vocabulary import FactEntry

ENOUGH_CORE = 8
CORE = (
    "thr.cannot_leave", "thr.afraid_refuse", "thr.violence", "thr.threat", "thr.family",
    "imm.deport_threat", "doc.held", "mov.not_free", "pay.held_to_keep", "pay.debt_bondage",
    "wrk.excess_hours", "rec.job_lie",
)  # fmt: skip
DANGER = "safe.danger_now"


@dataclass(frozen=True, slots=True)
class Known:
    """One fact with its answer, or with the versions of it that do not agree."""

    fact: FactEntry
    versions: tuple[Told, ...]

    @property
    def declined(self) -> bool:
        """Say whether the person kept it to themselves, or did not know."""
        return isinstance(self.versions[0].answer, Silence)


@dataclass(frozen=True, slots=True)
class Flag:
    """One flag raised by what was told. ``tags``: what it is a flag for, as the catalogue writes it."""

    fact: FactEntry
    tags: tuple[str, ...]

    @property
    def urgency(self) -> int:
        """How soon to read it: 0 urgent, 1 perhaps urgent, 2 any other."""
        return min((URGENT.index(tag) for tag in self.tags if tag in URGENT), default=len(URGENT))

    @property
    def others(self) -> tuple[str, ...]:
        """What else it is a flag for."""
        return tuple(tag for tag in self.tags if tag not in URGENT)


@dataclass(frozen=True, slots=True)
class Practised:
    """One way out as a practitioner reads it."""

    card: Card

    @property
    def unknown(self) -> list[Ticking]:
        """The clocks whose first day is not known, or of which it is not known whether they run."""
        return [t for t in self.card.pathway.clocks if t.state is State.START_UNKNOWN]

    @property
    def due(self) -> tuple[int, date]:
        """Where it stands among others: a day ahead, a limit without a day, a passed one, none."""
        nearest = self.card.nearest
        if nearest is None:
            return 3, date.max
        if nearest.ends_on is None:
            return 1, date.max
        return (0 if nearest.ends_on >= self.card.outlook.on else 2), nearest.ends_on


@dataclass(frozen=True, slots=True)
class Professional:
    """What a practitioner reads: what was told, the assessment with its words, and every way out."""

    told: list[Known]
    declined: list[Known]
    derived: list[Known]
    found: Assessment
    answered: int
    decisive: list[list[FactEntry]]
    flags: list[Flag]
    verdicts: list[tuple[Verdict, list[Practised]]]
    outlook: Outlook

    @property
    def numbered(self) -> dict[str, int]:
        """Number the sources in the order they are first cited, so that each is written out once."""
        ways = (way for _, found in self.verdicts for way in found)
        lists = [d.cites for d in book().definitions.by_key.values()]
        remedies = [way.card.remedy for way in ways]
        lists += [remedy.cited for remedy in remedies]
        behind = dict.fromkeys(key for remedy in remedies for key in remedy.standards)
        lists += [book().standards[key].cites for key in behind]
        cited = dict.fromkeys(cite.source for cites in lists for cite in cites)
        return {source: number for number, source in enumerate(cited, 1)}

    @property
    def early(self) -> bool:
        """Say whether too little is answered to say how high the level may be."""
        return self.answered < ENOUGH_CORE

    @property
    def core(self) -> int:
        """How many core facts there are."""
        return len(CORE)


def for_practitioner(answers: Mapping[str, Answer], today: date) -> Professional:
    """Return the same answer with what was told, definitions, trail and citations."""
    outlook = book().look(answers, today)
    facts = book().vocabulary.facts
    # What a page notes when it was read, nobody told.
    by_page = {part.shows for part in book().interview}
    given = [_known(facts[key], answers[key]) for key in facts if key in answers.keys() - by_page]
    found = outlook.assessment
    return Professional(
        told=[known for known in given if not known.declined],
        declined=[known for known in given if known.declined],
        derived=_derived(answers, outlook),
        found=found,
        answered=sum(outlook.facts.knows(key) for key in CORE),
        decisive=[[facts[key] for key in group] for group in found.decisive],
        flags=_flags(found, in_danger=answers.get(DANGER) is True),
        verdicts=_by_verdict(outlook),
        outlook=outlook,
    )


def page_of(answers: Mapping[str, Answer], today: date) -> dict[str, Any]:
    """Return what the macros of ``showing/practitioner.html`` read, by name."""
    return {
        "seen": for_practitioner(answers, today),
        "defs": book().definitions,
        "signs": book().wholes["indicator"],
        "standards": book().standards,
        "sources": book().sources,
        "edition": book().edition,
        "facts": book().vocabulary.facts,
    }


def _known(fact: FactEntry, answer: Answer) -> Known:
    versions = answer.versions if isinstance(answer, Conflict) else (answer,)
    return Known(fact, tuple(Told(fact, version) for version in versions))


def _derived(answers: Mapping[str, Answer], outlook: Outlook) -> list[Known]:
    """Return what was worked out; a fact that was kept to oneself may stand here too."""
    values = outlook.facts.values
    return [
        _known(fact, values[key])
        for key, fact in book().vocabulary.facts.items()
        if key in values and (key not in answers or isinstance(answers[key], Silence))
    ]


def _flags(found: Assessment, *, in_danger: bool) -> list[Flag]:
    facts, tags = book().vocabulary.facts, book().vocabulary.flags
    raised = sorted((Flag(facts[k], tags[k]) for k in found.flags), key=lambda flag: flag.urgency)
    return [*([Flag(facts[DANGER], URGENT[:1])] if in_danger else []), *raised]


def _by_verdict(outlook: Outlook) -> list[tuple[Verdict, list[Practised]]]:
    """Group the remedies in the order of the verdicts, the nearest day first in each.

    Those of a province that nothing told is about, and that are closed, are left out.
    """
    told = {"fed", *(value for value in outlook.facts.values.values() if value in REGIONS)}
    here = (
        key
        for key, path in outlook.remedies.items()
        if path.verdict is not Verdict.CLOSED or len(told) == 1 or path.rule.jurisdiction in told
    )
    ways = [Practised(card_of(key, outlook)) for key in here]
    groups = [
        (
            verdict,
            sorted((w for w in ways if w.card.pathway.verdict is verdict), key=lambda w: w.due),
        )
        for verdict in Verdict
    ]
    return [(verdict, found) for verdict, found in groups if found]
