"""Opening chosen parts to one agency, more of them later, and taking it back."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db import transaction

from alongside.domain.consent import Grant, check
from alongside.records.agencies.actions.mailing import deliver
from alongside.records.agencies.queries import accepting
from alongside.records.casefile.binding import (
    change_binder,
    elsewhere,
    end,
    lasts_until,
    notify,
    ring_of,
    say_it_ended,
    sent_along,
    settle,
    tell,
)
from alongside.records.casefile.content import (
    PERSON,
    Entry,
    EntryKind,
    GrantNote,
    NoCasefileError,
)
from alongside.records.casefile.models import Casefile
from alongside.records.casefile.sealing import read_entries, write_message
from alongside.records.journal.content import Deed
from alongside.sealed.derived import plain, slot_of
from alongside.sealed.envelopes import new_id, new_key

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from alongside.domain.consent import Purpose
    from alongside.records.agencies.content import Profile
    from alongside.records.casefile.binding import Now
    from alongside.records.casefile.content import Binder, PersonKeys, Ring

CARD_NUMBERS = 10_000


@dataclass(frozen=True, slots=True)
class Opening:
    """What a person chose: which agency, which sections, what for, until when, explained in which language."""

    agency: bytes
    sections: frozenset[str]
    purpose: Purpose
    until: date
    explained_in: str


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that goes with a message. It was never on a disk in clear."""

    name: str
    media: str
    body: bytes


class NoAgencyError(Exception):
    """There is no such agency that takes people now."""


def share(
    *, keys: PersonKeys, opening: Opening, text: str, files: Iterable[Attached] = (), now: Now
) -> GrantNote:
    """Open sections to an agency, with a first message; return the grant. Needs the second word.

    Raises NoAgencyError, UnfitGrantError, PermissionError or NoCasefileError.
    """
    with transaction.atomic():
        profile = _agency(opening.agency)
        _, ring = ring_of(keys, settle(keys, now), now)
        grant = Grant(
            profile.kind, opening.sections, opening.purpose, now.today, opening.until,
            opening.explained_in,
        )  # fmt: skip
        check(grant)
        note = GrantNote(new_id(), profile.id, profile.name, grant, new_key())
        binder = change_binder(keys, lambda binder: binder.put(note))
        written = _write(keys, note, text, files, now)
        content = _package(keys, note, binder, ring) | {"at": now.minute}
        if profile.remote:
            written += _told(keys, ring, grant.sections)
            content |= sent_along(profile, written)
        deliver(to=profile, content=content, until=opening.until, own=note.id)
        ends_on = lasts_until(binder, now.today)
        Casefile.objects.filter(id=keys.casefile).update(ends_on=ends_on)
        tell(keys, binder, Deed.SHARED, now, note)
        return note


def _agency(own: bytes) -> Profile:
    found = next((profile for profile in accepting() if profile.id == own), None)
    if found is None:
        raise NoAgencyError
    return found


def _package(keys: PersonKeys, note: GrantNote, binder: Binder, ring: Ring) -> dict[str, Any]:
    sections = {s: [[v, k] for v, k in ring.keys[s].items()] for s in sorted(note.grant.sections)}
    return {
        "kind": "grant", "casefile": keys.casefile, "messages": binder.public,
        "conversation": note.conversation, "sections": sections, "purpose": note.grant.purpose,
        "given": note.grant.given_on, "until": note.grant.until, "holder": note.grant.kind,
        "explained": note.grant.explained_in, "lang": binder.lang,
        "number": f"{secrets.randbelow(CARD_NUMBERS):04d}",
        "check": slot_of(note.conversation, "check-word", plain(binder.check_word)),
    }  # fmt: skip


def widen(*, keys: PersonKeys, own: bytes, sections: frozenset[str], now: Now) -> GrantNote:
    """Open more sections under a grant that holds. Needs the second word.

    Raises NoCasefileError where the grant does not hold, UnfitGrantError or PermissionError.
    """
    with transaction.atomic():
        binder, ring = ring_of(keys, settle(keys, now), now)
        note = _holding(binder, own, now)
        new = sections - note.grant.sections
        wider = replace(note, grant=replace(note.grant, sections=note.grant.sections | new))
        check(wider.grant)
        opened = {s: [[v, k] for v, k in ring.keys[s].items()] for s in sorted(new)}
        told = _told(keys, ring, new) if elsewhere(note.agency) else []
        notice = {"kind": "keys", "sections": opened}

        def put(binder: Binder) -> None:
            binder.put(wider)
            notify(binder, wider, notice, now, told)

        binder = change_binder(keys, put)
        added = replace(note, grant=replace(note.grant, sections=new))
        tell(keys, binder, Deed.WIDENED, now, added)
        return wider


def withdraw(*, keys: PersonKeys, own: bytes, now: Now) -> None:
    """Take a grant back, at once: its wraps are dropped, and every key it opened is turned.

    Needs the return phrase alone. What was read was read. Raises NoCasefileError where no such grant holds.
    """
    with transaction.atomic():
        note = _holding(settle(keys, now), own, now)
        binder = change_binder(keys, lambda binder: end(binder, [note], keys, now))
        say_it_ended(note, "taken_back", now)
        tell(keys, binder, Deed.TOOK_BACK, now, note)


def write(
    *, keys: PersonKeys, own: bytes, text: str, files: Iterable[Attached] = (), now: Now
) -> None:
    """Write to an agency under a grant that holds. Needs the return phrase alone."""
    with transaction.atomic():
        binder = settle(keys, now)
        note = _holding(binder, own, now)
        written = _write(keys, note, text, files, now)
        notice = {"kind": "message"}
        binder = change_binder(keys, lambda binder: notify(binder, note, notice, now, written))
        tell(keys, binder, Deed.WROTE, now, note)


def _write(
    keys: PersonKeys, note: GrantNote, text: str, files: Iterable[Attached], now: Now
) -> list[bytes]:
    unsure = keys.whole is None
    message = (
        [Entry(EntryKind.MESSAGE, now.minute, PERSON, text=text, unsure=unsure)]
        if text.strip()
        else []
    )
    attached = [
        Entry(
            EntryKind.FILE,
            now.minute,
            PERSON,
            name=f.name,
            media=f.media,
            body=f.body,
            unsure=unsure,
        )
        for f in files
    ]
    return [
        write_message(keys.casefile, note.id, note.conversation, entry)
        for entry in (*message, *attached)
    ]


def _told(keys: PersonKeys, ring: Ring, sections: frozenset[str]) -> list[bytes]:
    """Return which entries there are in these sections."""
    held = {(s, v): key for s in sections for v, key in ring.keys[s].items()}
    return [entry.id for _, entry in read_entries(keys.casefile, held)]


def _holding(binder: Binder, own: bytes, now: Now) -> GrantNote:
    note = binder.note(own)
    if note is None or not note.grant.holds(now.today):
        raise NoCasefileError
    return note
