"""Reading ``content/services``: every refusal names the file, the line and the cure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from alongside.library.directory.codes import (
    ACCESS_COSTS,
    ACCESS_LISTS,
    ACCESS_RULES,
    AREA,
    BASES,
    DISCLOSURES,
    FIREWALL_CODES,
    INTAKE_LISTS,
    KINDS,
    LANGUAGE_MODES,
    MODALITIES,
    PHONE,
    PHONE_TYPES,
    POSTAL_CODE,
    STATES,
)  # fmt: skip
from alongside.library.directory.limits import refuse_harm
from alongside.library.directory.shapes import (
    FACTS,
    Access,
    Checked,
    Directory,
    Firewall,
    Intake,
    LanguageAccess,
    Location,
    Organization,
    Phone,
    Schedule,
    Service,
    ServiceAtLocation,
    id_of,
)  # fmt: skip
from alongside.library.reading import Entry, entries, nearest, pages

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import Path

    from alongside.library.contacts import Contact
    from alongside.library.directory.needs import Needs
    from alongside.library.sources import Sources

DAYS = re.compile(r"(?:MO|TU|WE|TH|FR|SA|SU)(?:,(?:MO|TU|WE|TH|FR|SA|SU))*")
HOUR = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")
DATED = re.compile(r"(?:\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?)?")
LANGUAGE = re.compile(r"[a-z]{3}")


@dataclass(frozen=True, slots=True)
class Shelf:
    """What services refer to."""

    needs: Needs
    contacts: Mapping[str, Contact]
    sources: Sources


def load_directory(root: Path, shelf: Shelf) -> Directory:
    """Read ``content/services``: organizations first, then what they do."""
    organizations: dict[str, Organization] = {}
    waiting: list[Entry] = []
    for page, table in pages(root / "services", root):
        for name, entry in entries(page, table, "organization", "service"):
            if name == "service":
                waiting.append(entry)
                continue
            one = _organization(entry, shelf)
            _once(entry, one.key, organizations)
            organizations[one.key] = one
    services: dict[str, Service] = {}
    for entry in waiting:
        service = _service(entry, organizations, shelf)
        _once(entry, service.key, services)
        services[service.key] = service
    return Directory(organizations, services)


def _once(entry: Entry, key: str, found: Collection[str]) -> None:
    if key in found:
        entry.refuse("key", "this key is already there.", "Give every key one place.")


def _organization(entry: Entry, shelf: Shelf) -> Organization:
    checked = _checked(entry, shelf, ("organization",))
    if "organization" not in checked:
        entry.refuse("key", "nothing says what it rests on.", "Write [[organization.checked]].")
    one = Organization(
        entry.word("key"),
        entry.one_of("kind", KINDS),
        entry.text("name"),
        entry.text("description"),
        entry.word("website", ""),
        entry.flag("network"),
        entry.words("networks"),
        checked["organization"],
    )
    entry.done()
    return one


def _service(entry: Entry, organizations: Mapping[str, Organization], shelf: Shelf) -> Service:
    key = entry.word("key")
    service = Service(
        key=key,
        organization=organizations[entry.one_of("organization", organizations)],
        status=entry.one_of("status", STATES),
        needs=_among(entry, "needs", shelf.needs.by_key),
        contact=entry.one_of("contact", shelf.contacts) if "contact" in entry.table else "",
        for_some=entry.flag("for_some"),
        name=entry.text("name"),
        description=entry.text("description"),
        eligibility_description=entry.text_or_none("eligibility_description"),
        url=entry.word("url", ""),
        minimum_age=entry.number("minimum_age") if "minimum_age" in entry.table else None,
        maximum_age=entry.number("maximum_age") if "maximum_age" in entry.table else None,
        phones=tuple(_phone(part) for part in entry.tables("phone")),
        schedules=tuple(_schedule(part) for part in entry.tables("schedule")),
        language_access=tuple(_language(part) for part in entry.tables("language_access")),
        service_areas=_shaped(entry, "service_areas", AREA, "CA, ON, M or N0R"),
        service_at_locations=tuple(_place(part, key) for part in entry.tables("location")),
        access=_access(_part(entry, "access")),
        firewall=_firewall(_part(entry, "firewall")) if "firewall" in entry.table else None,
        intake=_intake(_part(entry, "intake")),
        location_disclosure=entry.one_of("location_disclosure", DISCLOSURES),
        checked=_checked(entry, shelf, FACTS),
    )
    entry.done()
    refuse_harm(entry, service, shelf.contacts)
    return service


def _part(entry: Entry, field: str) -> Entry:
    """Return a sub-table as an entry of its own, empty when absent."""
    table = entry.table_of(field)
    return Entry(entry.page, table, f"{field}]\n", f"{entry.key}.{field}", begin=entry.begin)


def _among(entry: Entry, field: str, allowed: Iterable[str]) -> tuple[str, ...]:
    values, allowed = entry.words(field), tuple(allowed)
    for value in values:
        if value not in allowed:
            cure = f"Use {nearest(value, allowed)}."
            entry.refuse(field, f"{field!r} cannot hold {value!r}.", cure, f'"{value}"')
    return values


def _shaped(entry: Entry, field: str, shape: re.Pattern[str], such: str) -> tuple[str, ...]:
    values = entry.words(field)
    for value in values:
        if not shape.fullmatch(value):
            entry.refuse(field, f"{value!r} does not belong here.", f"Write {such}.", f'"{value}"')
    return values


def _like(entry: Entry, field: str, shape: re.Pattern[str], such: str) -> str:
    value = entry.word(field)
    if not shape.fullmatch(value):
        entry.refuse(field, f"{value!r} is none.", f"Write {field} = {such}.", f'"{value}"')
    return value


def _phone(part: Entry) -> Phone:
    phone = Phone(
        _like(part, "number", PHONE, '"1-833-900-1010", "9-8-8" or a short one for texts'),
        part.word("extension", ""),
        part.one_of("type", PHONE_TYPES),
    )
    part.done()
    return phone


def _schedule(part: Entry) -> Schedule:
    schedule = Schedule(
        _like(part, "byday", DAYS, '"MO,TU,WE"'),
        _like(part, "opens_at", HOUR, '"08:30"'),
        _like(part, "closes_at", HOUR, '"17:00"'),
        part.word("timezone"),
    )
    part.done()
    if schedule.opens_at >= schedule.closes_at:
        part.refuse("closes_at", "it closes before it opens.", "Write two schedules past midnight.")
    return schedule


def _language(part: Entry) -> LanguageAccess:
    language = LanguageAccess(
        _like(part, "code", LANGUAGE, '"spa", three letters of ISO 639-3'),
        part.one_of("how", LANGUAGE_MODES),
        part.one_of("modality", MODALITIES) if "modality" in part.table else "spoken",
        part.number("notice_hours"),
    )
    part.done()
    return language


def _place(part: Entry, service: str) -> ServiceAtLocation:
    location = Location(
        "",
        part.word("address_1"),
        part.word("city"),
        _like(part, "state_province", AREA, '"ON"'),
        _like(part, "postal_code", POSTAL_CODE, '"M5V 2H1"'),
    )
    part.done()
    address = (location.address_1, location.city, location.state_province, location.postal_code)
    place = Location(id_of("location", *address), *address)
    return ServiceAtLocation(id_of(service, place.id), id_of(service), place)


def _access(part: Entry) -> Access:
    lists: dict[str, Any] = {
        field: _among(part, field, codes) for field, codes in ACCESS_LISTS.items()
    }
    if "conditions" not in part.table:
        lists["conditions"] = None
    access = Access(
        status_rule=part.one_of("status_rule", ACCESS_RULES) if part.table else "unknown",
        cost=part.one_of("cost", ACCESS_COSTS) if "cost" in part.table else "unknown",
        **lists,
    )
    part.done()
    return access


def _firewall(part: Entry) -> Firewall:
    codes = {field: part.one_of(field, allowed) for field, allowed in FIREWALL_CODES.items()}
    firewall = Firewall(
        **codes,
        run_by_authority=part.flag("run_by_authority"),
        basis=part.one_of("basis", BASES),
        policy_url=part.word("policy_url", ""),
        checked_on=part.day("checked_on"),
        recheck_by=part.day("recheck_by"),
    )
    part.done()
    return firewall


def _intake(part: Entry) -> Intake:
    intake = Intake(
        _among(part, "modes", INTAKE_LISTS["modes"]),
        _among(part, "who_can_refer", INTAKE_LISTS["who_can_refer"]),
        _said(part, "accepts_anonymous"),
        _said(part, "accepts_warm_handover"),
        _said(part, "open_24_7"),
    )
    part.done()
    return intake


def _said(part: Entry, field: str) -> bool | None:
    told = part.flag(field)  # read even when absent, so that a misspelt field is offered this one
    return told if field in part.table else None


def _checked(entry: Entry, shelf: Shelf, facts: tuple[str, ...]) -> Mapping[str, Checked]:
    """Read what facts rest on; each fact once, each with a source and the day somebody looked."""
    found: dict[str, Checked] = {}
    for part in entry.tables("checked"):
        about = _among(part, "about", facts)
        cites = shelf.sources.check(part, part.cites())
        if not cites:
            part.refuse("cite", "it cites nothing.", "Say where it was read, or take the fact out.")
        dated = _like(part, "dated", DATED, '"2025-03", or "" where the source has no date')
        checked = Checked(part.day("on"), dated, part.flag("certain"), cites)
        if checked.certain and not dated:
            cure = 'Write certain = false, or dated = "...".'
            part.refuse("certain", "a source without a date makes nothing certain.", cure)
        for one in about:
            if one in found:
                part.refuse("about", f"{one!r} rests on two things.", "Name it once.", f'"{one}"')
            found[one] = checked
        part.done()
    return found
