"""Columns: what decides about a service, as small whole numbers, one row a service.

Each column is what ``domain.directory.match`` would read of that service on a day. A list of codes is a row of
bits. Where services stand is kept as points on the unit sphere: the chord between two tells how far apart they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from alongside.library.directory.codes import ACCESS_COSTS, ACCESS_LISTS, ACCESS_RULES, STATUSES
from alongside.library.directory.seeking import ALL_OF_CANADA, PUBLIC, reached_by, said_of
from alongside.library.directory.serving import service_of
from alongside.library.directory.shapes import MANY
from alongside.library.geography.areas import areas
from alongside.library.vocabulary import REGIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from alongside.domain.directory import Service as Matched
    from alongside.library.directory.needs import Needs
    from alongside.library.directory.shapes import Service

Rows = Any
"""A numpy array. Its own types are left out: they say nothing that the names do not."""
GENDERS = ACCESS_LISTS["genders"]
PROOFS = ACCESS_LISTS["proof_required"]
CONDITIONS = ACCESS_LISTS["conditions"]
PROVINCES = tuple(sorted(REGIONS))
NEVER = -1
SHORT = 65_535
AREAS = tuple(areas())
NOWHERE = -1
"""No area: the last of a table, where nothing is known."""


def bits(codes: Iterable[str], known: Sequence[str]) -> int:
    """Return codes as a row of bits, each at its place in ``known``."""
    return sum(1 << known.index(code) for code in codes if code in known)


@dataclass(slots=True)
class Where:
    """Lists of places: all of Canada, provinces as bits, and the rows of each beginning of a postal area."""

    everywhere: Rows
    provinces: Rows
    begins: Mapping[str, Rows]
    any_begin: Rows


class Columns:
    """The columns of a list of services, as they stand on a day."""

    def __init__(self, services: Sequence[Service], needs: Needs, today: date) -> None:
        """Read every service once."""
        self.needs = {key: number for number, key in enumerate(needs.by_key)}
        self.size = len(services)
        matched = [service_of(one, today) for one in services]
        self._access(matched)
        self._rest(matched)
        self.serves = _where([one.areas for one in matched])
        self.listed = _where([tuple(_lower(a) for a in one.service_areas) for one in services])
        self.languages = _postings([one.languages for one in matched])
        self.spoken = _postings([{each.code for each in one.language_access} for one in services])
        self.pieces = _postings([said_of(one) for one in services])
        self._for_needs(services)
        self._places(services)
        self._order(services)

    def _access(self, matched: list[Matched]) -> None:
        access = [one.access for one in matched]
        rules = [ACCESS_RULES.index(one.status_rule) for one in access]
        accepted = [bits(one.accepted, STATUSES) for one in access]
        refused = [bits(one.refused, STATUSES) for one in access]
        self.status = Coded("rule accepted refused", zip(rules, accepted, refused, strict=True))
        self.gender = Coded("mask", ((bits(one.genders, GENDERS),) for one in access))
        proofs = (
            (rule, one.proof == ("none",), bits(one.proof, PROOFS))
            for rule, one in zip(rules, access, strict=True)
        )
        self.proof = Coded("rule none mask", proofs)
        told = (
            (one.conditions is not None, bits(one.conditions or (), CONDITIONS)) for one in access
        )
        self.conditions = Coded("told mask", told)
        self.cost = Coded("cost", ((ACCESS_COSTS.index(one.cost),) for one in access))

    def _rest(self, matched: list[Matched]) -> None:
        opened = [_truth(one.status == "active" if one.status else None) for one in matched]
        self.open = _numbers(opened, np.int8)
        ages = ((_age(one.minimum_age), _age(one.maximum_age)) for one in matched)
        self.age = Coded("least most", ages)
        walls = [one.firewall for one in matched]
        runs = ((_truth(wall.run_by_authority if wall else None),) for wall in walls)
        self.authority = Coded("run", runs)
        rooms = [one.capacity for one in matched]
        self.room = _numbers([_room(one.status) if one else 1 for one in rooms], np.int8)
        self.room_from = _numbers(
            [one.as_of.timestamp() if one else 0 for one in rooms], np.float64
        )
        until = [(one.as_of + one.stale_after).timestamp() if one else NEVER for one in rooms]
        self.room_until = _numbers(until, np.float64)

    def _for_needs(self, services: Sequence[Service]) -> None:
        self.by_need = _postings([one.needs for one in services])
        main = [self.needs.get(one.needs[0], NEVER) if one.needs else NEVER for one in services]
        self.main = _numbers(main, np.int16)  # NEVER is the last of a table, which no need is

    def _places(self, services: Sequence[Service]) -> None:
        """Note the area of the first place of each service, and those of other places, by service."""
        number = {key: at for at, key in enumerate(AREAS)}
        found = [[number[key] for key in _shown(one)] for one in services]
        self.first = _numbers([each[0] if each else NOWHERE for each in found], np.int16)
        others = [(row, area) for row, each in enumerate(found) for area in each[1:]]
        self.other = _numbers([area for _, area in others], np.int16)
        owners = _numbers([row for row, _ in others], np.int32)
        self.owner, self.begins = np.unique(owners, return_index=True)

    def _order(self, services: Sequence[Service]) -> None:
        self.reached_by = _numbers([reached_by(one) for one in services], np.int8)
        names = sorted(range(self.size), key=lambda row: services[row].name.en)
        self.name = np.empty(self.size, np.int64)
        self.name[names] = np.arange(self.size)


class Coded:
    """Columns that take few values together: a row names one, and what decides is worked out once for each."""

    def __init__(self, names: str, rows: Iterable[tuple[int, ...]]) -> None:
        """Give what occurs a number. ``names``: of the columns, with spaces between."""
        seen: dict[tuple[int, ...], int] = {}
        codes = [seen.setdefault(row, len(seen)) for row in rows]
        self.code = np.asarray(codes, np.uint32 if len(seen) > SHORT else np.uint16)
        parts = list(zip(*seen, strict=True)) or [() for _ in names.split()]
        self.values = {
            name: np.asarray(part, np.int64)
            for name, part in zip(names.split(), parts, strict=True)
        }
        self.size = len(seen)


def _shown(one: Service) -> Iterator[str]:
    """Go through the areas of the places of a service that anybody may know of, those we know."""
    for at in one.service_at_locations if one.location_disclosure == PUBLIC else ():
        if at.location.postal_code[:3] in areas():
            yield at.location.postal_code[:3]


def _age(years: int | None) -> int:
    return NEVER if years is None else years


def _numbers(values: Sequence[object], kind: Any) -> Rows:  # noqa: ANN401 - a numpy type
    return np.asarray(values, kind)


def _truth(value: object) -> int:
    return 1 if value is None else 2 if value else 0


def _room(status: str) -> int:
    return {"capacity": 2, "no-capacity": 0}.get(status, 1)


def _lower(area: str) -> str:
    return area.lower() if area == ALL_OF_CANADA or area.lower() in REGIONS else area


def _where(lists: Sequence[Sequence[str]]) -> Where:
    begins = [{one for one in areas if not one.islower()} for areas in lists]
    return Where(
        _numbers(["ca" in areas for areas in lists], np.bool_),
        _numbers([bits((a for a in areas if a != "ca"), PROVINCES) for areas in lists], np.uint16),
        _postings(begins),
        _numbers([bool(found) for found in begins], np.bool_),
    )


def _postings(lists: Sequence[Iterable[str]]) -> dict[str, Rows]:
    """Return for each word the rows it stands in, in order."""
    found: dict[str, list[int]] = {}
    for row, words in enumerate(lists):
        for word in set(words):
            found.setdefault(word, []).append(row)
    return {word: np.asarray(rows, np.int32) for word, rows in found.items()}


__all__ = ["MANY", "Columns", "Where", "bits"]
