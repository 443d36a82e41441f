"""Assessment: what the known facts support, under whose definition, and what would settle it.

No score and no label of a person. Every rule is read twice, with the unknown as *no* (lower) and as
*yes* (upper); between the two it is *not known yet*. Levels and criminal definitions are for a
practitioner's view; the person's own page speaks of what happens and what can be done.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING

from alongside.domain.facts import Facts, Truth
from alongside.domain.signs import BLOCKS, GROUNDS, Blocks, Catalogue, Sign, feeding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MOST_SETS = 3
TOP_LEVEL = 3
FLAGS_IN_ORDER = ("urgent", "urgent?", "nonpunish")
FOUND_BLOCKS = {
    "found.act": "act",
    "found.means": "means",
    "found.exploitation": "exploitation",
    "found.coercion": "control",
    "found.link": "link",
    **{f"found.abuse_{name}": f"abuse_{name}" for name in GROUNDS},
    "found.child_at_time": "child",
}


class Support(StrEnum):
    """What the known facts do for a definition (rules map 12.10)."""

    SUPPORTED = "supported"
    PARTLY = "partly"
    UNKNOWN = "unknown"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, slots=True)
class Element:
    """One element of a definition: any one of these blocks is enough."""

    key: str
    blocks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Definition:
    """A definition in law or standard: all elements must hold. ``source`` cites it."""

    key: str
    elements: tuple[Element, ...]
    source: str = ""


@dataclass(frozen=True, slots=True)
class ElementReading:
    """One element for one person, with the signs that speak for it and those not known."""

    definition: str
    element: str
    truth: Truth
    facts: tuple[str, ...]
    unknown: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class Assessment:
    """What is supported. ``lower`` and ``upper`` bound the level from 0 to 3."""

    catalogue: Catalogue
    yes: int
    unknown: int
    lower: int
    upper: int
    found: Mapping[str, Truth]
    definitions: Mapping[str, Support]
    trail: tuple[ElementReading, ...]

    @cached_property
    def flags(self) -> tuple[str, ...]:
        """The flagged signs that are so: urgent first, then those to check, then non-punishment."""
        present = [sign for sign in self.catalogue.signs if self.catalogue.bit[sign.key] & self.yes]
        return tuple(
            dict.fromkeys(s.key for flag in FLAGS_IN_ORDER for s in present if flag in s.flags)
        )

    @cached_property
    def decisive(self) -> tuple[tuple[str, ...], ...]:
        """At most three smallest sets of unknown signs that, if so, would raise the lower level.

        Never of sexual violence, and never what only a lawyer should ask. Smaller sets first, then
        those that settle most, then the gentlest.
        """
        if self.lower >= TOP_LEVEL:
            return ()
        open_signs = [
            s for s in self.catalogue.signs if _may_be_offered(self.catalogue, s, self.unknown)
        ]
        found: list[tuple[int, int, tuple[Sign, ...]]] = []
        for size in (1, 2):
            done = {sign.key for *_, group in found for sign in group}
            found += sorted(self._raising(open_signs, size, done), key=lambda item: item[:2])
            if len(found) >= MOST_SETS:
                break
        return tuple(tuple(sign.key for sign in group) for *_, group in found[:MOST_SETS])

    def _raising(
        self, signs: list[Sign], size: int, done: set[str]
    ) -> Iterator[tuple[int, int, tuple[Sign, ...]]]:
        left = [sign for sign in signs if sign.key not in done]
        for group in combinations(left, size):
            bits = self.yes | self.catalogue.bits(sign.key for sign in group)
            level = Blocks(self.catalogue, bits).level
            if level > self.lower:
                yield -level, sum(sign.sensitivity for sign in group), group


def _may_be_offered(catalogue: Catalogue, sign: Sign, unknown: int) -> bool:
    return bool(catalogue.bit[sign.key] & unknown) and not (sign.sexual or sign.only_lawyer)


def assess(catalogue: Catalogue, definitions: tuple[Definition, ...], facts: Facts) -> Assessment:
    """Say what ``facts`` support under each definition, with bounds and an explanation."""
    yes, unknown = catalogue.told(facts)
    low, high = Blocks(catalogue, yes), Blocks(catalogue, yes | unknown)
    names = {name for d in definitions for e in d.elements for name in e.blocks}
    truths = {
        name: _bounded(BLOCKS[name](low), BLOCKS[name](high))
        for name in (names | set(FOUND_BLOCKS.values()))
    }
    readings = {d.key: _read(catalogue, d, truths, (yes, unknown)) for d in definitions}
    found = {key: truths[block] for key, block in FOUND_BLOCKS.items()}
    found |= {key: min(r.truth for r in elements) for key, elements in readings.items()}
    found |= _flag_findings(catalogue, yes, unknown)
    return Assessment(
        catalogue,
        yes,
        unknown,
        low.level,
        high.level,
        found,
        {key: _support(elements) for key, elements in readings.items()},
        tuple(reading for elements in readings.values() for reading in elements),
    )


def _bounded(lower: bool, upper: bool) -> Truth:  # noqa: FBT001 - two bounds, in order
    return Truth.YES if lower else Truth.UNKNOWN if upper else Truth.NO


def _read(
    catalogue: Catalogue,
    definition: Definition,
    truths: Mapping[str, Truth],
    told: tuple[int, int],
) -> tuple[ElementReading, ...]:
    yes, unknown = told
    readings = []
    for element in definition.elements:
        mask = 0
        for block in element.blocks:
            mask |= feeding(catalogue, block)
        truth = max(truths[block] for block in element.blocks)
        readings.append(
            ElementReading(
                definition.key,
                element.key,
                truth,
                catalogue.keys(yes & mask),
                catalogue.keys(unknown & mask) if truth is Truth.UNKNOWN else (),
                definition.source,
            )
        )
    return tuple(readings)


def _support(elements: tuple[ElementReading, ...]) -> Support:
    truths = [element.truth for element in elements]
    if min(truths) is Truth.YES:
        return Support.SUPPORTED
    if min(truths) is Truth.NO:
        return Support.UNSUPPORTED
    return Support.PARTLY if max(truths) is Truth.YES else Support.UNKNOWN


def _flag_findings(catalogue: Catalogue, yes: int, unknown: int) -> dict[str, Truth]:
    found = {}
    for key, flag in (("found.urgent", "urgent"), ("found.exposed_to_blame", "nonpunish")):
        mask = catalogue.bits(sign.key for sign in catalogue.signs if flag in sign.flags)
        found[key] = _bounded(bool(mask & yes), bool(mask & (yes | unknown)))
    return found
