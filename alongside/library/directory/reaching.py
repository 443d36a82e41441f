"""Checks of what leads to a service: numbers, addresses, places, web and post."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from alongside.library.directory.codes import ADDRESS
from alongside.library.directory.telephones import (
    EVERYWHERE,
    MADE_UP,
    PROVINCES,
    is_number,
    numbers_in,
    written,
)
from alongside.library.geography.areas import folded, towns
from alongside.library.geography.places import PlaceError, area_of, between

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from alongside.library.directory.quality import Issue, Listed, Seen
    from alongside.library.geography.places import Place
    from alongside.library.hsds.rows import Cells

PROVINCE_NAMES = {
    "alberta": "ab", "british columbia": "bc", "colombie britannique": "bc", "manitoba": "mb",
    "new brunswick": "nb", "nouveau brunswick": "nb", "newfoundland and labrador": "nl",
    "terre neuve et labrador": "nl", "nova scotia": "ns", "nouvelle ecosse": "ns", "ontario": "on",
    "prince edward island": "pe", "ile du prince edouard": "pe", "quebec": "qc",
    "saskatchewan": "sk", "northwest territories": "nt", "territoires du nord ouest": "nt",
    "nunavut": "nu", "yukon": "yt",
}  # fmt: skip
BEYOND_KM = 5.0
"""A place so far outside the circle that holds nine in ten of its area's codes is drawn wrong."""
BEYOND_SPREAD_KM = 50.0
OTHER_TOWN_KM = 25.0
SIGNS = 6
_POSTAL = re.compile(r"[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z]\d[ABCEGHJ-NPRSTV-Z]\d")
_LOOKS_LIKE = {
    "letter": {"0": "O", "1": "I", "5": "S", "8": "B"},
    "digit": {"O": "0", "I": "1", "S": "5", "B": "8", "L": "1"},
}
_URL = re.compile(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?(?:/\S*)?", re.IGNORECASE)
_ELSEWHERE = re.compile(r"(?:https?://|www\.)\S+|(?:fax|t[ée]l[ée]copieur)\b.*", re.IGNORECASE)


def telephones(one: Listed, _today: date) -> Iterator[Issue]:
    """Find numbers that nobody can dial as they stand."""
    rows = one.hung("phone")
    if not rows:
        ways = [name for name in ("email", "url") if one.service.get(name)]
        kind = "no_phone" if ways else "unreachable"
        detail = "it has no number." if ways else "it has no number, no mail and no page."
        yield one.issue(kind, "phone.number", detail, "Find a way to reach it.")
    for row in rows:
        yield from _number(one, str(row["number"]))


def _number(one: Listed, text: str) -> Iterator[Issue]:
    field, found = "phone.number", numbers_in(text)
    if not is_number(text):
        cure = "Find the number."
        if found:
            each = " and ".join(map(written, found))
            cure = f"Write {each} by itself, and an extension in its own field."
        yield one.issue("bad_phone", field, "it is not one number.", cure)
        if not found:
            return
    provinces = set().union(*(_provinces(one)))
    for digits in found:
        area = digits[:3]
        if MADE_UP.search(digits):
            yield one.issue("dead_phone", field, "the number looks made up.", "Find the real one.")
        elif area not in PROVINCES and area not in EVERYWHERE:
            detail = f"{area} is no area code of Canada."
            yield one.issue("dead_phone", field, detail, "Find the number.")
        elif provinces and area in PROVINCES and not PROVINCES[area] & provinces:
            detail = f"{area} is not an area code of its province."
            yield one.issue("far_phone", field, detail, "Ask whether it is answered from there.")


def _provinces(one: Listed) -> Iterator[set[str]]:
    for _, address in one.places:
        if province := province_of(address):
            yield {province}


def province_of(address: Cells) -> str:
    """Return the two letters of the province of an address; empty where they cannot be told."""
    said = folded(str(address.get("state_province", "")))
    return PROVINCE_NAMES.get(said, said if said in PROVINCE_NAMES.values() else "")


def shared(seen: Seen) -> Iterator[Issue]:
    """Find one number under several organizations: one of them is not answered there."""
    groups: dict[str, dict[str, Listed]] = defaultdict(dict)
    for one in seen.services:
        who = _family(str(one.organization.get("name") or one.name))
        for row in one.hung("phone"):
            for digits in numbers_in(str(row["number"])):
                groups[digits].setdefault(who, one)
    for digits, whose in sorted(groups.items()):
        if len(whose) > 1:
            first, *others = whose.values()
            for one in others:
                detail = f"{written(digits)} is also the number of {first.id}."
                yield one.issue("shared_phone", "phone.number", detail, "Ask who answers there.")


def _family(name: str) -> str:
    """Return the first two words of a name: those of one house answer one telephone at many places."""
    return " ".join(re.sub(r"[^\w ]", " ", folded(name)).split()[:2])


def addresses(one: Listed, _today: date) -> Iterator[Issue]:
    """Find postal codes that are none, and places that are not where their code, town or province is."""
    for place, address in one.places:
        given = str(address.get("postal_code", ""))
        signs = re.sub(r"[\s-]", "", given.upper())
        area = _area(signs)
        if area is None:
            cure = "Look it up."
            if better := _mended(signs):
                cure = f"{better} perhaps; look it up."
            detail = f"{given!r} is not a postal code of Canada."
            yield one.issue("bad_postal_code", "address.postal_code", detail, cure)
            continue
        yield from _standing(one, place, address, area)


def _area(signs: str) -> Place | None:
    """Return the postal area of a whole code; None for what is none."""
    if not _POSTAL.fullmatch(signs):
        return None
    try:
        return area_of(signs[:3])
    except PlaceError:
        return None


def _standing(one: Listed, place: Cells, address: Cells, area: Place) -> Iterator[Issue]:
    province = province_of(address)
    if province and province != area.province:
        detail = f"{area.key} is in {area.province.upper()}, the address in {province.upper()}."
        yield one.issue("wrong_province", "address.state_province", detail, "Mend one of them.")
    town = folded(str(address.get("city", "")))
    homes = [home for home in towns()[0].get(town, ()) if home.province == area.province]
    away = [between(home.latitude, home.longitude, area.latitude, area.longitude) for home in homes]
    if away and min(away) > OTHER_TOWN_KM + (area.give_or_take or 0):
        detail = f"{area.key} is about {min(away):.0f} km from {address['city']}."
        yield one.issue("wrong_town", "address.postal_code", detail, "Mend the code or the town.")
    yield from _drawn(one, place, area)


def _drawn(one: Listed, place: Cells, area: Place) -> Iterator[Issue]:
    if not {"latitude", "longitude"} <= place.keys():
        return
    km = between(place["latitude"], place["longitude"], area.latitude, area.longitude)
    radius = area.give_or_take
    beyond = BEYOND_SPREAD_KM if area.spread_out else BEYOND_KM
    if radius is not None and km > radius + beyond:
        detail = f"it is drawn {km:.0f} km from the middle of its postal area {area.key}."
        cure = "Take the point out, or mend it: the address counts."
        yield one.issue("far_from_postal_code", "location.latitude", detail, cure)


def _mended(signs: str) -> str:
    """Return what a postal code may have been meant to be: letters for digits that look like them, and back."""
    if len(signs) != SIGNS:
        return ""
    kinds = ("letter", "digit") * 3
    right = "".join(
        _LOOKS_LIKE[kind].get(sign, sign) for kind, sign in zip(kinds, signs, strict=True)
    )
    if right == signs or _area(right) is None:
        return ""
    return f"{right[:3]} {right[3:]}"


def pages(one: Listed, _today: date) -> Iterator[Issue]:
    """Find web addresses that open nothing, and what stands where something else belongs."""
    url = one.service.get("url")
    if url and not _URL.fullmatch(str(url)):
        yield one.issue("bad_url", "url", "no browser opens it.", "Write it from https:// on.")
    about = str(one.service.get("description", "")).strip()
    if about and all(_ELSEWHERE.fullmatch(line.strip()) for line in about.splitlines()):
        detail = "the description is only a web address or a fax."
        yield one.issue("wrong_field", "description", detail, "Move it, and say what they do.")


def hidden(one: Listed, _today: date) -> Iterator[Issue]:
    """Find a hidden place that its own words give away."""
    if one.service.get("location_disclosure", "public") == "public":
        return
    words = (str(one.service.get(name, "")) for name in ("name", "description", "alert"))
    if any(ADDRESS.search(text) for text in words):
        detail = "its place is not public, and its words tell an address."
        yield one.issue("hidden_place_told", "description", detail, "Take the address out now.")
