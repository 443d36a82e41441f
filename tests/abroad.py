"""A fictional agency that lives on another host, as its card says, and how it is admitted here."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.test import override_settings

from alongside.domain.consent import HolderKind
from alongside.records.agencies.actions.admitting import admit
from alongside.records.agencies.actions.introducing import export_card, import_card
from alongside.records.agencies.content import Profile, Standing
from alongside.records.agencies.letters import VERSION, open_file
from alongside.records.agencies.queries import key_number
from alongside.records.armour import FileKind, armour, disarmour
from alongside.records.packing import pack
from alongside.sealed import signatures
from alongside.sealed.derived import signing_seed
from alongside.sealed.pairs import Pair
from alongside.sealed.signatures import sign

if TYPE_CHECKING:
    from alongside.records.casefile.binding import Now
    from tests.agencies import Colleague

HALF_A_SIGN = "half a sign"
"""Stands in a card for what JSON can hold and no text."""
LIGHTHOUSE = Profile(
    b"l" * 16, "Test Lighthouse (fictional)", HolderKind.COMMUNITY, ("en", "fr", "es"),
    {"en": "A workers' centre far away.", "fr": "Un centre de travailleurs, au loin."}, 7, 1,
    Pair.new().public, Standing.ADMITTED,
)  # fmt: skip


def there() -> override_settings:
    """Be that host for a while, as far as its secret goes."""
    return override_settings(SECRET_KEY="secret of another host, for tests alone")


def card(**instead: Any) -> str:
    """Return the card that its host writes, with something else in the profile where asked."""
    with there():
        return export_card(profile=replace(LIGHTHOUSE, **instead))


def card_saying(**other: Any) -> str:
    """Return a card that its host signs and that no such program writes; a field of ``...`` is left out."""
    table = {"version": VERSION} | open_file(FileKind.CARD, card())[1] | other
    body = pack({name: v for name, v in table.items() if v is not ...})
    body = body.replace(HALF_A_SIGN.encode(), b"\\ud800")
    with there():
        return armour(FileKind.CARD, sign(signing_seed(settings.SECRET_KEY), FileKind.CARD, body))


def changed(text: str, **other: Any) -> str:
    """Return a card with something else in it, under the signature that was there, and a check that fits."""
    raw, (_, table) = disarmour(FileKind.CARD, text), open_file(FileKind.CARD, text)
    body = pack({"version": VERSION} | table | other)
    return armour(FileKind.CARD, raw[: signatures.HEAD] + body)


def number(**instead: Any) -> str:
    """Return the number of its key, as they read it out there."""
    with there():
        return key_number(replace(LIGHTHOUSE, **instead))


def admitted(one: Colleague, other: Colleague, now: Now) -> Profile:
    """Bring it in by a lead of one agency, and admit it by one of another."""
    profile = import_card(keys=one.keys, text=card(), minute=now.minute)
    admit(keys=other.keys, agency=profile.id, minute=now.minute, number=number())
    return profile
