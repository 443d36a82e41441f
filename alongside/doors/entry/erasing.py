"""Erasing: at once with the second word; without it closed at once, destroyed later, kept if the word comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alongside.doors.entry.keeping import PAGE as KEPT
from alongside.doors.entry.opening import lost, second_given
from alongside.doors.entry.talking import talks_of
from alongside.doors.entry.writing import LONGEST_SECOND, note, put_aside, to, typed
from alongside.records.casefile.actions.securing import erase
from alongside.records.casefile.actions.waiting import destroyed_on, erase_later, keep_after_all
from alongside.records.casefile.queries import erase_asked

if TYPE_CHECKING:
    from django.http import HttpResponse

    from alongside.doors.entry.visit import Visit
    from alongside.records.casefile.content import PersonKeys

PAGE, GONE = "d/", "g/"


def shown(visit: Visit, keys: PersonKeys, wait: int) -> HttpResponse:
    """Show what erasing does; or, to who has the second word, that somebody asked for it, and the choice."""
    asked = erase_asked(keys)
    if asked is None:
        far = any(talk.far for talk in talks_of(visit, keys)[0])
        return visit.show("erase", wait=wait, far=far, on=destroyed_on(visit.today))
    return visit.show("asked", asked=asked) if keys.whole else lost(visit)


def waits(visit: Visit) -> HttpResponse:
    """Lead who has the second word to the page that says that an erase waits; what they were writing stays.

    Conversations ended when somebody asked for it: letters half written can go to somebody else.
    """
    if visit.request.method != "POST":
        return to(visit, PAGE)
    note(visit)
    put_aside(visit, *visit.draft.unsent)
    return visit.go_on(PAGE)


def pressed(visit: Visit, keys: PersonKeys) -> HttpResponse:
    """Take what was pressed there. Asking without the second word waits for nobody."""
    move = visit.request.POST.get("move", "")
    if move == "later":
        erase_later(keys=keys, now=visit.now)
        return visit.forget(f"/{visit.lang}/{GONE}")
    if move == "erase":
        return _erased(visit, keys)
    if move == "keep" and keys.whole:
        keep_after_all(keys=keys, now=visit.now)
        visit.draft.close()  # what was told stays closed here until it is asked for
        visit.draft.faults, visit.draft.said = {}, "kept_said_after_all"
        return visit.go_on(KEPT)
    return to(visit, PAGE)


def _erased(visit: Visit, keys: PersonKeys) -> HttpResponse:
    if keys.whole is None:
        if not typed(visit, "second", LONGEST_SECOND):
            return visit.stay(PAGE, {"second": "kept_erase_which"})
        if not visit.admitted():
            return visit.busy(PAGE)
        given = second_given(visit)
        if given is None:
            return visit.go_on(PAGE)
        keys = given
    erase(keys=keys, now=visit.now)
    return visit.forget(f"/{visit.lang}/{GONE}")
