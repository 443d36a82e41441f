"""Talking: what was written each way, answering, opening more, taking it back, and who opened what."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from alongside.domain.consent import COMPARTMENTS
from alongside.doors.entry.keeping import keep_changes
from alongside.doors.entry.opening import PAGE as BACK
from alongside.doors.entry.opening import hold, second_given
from alongside.doors.entry.writing import letter_of, to, turned
from alongside.doors.showing.speaking import book
from alongside.doors.showing.telling import day_of
from alongside.records.agencies.queries import profile_of
from alongside.records.casefile.actions.sharing import widen, withdraw, write
from alongside.records.casefile.content import PERSON, EntryKind
from alongside.records.casefile.queries import binder_of, conversations, has_room, who_opened

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpResponse

    from alongside.doors.entry.visit import Visit
    from alongside.doors.entry.writing import Letter
    from alongside.records.casefile.content import Entry, PersonKeys
    from alongside.records.casefile.queries import Conversation
    from alongside.records.journal.content import Line

PAGE = "m/"
SECOND_WORD = {"tell", "open"}
"""The moves for which the second word may stand in the form."""


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
    if "message" not in visit.request.POST:
        return to(visit, BACK)
    _under_talk(visit)
    letter_of(visit)
    return visit.go_on(BACK)


def _under_talk(visit: Visit) -> None:
    """Note of which conversation the message in the form is."""
    visit.draft.form["talk"] = visit.request.POST.get("talk", "")[:32]


def pressed(visit: Visit) -> HttpResponse:
    """Take what was pressed on the page of messages."""
    move = visit.request.POST.get("move", "")
    if "message" in visit.request.POST:
        _under_talk(visit)
    if again := turned(visit, PAGE, "message"):
        return again
    keys = visit.keys
    if keys is None:
        return visit.go_on(BACK)
    if move in SECOND_WORD and keys.whole is None:
        if not visit.admitted():
            return visit.busy(PAGE)
        keys = second_given(visit)
        if keys is None:
            visit.draft.said = ""
            visit.draft.form["at"] = visit.request.POST.get("section", "tell")[:32]
            return visit.go_on(PAGE)
    return _done(visit, move, keys)


def _done(visit: Visit, move: str, keys: PersonKeys) -> HttpResponse:
    if move == "write":
        return _written(visit, keys)
    with visit.changing() as draft:
        if not draft.keys:  # left in another tab while the second word was tried
            return to(visit, BACK)
        draft.faults, draft.said = {}, ""
        draft.form.pop("wait", None)
        act = MOVES.get(move)
        if act is not None:
            act(visit, keys)
        return visit.go_on(PAGE)


def _written(visit: Visit, keys: PersonKeys) -> HttpResponse:
    letter = letter_of(visit)
    faults = dict(letter.faults)
    if not (letter.text or letter.files or faults):
        faults["message"] = "kept_empty"
    if not faults and not has_room(keys, letter.size):
        faults["message"] = "kept_full"
    if faults:
        return visit.stay(PAGE, faults)
    if not visit.admitted():
        return visit.busy(PAGE)
    own = _grant(visit)
    if own is None:
        return visit.stay(PAGE, {}, "kept_said_over")
    with visit.changing() as draft:
        if not _came_twice(visit, keys, own, letter):
            write(keys=keys, own=own, text=letter.text, files=letter.files, now=visit.now)
        for name in ("message", "talk"):
            draft.form.pop(name, None)
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


def _grant(visit: Visit) -> bytes | None:
    """Return the identity of the conversation a form belongs to, where it still goes on."""
    keys, own = visit.keys, visit.request.POST.get("talk", "")
    notes = binder_of(keys).holding(visit.today) if keys else []
    return next((note.id for note in notes if note.id.hex() == own), None)


def _tell(visit: Visit, keys: PersonKeys) -> None:
    if not visit.draft.opened:
        hold(visit, keys)
    visit.draft.said = "kept_said_open"


def _open(visit: Visit, keys: PersonKeys) -> None:
    own, section = _grant(visit), visit.request.POST.get("section", "")
    if own is None or section not in COMPARTMENTS:
        visit.draft.said = "kept_said_over"
        return
    widen(keys=keys, own=own, sections=frozenset({section}), now=visit.now)
    visit.draft.said = "kept_said_widened"


def _not_now(visit: Visit, _keys: PersonKeys) -> None:
    visit.draft.said = "kept_said_not_now"


def _take(visit: Visit, keys: PersonKeys) -> None:
    own = _grant(visit)
    if own is not None:
        withdraw(keys=keys, own=own, now=visit.now)
    visit.draft.said = "kept_said_taken"


def _more(visit: Visit, keys: PersonKeys) -> None:
    if keys.whole is not None:
        keep_changes(visit, keys)
        visit.draft.said = "kept_said_more"


def _close(visit: Visit, _keys: PersonKeys) -> None:
    visit.draft.clear()
    visit.draft.said = "kept_said_closed"


MOVES = {
    "tell": _tell, "open": _open, "not_now": _not_now, "take": _take, "more": _more, "close": _close,
}  # fmt: skip
"""What each button of the page does. Taking back never waits for a second word, nor for anybody."""


def journal_of(keys: PersonKeys) -> list[tuple[date, list[Line]]]:
    """Return the person's journal by days, the newest first; what happened twice on a day stands once."""
    told = [line for line in who_opened(keys) if f"kept_deed_{line.deed}" in book().words.texts]
    by_day = groupby(told, key=lambda line: day_of(line.minute))
    return [
        (day, list({(line.deed, line.who, line.places): line for line in lines}.values()))
        for day, lines in by_day
    ]
