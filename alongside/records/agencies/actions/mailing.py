"""Carrying deliveries: what comes in is sealed to an epoch; a member who opens the box takes it in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from itertools import islice, product
from typing import TYPE_CHECKING, Any

from django.db import transaction

from alongside.records.agencies.content import Card, State
from alongside.records.agencies.models import Delivery
from alongside.records.agencies.queries import card_of, held
from alongside.records.agencies.sealing import host_id, origin_of
from alongside.records.gone.actions import gone_among, remember
from alongside.records.packing import pack, unpack_foreign
from alongside.records.turns import take_turn
from alongside.sealed.derived import fingerprint, same, slot_of
from alongside.sealed.envelopes import Bound, NotOpenedError, new_id, seal
from alongside.sealed.pairs import seal_to, unseal_from
from alongside.sealed.things import CARD, HELD, PACKAGE, PARCEL

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from alongside.records.agencies.content import MemberKeys, Profile
    from alongside.sealed.things import Thing

GRACE_DAYS = 30
"""For how long a card stays after its grant is over, so that the agency knows it is."""
MOST_AT_ONCE = 300


def deliver(
    *, to: Profile, content: dict[str, Any], until: date, own: bytes | None = None
) -> bytes:
    """Seal something to an agency's newest epoch and put it into its box; return its identity.

    ``content["kind"]`` is *grant*, or a notice about one: *keys*, *message*, *entries*, *taken_back*,
    *erased*. For an agency on another host it waits here until it is carried there.
    """
    own = own or new_id()
    bound = Bound(to.id, item=own, version=to.number)
    raw = pack(content)
    sealed = (
        seal_to(PARCEL, to.public, raw, bound)
        if to.remote
        else seal_to(PACKAGE, to.public, raw, bound)
    )
    ends_on, origin = until.toordinal() + 1, origin_of(host_id(), own)
    Delivery.objects.create(id=own, agency=to.id, sealed=sealed, ends_on=ends_on, origin=origin)
    return own


def empty(*, deliveries: Sequence[bytes]) -> None:
    """Drop what deliveries open: from here on nobody opens it, and the card alone stays."""
    Delivery.objects.filter(id__in=deliveries).update(sealed=b"")


def take_in(*, keys: MemberKeys) -> int:
    """Take in what came: a grant becomes a card and a held grant, a notice changes the grant it is about.

    Return how many. What does not open stays where it is.
    """
    with transaction.atomic():
        take_turn(keys.agency)
        rows = Delivery.objects.filter(agency=keys.agency, card=b"").iterator(MOST_AT_ONCE)
        opened = (found for row in rows if (found := _open(keys, row)))
        came = list(islice(opened, MOST_AT_ONCE))
        for row, content in sorted(came, key=lambda pair: _in_order(pair[1])):
            try:
                with transaction.atomic():
                    _take(keys, row, content)
            except (KeyError, TypeError, ValueError, AttributeError):
                row.delete()  # sealed to us, and no grant or notice: nobody could ever use it
        return len(came)


def _in_order(content: dict[str, Any]) -> tuple[bool, int, int]:
    """Grants come before notices, and what was said earlier before what was said later."""
    at, count = (v if isinstance(v := content.get(n), int) else 0 for n in ("at", "count"))
    return content.get("kind") != "grant", at, count


def _take(keys: MemberKeys, row: Delivery, content: dict[str, Any]) -> None:
    if content["kind"] == "grant":
        _hold(keys, row, content)
    elif _apply(keys, bytes(row.id), content):
        row.delete()


def _open(keys: MemberKeys, row: Delivery) -> tuple[Delivery, dict[str, Any]] | None:
    own = bytes(row.id)
    if not row.sealed:  # taken back before anybody saw it
        row.delete()
        return None
    for number, thing in product(sorted(keys.epochs, reverse=True), (PACKAGE, PARCEL)):
        try:
            bound = Bound(keys.agency, item=own, version=number)
            found = unseal_from(thing, keys.epochs[number].private, bytes(row.sealed), bound)
        except NotOpenedError:
            continue
        return row, _content(row, thing, found)
    return None


def _content(row: Delivery, thing: Thing, found: bytes) -> dict[str, Any]:
    """Return what a delivery holds; nothing of one that says it is from another host than it came from.

    Whoever knows an agency can seal to it. What a host wrote counts only where that host brought it, so
    that nobody else can bring a copy first and have it ended with their own files.
    """
    try:
        content = unpack_foreign(found)
    except ValueError:
        return {}
    host = content.get("host", host_id())
    fits = isinstance(host, bytes) and same(origin_of(host, bytes(row.id)), bytes(row.origin))
    return content if fits and (thing is PARCEL) == ("host" in content) else {}


def _hold(keys: MemberKeys, row: Delivery, content: dict[str, Any]) -> None:
    own = bytes(row.id)
    if not isinstance(content["until"], date) or not isinstance(content["at"], int):
        raise TypeError  # whoever reads the box would stumble over its card
    card = Card(
        own, content["number"], content["lang"], State.NEW, content["purpose"], content["at"],
        content["until"],
    )  # fmt: skip
    rows = Delivery.objects.filter(id=own).exclude(
        sealed=b""
    )  # taken back at this very moment: not any more
    rows.update(sealed=seal_held(keys, own, content), card=seal_card(keys, card))


def proof_of(conversation: bytes, notice: dict[str, Any]) -> bytes:
    """Return what shows that a notice is from who holds the conversation: nobody else can say it in their name."""
    return slot_of(conversation, "notice", pack(notice).decode())


def _apply(keys: MemberKeys, id_: bytes, notice: dict[str, Any]) -> bool:
    """Apply a notice; say whether it is done with. One that is ahead of its grant, or of another, waits for it.

    Until a receipt was read there, one that was carried here comes with every box again: the grant holds
    which ones it knows.
    """
    own = notice["grant"]
    proof, found = notice.pop("proof", b""), held(keys, own)
    if found is None:
        here = Delivery.objects.filter(id=own, agency=keys.agency).exists()
        gone = gone_among([own, origin_of(notice["host"], own)]) if "host" in notice else not here
        return bool(gone)
    card, grant = found
    if grant is not None and not _proven(grant, proof, notice):
        return True
    if grant is not None and id_ in grant.setdefault("applied", []):
        return True
    if grant is not None and _renewals_before(grant, notice) > 0:
        return False
    keep_card(keys=keys, card=_changed(card, notice))
    if grant is not None:
        grant["applied"] += [id_] if "host" in notice else []
        _change_grant(keys, card.id, grant, notice)
    return True


def _proven(grant: dict[str, Any], proof: bytes, notice: dict[str, Any]) -> bool:
    """Say whether a notice is from the person.

    Who left still has the keys of a conversation. So a renewal, which brings a new one, also shows what the
    agency knows the fingerprint of and nobody but the person had before.
    """
    if not same(proof, proof_of(grant["conversation"][0], notice)):
        return False
    return _renewals_before(grant, notice) != 0 or same(fingerprint(notice["shows"]), grant["lock"])


def _renewals_before(grant: dict[str, Any], notice: dict[str, Any]) -> int:
    """Return how many renewals are missing before this one; less than none for what was renewed, or is none."""
    count: int = notice.get("count", 0)
    return count - len(grant["conversation"]) - 1


def _changed(card: Card, notice: dict[str, Any]) -> Card:
    change: Callable[[Card], Card] = CHANGES.get(notice["kind"], lambda same: same)
    changed = change(card) if card.state not in OVER else card
    if notice["kind"] in CHANGES:
        changed = replace(changed, since=notice["at"], unsure=notice.get("unsure", False))
    return replace(changed, until=notice.get("until", changed.until))


def _change_grant(
    keys: MemberKeys, own: bytes, grant: dict[str, Any], notice: dict[str, Any]
) -> None:
    if notice["kind"] in ENDINGS:
        empty(deliveries=[own])
        remember(own)
        return
    for section, versions in notice.get("sections", {}).items():
        known = dict(grant["sections"].get(section, []))
        grant["sections"][section] = [list(pair) for pair in (known | dict(versions)).items()]
    if _renewals_before(grant, notice) == 0:
        grant["conversation"].append(notice["conversation"])
        grant["lock"] = notice["lock"]
    grant["until"] = notice.get("until", grant["until"])
    if came := notice.get("entries"):
        grant["entries"] = [*grant.get("entries", []), *came]
    keep_held(keys=keys, own=own, grant=grant)


ENDINGS = frozenset({"taken_back", "erased"})
OVER = frozenset({State.TAKEN_BACK, State.ERASED})
CHANGES: dict[str, Callable[[Card], Card]] = {
    "message": lambda card: replace(card, state=State.WAITING),
    "taken_back": lambda card: replace(card, state=State.TAKEN_BACK),
    "erased": lambda card: replace(card, state=State.ERASED),
}


def seal_card(keys: MemberKeys, card: Card) -> bytes:
    """Seal an index card under the newest list key."""
    return seal(CARD, keys.listing, pack(card.table()), Bound(keys.agency, item=card.id))


def seal_held(keys: MemberKeys, own: bytes, grant: dict[str, Any]) -> bytes:
    """Seal a grant under the newest list key."""
    return seal(HELD, keys.listing, pack(grant), Bound(keys.agency, item=own))


def keep_card(*, keys: MemberKeys, card: Card) -> None:
    """Write an index card anew."""
    rows = Delivery.objects.filter(id=card.id, agency=keys.agency)
    rows.update(card=seal_card(keys, card))


def keep_held(*, keys: MemberKeys, own: bytes, grant: dict[str, Any]) -> None:
    """Write a held grant anew, unless it was taken back meanwhile."""
    rows = Delivery.objects.filter(id=own, agency=keys.agency).exclude(sealed=b"")
    rows.update(sealed=seal_held(keys, own, grant))


def destroy_deliveries(*, deliveries: Sequence[bytes]) -> None:
    """Destroy what still waits in a box."""
    for start in range(0, len(deliveries), MOST_AT_ONCE):
        Delivery.objects.filter(id__in=deliveries[start : start + MOST_AT_ONCE]).delete()


def put_away(*, keys: MemberKeys, own: bytes, today: date) -> None:
    """Destroy the card of a grant that is over; another stays."""
    row = Delivery.objects.filter(id=own, agency=keys.agency).first()
    card = card_of(keys, own, bytes(row.card)) if row else None
    if row and card and (card.state in OVER or card.until < today or not row.sealed):
        row.delete()


@dataclass(frozen=True, slots=True)
class Swept:
    """How many grants were emptied because their time was over, and how many cards destroyed."""

    emptied: int
    destroyed: int


def sweep_deliveries(*, today: date) -> Swept:
    """Drop what is over: first the keys, later the card."""
    over = Delivery.objects.filter(ends_on__lte=today.toordinal())
    emptied = over.exclude(sealed=b"").update(sealed=b"")
    late = Delivery.objects.filter(ends_on__lte=today.toordinal() - GRACE_DAYS)
    return Swept(emptied, late.delete()[0])


def open_among(*, deliveries: Sequence[bytes]) -> set[bytes]:
    """Return those of these deliveries that are there and open something."""
    found = Delivery.objects.filter(id__in=deliveries).exclude(sealed=b"")
    return {bytes(own) for own in found.values_list("id", flat=True)}
