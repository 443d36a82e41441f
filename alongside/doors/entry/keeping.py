"""Keeping: what was told goes under a key of the person's own; what they take along is shown, then forgotten."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from alongside.domain.facts import Silence
from alongside.doors.entry.writing import second_of, to, turned
from alongside.doors.showing.speaking import book
from alongside.library.phrases import digits_of, phrase_lists, read_digits, spell
from alongside.records.casefile.actions.keeping import (
    Choices,
    Drawn,
    Telling,
    draw_keys,
    keep,
    keep_more,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from alongside.doors.entry.visit import Visit
    from alongside.records.casefile.content import PersonKeys
    from alongside.records.casefile.opened import Case

OPEN_MINUTES = 10
"""How long what the second word opens stays open."""
PAGE = "k/"


@dataclass(frozen=True, slots=True)
class Ready:
    """What keeping needs that takes time: drawn before anybody is kept waiting."""

    choices: Choices
    drawn: Drawn


@dataclass(frozen=True, slots=True)
class Shown:
    """What the person takes along, as a page shows it.

    ``words``: none where the language has no list. ``new``: they are to take the place of others, once the
    person has them.
    """

    number: tuple[str, str]
    words: tuple[str, ...]
    digits: tuple[str, ...]
    second: str
    check: str
    new: bool


def draw_word(lang: str) -> str:
    """Draw one word of a language, or four digits where it has no list."""
    known = phrase_lists().get(lang)
    return secrets.choice(known.words) if known else f"{secrets.randbelow(10_000):04d}"


def made_ready(visit: Visit, second: str) -> Ready:
    """Draw the words and the keys of a new casefile. Slow: outside of transactions."""
    choices = Choices(second or draw_word(visit.lang), draw_word(visit.lang), visit.lang)
    return Ready(choices, draw_keys(second=choices.second))


def put_away(visit: Visit, ready: Ready, then: Callable[[Case], object] | None = None) -> None:
    """Keep what the draft holds in a new casefile; the draft gets its keys, and what the person takes along.

    ``then``: what is done with the casefile in the same go.
    """
    draft, choices = visit.draft, ready.choices
    telling = Telling(draft.answers, book().vocabulary.facts, tuple(draft.unkept))
    kept = keep(telling=telling, choices=choices, now=visit.now, drawn=ready.drawn, then=then)
    draft.keys = kept.keys.messages_only().text()
    draft.open_until(kept.keys.text(), visit.now.minute + OPEN_MINUTES)
    draft.opened = True  # what was told goes with the key, after ten minutes
    draft.shown = along(kept.number, kept.secret, choices.second, choices.check_word)
    draft.forget_unkept()
    draft.changed, draft.form, draft.faults, draft.said = [], {}, {}, ""


def along(number: str, secret: bytes, second: str, check: str) -> dict[str, str]:
    """Return what the page shows until the person has it, as the draft holds it."""
    return {"number": number, "digits": digits_of(secret), "second": second, "check": check}


def shown(visit: Visit) -> Shown | None:
    """Return what the page shows until the person has it, spelled in the language of the page."""
    held = visit.draft.shown
    if not held:
        return None
    secret = read_digits(held["digits"])
    words = spell(secret, visit.lang).words if isinstance(secret, bytes) else None
    number = held["number"]
    return Shown(
        (number[:4], number[4:]), tuple((words or "").split()), tuple(held["digits"].split()),
        held["second"], held["check"], "keys" in held,
    )  # fmt: skip


def pressed(visit: Visit) -> HttpResponse:
    """Take what was pressed on the page of keeping."""
    if visit.request.POST.get("move") == "have":
        visit.draft.shown = {}
        return visit.go_on("m/")
    if again := turned(visit, PAGE, "second"):
        return again
    second, faults = second_of(visit)
    if faults:
        return visit.stay(PAGE, faults)
    if not visit.draft.tells or visit.draft.keys:
        return to(visit, PAGE)
    if not visit.admitted():
        return visit.busy(PAGE)
    ready = made_ready(visit, second)
    with visit.changing() as draft:
        if draft.tells and not draft.keys:  # not when the same form came twice
            put_away(visit, ready)
        return visit.go_on(PAGE)


def keep_changes(visit: Visit, keys: PersonKeys) -> None:
    """Keep what was changed since it was kept; an answer that was taken away is one that was not said."""
    draft = visit.draft
    told = {key: draft.answers.get(key, Silence.RATHER_NOT_SAY) for key in draft.changed}
    telling = Telling(told, book().vocabulary.facts, tuple(draft.unkept))
    keep_more(keys=keys, telling=telling, now=visit.now)
    draft.forget_unkept()
    draft.changed = []
