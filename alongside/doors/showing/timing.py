"""Timing: the fields by which somebody says roughly when, read without guessing, and written back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from alongside.domain.chronology import Relation, Rough, Season, When, YearError
from alongside.doors.showing.digits import WESTERN

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST_PIECE = 3_000
"""In signs."""
FIELDS = ("year", "month", "day", "to_year", "to_month", "to_day", "relation", "other")
"""``month`` and ``to_month`` hold a month's number or the name of a season."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A field that was not clear, and the key of the sentence that says so."""

    field: str
    sentence: str


class _NotReadError(ValueError):
    def __init__(self, unread: Unread) -> None:
        super().__init__()
        self.unread = unread


def read_when(fields: Mapping[str, str]) -> When | Unread:
    """Read when it was. All of it may be empty. A season needs no year; a month does."""
    try:
        return _read(fields)
    except _NotReadError as error:
        return error.unread


def _read(fields: Mapping[str, str]) -> When:
    related = fields.get("relation", "")
    relation = Relation(related) if related in set(Relation) else None
    other = fields.get("other", "")
    if bool(relation) != bool(other):
        raise _NotReadError(Unread("other", "story_pair"))
    season = None if fields.get("year") or fields.get("day") else _season(fields.get("month", ""))
    first = None if season else _rough(fields, "")
    last = _rough(fields, "to_")
    ordered = not (first and last) or first.bounds.earliest <= last.bounds.latest  # type: ignore[operator]  # both known
    if not ordered:
        raise _NotReadError(Unread("to_year", "story_turned"))
    return When(first, last, relation, other, season)


def _season(text: str) -> Season | None:
    return Season(text) if text in set(Season) else None


def _rough(fields: Mapping[str, str], end: str) -> Rough | None:
    year, month, day = (
        fields.get(end + name, "").translate(WESTERN) for name in ("year", "month", "day")
    )
    if not (year or month or day):
        return None
    season = _season(month)
    month = "" if season else month
    if not year:
        raise _NotReadError(Unread(end + "year", "story_year_needed"))
    if any(part and not (part.isascii() and part.isdigit()) for part in (year, month, day)):
        raise _NotReadError(Unread(end + "year", "error_date"))
    try:
        return Rough(int(year), int(month or 0), int(day or 0), season)
    except YearError as error:
        raise _NotReadError(Unread(end + "year", "error_no_such_day")) from error


def written_when(when: When) -> dict[str, str]:
    """Return the fields that say this."""
    fields = {"relation": when.relation or "", "other": when.other}
    for end, rough in (("", when.first), ("to_", when.last)):
        if rough:
            month = rough.season or (str(rough.month) if rough.month else "")
            day = str(rough.day) if rough.day else ""
            fields |= {f"{end}year": str(rough.year), f"{end}month": month, f"{end}day": day}
    if when.season:
        fields["month"] = when.season
    return {name: str(text) for name, text in fields.items() if text}
