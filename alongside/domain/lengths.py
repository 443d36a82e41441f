"""Lengths of time, counted as the Interpretation Act counts them (R.S.C. 1985, c. I-21, ss. 26-28).

Days leave out the day of the event and count the last one in (s. 27); months and years end on the
same day number, or on the last day of a shorter month (s. 28). Holidays are never added.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Unit(StrEnum):
    """What a length counts."""

    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time in the words of a statute: ``12 months``, ``90 days``."""

    count: int
    unit: Unit

    def __str__(self) -> str:
        """Return the length as a rule writes it."""
        return f"{self.count} {self.unit}"

    def after(self, day: date) -> date:
        """Return the last day of this length, counted from ``day``."""
        if self.unit is Unit.DAYS:
            return day + timedelta(days=self.count)
        months = self.count * (12 if self.unit is Unit.YEARS else 1)
        year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
        last = calendar.monthrange(year, month0 + 1)[1]
        return date(year, month0 + 1, min(day.day, last))


def months(count: int) -> Length:
    """Return a length of so many months."""
    return Length(count, Unit.MONTHS)


def years(count: int) -> Length:
    """Return a length of so many years."""
    return Length(count, Unit.YEARS)


def days(count: int) -> Length:
    """Return a length of so many days."""
    return Length(count, Unit.DAYS)
