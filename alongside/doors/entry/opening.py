"""Opening: coming back with number and words, and, after the second word, what was told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from alongside.doors.entry.keeping import OPEN_MINUTES
from alongside.doors.entry.writing import (
    LONGEST_LINE,
    LONGEST_SECOND,
    MESSAGE,
    note,
    put_aside,
    turned,
    typed,
)
from alongside.library.phrases import Unread, in_digits, never_given, read
from alongside.records.casefile.actions.keeping import come_back, kept_answers
from alongside.records.casefile.actions.securing import SecondWordError, second_word
from alongside.records.casefile.actions.waiting import bring_back
from alongside.records.casefile.queries import binder_of
from alongside.records.drafts.content import Draft

if TYPE_CHECKING:
    from django.http import HttpResponse

    from alongside.doors.entry.visit import Visit
    from alongside.records.casefile.content import PersonKeys

PAGE = "b/"
DIGITS = 8
STAYS = {MESSAGE, "agency", "sections", "purpose", "days"}
"""What of a form belongs to no casefile: a first letter, and what was chosen on the way to sending it."""


@dataclass(frozen=True, slots=True)
class Unclear:
    """What was not understood of number and words. ``words``: why, and which word; never the word itself."""

    number: bool
    words: Unread | None


def number_of(text: str) -> str:
    """Return the digits of a number, whatever script they were typed in."""
    return "".join(str(int(sign)) for sign in text if sign.isdecimal())


def unclear(visit: Visit) -> Unclear | None:
    """Return what is not clear in what stands in the form, if something was said to be."""
    if visit.draft.faults.get("words") != "unclear":
        return None
    form = visit.draft.form
    found = read(form.get("words", ""), visit.lang)
    number = len(number_of(form.get("number", ""))) != DIGITS
    return Unclear(number, found if isinstance(found, Unread) else None)


def wrong(spelled: str) -> dict[str, str]:
    """Return what to say where nothing opened. It rests on what was typed alone, never on what is in the store.

    Words that all stand in the list are easily said in another order; digits are not.
    """
    order = {} if in_digits(spelled) else {"order": "kept_back_order"}
    return {"words": "kept_back_wrong"} | order


def returned(visit: Visit) -> HttpResponse:
    """Take number and words. Where they open something, the visit goes on under a new cookie."""
    if again := turned(visit, PAGE, "number", "words"):
        return again
    form = visit.draft.form
    form["number"], form["words"] = typed(visit, "number"), typed(visit, "words", 2 * LONGEST_LINE)
    number, secret = number_of(form["number"]), read(form["words"], visit.lang)
    if isinstance(secret, Unread) or len(number) != DIGITS:
        return visit.stay(PAGE, {"words": "unclear"})
    if never_given(secret):
        return visit.stay(PAGE, {"words": "kept_back_never"})
    second = typed(visit, "second", LONGEST_SECOND)
    if not visit.admitted(2 if second else 1):
        return visit.busy(PAGE)
    keys = come_back(number=number, secret=secret, now=visit.now)
    if keys is None and second:
        keys = bring_back(number=number, secret=secret, second=second, now=visit.now)
    if keys is None:
        return visit.stay(PAGE, wrong(form["words"]))
    return _came(visit, keys)


def _came(visit: Visit, keys: PersonKeys) -> HttpResponse:
    """Go on with the keys of who came back; with the second word's, to the page of an erase that waits."""
    with visit.changing() as draft:
        fresh = Draft() if draft.keys else draft  # what others kept does not go along
        visit.forgets_looked = bool(draft.keys)  # nor what they looked for
        fresh.unsent = _unsent(fresh, keys)
        fresh.form, fresh.faults, fresh.said, fresh.shown = {}, {}, "", {}
        fresh.keys, fresh.changed = keys.messages_only().text(), list(fresh.answers)
        if keys.whole:
            fresh.open_until(keys.text(), visit.now.minute + OPEN_MINUTES)
        visit.__dict__["draft"] = fresh
        return visit.keep(f"/{visit.lang}/{'d/' if keys.whole else 'm/'}", anew=True)


def _unsent(draft: Draft, keys: PersonKeys) -> dict[str, str]:
    """Return what was written while the time ran out, where it belongs to this casefile: nobody else reads it.

    Of what is closed nothing goes on: its grants have ended.
    """
    if keys.whole:
        return {}
    own = {note.id.hex() for note in binder_of(keys).grants}
    return {talk: text for talk, text in draft.unsent.items() if talk in own}


def lost(visit: Visit) -> HttpResponse:
    """Say that nothing is left under the words that were given; what was written in this visit stays.

    What was opened out of the casefile is gone with it, and the keys, which open nothing. Answers given
    since, and letters half written, were never in it. The letters can go to somebody else.
    """
    note(visit)
    draft = visit.draft
    draft.close()
    put_aside(visit, *draft.unsent)
    draft.form = {n: text for n, text in draft.form.items() if n in STAYS}
    draft.keys, draft.changed, draft.shown, draft.faults = "", [], {}, {}
    left = bool(draft.tells or draft.typed or draft.form[MESSAGE])
    draft.said = "kept_back_gone_left" if left else "kept_back_gone"
    return visit.go_on(PAGE)


def second_given(visit: Visit, name: str = "second") -> PersonKeys | None:
    """Try the second word that stands in a field; None, with what to say in the draft, when it is not it.

    Slow, and with transactions of its own: outside of others. Raises NoCasefileError.
    """
    keys, draft = visit.keys, visit.draft
    if keys is None:
        return None
    try:
        return second_word(keys=keys, word=typed(visit, name, LONGEST_SECOND), now=visit.now)
    except SecondWordError as wrong:
        draft.faults = {"second": "kept_second_wrong"}
        if wrong.minutes:
            draft.form["wait"] = str(visit.now.minute + wrong.minutes)
        return None


def hold(visit: Visit, keys: PersonKeys) -> None:
    """Hold the key of the second word for a while, and take what was kept out of the casefile.

    What was told in this visit before stands beside it, as changed.
    """
    draft = visit.draft
    kept = kept_answers(keys=keys)
    draft.answers = kept | draft.answers
    known = {key for key, answer in draft.answers.items() if kept.get(key) != answer}
    draft.changed = sorted(known | (set(draft.changed) - draft.answers.keys()))
    draft.open_until(keys.text(), visit.now.minute + OPEN_MINUTES)
    draft.opened = True
