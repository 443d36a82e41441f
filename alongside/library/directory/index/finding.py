"""Finding: one page of what ``seek`` would return, with the totals, without an object for each service."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from alongside.library.directory.index.columns import AREAS, Columns
from alongside.library.directory.index.standing import YES, Standing
from alongside.library.directory.seeking import asked_of, hit_of, known_of
from alongside.library.geography.areas import areas
from alongside.library.geography.places import EARTH_KM

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from alongside.domain.facts import Facts
    from alongside.library.directory.index.columns import Rows
    from alongside.library.directory.needs import Needs
    from alongside.library.directory.seeking import Hit, Sought
    from alongside.library.directory.shapes import Service
    from alongside.library.geography.places import Place

FARTHEST_M = (1 << 24) - 1
NAMES = 21
"""Bits for the place of a name in the alphabet: two million services."""


@dataclass(frozen=True, slots=True)
class Page:
    """Hits from ``start`` on, in order. ``open``: how many are not shut; ``total``: with those that are."""

    hits: tuple[Hit, ...]
    open: int
    total: int


class Index:
    """Services to find in, as they stand on a day. Nothing that is asked is kept."""

    def __init__(self, services: Sequence[Service], needs: Needs, today: date) -> None:
        """Read every service once: about a second for ten thousand."""
        self.services, self.needs, self.today = services, needs, today
        self.columns = Columns(services, needs, today)

    def find(self, sought: Sought, facts: Facts, now: datetime, part: slice) -> Page:
        """Return the hits of a part of what is found, and how many there are."""
        known = known_of(sought, facts)
        rows, wanted = self._candidates(sought)
        away, least = self._away(sought, rows)
        if sought.km is not None:
            stay = np.flatnonzero(~(least > sought.km))  # what has no distance stays
            rows, away = (stay if isinstance(rows, slice) else rows[stay]), away[stay]
        standing = Standing(self.columns, rows, known, now)
        kinds = standing.kinds()
        keys = self._keys(standing, kinds, away, wanted)
        first = _first(keys, part.stop)[part]
        numbers = first if isinstance(rows, slice) else rows[first]
        hits = (hit_of(self.services[at], sought, wanted, known, now) for at in numbers)
        return Page(tuple(hits), int(np.count_nonzero(kinds)), len(kinds))

    def _candidates(self, sought: Sought) -> tuple[Rows, set[str]]:
        """Return the rows that answer what is asked, in order, and the needs that were asked for."""
        asked, wanted, named = asked_of(sought, self.needs)
        if not asked and not named:
            return slice(None), wanted
        found = np.zeros(self.columns.size, np.bool_)
        for need in wanted:
            if (rows := self.columns.by_need.get(need)) is not None:
                found[rows] = True
        if named:
            found[self._named(named)] = True
        return np.flatnonzero(found), wanted

    def _named(self, words: frozenset[str]) -> Rows:
        """Return the rows in whose names and descriptions every word stands."""
        lists = [self.columns.pieces.get(word) for word in words]
        if any(rows is None for rows in lists):
            return np.empty(0, np.int32)
        found, *others = sorted((rows for rows in lists if rows is not None), key=len)
        for rows in others:
            found = np.intersect1d(found, rows, assume_unique=True)
        return found

    def _away(self, sought: Sought, rows: Rows) -> tuple[Rows, Rows]:
        """Return how far the nearest place of each row is, and the least it can be; NaN where nobody may know."""
        if sought.near is None:
            away = np.full(len(self.columns.open[rows]), np.nan)
            return away, away
        km, sure = distances(sought.near)
        held = self.columns
        if not len(held.owner):
            nearest = held.first[rows]
            return km[nearest], sure[nearest]
        by_nearness = np.argsort(km, kind="stable")  # no area comes last
        rank = np.empty(len(km), np.int16)
        rank[by_nearness] = np.arange(len(km))
        found = rank[held.first]
        others = np.minimum.reduceat(rank[held.other], held.begins)
        found[held.owner] = np.minimum(found[held.owner], others)
        nearest = by_nearness[found[rows]]
        return km[nearest], sure[nearest]

    def _keys(self, standing: Standing, kinds: Rows, away: Rows, wanted: set[str]) -> Rows:
        """Return one number a row that stands in the order of the hits."""
        held, rows = self.columns, standing.rows
        asked = np.zeros(len(held.needs) + 1, np.bool_)
        asked[[held.needs[key] for key in wanted]] = True
        main = asked[held.main[rows]]
        placed = ~np.isnan(away)
        metres = np.where(placed, np.minimum(np.nan_to_num(away) * 1000, FARTHEST_M), 0).astype(
            np.int64
        )
        key = (YES - kinds).astype(np.int64)
        for part, width in (
            (~standing.here(), 1), (held.reached_by[rows], 2), (standing.speaks(), 2), (~main, 1),
            (~placed, 1), (metres, 24), (held.name[rows], NAMES),
        ):  # fmt: skip
            key = (key << width) | part.astype(np.int64)
        return key


@cache
def _areas() -> tuple[Rows, Rows, Rows]:
    """Return where each postal area is, in radians, and how far around it people may be."""
    known = [areas()[key] for key in AREAS]
    north, east = (
        np.radians([getattr(one, name) for one in known]) for name in ("latitude", "longitude")
    )
    return north, east, np.asarray([np.nan if one.radius is None else one.radius for one in known])


def distances(place: Place) -> tuple[Rows, Rows]:
    """Return how far each postal area is from a place, and the least it can be; NaN at the end, for no area.

    It is ``geography.places.distance`` (haversine), over all areas at once.
    """
    north, east, radius = _areas()
    latitude, longitude = np.radians(place.latitude), np.radians(place.longitude)
    half = np.sin((north - latitude) / 2) ** 2
    half += np.cos(latitude) * np.cos(north) * np.sin((east - longitude) / 2) ** 2
    km = 2 * EARTH_KM * np.arcsin(np.sqrt(half))
    reach = np.nan if place.give_or_take is None else place.give_or_take
    least = np.nan_to_num(np.maximum(km - radius - reach, 0.0), nan=0.0)
    return np.append(km, np.nan), np.append(least, np.nan)


def _first(keys: Rows, count: int) -> Rows:
    """Return where the least keys stand, in order, no more than so many."""
    if count < len(keys):
        some = np.argpartition(keys, count)[:count]
        return some[np.argsort(keys[some], kind="stable")]
    return np.argsort(keys, kind="stable")
