"""Reading casefiles, for the person: the binder, conversations, who opened what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Sum
from django.db.models.functions import Length

from alongside.records.casefile.content import Closed, NoCasefileError
from alongside.records.casefile.models import Casefile
from alongside.records.casefile.models import Entry as Row
from alongside.records.casefile.sealing import read_binder, read_messages, standing, unseal_binder
from alongside.records.journal.queries import count_lines, read_book

if TYPE_CHECKING:
    from alongside.records.casefile.content import Binder, Entry, GrantNote, PersonKeys
    from alongside.records.journal.content import Line


MOST_ENTRIES, MOST_BYTES = 2_000, 80 * 1024 * 1024
"""What one casefile may hold: some fifteen photos and years of letters."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """What a person and one agency wrote to each other. ``open``: whether the grant still holds."""

    note: GrantNote
    open: bool
    entries: list[Entry]


def binder_of(keys: PersonKeys) -> Binder:
    """Return the binder. Raises NoCasefileError when the casefile is gone, ClosedError while an erase waits."""
    return read_binder(unseal_binder(_binder_in_store(keys), keys))


def conversations(keys: PersonKeys, today: date) -> list[Conversation]:
    """Return every conversation, the newest grant first."""
    binder = binder_of(keys)
    said: dict[bytes, list[Entry]] = {note.id: [] for note in binder.grants}
    for grant, entry in read_messages(
        keys.casefile, {note.id: note.conversation for note in binder.grants}
    ):
        said[grant].append(entry)
    return [
        Conversation(note, note.grant.holds(today), said[note.id])
        for note in reversed(binder.grants)
    ]


def has_room(keys: PersonKeys, more: int) -> bool:
    """Say whether a casefile can take so many more bytes: one person cannot fill the disk for all others."""
    held = Row.objects.filter(casefile=keys.casefile).aggregate(
        entries=Count("id"), size=Sum(Length("sealed"))
    )
    return held["entries"] < MOST_ENTRIES and (held["size"] or 0) + more < MOST_BYTES


def who_opened(keys: PersonKeys, *, first: int = 0, most: int | None = None) -> list[Line]:
    """Return the person's journal: who did what, the newest first.

    ``first`` and ``most``: which of its lines, counted from the last one; no other is opened.
    """
    halves = [binder_of(keys).private]
    return read_book(book=keys.casefile, privates=halves, first=first, most=most)


def lines_of(keys: PersonKeys) -> int:
    """Return how many lines the person's journal has."""
    return count_lines(book=keys.casefile)


@dataclass(frozen=True, slots=True)
class Asked:
    """That somebody asked to erase everything, on which day, and on which day it is destroyed."""

    on: date
    ends: date


def erase_asked(keys: PersonKeys) -> Asked | None:
    """Return what is known of an erase that waits; None where none does. Raises NoCasefileError.

    Who shows it asks for the second word first: these keys are to messages, which are closed by then.
    """
    found = standing(_binder_in_store(keys), keys)
    return (
        Asked(found.asked_on, date.fromordinal(found.ends_on))
        if isinstance(found, Closed)
        else None
    )


def _binder_in_store(keys: PersonKeys) -> bytes:
    for sealed in Casefile.objects.filter(id=keys.casefile).values_list("binder", flat=True):
        return bytes(sealed)
    raise NoCasefileError
