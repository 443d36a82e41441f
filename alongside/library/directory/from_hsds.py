"""Rows of HSDS 3.1 as our directory: what a source does not say stays *not known*.

A fact stands only where its source says when it was looked at: ``metadata`` of the fact, else the day
on which the service was assured. Who bears the name of an authority is one, whatever the source says.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from alongside.library.directory.as_hsds import AS_TYPE, CHECKED, MAIN, TAXONOMY
from alongside.library.directory.codes import (
    AREA,
    DISCLOSURES,
    ENFORCES,
    LANGUAGE_MODES,
    POSTAL_CODE,
)  # fmt: skip
from alongside.library.directory.profile import (
    NEVER,
    access_of,
    capacity_of,
    day_of,
    intake_of,
    wall_of,
)
from alongside.library.directory.shapes import (
    AUTHORITY,
    FACTS,
    Checked,
    Directory,
    Firewall,
    LanguageAccess,
    Location,
    Organization,
    Phone,
    Schedule,
    Service,
    ServiceAtLocation,
)  # fmt: skip
from alongside.library.reading import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from alongside.library.directory.needs import Needs
    from alongside.library.hsds.bundle import Bundle
    from alongside.library.hsds.rows import Cells

THREE = 3
AS_OURS = {theirs: ours for ours, theirs in AS_TYPE.items()}


def directory_of(bundle: Bundle, needs: Needs) -> Directory:
    """Return the organizations and services of a bundle. A need is known by its code in our taxonomy."""
    reading = _Reading(bundle, needs)
    services = {key: reading.service(cells) for key, cells in bundle.tables["service"].items()}
    return Directory(
        {one.organization.key: one.organization for one in services.values()}, services
    )


class _Reading:
    """Reads services of one bundle."""

    def __init__(self, bundle: Bundle, needs: Needs) -> None:
        self._tables, self._needs = bundle.tables, needs
        self._under: dict[tuple[str, str], list[Cells]] = defaultdict(list)
        for table, link in (
            ("phone", "service_id"), ("schedule", "service_id"), ("language", "service_id"),
            ("service_area", "service_id"), ("service_at_location", "service_id"),
            ("address", "location_id"), ("attribute", "link_id"), ("metadata", "resource_id"),
            ("phone", "location_id"), ("schedule", "location_id"), ("language", "location_id"),
        ):  # fmt: skip
            for _, cells in sorted(bundle.tables[table].items()):
                if owner := cells.get(link):
                    self._under[table, owner].append(cells)

    def service(self, cells: Cells) -> Service:
        key = cells["id"]
        places = self._places(cells)
        homes = (key, *(one.location.id for one in places))
        wall = wall_of(cells.get("firewall"))
        spoken = cells.get("language_access") or self._hung("language", homes)
        return Service(
            key=key,
            organization=self._organization(cells, wall),
            status=cells["status"],
            needs=self._for_needs(key),
            contact="",
            for_some=False,
            name=_text(cells, "name"),
            description=_text(cells, "description"),
            eligibility_description=_or_none(cells, "eligibility_description"),
            url=cells.get("url", ""),
            minimum_age=_years(cells.get("minimum_age")),
            maximum_age=_years(cells.get("maximum_age")),
            phones=tuple(map(_phone, self._hung("phone", homes))),
            schedules=tuple(map(_hours, self._hung("schedule", homes))),
            language_access=tuple(_spoken(one) for one in spoken if len(_code(one)) == THREE),
            service_areas=self._areas(key),
            service_at_locations=places,
            access=access_of(cells.get("access")),
            firewall=wall,
            intake=intake_of(cells.get("intake")),
            location_disclosure=_disclosed(cells),
            checked=self._checked(cells),
            capacity=capacity_of(cells.get("capacity_status")),
        )  # fmt: skip

    def _hung(self, table: str, homes: Iterable[str]) -> list[Cells]:
        return [cells for home in homes for cells in self._under[table, home]]

    def _organization(self, cells: Cells, wall: Firewall | None) -> Organization:
        found = self._tables["organization"].get(cells.get("organization_id", ""), {})
        key = found.get("id") or cells["id"]
        names = f"{found.get('name', '')}\n{cells['name']}"
        against = bool(wall and wall.run_by_authority) or bool(ENFORCES.search(names))
        name = _text(found, "name") if found else _text(cells, "name")
        about = _text(found, "description")
        kind = AUTHORITY if against else "community"
        looked = Checked(NEVER, "", certain=False, cites=())
        return Organization(key, kind, name, about, found.get("website", ""), False, (), looked)  # noqa: FBT003 - no network

    def _for_needs(self, key: str) -> tuple[str, ...]:
        found = []
        for one in self._under["attribute", key]:
            term = self._tables["taxonomy_term"].get(one.get("taxonomy_term_id", ""), {})
            code = term.get("code")
            if term.get("taxonomy") == TAXONOMY and code in self._needs.by_key:
                found.append((one.get("label") != MAIN, str(code)))
        return tuple(code for _, code in sorted(found))

    def _areas(self, key: str) -> tuple[str, ...]:
        found = []
        for one in self._under["service_area", key]:
            if one.get("extent_type", "text") == "text":
                written = str(one.get("extent", "")).replace(",", ";").split(";")
                found += [part.strip() for part in written if AREA.fullmatch(part.strip())]
        return tuple(dict.fromkeys(found))

    def _places(self, cells: Cells) -> tuple[ServiceAtLocation, ...]:
        """Return where it is given; nothing at all where that is not public."""
        if _disclosed(cells) != "public":
            return ()
        found = []
        for one in self._under["service_at_location", cells["id"]]:
            for address in self._under["address", one["location_id"]]:
                if POSTAL_CODE.fullmatch(_spaced(address.get("postal_code", ""))):
                    place = _location(one["location_id"], address)
                    found.append(ServiceAtLocation(one["id"], cells["id"], place))
        return tuple(found)

    def _checked(self, cells: Cells) -> dict[str, Checked]:
        """Return when each fact was looked at: by itself, else with the whole service."""
        assured = cells.get("assured_date")
        whole = Checked(day_of(assured), "", certain=bool(assured), cites=())
        found = dict.fromkeys(FACTS, whole)
        for one in self._under["metadata", cells["id"]]:
            if one.get("field_name") in FACTS:
                stands = one.get("last_action_type") == CHECKED
                day = day_of(one.get("last_action_date"))
                found[one["field_name"]] = Checked(day, "", certain=stands, cites=())
        return found


def _text(cells: Mapping[str, Any], name: str) -> Text:
    """Return a text of one language, or of the two that a mapping puts in two lines."""
    english, _, french = str(cells.get(name, "")).partition("\n")
    return Text("", english, french if name == "name" and french else str(cells.get(name, "")))


def _or_none(cells: Mapping[str, Any], name: str) -> Text | None:
    return _text(cells, name) if name in cells else None


def _disclosed(cells: Cells) -> str:
    """Say what may be known of the place: a word that nobody knows hides it; HSDS without our profile does not."""
    said = cells.get("location_disclosure", "public")
    return said if said in DISCLOSURES else "withheld"


def _years(value: object) -> int | None:
    return int(value) if isinstance(value, int | float) and value >= 0 else None


def _phone(cells: Cells) -> Phone:
    kind = str(cells.get("type", "voice"))
    return Phone(cells["number"], str(cells.get("extension", "")), AS_OURS.get(kind, kind))


def _hours(cells: Cells) -> Schedule:
    opens, closes = (str(cells.get(name, ""))[:5] for name in ("opens_at", "closes_at"))
    return Schedule(cells.get("byday", ""), opens, closes, cells.get("notes", ""))


def _code(cells: Cells) -> str:
    return str(cells.get("code", ""))


def _spoken(cells: Cells) -> LanguageAccess:
    how = cells.get("how", "staff")
    notice = _years(cells.get("notice_hours")) or 0
    modality = cells.get("modality", "spoken")
    return LanguageAccess(_code(cells), how if how in LANGUAGE_MODES else "", modality, notice)


def _spaced(written: str) -> str:
    plain = written.upper().replace(" ", "").replace("-", "")
    return f"{plain[:THREE]} {plain[THREE:]}"


def _location(key: str, address: Cells) -> Location:
    return Location(
        id=key,
        address_1=address.get("address_1", ""),
        city=address.get("city", ""),
        state_province=address.get("state_province", ""),
        postal_code=_spaced(address["postal_code"]),
        country=address.get("country", "CA"),
    )
