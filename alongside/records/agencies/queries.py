"""Reading agencies: who accepts, who is signed in, whose card is in the box."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from alongside.records.agencies.content import Card, MemberKeys, Profile, Role, Standing
from alongside.records.agencies.models import Agency, Between, Delivery, Epoch, Member, Session
from alongside.records.agencies.sealing import (
    host_public,
    open_epoch,
    open_label,
    open_listed,
    open_profile,
)
from alongside.records.armour import digits_of
from alongside.records.journal.queries import count_lines, read_book
from alongside.records.packing import pack, unpack
from alongside.sealed.envelopes import Bound, NotOpenedError
from alongside.sealed.things import BETWEEN, CARD, HELD, SESSION
from alongside.sealed.tokens import Token

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from django.db.models import QuerySet

    from alongside.records.journal.content import Line

MINUTES_A_QUARTER = 15


def profiles() -> list[Profile]:
    """Return every agency that this site sealed, by name; what was forged or moved is not among them."""
    return sorted(_opened(Agency.objects.all()), key=lambda profile: profile.name)


def accepting() -> list[Profile]:
    """Return the agencies a person can write to, by name: admitted, and taking people now.

    After a restore an agency waits until a member signed in: its key is then a new one.
    """
    return sorted(_accepting(Agency.objects.all()), key=lambda profile: profile.name)


def accepting_one(agency: bytes) -> Profile | None:
    """Return one of the agencies a person can write to, or None."""
    return next(_accepting(Agency.objects.filter(id=agency)), None)


def _accepting(rows: QuerySet[Agency]) -> Iterator[Profile]:
    found = _opened(rows.filter(turn_wanted=False))
    return (p for p in found if p.standing is Standing.ADMITTED and p.accepts)


def profiles_of(agencies: Iterable[bytes]) -> dict[bytes, Profile]:
    """Return these agencies by their identity, without those there are none of."""
    rows = Agency.objects.filter(id__in=list(agencies))
    return {profile.id: profile for profile in _opened(rows)}


def profile_of(agency: bytes) -> Profile | None:
    """Return one agency, or None."""
    return profiles_of([agency]).get(agency)


def _opened(rows: QuerySet[Agency]) -> Iterator[Profile]:
    for own, sealed in rows.values_list("id", "sealed"):
        with suppress(NotOpenedError):
            yield open_profile(bytes(own), bytes(sealed))


def key_number(profile: Profile) -> str:
    """Return the number of an agency's key, as two people compare it by phone: the same on both hosts.

    It stands for the agency, the number of its epoch, its public half, and that of its host.
    """
    number, public, host = profile.key
    return digits_of(pack([profile.id, number, public, host or host_public()]))


def host_number(profile: Profile | None = None) -> str:
    """Return the number of the host that an agency lives on; of this very host where none is given."""
    return digits_of(profile.host if profile and profile.remote else host_public())


def hosts_written_to() -> set[bytes]:
    """Return the public halves of the hosts that admitted agencies live on, beside this one."""
    return {p.host for p in profiles() if p.remote and p.standing is Standing.ADMITTED}


class OpenSession(NamedTuple):
    """A session that opened: whose keys it holds, the minute it ends, the mark of the passphrase it began with."""

    keys: MemberKeys
    ends: int
    mark: bytes = b""


def signed_in(*, finds: str | None, opens: str | None, minute: int) -> MemberKeys | None:
    """Return who is signed in, by the two cookies: one finds the session, the other opens it."""
    found = session_of(finds=finds, opens=opens, minute=minute)
    return found.keys if found else None


def session_of(*, finds: str | None, opens: str | None, minute: int) -> OpenSession | None:
    """Return the session that two cookies find and open.

    None when either is missing, wrong or too old, or the member has left or changed the passphrase since.
    """
    found, key = Token.read(finds, SESSION.name), Token.read(opens, "unlock")
    if found is None or key is None:
        return None
    row = Session.objects.filter(slot=found.slot, ends_at__gt=minute // MINUTES_A_QUARTER).first()
    if row is None:
        return None
    try:
        table = unpack(key.unseal(SESSION, bytes(row.sealed), found.slot))
    except NotOpenedError:
        return None
    keys = MemberKeys.of(table["keys"])
    there = Member.objects.filter(id=keys.member, agency=keys.agency, sign_in=table["mark"])
    if table["ends"] <= minute or not there.exists():
        return None
    return OpenSession(with_epochs(keys), table["ends"], table["mark"])


def between(*, token: str | None, name: str, minute: int) -> dict[str, Any] | None:
    """Return what was kept under a name for the next page; None when there is none, or its time is over."""
    found = Token.read(token, BETWEEN.name)
    row = Between.objects.filter(slot=found.slot).first() if found else None
    if found is None or row is None:
        return None
    try:
        kept = unpack(found.unseal(BETWEEN, bytes(row.sealed)))
    except NotOpenedError:
        return None
    ends, table = kept.get(name, (0, None))
    return table if ends > minute else None


def with_epochs(keys: MemberKeys) -> MemberKeys:
    """Return a member's keys with those of epochs that began since."""
    rows = Epoch.objects.filter(member=keys.member, agency=keys.agency).exclude(
        number__in=list(keys.epochs)
    )
    new = {
        row.number: open_epoch(
            bytes(row.sealed), keys.agency, keys.member, row.number, keys.private
        )
        for row in rows
    }
    return replace(keys, epochs=keys.epochs | new) if new else keys


