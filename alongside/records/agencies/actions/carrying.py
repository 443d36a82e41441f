"""Carrying to an agency that lives on another host: deliveries go out as a file, a receipt comes back.

The two hosts share no database and need no line between them. What is carried is sealed to the agency
before it is written down: the operators, and whoever finds the file, see random identities and days.
Every file is signed (``agencies.letters``). A receipt destroys nothing: what arrived stays here, sealed,
until its time is over or the person takes it back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction

from alongside.records.agencies.content import NotAllowedError, Standing
from alongside.records.agencies.letters import (
    identities_in,
    identity_in,
    is_bytes,
    is_identity,
    is_whole,
    let_in,
    read_letter,
    rows_in,
    take_next,
    turn_of,
    write_letter,
)
from alongside.records.agencies.models import Delivery
from alongside.records.agencies.queries import profile_of
from alongside.records.agencies.sealing import host_of, origin_of
from alongside.records.armour import FileKind, NotReadError
from alongside.records.gone.actions import gone_among, remember
from alongside.records.turns import take_turn
from alongside.sealed.derived import same
from alongside.sealed.envelopes import Bound, new_key, seal
from alongside.sealed.things import CARD

if TYPE_CHECKING:
    from datetime import date

LONGEST_DAYS = 400
"""No delivery stays longer, whatever a file says."""


def export_box(*, agency: bytes, again: bool = False) -> str:
    """Return everything that waits for an agency of another host, and which of its grants are over.

    What is in it stays here, and is in the next box again, until a receipt says that it arrived.
    ``again``: also what arrived before, for a host that lost it. Raises NotAllowedError for an agency that
    is not on another host, or not admitted.
    """
    with transaction.atomic():
        profile = profile_of(agency)
        if profile is None or not profile.remote or profile.standing is not Standing.ADMITTED:
            raise NotAllowedError
        host = host_of(profile.host)
        take_turn(turn_of(host))
        rows = Delivery.objects.filter(agency=agency).order_by("id")
        waiting = rows.exclude(sealed=b"") if again else rows.filter(card=b"").exclude(sealed=b"")
        items = [
            [bytes(own), bytes(sealed), ends_on]
            for own, sealed, ends_on in waiting.values_list("id", "sealed", "ends_on")
        ]
        over = [bytes(own) for own in rows.filter(sealed=b"").values_list("id", flat=True)]
        content = {"agency": agency, "items": items, "over": over}
        return write_letter(FileKind.BOX, to=host, content=content)


@dataclass(frozen=True, slots=True)
class BoxCame:
    """What a box did: how many deliveries were new, how many grants it ended, and the receipt to send back."""

    new: int
    ended: int
    receipt: str


def import_box(*, text: str, today: date, number: str = "") -> BoxCame:
    """Put what came for an agency of this host into its mailbox, and end the grants of that host that are over.

    ``number``: of the host that wrote it, heard by phone, where it is not known here yet. Raises
    NotReadError, also for a box that is for nobody here, or was taken in before.
    """
    letter = read_letter(FileKind.BOX, text)
    items = rows_in(letter.content, "items", is_identity, is_bytes, is_whole)
    over, host = identities_in(letter.content, "over"), letter.host
    with transaction.atomic():
        profile = profile_of(identity_in(letter.content, "agency"))
        if profile is None or profile.remote:
            msg = "This box is for an agency that is not on this host."
            raise NotReadError(msg)
        take_turn(profile.id, turn_of(host))
        let_in(letter, number)
        take_next(letter, about=profile.id)
        new = _put_in(profile.id, host, items, today)
        ended = _end(profile.id, host, over)
        arrived = {"agency": profile.id, "ids": _standing(profile.id, host, items)}
        return BoxCame(new, ended, write_letter(FileKind.RECEIPT, to=host, content=arrived))


def _put_in(agency: bytes, host: bytes, items: list[list[Any]], today: date) -> int:
    origins = {own: origin_of(host, own) for own, _, _ in items}
    there = Delivery.objects.filter(id__in=list(origins)).values_list("id", flat=True)
    gone = gone_among([*origins, *origins.values()])
    known = {bytes(own) for own in there}
    latest = today.toordinal() + LONGEST_DAYS + 1
    rows = [
        Delivery(
            id=own, agency=agency, sealed=sealed, ends_on=min(ends_on, latest), origin=origins[own]
        )
        for own, sealed, ends_on in items
        if own not in known and not {own, origins[own]} & gone
    ]
    Delivery.objects.bulk_create(rows)
    return len(rows)


def _end(agency: bytes, host: bytes, over: list[bytes]) -> int:
    """End what that host brought; of what it did not bring, remember that it is over where it comes from there."""
    origins = {own: origin_of(host, own) for own in over}
    ours = [own for own, origin in _rows(agency, over) if origin == origins[own]]
    ahead = [origins[own] for own in over if own not in set(ours)]
    remember(*({*ours, *ahead} - gone_among([*ours, *ahead])))
    return Delivery.objects.filter(id__in=ours).exclude(sealed=b"").update(sealed=b"")


def _standing(agency: bytes, host: bytes, items: list[list[Any]]) -> list[bytes]:
    """Return what of a box stands here now, from that host: what is gone, or came from another, did not arrive."""
    rows = _rows(agency, [own for own, _, _ in items], open_only=True)
    return [own for own, origin in rows if origin == origin_of(host, own)]


def _rows(
    agency: bytes, owns: list[bytes], *, open_only: bool = False
) -> list[tuple[bytes, bytes]]:
    found = Delivery.objects.filter(id__in=owns, agency=agency).order_by("id")
    found = found.exclude(sealed=b"") if open_only else found
    return [(bytes(own), bytes(origin)) for own, origin in found.values_list("id", "origin")]


def import_receipt(*, text: str) -> int:
    """Note what arrived on the other host, so that it is in no box any more, and return how much.

    Nothing is destroyed. Raises NotReadError, also for a receipt of another host than the agency's.
    """
    letter = read_letter(FileKind.RECEIPT, text)
    ids = identities_in(letter.content, "ids")
    with transaction.atomic():
        profile = profile_of(identity_in(letter.content, "agency"))
        if profile is None or not profile.remote or not same(profile.host, letter.by):
            msg = "This receipt is not from the host of an agency that this host writes to."
            raise NotReadError(msg)
        take_turn(turn_of(letter.host))
        take_next(letter, about=profile.id)
        waiting = Delivery.objects.filter(agency=profile.id, id__in=ids, card=b"")
        arrived = [bytes(own) for own in waiting.exclude(sealed=b"").values_list("id", flat=True)]
        for own in arrived:  # what looks like a card, and is sealed under no key that anybody has
            card = seal(CARD, new_key(), b"", Bound(profile.id, item=own))
            Delivery.objects.filter(id=own).update(card=card)
        return len(arrived)
