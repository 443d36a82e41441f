"""Made-up services, drawn from a seed: no organization, number or place of them exists."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from alongside.domain.directory import Capacity
from alongside.library.directory.codes import (
    ACCESS_COSTS,
    ACCESS_LISTS,
    ACCESS_RULES,
    FIREWALL_CODES,
)
from alongside.library.directory.shapes import (
    FACTS,
    Access,
    Checked,
    Firewall,
    Intake,
    LanguageAccess,
    Location,
    Organization,
    Phone,
    Service,
    ServiceAtLocation,
)  # fmt: skip
from alongside.library.geography.areas import areas
from alongside.library.reading import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from alongside.library.directory.needs import Needs

LANGUAGES = (
    "eng", "fra", "spa", "tgl", "pan", "hin", "guj", "ara", "cmn", "yue", "vie", "ukr", "fas", "prs", "tha",
    "hat", "tam", "urd", "ben", "tel", "amh", "tir", "kor", "por", "som", "nep", "sin", "mam", "kek", "mul",
)  # fmt: skip
WORDS = [
    "aube",
    "bord",
    "clinic",
    "centre",
    "door",
    "east",
    "fjord",
    "garden",
    "harbour",
    "island",
    "juniper",
    "kindred",
    "lake",
    "maple",
    "north",
    "open",
    "pier",
    "quai",
    "river",
    "shelter",
    "tamarack",
    "union",
    "vallée",
    "west",
    "yellow",
    "zone",
    "action",
    "atelier",
    "bridge",
    "cedar",
    "dawn",
    "échelle",
    "field",
]
MISSING = 0.35
"""How often a fact is not known, or in doubt: the real lists know less."""
HIDDEN, DOUBTED, PAGED, CALLED, ENFORCING, ROOM_TOLD, OPEN_TO_ALL = (
    0.15,
    0.1,
    0.7,
    0.9,
    0.03,
    0.5,
    0.08,
)
"""How often a place is hidden, a fact in doubt, there is a page or a number, and so on."""


def services(count: int, needs: Needs, today: date, seed: int = 5) -> list[Service]:
    """Return so many services; the same seed gives the same."""
    draw = Random(seed)
    helps = [need.key for need in needs.help]
    places = sorted(areas().values(), key=lambda area: area.key)
    weights = [area.weight for area in places]
    return [_service(number, draw, helps, (places, weights, today)) for number in range(count)]


def _maybe(draw: Random, codes: Sequence[str], most: int = 3) -> tuple[str, ...]:
    if draw.random() < MISSING:
        return ()
    return tuple(sorted(draw.sample(codes, draw.randint(1, min(most, len(codes))))))


def _service(
    number: int, draw: Random, helps: list[str], where: tuple[list, list, date]
) -> Service:
    places, weights, today = where
    (area,) = draw.choices(places, weights)
    hidden = draw.random() < HIDDEN
    looked = today - timedelta(days=draw.choice([3, 40, 170, 400]))
    checked = Checked(looked, "", certain=draw.random() > DOUBTED, cites=())
    wide = draw.choice([("CA",), (area.province.upper(),), (area.key[:1],), (area.key,), ()])
    told: dict[str, Any] = {
        "status": draw.choice(["active"] * 8 + ["inactive", "temporarily closed"]),
        "needs": tuple(draw.sample(helps, draw.randint(1, 4))),
        "url": "https://www.example.org" if draw.random() < PAGED else "",
        "minimum_age": draw.choice([None, None, 0, 16, 18]),
        "maximum_age": draw.choice([None, None, None, 29]),
        "phones": (Phone("416-555-0100", "", "voice"),) if draw.random() < CALLED else (),
        "language_access": tuple(_tongues(draw)),
        "service_at_locations": () if hidden else tuple(_places(number, draw, area.key)),
        "access": _access(draw),
        "firewall": _wall(draw, today),
        "capacity": _capacity(draw, today),
    }
    return Service(
        key=f"made.{number}", contact="", for_some=False, eligibility_description=None, schedules=(),
        intake=Intake(), service_areas=wide, location_disclosure="area_only" if hidden else "public",
        checked=dict.fromkeys(FACTS, checked), **_named(number, draw, checked), **told,
    )  # fmt: skip


def _named(number: int, draw: Random, checked: Checked) -> dict[str, Any]:
    name = f"{' '.join(draw.sample(WORDS, 3))} {number}".title()
    about = " ".join(draw.choices(WORDS, k=20))
    runs = Organization(
        f"org.{number % 997}", "community", Text("", name, name), Text("", "", ""), "",
        network=False, networks=(), checked=checked,
    )  # fmt: skip
    return {
        "name": Text("", name, name),
        "description": Text("", about, about),
        "organization": runs,
    }


def _tongues(draw: Random) -> Iterator[LanguageAccess]:
    for code in draw.sample(LANGUAGES, draw.choice([0, 1, 2, 2, 3])):
        yield LanguageAccess(code, "staff", "spoken", 0)


def _places(number: int, draw: Random, area: str) -> Iterator[ServiceAtLocation]:
    for at in range(draw.choice([1, 1, 1, 2])):
        where = Location(f"l{number}.{at}", "1 Made-up Street", "Town", "ON", f"{area} 1A1")
        yield ServiceAtLocation(f"x{number}.{at}", "", where)


def _access(draw: Random) -> Access:
    if draw.random() < OPEN_TO_ALL:
        return Access(
            "any_no_proof", proof_required=("none",), genders=("all",), conditions=(), cost="free"
        )
    lists: dict[str, Any] = {name: _maybe(draw, codes) for name, codes in ACCESS_LISTS.items()}
    return Access(draw.choice(ACCESS_RULES), cost=draw.choice(ACCESS_COSTS), **lists)


def _wall(draw: Random, today: date) -> Firewall | None:
    if draw.random() < MISSING:
        return None
    answers = {name: draw.choice(codes) for name, codes in FIREWALL_CODES.items()}
    checked = today - timedelta(days=30)
    return Firewall(
        **answers, run_by_authority=draw.random() < ENFORCING, basis="written_policy_seen", policy_url="",
        checked_on=checked, recheck_by=checked + timedelta(days=180),
    )  # fmt: skip


def _capacity(draw: Random, today: date) -> Capacity | None:
    if draw.random() < ROOM_TOLD:
        return None
    as_of = datetime(today.year, today.month, today.day, tzinfo=UTC) - timedelta(
        hours=draw.choice([1, 100])
    )
    return Capacity(draw.choice(["capacity", "no-capacity", "waitlist"]), as_of)
