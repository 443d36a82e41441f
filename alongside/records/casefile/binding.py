"""What changes in an open casefile: grants end, keys turn, agencies are told, the person is.

Used inside the transactions of this app's actions; what is changed is written when they end (``opened``).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from alongside.domain.consent import compartment_of
from alongside.records.agencies.actions.mailing import (
    deliver,
    destroy_deliveries,
    empty,
    open_among,
    proof_of,
)
from alongside.records.agencies.queries import profile_of, profiles_of
from alongside.records.agencies.sealing import host_id
from alongside.records.casefile.models import Entry, Turn
from alongside.records.journal.content import Deed, Line
from alongside.records.packing import pack
from alongside.sealed.derived import fingerprint, slot_of
from alongside.sealed.envelopes import Bound, new_id, new_key
from alongside.sealed.pairs import seal_to
from alongside.sealed.things import TURN

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

    from alongside.domain.facts import Answer
    from alongside.library.vocabulary import FactEntry
    from alongside.records.agencies.content import Profile
    from alongside.records.casefile.closing import ClosedCase
    from alongside.records.casefile.content import Binder, GrantNote
    from alongside.records.casefile.opened import Case

UNSHARED_DAYS, SHARED_DAYS = 30, 400
"""After the last visit: what was never shared, and what was."""
WEEK = 7
NOTICE_DAYS = 400


class Now(NamedTuple):
    """The present: the day, and the whole minute since 1970."""

    today: date
    minute: int


def settle(case: Case) -> None:
    """End the grants that are over, and turn the keys of all that somebody may hold who should not any more.

    Before anything else is written. A grant is over when its last day has passed, or when nothing is left of
    it in the agency's box. Where an agency's epoch was turned since, somebody may have left it with copies of
    keys: they open what was written until now, and nothing from now on.
    """
    notes = [note for note in case.binder.grants if note.grant.ended_on is None]
    if not notes:
        return
    there = open_among(deliveries=[note.id for note in notes])
    over = [n for n in notes if n.id not in there or not n.grant.holds(case.now.today)]
    end(case, over, renew(case, [note for note in notes if note not in over]))
    for note in over:
        tell(case, Deed.ENDED, note)


def renew(case: Case, notes: list[GrantNote]) -> list[GrantNote]:
    """Give new conversation keys to the grants whose agency turned its epoch since; return these grants.

    They are told when what they open is turned.
    """
    case.profiles |= profiles_of({note.agency for note in notes})
    renewed = []
    for note in notes:
        profile = case.profiles.get(note.agency)
        if profile is not None and profile.number > note.epoch:
            new = replace(note, epoch=profile.number, conversation=(*note.conversation, new_key()))
            case.binder.put(new)
            renewed.append(new)
    return renewed


def end(case: Case, notes: list[GrantNote], renewed: Collection[GrantNote] = ()) -> None:
    """End grants: nothing of them opens any more, no notice that still waits either, and their keys are turned.

    What was sent is remembered as gone, so that neither a restore nor a file that comes late brings it back.
    ``renewed``: grants that go on with new keys.
    """
    sent = []
    for note in notes:
        known = case.binder.note(note.id) or note
        sent += [notice_id(case.binder, known, number) for number in range(known.sent)]
        case.binder.put(known.ended(case.now.today))
    if notes:
        owns = [note.id for note in notes]
        empty(deliveries=owns)
        destroy_deliveries(deliveries=sent)
        case.gone += owns + sent
    sections = frozenset[str]().union(*(note.grant.sections for note in (*notes, *renewed)))
    turn(case, sections, {note.id for note in renewed})


def turn(case: Case, sections: Iterable[str], renewed: Collection[bytes] = ()) -> None:
    """Give sections new keys: sealed to the person, and to whoever still holds a grant to them.

    What is written from now on opens to nobody else. ``renewed``: the grants whose conversation has a new
    key too, which is sent along.
    """
    versions = case.binder.versions
    turned = {section: (versions[section] + 1, new_key()) for section in sorted(sections)}
    if turned:
        versions |= {section: version for section, (version, _) in turned.items()}
        _put_in_ring(case, turned)
    for note in case.binder.holding(case.now.today) if turned or renewed else ():
        shared = {s: [list(turned[s])] for s in note.grant.sections if s in turned}
        content: dict[str, Any] = {"kind": "keys", "sections": shared}
        if note.id in renewed:
            notify(case, note, content | _renewal(case.binder, note))
        elif shared:
            notify(case, note, content)


def _put_in_ring(case: Case, turned: dict[str, tuple[int, bytes]]) -> None:
    """Put turned keys into the ring; while it is closed, beside it, sealed to who gives the second word."""
    if case.ring is not None:
        for section, (version, key) in turned.items():
            case.ring.keys[section][version] = key
        case.turned = True
        return
    own = new_id()
    content = pack({section: list(pair) for section, pair in turned.items()})
    sealed = seal_to(TURN, case.binder.whole, content, Bound(case.keys.casefile, item=own))
    Turn.objects.create(id=own, casefile=case.keys.casefile, sealed=sealed)


def _renewal(binder: Binder, note: GrantNote) -> dict[str, Any]:
    count = len(note.conversation)
    return {
        "conversation": note.conversation[-1], "count": count,
        "shows": _shown(binder, note, count - 1), "lock": lock_of(binder, note),
    }  # fmt: skip


def lock_of(binder: Binder, note: GrantNote) -> bytes:
    """Return by what an agency knows the next renewal of a grant for the person's own.

    Who left the agency holds all that it held; what the person shows with a renewal they do not.
    """
    return fingerprint(_shown(binder, note, len(note.conversation)))


def _shown(binder: Binder, note: GrantNote, number: int) -> bytes:
    return slot_of(binder.private, "renewal", f"{note.id.hex()} {number}")


def notify(
    case: Case, note: GrantNote, content: dict[str, Any], entries: Collection[bytes] = ()
) -> None:
    """Put a notice about a grant into the agency's box, for as long as the grant; the binder counts it.

    ``entries``: what was written with it, by identity; it goes along to an agency on another host.
    """
    known = case.binder.note(note.id) or note
    own = notice_id(case.binder, known, known.sent)
    case.binder.put(replace(known, sent=known.sent + 1))
    _put(case, known, content | _along(case, known, entries), (own, known.grant.until))


def say_it_ended(case: Case, note: GrantNote, kind: str) -> None:
    """Tell the agency that a grant was taken back, or that all was erased: the one notice that stays.

    Without the second word it says so: it may have been somebody else with number and words.
    """
    last = case.now.today + timedelta(days=NOTICE_DAYS)
    content = {"kind": kind} if case.keys.whole else {"kind": kind, "unsure": True}
    _put(case, note, content | _along(case, note, ()), (new_id(), last))


def notice_id(binder: Binder, note: GrantNote, number: int) -> bytes:
    """Return the identity of a notice: only the person can tell which ones are of one grant."""
    return slot_of(binder.private, "notice id", f"{note.id.hex()} {number}")[:16]


def _put(case: Case, note: GrantNote, content: dict[str, Any], place: tuple[bytes, date]) -> None:
    profile = profile_in(case, note.agency)
    if (
        profile is None or profile.number < note.epoch
    ):  # a key of before was put back into the store
        return
    notice = content | {"grant": note.id, "at": case.now.minute}
    whole = notice | {"proof": proof_of(note.conversation[0], notice)}
    deliver(to=profile, content=whole, until=place[1], own=place[0])


def _along(case: Case, note: GrantNote, entries: Collection[bytes]) -> dict[str, Any]:
    profile = profile_in(case, note.agency)
    return sent_along(case, profile, entries) if profile else {}


def sent_along(case: Case, profile: Profile, entries: Collection[bytes]) -> dict[str, Any]:
    """Return what an agency on another host needs beside: from which host, and the entries, as they are sealed."""
    if not profile.remote:
        return {}
    waiting = [(row.id, row.sealed) for row in case.entries if row.id in entries]
    rows = Entry.objects.filter(id__in=list(entries)).values_list("id", "sealed")
    return {
        "host": host_id(),
        "entries": [[bytes(own), bytes(sealed)] for own, sealed in (*rows, *waiting)],
    }


def profile_in(case: Case, agency: bytes) -> Profile | None:
    """Return an agency, looked up once for a change."""
    if agency not in case.profiles:
        case.profiles[agency] = profile_of(agency)
    return case.profiles[agency]


def elsewhere(case: Case, agency: bytes) -> bool:
    """Say whether an agency lives on another host, and reads only what is carried to it."""
    profile = profile_in(case, agency)
    return profile is not None and profile.remote


def tell(case: Case | ClosedCase, deed: Deed, note: GrantNote | None = None) -> None:
    """Write a line into the person's own journal."""
    places = tuple(sorted(note.grant.sections)) if note else ()
    case.lines.append(Line(deed, case.now.minute, note.name if note else "", places))


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
