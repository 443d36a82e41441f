"""Who did what, as the person reads it: by days, the newest first, what happened again counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from alongside.doors.showing.speaking import book
from alongside.doors.showing.telling import day_of, pages_of
from alongside.records.casefile.queries import lines_of, who_opened

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from alongside.records.casefile.content import PersonKeys
    from alongside.records.journal.content import Deed, Line

ON_A_PAGE = 50
"""Lines of the journal that one page opens, before those of one day that say the same are counted."""


@dataclass(frozen=True, slots=True)
class Noted:
    """What was done on a day, by whom, about which sections, and how many times."""

    deed: Deed
    who: str
    places: tuple[str, ...]
    times: int


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the journal. ``newer`` and ``older``: the pages beside it, where there are any."""

    days: list[tuple[date, list[Noted]]]
    newer: int | None
    older: int | None


def page_of(keys: PersonKeys, number: int) -> Page:
    """Return one page of the person's journal; the last one for a page that is not there any more."""
    pages = pages_of(lines_of(keys), ON_A_PAGE)
    number = min(number, pages)
    found = who_opened(keys, first=(number - 1) * ON_A_PAGE, most=ON_A_PAGE)
    told = [line for line in found if f"kept_deed_{line.deed}" in book().words.texts]
    days = [
        (day, _counted(lines)) for day, lines in groupby(told, lambda line: day_of(line.minute))
    ]
    return Page(days, number - 1 or None, number + 1 if number < pages else None)


def _counted(lines: Iterable[Line]) -> list[Noted]:
    """Count what was done again on a day. A visit of one's own and somebody else's are two, not one."""
    times = Counter((line.deed, line.who, line.places) for line in lines)
    return [Noted(*done, many) for done, many in times.items()]
