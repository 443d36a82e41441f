"""Remembering: an account in pieces, in any order. Nothing is read out of the words; nothing has to be complete."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alongside.domain.chronology import Piece
from alongside.doors.entry.writing import turned
from alongside.doors.showing.speaking import book
from alongside.doors.showing.timing import FIELDS, LONGEST_PIECE, Unread, read_when, written_when
from alongside.library.account import account_of
from alongside.records.casefile.actions.keeping import Telling, keep_more, kept_pieces
from alongside.records.casefile.queries import has_room
from alongside.records.pieces import new_piece_id, size_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from alongside.doors.entry.visit import Visit
    from alongside.library.account import Account

LIST, WRITE = "a/", "a/1/"
STORY = "story"
MOST, MOST_LINKS = 60, 40
MOST_BYTES = 12_000
"""Of pieces that are not kept: with all answers they fit into the one size that every draft has."""


def pieces_in(visit: Visit) -> list[Piece]:
    """Return the pieces that can be read here now: those of this visit, and what the second word opens."""
    draft, keys = visit.draft, visit.keys
    kept = kept_pieces(keys=keys) if keys and keys.whole else []
    found = {piece.id: piece for piece in kept} | draft.pieces
    return [found[own] for own in sorted(found) if own not in draft.away]


def account(visit: Visit) -> Account:
    """Return the account as far as it can be read here now."""
    return account_of(pieces_in(visit), visit.draft.answers, book().vocabulary.facts)


def put_away(visit: Visit) -> list[Piece]:
    """Return the pieces that were put away in this visit, and can be brought back until it ends."""
    draft = visit.draft
    return [draft.pieces[own] for own in draft.away if own in draft.pieces]


def pressed(visit: Visit) -> HttpResponse:
    """Take what was pressed on the list."""
    move, _, own = visit.request.POST.get("move", "").partition(".")
    draft = visit.draft
    draft.faults, draft.said = {}, ""
    if move == "order":
        draft.form["order"] = "written" if own == "written" else "time"
    elif move in {"new", "change", "again"}:
        return _begun(visit, move, own)
    elif move == "away":
        _away(visit, own)
    elif move == "back":
        _back(visit, own)
    return visit.go_on(LIST)


def _begun(visit: Visit, move: str, own: str) -> HttpResponse:
    """Go to the form. What is half written there comes first: nothing else takes its place before it is done."""
    draft = visit.draft
    found = next((piece for piece in pieces_in(visit) if piece.id == own), None)
    if begun(visit):
        other = move == "again" or draft.writing.get("id", "") != own
        draft.said = "story_begun_first" if found and other else ""
    elif found and move == "change" and not found.by:
        draft.writing = _fields(visit, found)
    else:
        draft.writing = {"version": own} if found and move == "again" else {}
    return visit.go_on(WRITE)


def begun(visit: Visit) -> bool:
    """Say whether words stand in the form that are not among the pieces as they are there."""
    writing = visit.draft.writing
    if not writing.get("text"):
        return False
    same = next((piece for piece in pieces_in(visit) if piece.id == writing.get("id")), None)
    return same is None or {**writing, "kept": ""} != {**_fields(visit, same), "kept": ""}


def _fields(visit: Visit, piece: Piece) -> dict[str, str]:
    held = "" if piece.id in visit.draft.pieces else "1"
    fields = {
        "kept": held,
        "id": piece.id,
        "text": piece.text,
        "fact": " ".join(piece.facts),
        "version": piece.versions[0] if piece.versions else "",
        **written_when(piece.when),
    }
    return {name: text for name, text in fields.items() if text}


def _away(visit: Visit, own: str) -> None:
    """Put a piece away. What was kept of it is destroyed now; its words wait in this visit alone."""
    draft, keys = visit.draft, visit.keys
    found = next((piece for piece in pieces_in(visit) if piece.id == own), None)
    if found is None:
        return
    if keys and keys.whole and any(piece.id == own for piece in kept_pieces(keys=keys)):
        keep_more(keys=keys, telling=Telling({}, {}, away=(own,)), now=visit.now)
        draft.held.append(own)
    draft.pieces[own] = found
    draft.away.append(own)
    draft.said = "story_said_away"


def _back(visit: Visit, own: str) -> None:
    """Bring back what was put away; what was kept is kept again."""
    draft, keys = visit.draft, visit.keys
    found = draft.pieces.get(own)
    if found is None or own not in draft.away:
        return
    draft.away.remove(own)
    if own in draft.held:
        draft.held.remove(own)
    if keys and keys.whole:
        keep_more(keys=keys, telling=Telling({}, {}, (found,)), now=visit.now)
        del draft.pieces[own]
    draft.said = "story_said_back"


def written(visit: Visit) -> HttpResponse:
    """Take a piece as it was written; what is not clear stays as it is, with what to say of it."""
    draft, posted = visit.draft, visit.request.POST
    before = draft.writing
    if posted.get("move") == "drop":
        draft.writing, draft.faults, draft.said = {}, {}, "story_said_dropped"
        return visit.go_on(LIST)
    fields = {
        name: posted.get(name, "").replace("\0", "").strip()[:40]
        for name in ("id", "version", *FIELDS)
    }
    whole = posted.get("text", "").replace("\r\n", "\n").replace("\0", "").strip()
    fields |= {"text": whole[:LONGEST_PIECE], "fact": " ".join(posted.getlist("fact")[:MOST_LINKS])}
    held = {"kept": "1"} if before.get("kept") and before.get("id") == fields["id"] else {}
    draft.writing = {name: text for name, text in (held | fields).items() if text}
    if again := turned(visit, WRITE):
        return again
    if posted.get("move") == "before":
        return visit.stay(LIST, {})
    faults = {} if whole else {"text": "story_empty"}
    if len(whole) > LONGEST_PIECE:
        faults["text"] = "story_long"
    when = read_when(fields)
    if isinstance(when, Unread):
        faults[when.field] = when.sentence
    if faults or isinstance(when, Unread):
        return visit.stay(WRITE, faults)
    known = {piece.id: piece for piece in pieces_in(visit)}
    old = known.get(fields["id"])
    piece = Piece(
        fields["id"] if old and not old.by else new_piece_id(),
        whole, when, written_on=visit.today,
        facts=tuple(k for k in fields["fact"].split() if k in book().vocabulary.facts),
        versions=(fields["version"],) if fields["version"] in known else (),
    )  # fmt: skip
    return _put(visit, piece, known)


def _put(visit: Visit, piece: Piece, known: dict[str, Piece]) -> HttpResponse:
    """Keep a piece where the second word is given, else put it with what was told in this visit."""
    draft, keys = visit.draft, visit.keys
    if piece.id not in known and len(known) >= MOST:
        return visit.stay(WRITE, {"text": "story_many"})
    if keys and keys.whole:
        if not has_room(keys, size_of(piece)):
            return visit.stay(WRITE, {"text": "kept_full"})
        keep_more(keys=keys, telling=Telling({}, {}, (piece,)), now=visit.now)
        draft.pieces.pop(piece.id, None)
        draft.said = "story_said_kept"
    else:
        there = {**draft.pieces, piece.id: piece}
        if sum(map(size_of, there.values())) > MOST_BYTES:
            return visit.stay(WRITE, {"text": "story_full"})
        draft.pieces[piece.id] = piece
        draft.said = "story_said_put"
    draft.writing, draft.faults = {}, {}
    return visit.go_on(LIST)
