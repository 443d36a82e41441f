"""What no service of the content may be: each limit keeps somebody from being sent to the wrong place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alongside.library.directory.codes import ADDRESS, ENFORCES
from alongside.library.directory.needs import REPORT
from alongside.library.directory.shapes import AUTHORITY, Access, Intake

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from alongside.library.contacts import Contact
    from alongside.library.directory.shapes import Service
    from alongside.library.reading import Entry


def refuse_harm(entry: Entry, service: Service, contacts: Mapping[str, Contact]) -> None:
    """Refuse a service that could harm: unsourced, hidden but placed, or an authority among help."""
    _hidden(entry, service)
    _apart(entry, service)
    _sourced(entry, service)
    _agreeing(entry, service, contacts)
    if not service.service_areas:
        entry.refuse("service_areas", "nothing says where it serves.", 'Write ["CA"] or ["ON"].')


def told(service: Service) -> Iterator[str]:
    """Go through the facts that a service tells."""
    yield "description"
    yield "service_areas"
    ages = (service.minimum_age, service.maximum_age)
    held = {
        "eligibility": service.eligibility_description or any(age is not None for age in ages),
        "access": service.access != Access(),
        "phones": service.phones,
        "schedules": service.schedules,
        "language_access": service.language_access,
        "intake": service.intake != Intake(),
        "firewall": service.firewall,
        "locations": service.service_at_locations,
    }
    yield from (fact for fact, value in held.items() if value)


def _sourced(entry: Entry, service: Service) -> None:
    facts = set(told(service))
    for fact in sorted(facts - set(service.checked)):
        cure = f'Name "{fact}" in a [[service.checked]], or take it out.'
        entry.refuse("key", f"nothing says what {fact!r} rests on.", cure)
    for fact in sorted(set(service.checked) - facts):
        cure = "Take it out there, or write the fact."
        entry.refuse("checked", f"{fact!r} is checked and not told.", cure, f'"{fact}"')


def _hidden(entry: Entry, service: Service) -> None:
    if service.location_disclosure == "public":
        return
    cure = 'Take the place out, or write location_disclosure = "public".'
    if service.service_at_locations:
        entry.refuse("location_disclosure", "a place that is not public has an address.", cure)
    texts = (service.name, service.description, service.eligibility_description)
    for text in texts:
        if text and (ADDRESS.search(text.en) or ADDRESS.search(text.fr)):
            field = text.key.rpartition(".")[2]
            entry.refuse(field, "its words tell where a place is that is not public.", cure)


def _apart(entry: Entry, service: Service) -> None:
    """Refuse who can act against a person among help, by what it is, by its name and by its needs."""
    organization = service.organization
    named = (organization.name, service.name)
    authority = organization.kind == AUTHORITY
    if not service.needs:
        entry.refuse("needs", "it is for nothing.", 'Write needs = ["safety.hotline"].')
    reports = [need.split(".", maxsplit=1)[0] == REPORT for need in service.needs]
    if authority and not all(reports):
        cure = "Give it needs of the report branch only, or leave it out."
        entry.refuse("needs", "who can act against a person does not stand among help.", cure)
    if not authority and any(reports):
        cure = 'Write kind = "authority" of its organization, or other needs.'
        entry.refuse("needs", "the report branch is for those who can act on a report.", cure)
    if not authority and any(ENFORCES.search(text.en + "\n" + text.fr) for text in named):
        cure = 'Write kind = "authority" of its organization, with needs of the report branch.'
        entry.refuse("name", "its name is that of an authority.", cure)
    if service.firewall and service.firewall.run_by_authority and not authority:
        cure = 'Write kind = "authority" of its organization.'
        entry.refuse("firewall", "it is run by an authority and stands among help.", cure)


def _agreeing(entry: Entry, service: Service, contacts: Mapping[str, Contact]) -> None:
    """Refuse another number than the one in content/contacts: one of the two would be wrong."""
    contact = contacts.get(service.contact)
    if contact is None or not contact.phone or not service.phones:
        return
    if contact.phone not in {phone.number for phone in service.phones}:
        cure = f"{contact.key} says {contact.phone}. Mend the one that is wrong."
        entry.refuse("contact", "two numbers of one service disagree.", cure)
