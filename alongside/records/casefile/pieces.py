"""Pieces of an account among the entries of a casefile: one entry for each, in the section of the story.

A piece that was changed takes the place of what stood there, and one that was put away leaves only that it was:
the rows with the words are destroyed. Two ways of remembering are two pieces, and both stay.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from alongside.records.casefile.binding import by_compartment
from alongside.records.casefile.content import PERSON, Entry, EntryKind
from alongside.records.pieces import pack_piece, unpack_piece

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from alongside.domain.chronology import Piece
    from alongside.records.casefile.actions.keeping import Telling

STORY = "story"
AWAY = "away"


def piece_entry(piece: Piece, minute: int) -> Entry:
    """Return the entry that holds a piece, in the hand of who wrote it."""
    table = pack_piece(piece)
    text = table.pop("text", "")
    return Entry(EntryKind.PIECE, minute, piece.by or PERSON, text=text, piece=table)


def away_entry(own: str, minute: int) -> Entry:
    """Return the entry that says a piece was put away: for who holds its words on another host."""
    return Entry(EntryKind.PIECE, minute, PERSON, piece={"id": own, AWAY: True})


def entries_of(telling: Telling, minute: int) -> Iterator[tuple[str, Entry]]:
    """Return what is told as entries, each with its section."""
    for section, told in by_compartment(telling.answers, telling.facts).items():
        yield section, Entry(EntryKind.ANSWERS, minute, PERSON, told)
    for piece in telling.pieces:
        yield STORY, piece_entry(piece, minute)
    for own in telling.away:
        yield STORY, away_entry(own, minute)


def replaced_by(telling: Telling, entries: Iterable[Entry]) -> list[bytes]:
    """Return the identities of the entries whose words are no more once this is told."""
    touched = {piece.id for piece in telling.pieces} | set(telling.away)
    return [e.id for e in entries if e.kind is EntryKind.PIECE and e.piece.get("id") in touched]


def pieces_of(entries: Iterable[Entry]) -> list[Piece]:
    """Return the pieces that stand in entries, which come oldest first; in the order of writing.

    Nobody changes what is in another hand: not an agency the person's words, nor another agency's. What an
    agency wrote that is no piece is passed over.
    """
    found: dict[str, tuple[str, Piece | None]] = {}
    for entry in entries:
        if entry.kind is not EntryKind.PIECE:
            continue
        own = str(entry.piece.get("id", ""))
        by, before = found.get(own, (entry.by, None))
        if entry.piece.get(AWAY) and entry.by == PERSON:
            found[own] = (PERSON, None)
        elif before is None or by == entry.by:
            found[own] = (entry.by, _piece(entry))
    return sorted((piece for _, piece in found.values() if piece), key=lambda piece: piece.id)


def _piece(entry: Entry) -> Piece | None:
    by = "" if entry.by == PERSON else entry.by
    try:
        return unpack_piece(entry.piece | {"text": entry.text, "by": by})
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
