"""Postal areas: the first three signs of a postal code, with a point among the people and a radius.

The table is worked out from GeoNames (CC BY 4.0), see ``README.md`` beside it.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

TABLE = Path(__file__).with_name("areas.csv")

_APART = re.compile(r" and | & |[,/]")
_SIDES = frozenset({
    "north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest", "nw", "ne",
    "sw", "se", "central", "centre", "inner", "outer", "outskirts", "downtown", "old", "upper", "lower",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Area:
    """One postal area. ``radius``: km that hold nine in ten of its codes; None where nobody can say."""

    key: str
    province: str
    spread_out: bool
    latitude: float
    longitude: float
    radius: float | None
    weight: int
    name: str


@cache
def areas() -> Mapping[str, Area]:
    """Return every postal area by its three signs."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return {row["area"]: _area(row) for row in csv.DictReader(lines)}


def _area(row: Mapping[str, str]) -> Area:
    return Area(
        row["area"],
        row["province"],
        row["spread_out"] == "1",
        float(row["latitude"]),
        float(row["longitude"]),
        float(row["radius_km"]) if row["radius_km"] else None,
        int(row["postal_codes"] or 0) or 1,
        row["name"],
    )


def folded(text: str) -> str:
    """Return a name as it is looked up: no accents, capitals, hyphens or stops; *St.* is *saint*."""
    plain = unicodedata.normalize("NFD", text.casefold())
    kept = "".join(sign for sign in plain if not unicodedata.combining(sign))
    words = re.sub(r"[-.'’]", " ", kept).split()
    return " ".join({"st": "saint", "ste": "sainte"}.get(word, word) for word in words)


@cache
def towns() -> tuple[Mapping[str, tuple[Area, ...]], Mapping[str, tuple[Area, ...]]]:
    """Return the areas by the name of their town, and by the names of places inside them."""
    heads: dict[str, list[Area]] = {}
    inside: dict[str, list[Area]] = {}
    for area in areas().values():
        head, _, rest = area.name.partition("(")
        for name in set(_names(head)):
            heads.setdefault(name, []).append(area)
        for name in set(_names(rest.rstrip(") "))):
            inside.setdefault(name, []).append(area)
    return (
        {name: tuple(found) for name, found in heads.items()},
        {name: tuple(found) for name, found in inside.items()},
    )


def _names(text: str) -> Iterator[str]:
    """Go through the names in a text: whole, and without the side of town at either end."""
    for part in _APART.split(text):
        words = folded(part).split()
        while words:
            yield " ".join(words)
            if words[-1] not in _SIDES:
                break
            words = words[:-1]
        if len(words) > 1 and words[0] in _SIDES:
            yield " ".join(words[1:])
        if len(words) > 1 and words[-1] == "city":
            yield " ".join(words[:-1])
