"""Chronology: an account told in pieces, in any order, put in order of time as far as it is known.

Nothing is read out of the words of a piece. When it happened is what the person chose in a form: a year, a
season, a day, a range, before or after something else, or nothing. Where that does not settle an order, there
is none; where two things that were said cannot both be, that is named and neither is set right. How well
somebody remembers is not judged: memory of hard times comes in pieces, and dates are the first thing to go.
"""

from alongside.domain.chronology.laying import (
    GAP_DAYS,
    Chronology,
    Gap,
    Piece,
    Row,
    lay_out,
)
from alongside.domain.chronology.when import (
    ABOUT_DAYS,
    UNKNOWN,
    Bounds,
    Relation,
    Rough,
    Season,
    When,
    YearError,
)

__all__ = [
    "ABOUT_DAYS", "GAP_DAYS", "UNKNOWN", "Bounds", "Chronology", "Gap", "Piece", "Relation",
    "Rough", "Row", "Season", "When", "YearError", "lay_out",
]  # fmt: skip
