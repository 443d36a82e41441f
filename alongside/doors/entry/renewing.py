"""New number and words in the place of those that somebody else may have.

They are shown first, and put in place once the person has them: a line that drops in between changes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from alongside.doors.entry.keeping import PAGE, along
from alongside.doors.entry.opening import second_given
from alongside.doors.entry.talking import PAGE as MESSAGES
from alongside.doors.entry.writing import LONGEST_SECOND, to, typed
from alongside.records.casefile.actions.renewing import draw_new, renew
from alongside.records.casefile.content import PersonKeys
from alongside.records.casefile.queries import binder_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from alongside.doors.entry.visit import Visit


def asked(visit: Visit) -> HttpResponse:
    """Draw new ones for who gives the second word, and show them."""
    second = typed(visit, "second", LONGEST_SECOND)
    if not visit.keys or visit.draft.shown or not second:
        return to(visit, PAGE)
    if not visit.admitted():
        return visit.busy(PAGE)
    keys = second_given(visit)
    if keys is None:
        return visit.go_on(PAGE)
    new, check = draw_new(keys=keys, second=second), binder_of(keys).check_word
    draft = visit.draft
    draft.shown = along(new.number, new.secret, second, check) | {
        "keys": keys.text(), "salt": new.salt.hex(), "new": new.keys.text(),
    }  # fmt: skip
    draft.faults, draft.said = {}, ""
    draft.form.pop("wait", None)
    return visit.go_on(PAGE)


def had(visit: Visit) -> HttpResponse:
    """Put the new ones in place: the person has them. From here on the old ones open nothing."""
    with visit.changing() as draft:
        held = draft.shown
        old, new = (PersonKeys.of(held.get(name, "")) for name in ("keys", "new"))
        if old is None or new is None:  # pressed twice
            return to(visit, MESSAGES)
        salt = bytes.fromhex(held["salt"])
        renew(keys=old, number=held["number"], salt=salt, new=new, now=visit.now)
        draft.close()
        draft.keys, draft.shown = new.messages_only().text(), {}
        draft.faults, draft.said = {}, "kept_said_renewed"
        return visit.go_on(MESSAGES)


def left(visit: Visit) -> HttpResponse:
    """Leave everything as it was."""
    visit.draft.shown = {}
    return visit.go_on(MESSAGES)
