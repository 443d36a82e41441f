"""Changing a binder, turning keys, telling agencies. Used inside the transactions of this app's actions."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from alongside.domain.consent import compartment_of
from alongside.records.agencies.actions.mailing import (
    deliver,
    destroy_deliveries,
    empty,
    proof_of,
    still_open,
)
from alongside.records.agencies.queries import profile_of
from alongside.records.agencies.sealing import host_id
from alongside.records.casefile.content import NoCasefileError
from alongside.records.casefile.models import Casefile, Entry, Turn
from alongside.records.casefile.sealing import (
    open_binder,
    open_ring,
    row_of,
    seal_binder,
    seal_ring,
)
from alongside.records.gone.actions import remember
from alongside.records.journal.actions import write_line
from alongside.records.journal.content import Deed, Line
from alongside.records.packing import pack, unpack
from alongside.sealed.derived import slot_of
from alongside.sealed.envelopes import Bound, NotOpenedError, new_id, new_key
from alongside.sealed.pairs import seal_to, unseal_from
from alongside.sealed.things import TURN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from alongside.domain.facts import Answer
    from alongside.library.vocabulary import FactEntry
    from alongside.records.agencies.content import Profile
    from alongside.records.casefile.content import Binder, GrantNote, PersonKeys, Ring

UNSHARED_DAYS, SHARED_DAYS = 30, 400
"""After the last visit: what was never shared, and what was."""
WEEK = 7
NOTICE_DAYS = 400


class Now(NamedTuple):
    """The present: the day, and the whole minute since 1970."""

    today: date
    minute: int


def change_binder(keys: PersonKeys, change: Callable[[Binder], None]) -> Binder:
    """Open the binder, change it, and write it anew."""
    row = row_of(keys)
    binder = open_binder(row, keys)
    change(binder)
    Casefile.objects.filter(id=keys.casefile).update(binder=seal_binder(binder, keys))
    return binder


def settle(keys: PersonKeys, now: Now) -> Binder:
    """End the grants that are over, and turn the keys they opened, before anything else is written.

    A grant is over when its last day has passed, or when nothing is left of it in the agency's box.
    """
    binder = open_binder(row_of(keys), keys)
    over = [n for n in binder.grants if n.grant.ended_on is None and not _stands(n, now.today)]
    if over:
        binder = change_binder(keys, lambda binder: end(binder, over, keys, now))
        for note in over:
            tell(keys, binder, Deed.ENDED, now, note)
    return binder


def end(binder: Binder, notes: list[GrantNote], keys: PersonKeys, now: Now) -> None:
    """End grants: nothing of them opens any more, no notice that still waits either, and their keys are turned.

    What was sent is remembered as gone, so that neither a restore nor a file that comes late brings it back.
    """
    for note in notes:
        known = binder.note(note.id) or note
        sent = [notice_id(known, number) for number in range(known.sent)]
        empty(delivery=note.id)
        destroy_deliveries(deliveries=sent)
        remember(note.id, *sent)
        binder.put(known.ended(now.today))
    turn(binder, frozenset[str]().union(*(n.grant.sections for n in notes)), keys, now)


def turn(binder: Binder, sections: Iterable[str], keys: PersonKeys, now: Now) -> None:
    """Give sections new keys: sealed to the person, and to whoever still holds a grant to them.

    What is written from now on opens to nobody else.
    """
    turned = {section: (binder.versions[section] + 1, new_key()) for section in sorted(sections)}
    if not turned:
        return
    binder.versions |= {section: version for section, (version, _) in turned.items()}
    own = new_id()
    content = pack({section: list(pair) for section, pair in turned.items()})
    sealed = seal_to(TURN, binder.whole, content, Bound(keys.casefile, item=own))
    Turn.objects.create(id=own, casefile=keys.casefile, sealed=sealed)
    for note in binder.holding(now.today):
        shared = {s: [list(turned[s])] for s in note.grant.sections if s in turned}
        if shared:
            notify(binder, note, {"kind": "keys", "sections": shared}, now)


def unlocked(keys: PersonKeys) -> Ring:
    """Open the ring, with the keys that were turned meanwhile put in.

    Raises PermissionError while the second word is not given.
    """
    if keys.whole is None:
        raise PermissionError
    row = row_of(keys)
    try:
        ring = open_ring(bytes(row.ring), keys.casefile, keys.whole)
    except NotOpenedError as error:
        raise NoCasefileError from error
    turns = list(Turn.objects.filter(casefile=keys.casefile).values_list("id", "sealed"))
    for own, sealed in turns:
        bound = Bound(keys.casefile, item=bytes(own))
        try:
            turned = unpack(unseal_from(TURN, ring.private, bytes(sealed), bound))
        except NotOpenedError:  # not from here
            continue
        for section, (version, key) in turned.items():
            ring.keys[section][version] = key
    if turns:
        sealed_ring = seal_ring(ring, keys.casefile, keys.whole)
        Casefile.objects.filter(id=keys.casefile).update(ring=sealed_ring)
        Turn.objects.filter(id__in=[own for own, _ in turns]).delete()
    return ring


def ring_of(keys: PersonKeys, binder: Binder, now: Now) -> tuple[Binder, Ring]:
    """Open the ring to write with it: where a turn was lost on the way, its sections are turned anew.

    Whoever can write to the store can take a turn away; what is written then must not open to who held
    the key before.
    """
    ring = unlocked(keys)
    behind = [s for s, version in binder.versions.items() if ring.newest(s)[0] < version]
    if not behind:
        return binder, ring
    binder = change_binder(keys, lambda binder: turn(binder, behind, keys, now))
    return binder, unlocked(keys)


def notify(
    binder: Binder,
    note: GrantNote,
    content: dict[str, Any],
    now: Now,
    entries: Iterable[bytes] = (),
) -> None:
    """Put a notice about a grant into the agency's box, for as long as the grant; the binder counts it.

    ``entries``: what was written with it, by identity; it goes along to an agency on another host. To be
    called within a change of the binder.
    """
    known = binder.note(note.id) or note
    own = notice_id(known, known.sent)
    binder.put(replace(known, sent=known.sent + 1))
    _put(known, content, now, entries, (own, known.grant.until))


def say_it_ended(note: GrantNote, kind: str, now: Now) -> None:
    """Tell the agency that a grant was taken back, or that all was erased: the one notice that stays."""
    _put(note, {"kind": kind}, now, (), (new_id(), now.today + timedelta(days=NOTICE_DAYS)))


def notice_id(note: GrantNote, number: int) -> bytes:
    """Return the identity of a notice: only who holds the conversation can tell which ones are of one grant."""
    return slot_of(note.conversation, "notice id", str(number))[:16]


def _put(
    note: GrantNote,
    content: dict[str, Any],
    now: Now,
    entries: Iterable[bytes],
    place: tuple[bytes, date],
) -> None:
    profile = profile_of(note.agency)
    if profile is None:
        return
    notice = content | {"grant": note.id, "at": now.minute} | sent_along(profile, entries)
    whole = notice | {"proof": proof_of(note.conversation, notice)}
    deliver(to=profile, content=whole, until=place[1], own=place[0])


def sent_along(profile: Profile, entries: Iterable[bytes]) -> dict[str, Any]:
    """Return what an agency on another host needs beside: from which host, and the entries, as they are sealed."""
    if not profile.remote:
        return {}
    rows = Entry.objects.filter(id__in=list(entries)).values_list("id", "sealed")
    return {"host": host_id(), "entries": [[bytes(own), bytes(sealed)] for own, sealed in rows]}


def elsewhere(agency: bytes) -> bool:
    """Say whether an agency lives on another host, and reads only what is carried to it."""
    profile = profile_of(agency)
    return profile is not None and profile.remote


def tell(
    keys: PersonKeys, binder: Binder, deed: Deed, now: Now, note: GrantNote | None = None
) -> None:
    """Write a line into the person's own journal."""
    places = tuple(sorted(note.grant.sections)) if note else ()
    line = Line(deed, now.minute, note.name if note else "", places)
    write_line(book=keys.casefile, public=binder.public, line=line)


def lasts_until(binder: Binder, today: date) -> int:
    """Return the Monday on which a casefile ends if nobody comes back, as an ordinal."""
    days = SHARED_DAYS if binder.grants else UNSHARED_DAYS
    return monday_after(today + timedelta(days=days))


def monday_after(day: date) -> int:
    """Return a day, or the Monday after it, as an ordinal: the store tells weeks alone."""
    ordinal = day.toordinal()
    return ordinal + (-(ordinal - 1)) % WEEK  # ordinal 1 is a Monday


def by_compartment(
    answers: Mapping[str, Answer], facts: Mapping[str, FactEntry]
) -> dict[str, dict[str, Answer]]:
    """Deal answers to the compartments they are kept in; what the vocabulary does not know is left out."""
    dealt: dict[str, dict[str, Answer]] = {}
    for key, answer in answers.items():
        if key in facts:
            place = compartment_of(facts[key].section, apart=facts[key].apart)
            dealt.setdefault(place, {})[key] = answer
    return dealt


def _stands(note: GrantNote, today: date) -> bool:
    return note.grant.holds(today) and still_open(delivery=note.id)
