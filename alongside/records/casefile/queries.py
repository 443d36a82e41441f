"""Reading casefiles, for the person: the binder, conversations, who opened what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Sum
from django.db.models.functions import Length

from alongside.records.casefile.content import Binder, NoCasefileError
from alongside.records.casefile.models import Casefile
from alongside.records.casefile.models import Entry as Row
from alongside.records.casefile.sealing import read_messages, unseal_binder
from alongside.records.journal.queries import read_book
from alongside.records.packing import unpack

if TYPE_CHECKING:
    from datetime import date

    from alongside.records.casefile.content import Entry, GrantNote, PersonKeys
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
    """Return the binder. Raises NoCasefileError when the casefile is gone."""
    for sealed in Casefile.objects.filter(id=keys.casefile).values_list("binder", flat=True):
        return Binder.of(unpack(unseal_binder(bytes(sealed), keys)))
    raise NoCasefileError


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


def who_opened(keys: PersonKeys) -> list[Line]:
    """Return the person's journal: who did what, the newest first."""
    return read_book(book=keys.casefile, privates=[binder_of(keys).private])
