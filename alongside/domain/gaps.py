"""Gaps that explain themselves: who is without help, and the first condition that shut them out.

Somebody is *served* where one service is open to them, near enough, in a language they can use and with
room, as far as is known; *ask first* where none is certain and one may be; *without* where each is shut.
A gap names the first condition after which no service is left, and how many services failed on it alone.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from alongside.domain.directory import Match

NONE = "none_listed"
ORDER = ("open", "eligibility", "distance", "language", "capacity")
"""The conditions in the order they are held against people: who may come counts before how far it is."""
OWN = {"open": "open", "language": "language", "capacity": "capacity"}
SMALLEST = 6
"""Counts below this are never shown: Canada's permit tables hide 0 to 5 and round to 5, and so do these."""
STEP = 5
TOGETHER = ("*",)
"""The name of the cells that are too small to stand alone, counted together."""


@dataclass(frozen=True, slots=True)
class Reached:
    """A service as it stands to somebody. ``near``: False for certain too far; None where nobody can say."""

    match: Match
    near: bool | None = True

    @property
    def failed(self) -> frozenset[str]:
        """Return the conditions that shut somebody out for certain."""
        kinds = {OWN.get(key, "eligibility") for key in self.match.failed}
        return frozenset(kinds | ({"distance"} if self.near is False else set()))

    @property
    def serves(self) -> bool:
        """Say whether every condition is met."""
        return self.near is True and self.match.kind == "serves"


@dataclass(frozen=True, slots=True)
class Standing:
    """How somebody stands to all services of a need: ``served``, ``ask`` or ``without``.

    ``first``: the condition after which no service is left. ``only``: services that failed on it alone.
    """

    kind: str
    first: str = ""
    only: int = 0


def standing(services: Sequence[Reached]) -> Standing:
    """Say how somebody stands; ``services`` are all of the need that was asked for."""
    if any(one.serves for one in services):
        return Standing("served")
    if any(not one.failed for one in services):
        return Standing("ask")
    if not services:
        return Standing("without", NONE)
    left = list(services)
    for condition in ORDER:
        left = [one for one in left if condition not in one.failed]
        if not left:
            only = sum(one.failed == {condition} for one in services)
            return Standing("without", condition, only)
    raise AssertionError  # every failed condition is in ORDER


@dataclass
class Cell:
    """One group of those who ask. Counts are of people, or of what weighs as many; exact, and never shown so."""

    served: int = 0
    ask: int = 0
    without: int = 0
    first: Counter[str] = field(default_factory=Counter)
    only: Counter[str] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        """Everybody in it."""
        return self.served + self.ask + self.without

    def add(self, one: Standing, weight: int = 1) -> None:
        """Count somebody, or ``weight`` people alike."""
        setattr(self, one.kind, getattr(self, one.kind) + weight)
        if one.first:
            self.first[one.first] += weight
            self.only[one.first] = max(self.only[one.first], one.only)

    def join(self, other: Cell) -> None:
        """Count the people of another cell too."""
        self.served += other.served
        self.ask += other.ask
        self.without += other.without
        self.first.update(other.first)
        for condition, services in other.only.items():
            self.only[condition] = max(self.only[condition], services)


@dataclass(frozen=True, slots=True)
class Row:
    """A cell as it may be shown: counts rounded to five, None for fewer than six; ``share`` of 1.

    ``first``: the condition that shut out most of those without; ``only``: the most services that failed
    for one of them on it alone.
    """

    by: tuple[str, ...]
    total: int | None
    served: int | None
    ask: int | None
    without: int | None
    share: float | None
    first: str
    only: int


def shown(count: int) -> int | None:
    """Return a count as it may be shown: rounded to five; None for fewer than six."""
    return None if count < SMALLEST else STEP * round(count / STEP)


def table(cells: dict[tuple[str, ...], Cell]) -> list[Row]:
    """Return the cells that may be shown. Small ones stand together, in a cell that is not small.

    Where those together are few, the next smallest joins them: otherwise the total less what is shown
    would give them away. Where everybody together is few, nothing is shown.
    """
    ordered = sorted(cells.items(), key=lambda pair: (pair[1].total, pair[0]))
    pool = Cell()
    while ordered and (ordered[0][1].total < SMALLEST or 0 < pool.total < SMALLEST):
        pool.join(ordered.pop(0)[1])
    rows = [row(by, cell) for by, cell in sorted(ordered)]
    return [*rows, row(TOGETHER, pool)] if pool.total >= SMALLEST else rows


def row(by: tuple[str, ...], cell: Cell) -> Row:
    """Return one cell as it may be shown."""
    total, without = shown(cell.total), shown(cell.without)
    first = max(ORDER, key=lambda one: cell.first[one]) if cell.first else ""
    if cell.first[NONE] > cell.first[first]:
        first = NONE
    certain = without is not None and total is not None
    return Row(
        by,
        total,
        shown(cell.served),
        shown(cell.ask),
        without,
        without / total if certain and without is not None and total else None,
        first if certain else "",
        cell.only[first] if certain else 0,
    )


def counted(asks: Iterable[tuple[tuple[str, ...], Standing, int]]) -> dict[tuple[str, ...], Cell]:
    """Count those who ask into cells: each with its groups, how they stand, and how many they are."""
    cells: dict[tuple[str, ...], Cell] = {}
    for by, one, weight in asks:
        cells.setdefault(by, Cell()).add(one, weight)
    return cells
