"""Our profile of HSDS as it comes from elsewhere: objects of which any part may be missing or wrong."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from alongside.domain.directory import Capacity
from alongside.library.directory.codes import (
    ACCESS_COSTS,
    ACCESS_LISTS,
    ACCESS_RULES,
    BASES,
    FIREWALL_CODES,
    INTAKE_LISTS,
)
from alongside.library.directory.shapes import Access, Firewall, Intake

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

NEVER = date(1, 1, 1)
"""The day of what nobody says to have looked at."""
STALE_HOURS, A_YEAR_HOURS = 72, 24 * 365


def day_of(written: object) -> date:
    """Return a day as it was written; :data:`NEVER` for what is none."""
    try:
        return date.fromisoformat(str(written)[:10])
    except ValueError:
        return NEVER


def _listed(said: Mapping[str, Any], name: str, known: Iterable[str]) -> tuple[str, ...]:
    value = said.get(name)
    return tuple(one for one in value if one in known) if isinstance(value, list) else ()


def access_of(said: Any) -> Access:  # noqa: ANN401 - an object of the profile as it came
    """Return who may come and on what terms; a word that nobody knows is not known."""
    if not isinstance(said, dict):
        return Access()
    lists: dict[str, Any] = {
        name: _listed(said, name, known) for name, known in ACCESS_LISTS.items()
    }
    if not isinstance(said.get("conditions"), list):
        lists["conditions"] = None
    rule, cost = said.get("status_rule"), said.get("cost")
    return Access(
        status_rule=rule if rule in ACCESS_RULES else "unknown",
        cost=cost if cost in ACCESS_COSTS else "unknown",
        **lists,
    )


def wall_of(said: Any) -> Firewall | None:  # noqa: ANN401 - the same
    """Return what is known of access without fear; nothing where its basis or its day is missing."""
    if not isinstance(said, dict) or said.get("basis") not in BASES:
        return None
    on = day_of(said.get("checked_on"))
    answers = {
        name: said[name] if said.get(name) in known else "unknown"
        for name, known in FIREWALL_CODES.items()
    }
    return Firewall(
        **answers,
        run_by_authority=said.get("run_by_authority") is True,
        basis=said["basis"],
        policy_url=str(said.get("policy_url", "")),
        checked_on=on,
        recheck_by=day_of(said["recheck_by"]) if said.get("recheck_by") else on,
    )


def capacity_of(said: Any) -> Capacity | None:  # noqa: ANN401 - the same
    """Return the room of a moment; nothing where the moment is missing."""
    if not isinstance(said, dict):
        return None
    try:
        moment = datetime.fromisoformat(str(said.get("as_of")))
    except ValueError:
        return None
    hours = said.get("stale_after_hours")
    if not (isinstance(hours, int | float) and 0 <= hours <= A_YEAR_HOURS):
        hours = STALE_HOURS
    stale = timedelta(hours=hours)
    as_of = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return Capacity(str(said.get("status", "")), as_of, stale)


def intake_of(said: Any) -> Intake:  # noqa: ANN401 - the same
    """Return the ways in."""
    if not isinstance(said, dict):
        return Intake()
    return Intake(
        modes=_listed(said, "modes", INTAKE_LISTS["modes"]),
        who_can_refer=_listed(said, "who_can_refer", INTAKE_LISTS["who_can_refer"]),
        accepts_anonymous=_flag(said, "accepts_anonymous"),
        accepts_warm_handover=_flag(said, "accepts_warm_handover"),
        open_24_7=_flag(said, "open_24_7"),
    )


def _flag(said: Mapping[str, Any], name: str) -> bool | None:
    return said[name] if isinstance(said.get(name), bool) else None
