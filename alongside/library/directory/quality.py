"""What in a directory would send a person to the wrong place, record by record, with a way to mend it.

Each check is one small function over rows of HSDS 3.1. Nothing is mended by itself. What is true of
every service of a list (no language, no day on which anybody looked) is said once, of the list.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from alongside.library.directory.shapes import FRESH_DAYS
from alongside.library.geography.areas import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from alongside.library.hsds.bundle import Bundle
    from alongside.library.hsds.rows import Cells

ALL = ""
"""The record of an issue that every service of the list has."""
MANY = 5
"""A list of so many services that all lack the same is told so once."""


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing to look at. ``record``: the id of the service, empty for the whole list; ``field``: as in HSDS."""

    record: str
    kind: str
    field: str
    detail: str
    suggestion: str

    def as_json(self) -> dict[str, str]:
        """Return it as the command prints it."""
        return {name: getattr(self, name) for name in self.__slots__}


class Listed:
    """A service with all that hangs on it."""

    def __init__(self, service: Cells, seen: Seen) -> None:
        """Look at one service of what was read."""
        self.service, self.id, self._seen = service, service["id"], seen

    @property
    def name(self) -> str:
        """Its name."""
        return str(self.service["name"])

    @property
    def organization(self) -> Cells:
        """Who runs it; empty where nobody is named."""
        found = self._seen.tables["organization"].get(self.service.get("organization_id", ""))
        return found or {}

    def hung(self, table: str) -> list[Cells]:
        """Return the rows of a table that hang on the service or on its places."""
        places = [one["location_id"] for one in self._seen.under["service_at_location", self.id]]
        return [row for home in (self.id, *places) for row in self._seen.under[table, home]]

    def term(self, attribute: Cells) -> Cells:
        """Return the term of a taxonomy that an attribute names; empty where it names none."""
        found = self._seen.tables["taxonomy_term"].get(attribute.get("taxonomy_term_id", ""))
        return found or {}

    @property
    def places(self) -> list[tuple[Cells, Cells]]:
        """Return each place with each of its addresses."""
        found = []
        for one in self._seen.under["service_at_location", self.id]:
            place = self._seen.tables["location"].get(one["location_id"], {})
            found += [(place, a) for a in self._seen.under["address", one["location_id"]]]
        return found

    def issue(self, kind: str, field: str, detail: str, suggestion: str) -> Issue:
        """Say something of it."""
        return Issue(self.id, kind, field, detail, suggestion)


class Seen:
    """Everything that was read, by what it hangs on."""

    LINKS = ("service_id", "location_id", "link_id", "resource_id", "organization_id")

    def __init__(self, bundle: Bundle) -> None:
        """Look at a bundle."""
        self.tables = bundle.tables
        self.under: dict[tuple[str, str], list[Cells]] = defaultdict(list)
        for table, rows in bundle.tables.items():
            for _, cells in sorted(rows.items()):
                for link in self.LINKS:
                    if link in cells:
                        self.under[table, cells[link]].append(cells)
        self.services = [Listed(cells, self) for _, cells in sorted(self.tables["service"].items())]


def issues(
    bundle: Bundle,
    today: date,
    each: tuple[Callable[[Listed, date], Iterator[Issue]], ...],
    whole: tuple[Callable[[Seen], Iterator[Issue]], ...],
) -> list[Issue]:
    """Return what was found, by record. ``each`` looks at one service, ``whole`` at all of them together."""
    seen = Seen(bundle)
    found = [issue for one in seen.services for check in each for issue in check(one, today)]
    found += [issue for check in whole for issue in check(seen)]
    return sorted(_once(found, len(seen.services)), key=lambda one: (one.record, one.kind))


def _once(found: list[Issue], many: int) -> Iterator[Issue]:
    """Say once what is so of every service."""
    records = Counter(kind for kind, _ in {(one.kind, one.record) for one in found})
    common = {kind for kind, count in records.items() if count == many and many >= MANY}
    said = set()
    for one in found:
        if one.kind not in common:
            yield one
        elif one.kind not in said:
            said.add(one.kind)
            detail = f"of all {many} services: {one.detail}"
            yield Issue(ALL, one.kind, one.field, detail, one.suggestion)


def old(one: Listed, today: date) -> Iterator[Issue]:
    """Find what nobody confirmed for 180 days."""
    said = [one.service.get("assured_date"), one.service.get("last_modified")]
    said += [row.get("last_action_date") for row in one.hung("metadata")]
    days = [str(day)[:10] for day in said if day]
    if not days:
        detail = "nobody says when it was last confirmed."
        yield one.issue("stale", "assured_date", detail, "Ask them, and write the day.")
    elif max(days) < (today - timedelta(days=FRESH_DAYS)).isoformat():
        detail = f"last confirmed on {max(days)}, more than {FRESH_DAYS} days ago."
        yield one.issue("stale", "assured_date", detail, "Ask them again, and write the day.")


def closed(one: Listed, _today: date) -> Iterator[Issue]:
    """Find what does not run, or says itself that it does not."""
    status = one.service.get("status")
    if status != "active":
        cure = "Ask whether it runs; until then nobody is sent there."
        yield one.issue("closed", "status", f"its status is {status}.", cure)


def twice(seen: Seen) -> Iterator[Issue]:
    """Find the same service at the same place, written twice."""
    groups: dict[tuple[str, ...], list[Listed]] = defaultdict(list)
    for one in seen.services:
        for _, address in one.places:
            where = folded(f"{address.get('address_1', '')} {address.get('city', '')}")
            about = folded(str(one.service.get("description", "")))
            groups[folded(one.name), where, about].append(one)
    for same in groups.values():
        first, *others = {one.id: one for one in same}.values()
        for one in others:
            detail = f"the same name and place as {first.id}."
            yield one.issue("duplicate", "name", detail, f"Join it to {first.id}.")


def spelled_apart(seen: Seen) -> Iterator[Issue]:
    """Find one organization under several spellings: whoever mends one leaves the others wrong."""
    groups: dict[str, dict[str, Cells]] = defaultdict(dict)
    for organization in seen.tables["organization"].values():
        groups[folded(organization["name"]).replace(" ", "")][organization["name"]] = organization
    for spelled in groups.values():
        first, *others = sorted(spelled)
        for name in others:
            detail = f"{name!r} and {first!r} seem to be one."
            cure = f"Write both as {first!r}, or say how they differ."
            record = spelled[name]["id"]
            yield Issue(record, "duplicate_organization", "organization.name", detail, cure)
