"""Opening chosen parts to one agency, more of them later, and taking it back."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from alongside.domain.consent import Grant, check
from alongside.records.agencies.actions.mailing import deliver
from alongside.records.agencies.queries import accepting_one
from alongside.records.casefile.binding import (
    elsewhere,
    end,
    lock_of,
    notify,
    say_it_ended,
    sent_along,
    tell,
)
from alongside.records.casefile.content import (
    PERSON,
    Entry,
    EntryKind,
    GrantNote,
    NoCasefileError,
)
from alongside.records.casefile.opened import opened, ring_of, write_entries
from alongside.records.casefile.sealing import check_of, read_entries, sealed_message
from alongside.records.journal.content import Deed
from alongside.sealed.envelopes import new_id, new_key

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from alongside.domain.consent import Purpose
    from alongside.records.casefile.binding import Now
    from alongside.records.casefile.content import PersonKeys, Ring
    from alongside.records.casefile.opened import Case

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
    with opened(keys, now) as case:
        case.stays = True
        return open_to(case, opening, text, files)


def open_to(case: Case, opening: Opening, text: str, files: Iterable[Attached]) -> GrantNote:
    """Open sections of an open casefile to an agency, as :func:`share` does."""
    profile, ring = accepting_one(opening.agency), ring_of(case)
    if profile is None:
        raise NoAgencyError
    case.profiles[profile.id] = profile
    grant = Grant(
        profile.kind, opening.sections, opening.purpose, case.now.today, opening.until,
        opening.explained_in,
    )  # fmt: skip
    check(grant)
    note = GrantNote(new_id(), profile.id, profile.name, grant, (new_key(),), profile.number)
    case.binder.put(note)
    written = _write(case, note, text, files)
    content = _package(case, note, ring)
    if profile.remote:
        written += _told(case, ring, grant.sections)
        content |= sent_along(case, profile, written)
    deliver(to=profile, content=content, until=opening.until, own=note.id)
    tell(case, Deed.SHARED, note)
    return note


def _package(case: Case, note: GrantNote, ring: Ring) -> dict[str, Any]:
    binder, grant = case.binder, note.grant
    sections = {s: [[v, k] for v, k in ring.keys[s].items()] for s in sorted(grant.sections)}
    return {
        "kind": "grant", "casefile": case.keys.casefile, "messages": binder.public,
        "conversation": note.conversation, "lock": lock_of(binder, note), "sections": sections,
        "purpose": grant.purpose, "given": grant.given_on, "until": grant.until, "holder": grant.kind,
        "explained": grant.explained_in, "lang": binder.lang, "at": case.now.minute,
        "number": f"{secrets.randbelow(CARD_NUMBERS):04d}",
        "check": check_of(note.conversation, binder.check_word),
    }  # fmt: skip


def widen(*, keys: PersonKeys, own: bytes, sections: frozenset[str], now: Now) -> GrantNote:
    """Open more sections under a grant that holds. Needs the second word.

    Raises NoCasefileError where the grant does not hold, UnfitGrantError or PermissionError.
    """
    with opened(keys, now) as case:
        ring, note = ring_of(case), _holding(case, own)
        new = sections - note.grant.sections
        wider = replace(note, grant=replace(note.grant, sections=note.grant.sections | new))
        check(wider.grant)
        opens = {s: [[v, k] for v, k in ring.keys[s].items()] for s in sorted(new)}
        told = _told(case, ring, new) if elsewhere(case, note.agency) else []
        case.binder.put(wider)
        notify(case, wider, {"kind": "keys", "sections": opens}, told)
        tell(case, Deed.WIDENED, replace(note, grant=replace(note.grant, sections=new)))
        return wider


def withdraw(*, keys: PersonKeys, own: bytes, now: Now) -> None:
    """Take a grant back, at once: its wraps are dropped, and every key it opened is turned.

    Needs the return phrase alone; without the second word the agency is told so, because it may have been
    somebody else. What was read was read. Raises NoCasefileError where no such grant holds.
    """
    with opened(keys, now) as case:
        note = _holding(case, own)
        end(case, [note])
        say_it_ended(case, note, "taken_back")
        tell(case, Deed.TOOK_BACK, note)


def write(
    *, keys: PersonKeys, own: bytes, text: str, files: Iterable[Attached] = (), now: Now
) -> None:
    """Write to an agency under a grant that holds. Needs the return phrase alone."""
    with opened(keys, now) as case:
        note = _holding(case, own)
        notify(case, note, {"kind": "message"}, _write(case, note, text, files))
        tell(case, Deed.WROTE, note)


def _write(case: Case, note: GrantNote, text: str, files: Iterable[Attached]) -> list[bytes]:
    said: dict[str, Any] = {
        "minute": case.now.minute, "by": PERSON, "unsure": case.keys.whole is None,
    }  # fmt: skip
    entries = [Entry(EntryKind.MESSAGE, text=text, **said)] if text.strip() else []
    entries += [
        Entry(EntryKind.FILE, name=f.name, media=f.media, body=f.body, **said) for f in files
    ]
    talk = note.conversation
    rows = [sealed_message(case.keys.casefile, note.id, talk, entry) for entry in entries]
    case.entries += rows
    return [bytes(row.id) for row in rows]


def _told(case: Case, ring: Ring, sections: frozenset[str]) -> list[bytes]:
    """Return which entries there are in these sections."""
    write_entries(case)
    held = {(s, v): key for s in sections for v, key in ring.keys[s].items()}
    return [entry.id for _, entry in read_entries(case.keys.casefile, held)]


def _holding(case: Case, own: bytes) -> GrantNote:
    note = case.binder.note(own)
    if note is None or not note.grant.holds(case.now.today):
        raise NoCasefileError
    return note
