"""Patience with wrong tries: some are free, then each costs a wait that doubles."""

from __future__ import annotations

from typing import NamedTuple


class Patience(NamedTuple):
    """``free``: from this try on there is a wait. ``first`` and ``longest``: waits, in the unit of the user."""

    free: int
    first: int
    longest: int

    def after(self, tries: int) -> int:
        """Return how long to wait after so many wrong tries."""
        over = tries - self.free
        return 0 if over < 0 else min(self.first * 2**over, self.longest)
