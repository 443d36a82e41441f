"""Seeking: which services answer what somebody needs, where they are, and how each stands to this person.

Nothing that is asked is kept. A service without a place anybody may know of has no distance: what is
hidden shows in no order, no number and no reason. Those who can act against a person are never among help.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from alongside.domain.directory import match
from alongside.domain.facts import Facts
from alongside.library.directory.asking import folded, unspaced
from alongside.library.directory.serving import service_of
from alongside.library.directory.shapes import MANY
from alongside.library.geography.places import PlaceError, area_of, distance

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from alongside.domain.directory import Match
    from alongside.domain.facts import Value
    from alongside.library.directory.needs import Needs
    from alongside.library.directory.shapes import Directory, Service
    from alongside.library.geography.places import Distance, Place

RANK = {"serves": 0, "ask": 1, "no": 2}
"""What is confirmed comes first; *ask first* never above it."""
PUBLIC = "public"
ALL_OF_CANADA = "CA"
PAIR = 2


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for. ``needs``: any of them; ``words``: as somebody wrote them; ``km`` from ``near``.

    Where nothing is named, everything is. ``language``: ISO 639-3.
    """

    needs: tuple[str, ...] = ()
    words: str = ""
    near: Place | None = None
    km: float | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """One service for one person. ``away``: None where it has no place, or none anybody may know of.

    ``speaks``: 0 for the language asked for, 1 for whichever is asked for, 2 for neither, or none was asked.
    """

    service: Service
    match: Match
    away: Distance | None
    main: bool
    here: bool
    speaks: int

    @property
    def order(self) -> tuple[object, ...]:
        """Where it stands: how it serves; if it serves here, can be reached, speaks it, is for this most; how near."""
        near = (self.away is None, self.away.km if self.away else 0.0)
        kind, far = RANK[self.match.kind], reached_by(self.service)
        return kind, not self.here, far, self.speaks, not self.main, near, self.service.name.en


def reached_by(service: Service) -> int:
    """Return 0 for a service that can be called, 1 for one with a page or a place, 2 for one that nobody can reach."""
    return 0 if service.phones else 1 if service.url or service.service_at_locations else 2


def seek(
    directory: Directory, needs: Needs, sought: Sought, facts: Facts, now: datetime
) -> list[Hit]:
    """Return what fits, in order; ``facts`` already hold what derives from them.

    This says what finding means, service by service; ``index`` finds the same in many at once.
    """
    known = known_of(sought, facts)
    asked, wanted, named = asked_of(sought, needs)
    found = []
    for service in directory.help:
        fits = wanted.intersection(service.needs) or (named and named <= said_of(service))
        if fits or not (asked or named):
            hit = hit_of(service, sought, wanted, known, now)
            if sought.km is None or hit.away is None or hit.away.at_least <= sought.km:
                found.append(hit)
    return sorted(found, key=lambda hit: hit.order)


def known_of(sought: Sought, facts: Facts) -> Facts:
    """Return what is known of somebody who looks.

    The place and the language asked for count instead of what was told: somebody looks where they mean to go.
    """
    asked: dict[str, Value] = {}
    left = set()
    if sought.near:
        left = {"place.province", "place.area"}
        asked["place.province"] = sought.near.province
        if area := _area(sought.near):
            asked["place.area"] = area
    if sought.language:
        left.add("lang.speak")
        asked["lang.speak"] = sought.language
    kept = {key: value for key, value in facts.values.items() if key not in left}
    return Facts(kept | asked, facts.conflicted - left)


def asked_of(sought: Sought, needs: Needs) -> tuple[tuple[str, ...], set[str], frozenset[str]]:
    """Return the needs asked for, those with all that is part of them, and the words to look for in texts."""
    asked = (*sought.needs, *needs.asked(sought.words))
    return asked, {one for key in asked for one in needs.under(key)}, pieces(sought.words)


def hit_of(service: Service, sought: Sought, wanted: set[str], known: Facts, now: datetime) -> Hit:
    """Return a service as it stands to somebody."""
    return Hit(
        service,
        match(service_of(service, now.date()), known, now),
        _away(service, sought.near),
        bool(wanted.intersection(service.needs[:1])),
        _here(service, known),
        _speaks(service, known),
    )


def _area(place: Place | None) -> str | None:
    """Return the postal area of a place that is in one alone."""
    return place.areas[0] if place and len(place.areas) == 1 else None


def _speaks(service: Service, facts: Facts) -> int:
    told, codes = facts.get("lang.speak"), {one.code for one in service.language_access}
    if told is None:
        return 2
    return 0 if told in codes else 1 if MANY in codes else 2


def _here(service: Service, facts: Facts) -> bool:
    """Say whether its list of places holds the one told, be that list in doubt or not; all do where none was told."""
    told = (facts.get("place.province"), facts.get("place.area"))
    if told[0] is None:
        return True
    return any(
        one == ALL_OF_CANADA or one.lower() == told[0] or str(told[1] or "").startswith(one)
        for one in service.service_areas
    )


def pieces(text: str) -> frozenset[str]:
    """Return what of a text is looked for: its words, and pairs of signs where a script parts no words."""
    return frozenset(piece for word in folded(text) for piece in _pieces(word))


def _pieces(word: str) -> Iterator[str]:
    if len(word) > PAIR and unspaced((word,)):
        yield from (word[at : at + PAIR] for at in range(len(word) - 1))
    else:
        yield word


def said_of(service: Service) -> frozenset[str]:
    """Return the pieces of the names of a service and of who runs it, and of what it says it does."""
    texts = {service.name, service.organization.name, service.description}
    return frozenset(
        piece for text in texts for said in {text.en, text.fr} for piece in pieces(said)
    )


def _away(service: Service, near: Place | None) -> Distance | None:
    """Return how far the nearest place of a service is, of those that anybody may know of."""
    if near is None or service.location_disclosure != PUBLIC:
        return None
    found = [distance(near, place) for place in _places(service)]
    return min(found, key=lambda one: one.km, default=None)


def _places(service: Service) -> Iterator[Place]:
    for one in service.service_at_locations:
        try:
            yield area_of(one.location.postal_code[:3])
        except PlaceError:  # an area newer than the table: its distance is not known
            continue
