"""When something happened, as roughly as a person says it, and the days that can be meant by it."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

FIRST_YEAR, LAST_YEAR = 1900, 2100
"""Years outside of these are slips of the finger."""
ABOUT_DAYS = 92
"""How far *about the time of* reaches to each side, in days: a season. Chosen, not measured."""


class YearError(ValueError):
    """There is no such day, or not in a year that anybody alive can mean."""


class Season(StrEnum):
    """A season as people in Canada use the word. The edges overlap: each holds all that can be meant."""

    WINTER = "winter"
    SPRING = "spring"
    SUMMER = "summer"
    AUTUMN = "autumn"


_EDGES = {
    Season.WINTER: ((11, 1), (3, 31)),
    Season.SPRING: ((3, 1), (6, 21)),
    Season.SUMMER: ((6, 1), (9, 22)),
    Season.AUTUMN: ((9, 1), (12, 21)),
}


@dataclass(frozen=True, slots=True)
class Bounds:
    """It happened on no day before ``earliest`` and on none after ``latest``; None where that is not known."""

    earliest: date | None = None
    latest: date | None = None

    @property
    def known(self) -> bool:
        """Say whether anything is known."""
        return self.earliest is not None or self.latest is not None

    @property
    def possible(self) -> bool:
        """Say whether there is a day in it."""
        return self.earliest is None or self.latest is None or self.earliest <= self.latest

    def within(self, other: Bounds) -> Bounds:
        """Return the days that are in both; they may be none (``possible``)."""
        starts = [d for d in (self.earliest, other.earliest) if d is not None]
        ends = [d for d in (self.latest, other.latest) if d is not None]
        return Bounds(max(starts, default=None), min(ends, default=None))

    def widened(self, days: int) -> Bounds:
        """Return it with so many days more on each side that is known."""
        length = timedelta(days=days)
        return Bounds(
            self.earliest - length if self.earliest else None,
            self.latest + length if self.latest else None,
        )


UNKNOWN = Bounds()
"""No day is ruled out."""


@dataclass(frozen=True, slots=True)
class Rough:
    """A year, and what of the rest is known: a season, or a month, or a month and a day. Zero is *not said*.

    Raises YearError for a day that is not in the calendar.
    """

    year: int
    month: int = 0
    day: int = 0
    season: Season | None = None

    def __post_init__(self) -> None:
        """Refuse a day that is not in the calendar."""
        if not FIRST_YEAR <= self.year <= LAST_YEAR or (self.day and not self.month):
            raise YearError
        try:
            date(self.year, self.month or 1, self.day or 1)
        except ValueError as error:
            raise YearError from error

    @property
    def bounds(self) -> Bounds:
        """The days that can be meant.

        The winter of a year is the one that ends in it or the one that begins in it: nobody can tell which.
        """
        if self.day:
            known = date(self.year, self.month, self.day)
            return Bounds(known, known)
        if self.month:
            last = calendar.monthrange(self.year, self.month)[1]
            return Bounds(date(self.year, self.month, 1), date(self.year, self.month, last))
        if self.season is None:
            return Bounds(date(self.year, 1, 1), date(self.year, 12, 31))
        begins = self.year - 1 if self.season is Season.WINTER else self.year
        return Bounds(_season(self.season, begins)[0], _season(self.season, self.year)[1])


class Relation(StrEnum):
    """How a piece stands to something else, as the person says it."""

    BEFORE = "before"
    AFTER = "after"
    DURING = "during"
    ABOUT = "about"


@dataclass(frozen=True, slots=True)
class When:
    """When a piece happened. All of it may be empty: *I don't remember* is a whole answer.

    ``first``: when, or when it began; ``last``: when it ended, for what went on for a while. ``relation``
    and ``other``: before, after, during or about the time of another piece, by its identity, or of a date
    fact, by its key. ``season``: without a year. Alone it puts nothing in order; with *before* or *after* it
    does: *the winter after I came*.
    """

    first: Rough | None = None
    last: Rough | None = None
    relation: Relation | None = None
    other: str = ""
    season: Season | None = None

    @property
    def said(self) -> bool:
        """Say whether anything was said."""
        return bool(self.first or self.last or self.relation or self.season)

    @property
    def calendar(self) -> Bounds:
        """The days that its own dates leave; what it is told by comes on top."""
        if self.last is None:
            return self.first.bounds if self.first else UNKNOWN
        began = self.first.bounds.earliest if self.first else None
        return Bounds(began, self.last.bounds.latest)

    def beside(self, other: Bounds) -> Bounds:
        """Return the days that *about* and a season leave, when the other thing lies in these bounds.

        *Before*, *after* and *during* alone are an order, not a number of days: they are not read here.
        """
        if self.relation is Relation.ABOUT:
            return other.widened(ABOUT_DAYS)
        if self.season is None or self.first or self.last:
            return UNKNOWN
        if self.relation is Relation.AFTER:
            return _season_after(self.season, other)
        if self.relation is Relation.BEFORE:
            return _season_before(self.season, other)
        return UNKNOWN


def _season(season: Season, year: int) -> tuple[date, date]:
    """Return the first and the last day of the season that begins in a year."""
    first, last = _EDGES[season]
    return date(year, *first), date(year + (last < first), *last)


def _season_after(season: Season, other: Bounds) -> Bounds:
    """Return the days of the first such season after, or of the rest of one that was on."""
    earliest = latest = None
    if other.earliest:
        years = range(other.earliest.year - 1, other.earliest.year + 2)
        runs = [_season(season, year) for year in years]
        earliest = next(max(a, other.earliest) for a, b in runs if b >= other.earliest)
    if other.latest:
        years = range(other.latest.year - 1, other.latest.year + 3)
        latest = next(b for a, b in (_season(season, y) for y in years) if a > other.latest)
    return Bounds(earliest, latest)


def _season_before(season: Season, other: Bounds) -> Bounds:
    """Return the days of the last such season before, or of the part of one that had begun."""
    earliest = latest = None
    if other.latest:
        years = range(other.latest.year + 1, other.latest.year - 3, -1)
        runs = [_season(season, year) for year in years]
        latest = next(min(b, other.latest) for a, b in runs if a <= other.latest)
    if other.earliest:
        years = range(other.earliest.year + 1, other.earliest.year - 4, -1)
        earliest = next(a for a, b in (_season(season, y) for y in years) if b < other.earliest)
    return Bounds(earliest, latest)
