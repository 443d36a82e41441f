"""Urgency: whether safety comes before everything else on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alongside.domain.facts import Truth
from alongside.domain.lines import read_lines
from alongside.doors.showing.speaking import book

if TYPE_CHECKING:
    from alongside.library.book import Outlook

URGENT = ("urgent", "urgent?")
"""What a sign is marked with when it may be pressing: certainly, and perhaps."""
SAFETY_FIRST = read_lines(
    "safe.danger_now is yes | safe.bed_tonight is no | spouse.is_abuser is yes | found.urgent is yes"
    " | thr.threat is yes | thr.family is yes"
)


def urgent(outlook: Outlook) -> bool:
    """Say whether safety comes first: danger told, no bed, or a sign that is marked urgent."""
    flags = book().vocabulary.flags
    marked = any(set(flags[key]) & set(URGENT) for key in outlook.assessment.flags)
    return marked or SAFETY_FIRST.truth(outlook.facts, outlook.on) is Truth.YES
