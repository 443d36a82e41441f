"""Papers to finish at the desk: which fit a casefile, and one of them, made of what is opened and of nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from alongside.domain.pathways import Verdict
from alongside.doors.showing.speaking import book
from alongside.doors.showing.telling import day_of
from alongside.library.calling import code_of
from alongside.library.paper.outlined import outlined
from alongside.library.paper.writing import OFFICIAL, Known

if TYPE_CHECKING:
    from datetime import date

    from alongside.doors.showing.practising import Professional
    from alongside.library.outlines import Outline
    from alongside.library.paper.document import Document
    from alongside.library.remedies import Remedy
    from alongside.records.casefile.actions.answering import Opened


@dataclass(frozen=True, slots=True)
class Offered:
    """A paper that fits a casefile. ``steps``: what it is for there; none when it is for any step."""

    outline: Outline
    steps: tuple[Remedy, ...]

    @property
    def code(self) -> str:
        """Its code in an address, which tells nothing."""
        return code_of(self.outline.key)


def offered(seen: Professional) -> list[Offered]:
    """Return the papers for the steps that are not closed, in order."""
    steps = [
        way.card.remedy
        for verdict, ways in seen.verdicts
        for way in ways
        if verdict is not Verdict.CLOSED
    ]
    found = []
    for outline in book().outlines.values():
        own = tuple(step for step in steps if outline.remedies and outline.fits(step.key))
        if own or not outline.remedies:
            found.append(Offered(outline, own))
    return found


def tongue_of(lang: str) -> str:
    """Return the official language in which a page in another one offers papers first."""
    return lang if lang in OFFICIAL else OFFICIAL[0]


def document_of(opened: Opened, code: str, tongue: str, today: date) -> Document | None:
    """Return one paper of a casefile; None for a code that no paper has."""
    for outline in book().outlines.values():
        if code_of(outline.key) == code:
            return outlined(book(), outline, known_of(opened), today, tongue)
    return None


def known_of(opened: Opened) -> Known:
    """Return what a paper may stand on: the newest answers of the opened sections, with their days."""
    told_on = {
        key: day_of(entry.minute)
        for section in opened.sections.values()
        for entry in section
        for key in entry.answers
    }
    return Known(opened.answers, told_on, frozenset(opened.sections))
