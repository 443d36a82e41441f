"""Reading casefiles, for the person: the binder, conversations, who opened what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from alongside.records.casefile.content import NoCasefileError
from alongside.records.casefile.models import Casefile
from alongside.records.casefile.sealing import open_binder, read_messages
from alongside.records.journal.queries import read_book

if TYPE_CHECKING:
    from datetime import date

    from alongside.records.casefile.content import Binder, Entry, GrantNote, PersonKeys
    from alongside.records.journal.content import Line


@dataclass(frozen=True, slots=True)
class Conversation:
    """What a person and one agency wrote to each other. ``open``: whether the grant still holds."""

    note: GrantNote
    open: bool
    entries: list[Entry]


def binder_of(keys: PersonKeys) -> Binder:
    """Return the binder. Raises NoCasefileError when the casefile is gone."""
    row = Casefile.objects.filter(id=keys.casefile).first()
    if row is None:
        raise NoCasefileError
    return open_binder(row, keys)


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


def who_opened(keys: PersonKeys) -> list[Line]:
    """Return the person's journal: who did what, the newest first."""
    return read_book(book=keys.casefile, privates=[binder_of(keys).private])
