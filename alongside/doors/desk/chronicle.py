"""An account at the desk: pieces in order of time, and writing one down for the person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from alongside.domain.chronology import Piece, Relation, Season
from alongside.doors.desk.codes import identity_of
from alongside.doors.desk.frame import Written
from alongside.doors.showing.speaking import book
from alongside.doors.showing.telling import Told
from alongside.doors.showing.timing import FIELDS, LONGEST_PIECE, Unread, read_when
from alongside.library.account import account_of, linkable
from alongside.library.paper.chronology import chronology_paper
from alongside.library.paper.setting import set_document
from alongside.records.casefile.actions.answering import look, write_down
from alongside.records.pieces import new_piece_id

if TYPE_CHECKING:
    from alongside.doors.desk.frame import Frame
    from alongside.library.account import Account
    from alongside.records.casefile.actions.answering import Opened

STORY = "story"
LINKED = "fact"
MOST_LINKS = 40


def account_seen(opened: Opened) -> Account:
    """Return the account as far as it was opened to us."""
    return account_of(opened.pieces, opened.answers, book().vocabulary.facts)


def shown(frame: Frame, code: str) -> dict[str, Any] | None:
    """Return what the page shows; None where the story was not opened, or nothing is any more."""
    opened = look(keys=frame.keys, own=identity_of(code), now=frame.now)
    if not opened.grant_open or STORY not in opened.sections:
        return None
    account, facts = account_seen(opened), book().vocabulary.facts
    told = (fact.key for piece in account.pieces for fact in account.linked(piece))
    return {
        "card": opened.card,
        "code": code,
        "account": account,
        "answers": linkable(opened.answers, facts),
        "answered": {key: Told(facts[key], opened.answers[key]) for key in told},
        "relations": tuple(Relation),
        "seasons": tuple(Season),
        "form": frame.written(_kept(code)),
        "own": new_piece_id(),
    }


def paper(frame: Frame, code: str) -> tuple[str, bytes] | None:
    """Return the account as a PDF, with the name of its file; None where the story was not opened."""
    opened = look(keys=frame.keys, own=identity_of(code), now=frame.now)
    if not opened.grant_open or STORY not in opened.sections:
        return None
    voice = frame.speaker.voice
    made = chronology_paper(
        account_seen(opened), voice, tongue=opened.card.lang, made_on=frame.now.today
    )
    return made.name, set_document(made, voice)


def write(frame: Frame, code: str) -> bool:
    """Write down a piece; what is not clear is kept with what to say of it. Say whether it was written.

    It is kept before anybody asks whose session it is: half an hour of writing is not lost. A form that
    came twice writes once.
    """
    form, when = _taken(frame)
    frame.keep(_kept(code), form)
    if form.faults or isinstance(when, Unread):
        return False
    own = identity_of(code)
    with frame.alone():
        known = {piece.id for piece in look(keys=frame.keys, own=own, now=frame.now).pieces}
        if form["id"] not in known:
            facts = tuple(k for k in form[LINKED].split() if k in book().vocabulary.facts)
            versions = (form["version"],) if form["version"] in known else ()
            today = frame.now.today
            piece = Piece(form["id"], form["text"], when, "", today, facts, versions)
            write_down(keys=frame.keys, own=own, piece=piece, now=frame.now)
        frame.drop(_kept(code))
    return True


def _taken(frame: Frame) -> tuple[Written, Any]:
    posted = frame.request.POST
    whole = posted.get("text", "").replace("\r\n", "\n").replace("\0", "").strip()
    typed = {name: frame.field(name, 40) for name in ("id", "version", "agreed", *FIELDS)}
    typed |= {"text": whole[:LONGEST_PIECE], LINKED: " ".join(posted.getlist(LINKED)[:MOST_LINKS])}
    typed["id"] = typed["id"] or new_piece_id()
    faults = {} if whole else {"text": "desk_write_something"}
    if len(whole) > LONGEST_PIECE:
        faults["text"] = "story_long"
    when = read_when(typed)
    if isinstance(when, Unread):
        faults[when.field] = when.sentence
    if not typed["agreed"]:
        faults["agreed"] = "desk_story_agree_first"
    return Written(typed, faults), when


def _kept(code: str) -> str:
    return f"h:{code}"
