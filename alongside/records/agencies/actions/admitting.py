"""Admitting agencies: the first ones are founded by the operator, every other by two members of two others."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db import transaction

from alongside.records.agencies.actions.joining import Joining, invite_to, keep_profile, note_down
from alongside.records.agencies.content import (
    EpochKeys,
    NotAllowedError,
    Profile,
    Role,
    Standing,
)
from alongside.records.agencies.models import Agency
from alongside.records.agencies.queries import key_number, profile_of, profiles
from alongside.records.agencies.sealing import seal_profile
from alongside.records.journal.content import Deed
from alongside.records.turns import take_turn
from alongside.sealed.envelopes import new_id, new_key
from alongside.sealed.pairs import Pair

if TYPE_CHECKING:
    from datetime import date

    from alongside.domain.consent import HolderKind
    from alongside.records.agencies.content import MemberKeys

FOUNDERS = 2
"""How many agencies the operator founds. From then on agencies admit one another."""


class KeyChangedError(Exception):
    """The key of an agency is not the one whose number was shown."""


@dataclass(frozen=True, slots=True)
class Described:
    """How an agency describes itself to the people who choose."""

    name: str
    kind: HolderKind
    tongues: tuple[str, ...]
    about: dict[str, str]
    days: int = 3


def found(*, described: Described, today: date) -> bytes:
    """Found one of the first two agencies; return the secret of the code that lets its first member in.

    Raises NotAllowedError once two agencies are admitted.
    """
    with transaction.atomic():
        take_turn(b"founding")
        if sum(p.standing is Standing.ADMITTED for p in profiles()) >= FOUNDERS:
            raise NotAllowedError
        return _create(described, Standing.ADMITTED, (), today)


def propose(*, keys: MemberKeys, described: Described, today: date, minute: int) -> bytes:
    """Propose an agency for a member's own; return the secret of the code that lets its first member in.

    Nobody can write to it until a lead of another agency admits it. Raises NotAllowedError for who
    is no lead of an admitted agency.
    """
    with transaction.atomic():
        own = lead_of_admitted(keys)
        code = _create(described, Standing.PROPOSED, (own.id,), today)
        note_down(own, Deed.PROPOSED, keys.name, minute)
        return code


def admit(*, keys: MemberKeys, agency: bytes, minute: int, number: str = "") -> None:
    """Admit a proposed agency, as a lead of another agency than the one that proposed it.

    ``number``: of its key, as it was shown and compared by phone; needed for an agency on another host.
    Raises KeyChangedError where that is another by now, NotAllowedError for anybody else, and for what is
    not proposed.
    """
    with transaction.atomic():
        take_turn(agency)
        own, proposed = lead_of_admitted(keys), profile_of(agency)
        if proposed is None or proposed.standing is not Standing.PROPOSED:
            raise NotAllowedError
        if own.id in {*proposed.vouched, proposed.id}:
            raise NotAllowedError
        if proposed.remote and number != key_number(proposed):
            raise KeyChangedError
        admitted = replace(
            proposed, standing=Standing.ADMITTED, vouched=(*proposed.vouched, own.id)
        )
        keep_profile(admitted)
        places = (key_number(proposed),) if proposed.remote else ()
        note_down(own, Deed.ADMITTED, keys.name, minute, places)


def accept_people(*, keys: MemberKeys, accepts: bool) -> None:
    """Say whether new people can choose this agency now, as a lead: it is so for everybody who works there.

    Raises NotAllowedError for who does not lead.
    """
    if keys.role is not Role.LEAD:
        raise NotAllowedError
    with transaction.atomic():
        take_turn(keys.agency)
        keep_profile(replace(own_profile(keys), accepts=accepts))


def own_profile(keys: MemberKeys) -> Profile:
    """Return the profile of a member's own agency. Raises NotAllowedError when it is gone."""
    own = profile_of(keys.agency)
    if own is None:
        raise NotAllowedError
    return own


def _create(
    described: Described, standing: Standing, vouched: tuple[bytes, ...], today: date
) -> bytes:
    pair, own = Pair.new(), new_id()
    profile = Profile(
        own, described.name, described.kind, described.tongues, described.about, described.days,
        1, pair.public, standing, accepts=False, vouched=vouched,
    )  # fmt: skip
    Agency.objects.create(id=own, sealed=seal_profile(profile))
    epochs = {1: EpochKeys(pair.private, new_key())}
    return invite_to(Joining(own, Role.LEAD, epochs), today=today)


def lead_of_admitted(keys: MemberKeys) -> Profile:
    """Return the profile of the admitted agency that a member leads. Raises NotAllowedError."""
    own = own_profile(keys)
    if keys.role is not Role.LEAD or own.standing is not Standing.ADMITTED:
        raise NotAllowedError
    return own
