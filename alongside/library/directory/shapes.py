"""Organizations and services in the words of HSDS 3.1 and of our profile, with what each fact rests on.

Names of fields are theirs, so that what is exported needs no second vocabulary. What HSDS lacks is
our profile: ``access``, ``firewall``, ``intake``, ``location_disclosure``, ``language_access``.
A field that is empty or None is *not known*: never *open to all*, never *closed*.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

if TYPE_CHECKING:
    from collections.abc import Mapping

    from alongside.domain.directory import Capacity
    from alongside.library.reading import Cite, Text

OURS = UUID("5a1a2f7c-6f5e-5b0c-9d53-3a8f5d1f6b10")
"""The namespace of the ids of this content: one key always gives one id."""
FRESH_DAYS = 180
"""A fact nobody has checked for so long is shown as old."""
AUTHORITY = "authority"
MANY = "mul"
"""ISO 639-3 for *many languages*: an interpreter on demand, without a list that could be shown."""


@lru_cache(maxsize=4096)
def id_of(*key: str) -> str:
    """Return the UUID of a key, the same on every machine and in every edition; a UUID is its own."""
    if len(key) == 1:
        with suppress(ValueError):
            return str(UUID(key[0]))
    return str(uuid5(OURS, "/".join(key)))


@dataclass(frozen=True, slots=True)
class Checked:
    """What a fact rests on. ``on``: the day we looked; ``dated``: the source's own date, empty for none.

    ``certain``: False where the source is old, undated or speaks for somebody else: *ask first*.
    """

    on: date
    dated: str
    certain: bool
    cites: tuple[Cite, ...]


@dataclass(frozen=True, slots=True)
class Organization:
    """Who runs services. ``kind``: *community*, *public* or *authority* (it can act against a person).

    ``network``: it joins groups and takes no calls; ``networks``: keys of those it is part of.
    """

    key: str
    kind: str
    name: Text
    description: Text
    website: str
    network: bool
    networks: tuple[str, ...]
    checked: Checked

    @property
    def id(self) -> str:
        """Its UUID."""
        return id_of(self.key)


@dataclass(frozen=True, slots=True)
class Phone:
    """One number. ``type``: *voice*, *text*, *tty* or *whatsapp*; ``number`` as it is dialled."""

    number: str
    extension: str
    type: str


@dataclass(frozen=True, slots=True)
class Schedule:
    """Hours of a week: ``byday`` such as ``MO,TU``, ``opens_at`` and ``closes_at`` such as ``08:30``."""

    byday: str
    opens_at: str
    closes_at: str
    timezone: str


@dataclass(frozen=True, slots=True)
class Location:
    """A place anybody may know of. A hidden place has none: there is nothing to leak."""

    id: str
    address_1: str
    city: str
    state_province: str
    postal_code: str
    country: str = "CA"
    location_type: str = "physical"


@dataclass(frozen=True, slots=True)
class ServiceAtLocation:
    """A service where it is given."""

    id: str
    service_id: str
    location: Location


@dataclass(frozen=True, slots=True)
class LanguageAccess:
    """A language and how it is spoken there. ``code``: ISO 639-3, or ``mul`` for whichever is asked for."""

    code: str
    how: str
    modality: str
    notice_hours: int


@dataclass(frozen=True, slots=True)
class Access:
    """Who may use a service and on what terms; every list empty for not known.

    ``conditions``: None for not known; empty where they said that there are none.
    """

    status_rule: str = "unknown"
    statuses_accepted: tuple[str, ...] = ()
    statuses_refused: tuple[str, ...] = ()
    proof_required: tuple[str, ...] = ()
    genders: tuple[str, ...] = ()
    households: tuple[str, ...] = ()
    experiences: tuple[str, ...] = ()
    conditions: tuple[str, ...] | None = None
    cost: str = "unknown"


@dataclass(frozen=True, slots=True)
class Firewall:
    """What happens to what a person says of their papers, and how that is known."""

    asks_status: str
    records_status: str
    shares_with_immigration: str
    calls_police: str
    run_by_authority: bool
    basis: str
    policy_url: str
    checked_on: date
    recheck_by: date


@dataclass(frozen=True, slots=True)
class Intake:
    """Ways in; ``open_24_7``, ``accepts_anonymous`` and ``accepts_warm_handover`` are None for not known."""

    modes: tuple[str, ...] = ()
    who_can_refer: tuple[str, ...] = ()
    accepts_anonymous: bool | None = None
    accepts_warm_handover: bool | None = None
    open_24_7: bool | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """One service. ``needs``: keys of needs, the main one first. ``contact``: its key in content/contacts.

    ``for_some``: it serves one community or one kind of work; it is found, and named to nobody unasked.
    ``service_areas``: ``CA``, provinces (``ON``) or beginnings of postal areas (``N0R``, ``M``).
    ``checked``: what each fact rests on, by the field of HSDS or of the profile. ``capacity``: room at a
    moment; it goes stale by itself.
    """

    key: str
    organization: Organization
    status: str
    needs: tuple[str, ...]
    contact: str
    for_some: bool
    name: Text
    description: Text
    eligibility_description: Text | None
    url: str
    minimum_age: int | None
    maximum_age: int | None
    phones: tuple[Phone, ...]
    schedules: tuple[Schedule, ...]
    language_access: tuple[LanguageAccess, ...]
    service_areas: tuple[str, ...]
    service_at_locations: tuple[ServiceAtLocation, ...]
    access: Access
    firewall: Firewall | None
    intake: Intake
    location_disclosure: str
    checked: Mapping[str, Checked] = field(hash=False)
    capacity: Capacity | None = None

    @property
    def id(self) -> str:
        """Its UUID."""
        return id_of(self.key)

    @property
    def assured_date(self) -> date:
        """The day its facts were last looked at: of the one looked at first."""
        return min(one.on for one in self.checked.values())

    def certain(self, about: str, today: date) -> bool:
        """Say whether a fact may be shown as one: known, certain, and looked at not too long ago."""
        found = self.checked.get(about)
        return (
            found is not None and found.certain and today <= found.on + timedelta(days=FRESH_DAYS)
        )

    def ask_first(self, today: date) -> tuple[str, ...]:
        """Return the facts that a page says *ask first* about, whether in doubt or not known."""
        return tuple(about for about in FACTS if not self.certain(about, today))


FACTS = (
    "description", "service_areas", "eligibility", "access", "phones", "schedules",
    "language_access", "intake", "firewall", "locations",
)  # fmt: skip
"""What a service is asked about. Each that is told says what it rests on."""


@dataclass(frozen=True)
class Directory:
    """Every organization and service of the content, in the order of its files."""

    organizations: Mapping[str, Organization]
    services: Mapping[str, Service]

    @property
    def help(self) -> tuple[Service, ...]:
        """Return the services that help; none is run by those who can act against a person."""
        return tuple(one for one in self.services.values() if one.organization.kind != AUTHORITY)

    @property
    def reporting(self) -> tuple[Service, ...]:
        """Return the services of those who can act against a person, shown with their risks only."""
        return tuple(one for one in self.services.values() if one.organization.kind == AUTHORITY)
