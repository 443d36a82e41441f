"""Asking: which question comes next, so that as little as possible is asked and nothing in vain.

A question is worth asking for what it can still settle, and costs what it takes to answer it and what
it can do to have said it. The next one is the one that settles most for what it costs. When none can
change anything, nothing is asked.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Way:
    """One way to settle something: the questions it takes, all of them, and how much it would settle."""

    questions: tuple[str, ...]
    weight: float = 1


@dataclass(frozen=True, slots=True)
class Unsettled:
    """One option or definition that is not settled, and the ways in which questions could settle it."""

    key: str
    ways: tuple[Way, ...]


def worth(unsettled: Iterable[Unsettled]) -> dict[str, float]:
    """Return, for each question, how much it can settle.

    A question that settles something alone counts whole, one of several counts its part; of several
    ways to settle the same thing only the best counts.
    """
    found: defaultdict[str, float] = defaultdict(float)
    for one in unsettled:
        best: dict[str, float] = {}
        for way in one.ways:
            share = way.weight / len(way.questions)
            for key in way.questions:
                best[key] = max(best.get(key, 0), share)
        for key, share in best.items():
            found[key] += share
    return dict(found)


def in_order(worths: Mapping[str, float], burden: Mapping[str, float]) -> list[str]:
    """Return the questions, the one that settles most for its burden first; ties keep their order.

    Raises KeyError for a question without a burden.
    """
    return sorted(worths, key=lambda key: -worths[key] / burden[key])
