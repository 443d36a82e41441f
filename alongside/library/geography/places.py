"""Places and the distance between them, with how much it may be out.

Of a postal code only the first three signs are ever kept; of coordinates two decimals, about a
kilometre. In spread-out areas people live far from any one point: a distance there is *about*.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from math import asin, cos, radians, sin, sqrt
from string import capwords
from typing import TYPE_CHECKING

from alongside.library.geography.areas import Area, areas, folded, towns
from alongside.library.vocabulary import REGIONS

if TYPE_CHECKING:
    from collections.abc import Iterable

EARTH_KM = 6371.0
OF_A_POINT_KM = 1.0  # two decimals of a degree
KEPT_DECIMALS = 2

_POSTAL = re.compile(r"([a-z]\d[a-z])(?:[ -]?\d[a-z]\d)?", re.IGNORECASE)
_PAIR = re.compile(r"(-?\d{1,3}(?:\.\d+)?)\s*[,;]\s*(-?\d{1,3}(?:\.\d+)?)")
_PROVINCE = re.compile(r"(.+?)\s*[, ]\s*([a-z]{2})", re.IGNORECASE)
_LATITUDES, _LONGITUDES = (41.0, 84.0), (-142.0, -52.0)


@dataclass(frozen=True, slots=True)
class Place:
    """A place somebody named. ``kind``: *area*, *town* or *point*; ``key``: what may be kept of it.

    ``give_or_take``: km between its point and where somebody there may be, None where nobody can say.
    ``areas``: its postal areas. ``spread_out``: people live far apart in one of them.
    """

    kind: str
    key: str
    province: str
    latitude: float
    longitude: float
    give_or_take: float | None
    spread_out: bool
    areas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Distance:
    """Kilometres between two places in a straight line; ``give_or_take`` is None where nobody can say."""

    km: float
    give_or_take: float | None

    @property
    def at_least(self) -> float:
        """The least it can be; 0 where nobody can say."""
        return 0.0 if self.give_or_take is None else max(0.0, self.km - self.give_or_take)

    @property
    def at_most(self) -> float | None:
        """The most it is for nine people in ten; None where nobody can say."""
        return None if self.give_or_take is None else self.km + self.give_or_take


class Why(StrEnum):
    """Why a place cannot be found: nothing written, no such place, not in Canada, several of the name."""

    EMPTY = "empty"
    UNKNOWN = "unknown"
    OUTSIDE = "outside"
    SEVERAL = "several"


class PlaceError(Exception):
    """A place that cannot be found; ``choices`` names those of which there are several.

    It never repeats what was written.
    """

    def __init__(self, reason: Why, choices: tuple[str, ...] = ()) -> None:
        """Say why, and among which places to choose."""
        super().__init__(reason)
        self.reason, self.choices = reason, choices


def near(text: str) -> Place:
    """Return the place of three signs, a postal code, a town (``Windsor, ON``) or ``43.6,-79.4``.

    Raises PlaceError for what is none, and for a town of whose name there are several.
    """
    written = text.strip()
    if not written:
        raise PlaceError(Why.EMPTY)
    if found := _POSTAL.fullmatch(written):
        return area_of(found[1])
    if found := _PAIR.fullmatch(written):
        return _point(float(found[1]), float(found[2]))
    return _town(written)


def area_of(signs: str) -> Place:
    """Return a postal area as a place."""
    area = areas().get(signs.upper())
    if area is None:
        raise PlaceError(Why.UNKNOWN)
    return Place(
        "area", area.key, area.province, area.latitude, area.longitude,
        area.radius, area.spread_out, (area.key,),
    )  # fmt: skip


def distance(one: Place, other: Place) -> Distance:
    """Return the straight line between two places, and how much it may be out."""
    km = between(one.latitude, one.longitude, other.latitude, other.longitude)
    if one.give_or_take is None or other.give_or_take is None:
        return Distance(km, None)
    return Distance(km, one.give_or_take + other.give_or_take)


def _point(latitude: float, longitude: float) -> Place:
    kept = round(latitude, KEPT_DECIMALS), round(longitude, KEPT_DECIMALS)
    if not (
        _LATITUDES[0] <= kept[0] <= _LATITUDES[1] and _LONGITUDES[0] <= kept[1] <= _LONGITUDES[1]
    ):
        raise PlaceError(Why.OUTSIDE)
    nearest = min(areas().values(), key=lambda area: between(*kept, area.latitude, area.longitude))
    return Place(
        "point", f"{kept[0]},{kept[1]}", nearest.province, *kept,
        OF_A_POINT_KM, nearest.spread_out, (nearest.key,),
    )  # fmt: skip


def _town(written: str) -> Place:
    """Return a town; a place inside another only where no town has the name."""
    name, province = written, ""
    named = _PROVINCE.fullmatch(written)
    if named and named[2].lower() in REGIONS:
        name, province = named[1], named[2].lower()
    key = folded(name)
    for table in towns():
        found = [area for area in table.get(key, ()) if province in {"", area.province}]
        if found:
            return _whole(name, found)
    raise PlaceError(Why.UNKNOWN)


def _whole(name: str, found: list[Area]) -> Place:
    """Return the areas of a town as one place, its point the middle of their codes."""
    provinces = sorted({area.province for area in found})
    if len(provinces) > 1:
        title = capwords(name)
        raise PlaceError(Why.SEVERAL, tuple(f"{title}, {one.upper()}" for one in provinces))
    weight = sum(area.weight for area in found)
    middle = (
        sum(area.latitude * area.weight for area in found) / weight,
        sum(area.longitude * area.weight for area in found) / weight,
    )
    return Place(
        "town", f"{capwords(name)}, {provinces[0].upper()}", provinces[0], *middle,
        _reach(middle, found), any(area.spread_out for area in found),
        tuple(area.key for area in found),
    )  # fmt: skip


def _reach(middle: tuple[float, float], found: Iterable[Area]) -> float | None:
    """Return km from the middle to the far edge of the farthest area."""
    edges = []
    for area in found:
        if area.radius is None:
            return None
        edges.append(between(*middle, area.latitude, area.longitude) + area.radius)
    return max(edges)


def between(latitude: float, longitude: float, latitude_2: float, longitude_2: float) -> float:
    """Return km on a sphere (haversine); the Earth is flatter by less than half a percent."""
    north = radians(latitude_2 - latitude)
    east = radians(longitude_2 - longitude)
    half = (
        sin(north / 2) ** 2 + cos(radians(latitude)) * cos(radians(latitude_2)) * sin(east / 2) ** 2
    )
    return 2 * EARTH_KM * asin(sqrt(half))
