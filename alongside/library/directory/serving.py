"""What the directory says of a service, as the matching of a person reads it: what is in doubt is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alongside.domain.directory import Access, Firewall, Service

if TYPE_CHECKING:
    from datetime import date

    from alongside.library.directory.shapes import Access as Said
    from alongside.library.directory.shapes import Firewall as Wall
    from alongside.library.directory.shapes import Service as Listed

LONGEST_REGION = 2
"""``CA`` and the letters of a province; whatever is longer, or has a number, begins a postal area."""


def service_of(listed: Listed, today: date) -> Service:
    """Return a service to match. A fact that is uncertain, old or of unknown source is left out: *ask first*."""

    def sure(about: str) -> bool:
        return listed.certain(about, today)

    return Service(
        id=listed.id,
        needs=listed.needs,
        status=listed.status if sure("description") else "",
        minimum_age=listed.minimum_age if sure("eligibility") else None,
        maximum_age=listed.maximum_age if sure("eligibility") else None,
        access=_access(listed.access) if sure("access") else Access(),
        firewall=_firewall(listed.firewall),
        capacity=listed.capacity,
        languages=frozenset(
            one.code for one in listed.language_access if sure("language_access")
        ),
        areas=tuple(map(_area, listed.service_areas)) if sure("service_areas") else (),
    )  # fmt: skip


def _access(said: Said) -> Access:
    return Access(
        status_rule=said.status_rule,
        accepted=frozenset(said.statuses_accepted),
        refused=frozenset(said.statuses_refused),
        proof=said.proof_required,
        genders=said.genders,
        conditions=said.conditions,
        cost=said.cost,
    )


def _firewall(wall: Wall | None) -> Firewall | None:
    """Return how access without fear is known: it carries its own basis and day."""
    if wall is None:
        return None
    return Firewall(
        basis=wall.basis,
        checked_on=wall.checked_on,
        recheck_by=wall.recheck_by,
        asks_status=wall.asks_status,
        shares=wall.shares_with_immigration,
        run_by_authority=wall.run_by_authority,
    )


def _area(written: str) -> str:
    region = len(written) <= LONGEST_REGION and written.isalpha() and len(written) > 1
    return written.lower() if region else written
