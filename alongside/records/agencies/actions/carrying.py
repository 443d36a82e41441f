"""Reaching an agency that lives on another host: its card comes in, deliveries for it go out as a file.

The two hosts share no database and need no line between them. What is carried is sealed to the agency
before it is written down: the operators, and whoever finds the file, see random identities and days.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db import transaction

from alongside.records.agencies.actions.admitting import lead_of_admitted
from alongside.records.agencies.actions.joining import keep_profile
from alongside.records.agencies.content import LONGEST_NAME, NotAllowedError, Profile, Standing
from alongside.records.agencies.models import Agency, Delivery
from alongside.records.agencies.queries import profile_of
from alongside.records.agencies.sealing import host_id, seal_profile
from alongside.records.armour import FileKind, NotReadError, armour, disarmour
from alongside.records.gone.actions import gone_among, remember
from alongside.records.journal.actions import write_line
from alongside.records.journal.content import Deed, Line
from alongside.records.turns import take_turn
from alongside.sealed.envelopes import Bound, new_key, seal
from alongside.sealed.pairs import PUBLIC_BYTES
from alongside.sealed.things import CARD, HELD

if TYPE_CHECKING:
    from datetime import date

    from alongside.records.agencies.content import MemberKeys

LONGEST_DAYS = 400
"""No delivery stays longer, whatever a file says."""
SHOWN = ("name", "kind", "tongues", "about", "days", "number", "public")


def export_card(*, profile: Profile) -> str:
    """Return the card of an agency of this host: who it is, and the key by which others write to it.

    Raises NotAllowedError for an agency of another host: its card is its own to give.
    """
    if profile.remote:
        raise NotAllowedError
    shown = {name: getattr(profile, name) for name in SHOWN}
    return armour(FileKind.CARD, {"id": profile.id} | shown)


def import_card(*, keys: MemberKeys, text: str, minute: int) -> Profile:
    """Propose an agency of another host by its card, after its number was compared by phone.

    Another agency admits it, as any other. A card with a new key counts once leads of two agencies here
    have brought it in, so that no one of them can put a key of their own in its place. Raises
    NotReadError, or NotAllowedError for who is no lead of an admitted agency and for an agency of this
    very host.
    """
    with transaction.atomic():
        own, card = lead_of_admitted(keys), _card(text)
        take_turn(card.id)
        known = profile_of(card.id)
        if known is None:
            Agency.objects.create(id=card.id, sealed=seal_profile(card))
        if known is None or (known.remote and known.standing is Standing.PROPOSED):
            new = replace(card, vouched=(own.id,))
        elif not known.remote or card.number < known.number:
            raise NotAllowedError
        else:
            new = _renewed(known, card, own.id)
        keep_profile(new)
        line = Line(Deed.PROPOSED, minute, keys.name)
        write_line(book=own.id, public=own.public, line=line)
        return new


def _card(text: str) -> Profile:
    table = disarmour(FileKind.CARD, text)
    own = table.pop("id")
    try:
        profile = Profile.of(
            own, table | {"standing": Standing.PROPOSED, "vouched": (), "remote": True}
        )
    except (KeyError, TypeError, ValueError) as error:
        msg = "This card lacks something that a card has."
        raise NotReadError(msg) from error
    if len(profile.public) != PUBLIC_BYTES or not 0 < len(profile.name) <= LONGEST_NAME:
        msg = "This card has a key or a name that cannot be one."
        raise NotReadError(msg)
    return profile


def _renewed(known: Profile, card: Profile, by: bytes) -> Profile:
    new = (card.number, card.public)
    if new == (known.number, known.public):
        return known
    if known.renewal[:2] == new and known.renewal[2] != by:
        return replace(known.with_epoch(*new), renewal=())
    return replace(known, renewal=(*new, by))


def export_box(*, agency: bytes) -> str:
    """Return everything that waits for an agency of another host, and which of its grants are over.

    What is in it stays here, and is in the next box again, until a receipt says that it arrived. Raises
    NotAllowedError for an agency that is not on another host.
    """
    profile = profile_of(agency)
    if profile is None or not profile.remote:
        raise NotAllowedError
    rows = Delivery.objects.filter(agency=agency).order_by("id")
    waiting = rows.filter(card=b"").exclude(sealed=b"").values_list("id", "sealed", "ends_on")
    items = [[bytes(own), bytes(sealed), ends_on] for own, sealed, ends_on in waiting]
    over = [bytes(own) for own in rows.filter(sealed=b"").values_list("id", flat=True)]
    content = {"to": agency, "from": host_id(), "items": items, "over": over}
    return armour(FileKind.BOX, content)


@dataclass(frozen=True, slots=True)
class BoxCame:
    """What a box did: how many deliveries were new, how many grants it ended, and the receipt to send back."""

    new: int
    ended: int
    receipt: str


def import_box(*, text: str, today: date) -> BoxCame:
    """Put what came for an agency of this host into its mailbox, and end the grants that are over.

    A second time changes nothing: what is known, or was here and is gone, is passed over. Raises
    NotReadError, also for a box that is for nobody here.
    """
    box = disarmour(FileKind.BOX, text)
    with transaction.atomic():
        profile = profile_of(box["to"])
        if profile is None or profile.remote:
            msg = "This box is for an agency that is not on this host."
            raise NotReadError(msg)
        take_turn(profile.id)
        new = _put_in(profile.id, box["items"], today)
        ended = _end(profile.id, box["over"])
    arrived = {"to": profile.id, "ids": [own for own, _, _ in box["items"]]}
    return BoxCame(new, ended, armour(FileKind.RECEIPT, arrived))


def _put_in(agency: bytes, items: list[list[Any]], today: date) -> int:
    owns = [own for own, _, _ in items]
    known = {
        bytes(own) for own in Delivery.objects.filter(id__in=owns).values_list("id", flat=True)
    }
    known |= gone_among(owns)
    latest = today.toordinal() + LONGEST_DAYS + 1
    rows = [
        Delivery(id=own, agency=agency, sealed=sealed, ends_on=min(ends_on, latest))
        for own, sealed, ends_on in items
        if own not in known
    ]
    Delivery.objects.bulk_create(rows)
    return len(rows)


def _end(agency: bytes, over: list[bytes]) -> int:
    others = Delivery.objects.filter(id__in=over).exclude(agency=agency)
    ours = set(over) - {bytes(own) for own in others.values_list("id", flat=True)}
    # Also what is still on its way, in a file that comes later.
    remember(*(ours - gone_among(ours)))
    return Delivery.objects.filter(id__in=ours).exclude(sealed=b"").update(sealed=b"")


def import_receipt(*, text: str) -> int:
    """Put away what arrived on the other host, and return how much: nobody here could open it anyway.

    What is left of it stands for *taken in*, looks like it, and is sealed under no key that anybody has:
    the grant holds until it is over or taken back. Raises NotReadError.
    """
    receipt = disarmour(FileKind.RECEIPT, text)
    agency = receipt["to"]
    with transaction.atomic():
        profile = profile_of(agency)
        if profile is None or not profile.remote:
            msg = "This receipt is not from an agency that this host writes to."
            raise NotReadError(msg)
        waiting = Delivery.objects.filter(agency=agency, id__in=receipt["ids"], card=b"")
        owns = [bytes(own) for own in waiting.exclude(sealed=b"").values_list("id", flat=True)]
        for own in owns:
            bound = Bound(agency, item=own)
            sealed, card = (seal(thing, new_key(), b"", bound) for thing in (HELD, CARD))
            rows = Delivery.objects.filter(id=own).exclude(
                sealed=b""
            )  # not what was taken back just now
            rows.update(sealed=sealed, card=card)
        return len(owns)
