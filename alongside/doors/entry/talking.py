"""Talking: what was written each way, answering, opening more, taking it back, and who opened what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from alongside.domain.consent import COMPARTMENTS
from alongside.doors.entry.keeping import keep_changes
from alongside.doors.entry.opening import PAGE as BACK
from alongside.doors.entry.opening import hold, second_given
from alongside.doors.entry.writing import letter_of, note, put_aside, to, turned
from alongside.doors.showing.telling import day_of
from alongside.records.agencies.queries import profile_of
from alongside.records.casefile.actions.sharing import widen, withdraw, write
from alongside.records.casefile.content import PERSON, EntryKind
from alongside.records.casefile.queries import binder_of, conversations, has_room

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpResponse

    from alongside.doors.entry.visit import Visit
    from alongside.doors.entry.writing import Letter
    from alongside.records.casefile.content import Entry, PersonKeys
    from alongside.records.casefile.queries import Conversation

PAGE = "m/"
SECOND_WORD = {"tell", "open"}
"""The moves for which the second word may stand in the form."""
ENTER = "enter"
GOES = {"see": "s/", "ways": "o/", "story": "a/"}
"""The buttons that go to another page, and keep what is half written here."""


@dataclass(frozen=True, slots=True)
class Button:
    """A button of the page: what it does, and where that takes it, of which conversation and which section."""

    move: str
    talk: str = ""
    section: str = ""

    @property
    def at(self) -> str:
        """The end of the name of the second word's field that stands beside it; empty for what was told."""
        return f".{self.talk}.{self.section}" if self.section else ""


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that was written or asked for. ``open``: whether an ask can be answered now."""

    entry: Entry
    on: date
    mine: bool
    asks: str = ""
    open: bool = False


@dataclass(frozen=True, slots=True)
class Talk:
    """One conversation as the page shows it. ``days``: within how many they mean to answer, 0 if they did.

    ``far``: they read on another host, where what was taken back ends later.
    """

    name: str
    id: str
    sections: list[str]
    since: date
    until: date
    ended: date | None
    said: list[Said]
    days: int
    far: bool


def talks_of(visit: Visit, keys: PersonKeys) -> tuple[list[Talk], list[Talk]]:
    """Return the conversations that go on, and those that have ended; the newest first."""
    found = [(talk.open, _talk(talk)) for talk in conversations(keys, visit.today)]
    return [t for holds, t in found if holds], [t for holds, t in found if not holds]


def _talk(talk: Conversation) -> Talk:
    grant = talk.note.grant
    last = {e.section: e for e in talk.entries if e.kind is EntryKind.ASK}
    said = [
        Said(
            entry, day_of(entry.minute), entry.by == PERSON, entry.section,
            open=talk.open and last.get(entry.section) is entry and entry.section not in grant.sections,
        )
        for entry in talk.entries
    ]  # fmt: skip
    profile = profile_of(talk.note.agency)
    waits = profile is not None and all(one.mine for one in said)
    return Talk(
        talk.note.name, talk.note.id.hex(), in_order(grant.sections), grant.given_on, grant.until,
        None if talk.open else grant.ended_on or grant.until, said,
        profile.days if profile and waits else 0, profile is not None and profile.remote,
    )  # fmt: skip


def in_order(sections: frozenset[str] | tuple[str, ...]) -> list[str]:
    """Return sections in the order of a casefile."""
    return [section for section in COMPARTMENTS if section in sections]


def come_first(visit: Visit) -> HttpResponse:
    """Ask for number and words; what was written while the time ran out waits, sealed, for who comes back."""
    note(visit)
    return visit.go_on(BACK) if visit.draft.unsent else to(visit, BACK)


def _pressed(visit: Visit) -> Button:
    """Read which button it was. All stand in one form, so that none of them loses what is half written.

    Enter, in a field for the second word, presses the button beside it: that of the one field that is filled.
    """
    posted = visit.request.POST
    pressed = posted.get("move", "")
    if pressed == ENTER:
        filled = [n for n in posted if n.partition(".")[0] == "second" and posted[n].strip()]
        at = filled[0].removeprefix("second") if len(filled) == 1 else None
        pressed = "" if at is None else f"open{at}" if at else "tell"
    move, talk, section = (*pressed.split("."), "", "")[:3]
    return Button(move, talk, section)


def pressed(visit: Visit) -> HttpResponse:
    """Take what was pressed on the page of messages."""
    note(visit)
    if again := turned(visit, PAGE):
        return again
    button, keys = _pressed(visit), visit.keys
    if keys is None:
        return visit.go_on(BACK)
    if button.move in GOES:
        return visit.go_on(GOES[button.move])
    if button.move in SECOND_WORD and keys.whole is None:
        if not visit.admitted():
            return visit.busy(PAGE)
        keys = second_given(visit, f"second{button.at}")
        if keys is None:
            visit.draft.said, visit.draft.form["at"] = "", button.at or "tell"
            return visit.go_on(PAGE)
    return _done(visit, button, keys)


def _done(visit: Visit, button: Button, keys: PersonKeys) -> HttpResponse:
    if button.move == "write":
        return _written(visit, button.talk, keys)
    with visit.changing() as draft:
        if not draft.keys:  # left in another tab while the second word was tried
            return to(visit, BACK)
        note(visit)
        draft.faults, draft.said = {}, ""
        draft.form.pop("wait", None)
        act = MOVES.get(button.move)
        if act is not None:
            act(visit, keys, button)
        return visit.go_on(PAGE)


def _written(visit: Visit, talk: str, keys: PersonKeys) -> HttpResponse:
    letter = letter_of(visit, talk)
    visit.draft.form["talk"] = talk
    faults = dict(letter.faults)
    if not (letter.text or letter.files or faults):
        faults["message"] = "kept_empty"
    if not faults and not has_room(keys, letter.size):
        faults["message"] = "kept_full"
    if faults:
        return visit.stay(PAGE, faults)
    if not visit.admitted():
        return visit.busy(PAGE)
    own = _grant(visit, talk)
    if own is None:
        put_aside(visit, talk)
        return visit.stay(PAGE, {}, "kept_said_over")
    with visit.changing() as draft:
        if not _came_twice(visit, keys, own, letter):
            write(keys=keys, own=own, text=letter.text, files=letter.files, now=visit.now)
        note(visit)
        draft.unsent.pop(talk, None)
        draft.form.pop("talk", None)
        draft.faults, draft.said = {}, "kept_said_written"
        return visit.go_on(PAGE)


def _came_twice(visit: Visit, keys: PersonKeys, own: bytes, letter: Letter) -> bool:
    """Say whether the very same was written a moment ago: a button pressed twice on a slow line."""
    came = [(letter.text, b"")] if letter.text else []
    came += [("", file.body) for file in letter.files]
    talk = next((t for t in conversations(keys, visit.today) if t.note.id == own), None)
    mine = [e for e in talk.entries if e.by == PERSON] if talk else []
    last = [(e.text, e.body) for e in mine[-len(came) :] if visit.now.minute - e.minute <= 1]
    return last == came


def _grant(visit: Visit, talk: str) -> bytes | None:
    """Return the identity of the conversation a button belongs to, where it still goes on."""
    keys = visit.keys
    notes = binder_of(keys).holding(visit.today) if keys else []
    return next((note.id for note in notes if note.id.hex() == talk), None)


def _tell(visit: Visit, keys: PersonKeys, _button: Button) -> None:
    if not visit.draft.opened:
        hold(visit, keys)
    visit.draft.said = "kept_said_open"


def _open(visit: Visit, keys: PersonKeys, button: Button) -> None:
    own = _grant(visit, button.talk)
    if own is None or button.section not in COMPARTMENTS:
        visit.draft.said = "kept_said_over"
        return
    widen(keys=keys, own=own, sections=frozenset({button.section}), now=visit.now)
    visit.draft.said = "kept_said_widened"


def _not_now(visit: Visit, _keys: PersonKeys, _button: Button) -> None:
    visit.draft.said = "kept_said_not_now"


def _take(visit: Visit, keys: PersonKeys, button: Button) -> None:
    own = _grant(visit, button.talk)
    if own is not None:
        withdraw(keys=keys, own=own, now=visit.now)
    put_aside(visit, button.talk)
    visit.draft.said = "kept_said_taken"


def _more(visit: Visit, keys: PersonKeys, _button: Button) -> None:
    if keys.whole is not None:
        keep_changes(visit, keys)
        visit.draft.said = "kept_said_more"


def _close(visit: Visit, _keys: PersonKeys, _button: Button) -> None:
    visit.clear()
    visit.draft.said = "kept_said_closed"


MOVES = {
    "tell": _tell, "open": _open, "not_now": _not_now, "take": _take, "more": _more, "close": _close,
}  # fmt: skip
"""What each button of the page does. Taking back never waits for a second word, nor for anybody."""
