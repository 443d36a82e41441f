"""Our directory as HSDS 3.1: rows of the standard and of our profile, in one language at a time.

HSDS has one language in a data set, so an export is in English or in French, under the same ids. What
each fact rests on stands in ``metadata``. Services of those who can act against a person stay out: a
reader elsewhere would show them among help.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from alongside.library.directory.shapes import id_of
from alongside.library.hsds.bundle import Bundle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alongside.library.directory.needs import Needs
    from alongside.library.directory.shapes import Checked, Directory, Organization, Service
    from alongside.library.hsds.rows import Cells
    from alongside.library.reading import Text
    from alongside.library.sources import Sources

TAXONOMY = "alongside-needs"
MAIN = "main"
"""The ``label`` of the attribute that names the need a service is for above all."""
CHECKED, IN_DOUBT = "checked", "in doubt"
"""What ``metadata.last_action_type`` says of a fact: that it stands, or that it is shown as *ask first*."""
AS_TYPE = {"tty": "textphone", "whatsapp": "cell"}
"""Types of telephones as HSDS names them, where its word is another."""
PLACES = {"CA": "Canada"}


def bundle_of(directory: Directory, needs: Needs, sources: Sources, lang: str) -> Bundle:
    """Return the services that help, who runs them and the needs, as rows of HSDS 3.1. ``lang``: ``en`` or ``fr``."""
    writing = _Writing(sources, lang)
    bundle = Bundle("alongside")
    listed = directory.help
    runs = {one.organization.key: one.organization for one in listed}
    for row in _terms(needs, writing):
        bundle.tables[row[0]][row[1]["id"]] = row[1]
    for organization in runs.values():
        bundle.tables["organization"][organization.id] = writing.organization(organization)
    for service in listed:
        for table, cells in writing.service(service):
            bundle.tables[table][cells["id"]] = cells
    return bundle


Row = tuple[str, "Cells"]


def _terms(needs: Needs, writing: _Writing) -> Iterator[Row]:
    about = {"id": id_of(TAXONOMY), "name": TAXONOMY}
    yield "taxonomy", about | {"description": "What a person may need, in their own words."}
    for need in needs.help:
        cells = {
            "id": id_of(TAXONOMY, need.key),
            "code": need.key,
            "name": writing.say(need.name),
            "description": writing.say(need.says),
            "parent_id": id_of(TAXONOMY, need.parent) if need.parent else "",
            "taxonomy": TAXONOMY,
            "taxonomy_id": id_of(TAXONOMY),
            "language": writing.lang,
        }
        yield "taxonomy_term", _told(cells)


class _Writing:
    """Writes rows in one language."""

    def __init__(self, sources: Sources, lang: str) -> None:
        self._sources, self.lang = sources, lang

    def say(self, text: Text | None) -> str:
        return str(getattr(text, self.lang)) if text else ""

    def organization(self, one: Organization) -> Cells:
        cells = {
            "id": one.id,
            "name": self.say(one.name),
            "description": self.say(one.description),
            "website": one.website,
        }
        return _told(cells)

    def service(self, one: Service) -> Iterator[Row]:
        yield "service", _told(self._itself(one))
        yield from _parts(one)
        for number, key in enumerate(one.needs):
            cells = {
                "link_id": one.id,
                "link_entity": "service",
                "taxonomy_term_id": id_of(TAXONOMY, key),
                "label": "" if number else MAIN,
            }
            yield _hung("attribute", one, key, cells)
        for about, checked in sorted(one.checked.items()):
            yield _hung("metadata", one, about, self._resting(one, about, checked))

    def _itself(self, one: Service) -> Cells:
        return {
            "id": one.id,
            "organization_id": one.organization.id,
            "name": self.say(one.name),
            "description": self.say(one.description),
            "url": one.url,
            "status": one.status,
            "eligibility_description": self.say(one.eligibility_description),
            "minimum_age": one.minimum_age,
            "maximum_age": one.maximum_age,
            "assured_date": one.assured_date.isoformat(),
            "access": _profile(asdict(one.access)),
            "firewall": _profile(asdict(one.firewall)) if one.firewall else None,
            "intake": _profile(asdict(one.intake)),
            "location_disclosure": one.location_disclosure,
            "capacity_status": _room(one),
            "language_access": [_profile(asdict(each)) for each in one.language_access],
        }

    def _resting(self, one: Service, about: str, checked: Checked) -> Cells:
        """Say what a fact rests on: the day we looked, the sources and their own date."""
        cited = [self.say(self._sources.table[cite.source].title) for cite in checked.cites]
        return {
            "resource_id": one.id,
            "resource_type": "service",
            "field_name": about,
            "last_action_date": checked.on.isoformat(),
            "last_action_type": CHECKED if checked.certain else IN_DOUBT,
            "previous_value": "",
            "replacement_value": "",
            "updated_by": "; ".join(cited) + (f" ({checked.dated})" if checked.dated else ""),
        }


def _room(one: Service) -> Cells | None:
    if one.capacity is None:
        return None
    hours = one.capacity.stale_after.total_seconds() / 3600
    moment = one.capacity.as_of.isoformat()
    return {"status": one.capacity.status, "as_of": moment, "stale_after_hours": hours}


def _parts(one: Service) -> Iterator[Row]:
    """Write what hangs on a service: telephones, hours, languages of its own people, areas and places."""
    for number, phone in enumerate(one.phones):
        extension = int(phone.extension) if phone.extension.isdigit() else None
        kind = AS_TYPE.get(phone.type, phone.type)
        cells = {"number": phone.number, "extension": extension, "type": kind}
        yield _hung("phone", one, str(number), {"service_id": one.id} | cells)
    for number, hours in enumerate(one.schedules):
        cells = {
            "freq": "WEEKLY", "byday": hours.byday, "opens_at": hours.opens_at,
            "closes_at": hours.closes_at, "notes": hours.timezone,
        }  # fmt: skip
        yield _hung("schedule", one, str(number), {"service_id": one.id} | cells)
    for spoken in one.language_access:
        if spoken.how in {"staff", "volunteer"}:  # HSDS: never one that only an interpreter speaks
            yield _hung("language", one, spoken.code, {"service_id": one.id, "code": spoken.code})
    for area in one.service_areas:
        cells = {"name": PLACES.get(area, area), "extent": area, "extent_type": "text"}
        yield _hung("service_area", one, area, {"service_id": one.id} | cells)
    if one.location_disclosure == "public":
        yield from _places(one)


def _places(one: Service) -> Iterator[Row]:
    for at in one.service_at_locations:
        place = asdict(at.location)
        kind = place.pop("location_type")
        yield "location", {"id": place.pop("id"), "location_type": kind}
        whole = {"location_id": at.location.id, "address_type": "physical"} | place
        yield _hung("address", one, at.location.id, whole)
        cells = {"id": at.id, "service_id": one.id, "location_id": at.location.id}
        yield "service_at_location", cells


def _hung(table: str, one: Service, key: str, cells: Cells) -> Row:
    kept = ("previous_value", "replacement_value", "updated_by")  # HSDS wants them, empty or not
    stay = {name: value for name, value in cells.items() if name in kept}
    return table, {"id": id_of(one.id, table, key)} | _told(cells) | stay


def _told(cells: Cells) -> Cells:
    """Leave out what is not known: in HSDS, what is absent is not known."""
    return {name: value for name, value in cells.items() if value not in ("", None, [], {})}


def _profile(said: dict[str, Any]) -> Cells:
    """Return an object of the profile in plain values, without what is not known."""
    plain = {name: _plain(value) for name, value in said.items()}
    told = {k: v for k, v in plain.items() if v not in ("", None, [], 0) or v is False}
    if said.get("conditions") == ():  # they said that there are none
        told["conditions"] = []
    return told


def _plain(value: Any) -> Any:  # noqa: ANN401 - a field of a dataclass
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
