"""Introducing an agency that lives on another host: its card goes out there, and comes in here at the desk."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db import transaction

from alongside.domain.consent import HolderKind
from alongside.records.agencies.actions.admitting import lead_of_admitted
from alongside.records.agencies.actions.joining import keep_profile, note_down
from alongside.records.agencies.content import (
    LONGEST_ABOUT,
    LONGEST_NAME,
    MOST_DAYS,
    NotAllowedError,
    Profile,
    Standing,
)
from alongside.records.agencies.letters import is_identity, is_whole, open_file, sign_file
from alongside.records.agencies.models import Agency
from alongside.records.agencies.queries import key_number, profile_of
from alongside.records.agencies.sealing import host_public, seal_profile
from alongside.records.armour import FileKind, NotReadError
from alongside.records.journal.content import Deed
from alongside.records.turns import take_turn
from alongside.sealed.derived import same
from alongside.sealed.pairs import is_public

if TYPE_CHECKING:
    from collections.abc import Callable

    from alongside.records.agencies.content import MemberKeys

LONGEST_CARD = 16 * 1024
"""In signs; the longest that an agency can have is half of it."""
HALF = re.compile("[\ud800-\udfff]")
"""Half a sign, which JSON can hold and no page can show."""
CODE, MOST_TONGUES = re.compile("[a-z]{2,3}"), 40


class Fault(StrEnum):
    """Why a card is not taken: it is none, it is of an agency of this host, or of an older key."""

    NONE = "none"
    HERE = "here"
    OLDER = "older"


class CardError(Exception):
    """A card that is not taken."""

    def __init__(self, fault: Fault) -> None:
        """Say why."""
        super().__init__(fault)
        self.fault = fault


class Does(StrEnum):
    """What bringing a card in does: propose the agency, nothing, ask for a second agency, or give a new key."""

    PROPOSES = "proposes"
    NOTHING = "nothing"
    ASKS = "asks"
    RENEWS = "renews"


@dataclass(frozen=True, slots=True)
class Brought:
    """A card as it was read, and what bringing it in does."""

    profile: Profile
    does: Does


def export_card(*, profile: Profile) -> str:
    """Return the card of an agency of this host: who it is, the key to write to it, and the host that signs it.

    Raises NotAllowedError for an agency of another host: its card is its own to give.
    """
    if profile.remote:
        raise NotAllowedError
    shown = {name: getattr(profile, name) for name in SHOWN if name != "id"}
    return sign_file(FileKind.CARD, {"id": profile.id} | shown)


def read_card(*, keys: MemberKeys, text: str) -> Brought:
    """Read the card of an agency of another host; nothing is changed.

    Raises CardError, or NotAllowedError for who is no lead of an admitted agency.
    """
    own, card = lead_of_admitted(keys), _card(text)
    return Brought(card, _does(profile_of(card.id), card, own.id))


def import_card(*, keys: MemberKeys, text: str, minute: int) -> Profile:
    """Propose an agency of another host by its card, after the number of its key was compared by phone.

    Another agency admits it, as any other. A card with a new key counts once leads of two agencies here
    have brought it in, so that no one of them can put a key of their own in its place. Raises CardError,
    or NotAllowedError for who is no lead of an admitted agency.
    """
    with transaction.atomic():
        own, card = lead_of_admitted(keys), _card(text)
        take_turn(card.id)
        known = profile_of(card.id)
        does = _does(known, card, own.id)
        if known is None:
            Agency.objects.create(id=card.id, sealed=seal_profile(card))
        new = _after(does, known, card, own.id)
        keep_profile(new)
        note_down(own, Deed.PROPOSED, keys.name, minute, (key_number(card),))
        return new


def _does(known: Profile | None, card: Profile, by: bytes) -> Does:
    if known is None:
        return Does.PROPOSES
    if not known.remote:
        raise CardError(Fault.HERE)
    moved = known.standing is Standing.PROPOSED and known.host != card.host
    if card.number < known.number and not moved:
        raise CardError(Fault.OLDER)
    if all(getattr(known, name) == getattr(card, name) for name in (*SHOWN, "host")):
        return Does.NOTHING
    if known.standing is Standing.PROPOSED:
        return Does.PROPOSES
    if known.key == card.key:
        return Does.NOTHING
    second = known.renewal[:3] == card.key and known.renewal[3] != by
    return Does.RENEWS if second else Does.ASKS


def _after(does: Does, known: Profile | None, card: Profile, by: bytes) -> Profile:
    if known is None or does is Does.PROPOSES:
        return replace(card, vouched=(by,))
    if does is Does.RENEWS:
        return replace(known.with_epoch(card.number, card.public), host=card.host, renewal=())
    return replace(known, renewal=(*card.key, by)) if does is Does.ASKS else known


def _card(text: str) -> Profile:
    """Read a card: every field that a card has, of the right kind, and no other."""
    try:
        host, table = open_file(FileKind.CARD, text[:LONGEST_CARD])
    except NotReadError as error:
        raise CardError(Fault.NONE) from error
    if table.keys() != SHOWN.keys() or not all(SHOWN[name](table[name]) for name in SHOWN):
        raise CardError(Fault.NONE)
    if same(host, host_public()):
        raise CardError(Fault.HERE)
    beside = {"standing": Standing.PROPOSED, "vouched": (), "host": host}
    return Profile.of(table.pop("id"), table | beside)


def _is_name(value: object) -> bool:
    return _is_text(value, LONGEST_NAME) and len(str(value).splitlines()) == 1


def _is_kind(value: object) -> bool:
    return isinstance(value, str) and value in set(HolderKind)


def _are_tongues(value: object) -> bool:
    few = isinstance(value, list) and 0 < len(value) <= MOST_TONGUES
    return few and all(_is_code(code) for code in value)  # type: ignore[attr-defined]  # a list by then


def _is_code(value: object) -> bool:
    return isinstance(value, str) and bool(CODE.fullmatch(value))


def _is_about(value: object) -> bool:
    if not isinstance(value, dict) or not value:
        return False
    return all(_is_code(lang) and _is_text(text, LONGEST_ABOUT) for lang, text in value.items())


def _are_days(value: object) -> bool:
    return type(value) is int and 0 < value <= MOST_DAYS


def _is_key(value: object) -> bool:
    return isinstance(value, bytes) and is_public(value)


def _is_text(value: object, longest: int) -> bool:
    whole = isinstance(value, str) and len(value) <= longest and bool(value.strip())
    return whole and not HALF.search(str(value))


SHOWN: dict[str, Callable[[Any], bool]] = {
    "id": is_identity, "name": _is_name, "kind": _is_kind, "tongues": _are_tongues, "about": _is_about,
    "days": _are_days, "number": is_whole, "public": _is_key,
}  # fmt: skip
"""What a card holds, with what each can be."""