def colleagues(keys: MemberKeys) -> list[tuple[bytes, str, Role]]:
    """Return the members of one's own agency: identity, name, role."""
    found = [
        (label.id, label.name, Role(label.role))
        for own, sealed in Member.objects.filter(agency=keys.agency).values_list("id", "label")
        if (label := open_label(keys, bytes(own), bytes(sealed)))
    ]
    return sorted(found, key=lambda member: member[1])


def cards(keys: MemberKeys) -> list[Card]:
    """Return every index card of one's own agency. A card of another, or one that was changed, does not open."""
    rows = Delivery.objects.filter(agency=keys.agency).exclude(card=b"").values_list("id", "card")
    found = (card_of(keys, bytes(own), bytes(sealed)) for own, sealed in rows.iterator(2000))
    return [card for card in found if card is not None]


def card_of(keys: MemberKeys, own: bytes, sealed: bytes) -> Card | None:
    """Open one index card; None where it does not open."""
    try:
        return Card.of(own, open_listed(CARD, keys, sealed, Bound(keys.agency, item=own)))
    except NotOpenedError:
        return None


def held(keys: MemberKeys, own: bytes) -> tuple[Card, dict[str, Any] | None] | None:
    """Return a grant as an agency holds it: its card, and what it opens, None once taken back or over.

    None altogether for what is not this agency's, or does not open.
    """
    row = Delivery.objects.filter(id=own, agency=keys.agency).exclude(card=b"").first()
    card = card_of(keys, own, bytes(row.card)) if row else None
    if row is None or card is None:
        return None
    try:
        bound = Bound(keys.agency, item=own)
        return card, open_listed(HELD, keys, bytes(row.sealed), bound) if row.sealed else None
    except NotOpenedError:
        return card, None


def agency_book(keys: MemberKeys, *, first: int = 0, most: int | None = None) -> list[Line]:
    """Return the journal of one's own agency, the newest line first.

    ``first`` and ``most``: which of its lines, counted from the last one; no other is opened.
    """
    halves = [keys.epochs[n].private for n in sorted(keys.epochs, reverse=True)]
    return read_book(book=keys.agency, privates=halves, first=first, most=most)


def agency_lines(keys: MemberKeys) -> int:
    """Return how many lines the journal of one's own agency has."""
    return count_lines(book=keys.agency)
