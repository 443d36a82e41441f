"""Erasing without the second word: closed at once, destroyed after some days, kept if it comes meanwhile.

Whoever has number and words can ask for it, a person who lost the second word as well as somebody who
found the paper; nobody here can tell one from the other. So what lessens is done at once, and what
cannot be undone waits (``docs/adr/0041-erasing-waits-for-the-second-word.md``).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from alongside.records.casefile.actions.keeping import found_by
from alongside.records.casefile.actions.securing import SecondWordError, end_all, word_given
from alongside.records.casefile.binding import lasts_until, tell
from alongside.records.casefile.closing import (
    close,
    closed,
    ends_after_waiting,
    kept_mark,
    reopened,
)
from alongside.records.casefile.content import Closed, NoCasefileError, PersonKeys
from alongside.records.casefile.models import Casefile
from alongside.records.casefile.opened import opened, unlocked
from alongside.records.casefile.sealing import row_of, seal_binder, standing
from alongside.records.gone.actions import remember
from alongside.records.journal.content import Deed
from alongside.sealed.derived import draw_salt, phrase_key, whole_key

if TYPE_CHECKING:
    from alongside.records.casefile.binding import Now


def destroyed_on(today: date) -> date:
    """Return the day on which all is destroyed when somebody asks for it today without the second word."""
    return date.fromordinal(ends_after_waiting(today))


def erase_later(*, keys: PersonKeys, now: Now) -> date:
    """End every grant and close everything at once; return the day on which it is destroyed.

    Needs the return phrase alone. Until that day the second word brings it back (:func:`bring_back`), so
    agencies are told that it is not sure, whoever asks. Raises NoCasefileError, also for what is closed already.
    """
    keys, on = keys.messages_only(), destroyed_on(now.today)
    with transaction.atomic():
        with opened(keys, now) as case:
            end_all(case)
            tell(case, Deed.ERASE_ASKED)
        edition = bytes(Casefile.objects.values_list("edition", flat=True).get(id=keys.casefile))
        remember(edition)
        close(keys, now, edition=edition, ends_on=on.toordinal())
    return on


def bring_back(*, number: str, secret: bytes, second: str, now: Now) -> PersonKeys | None:
    """Return the keys to everything of a closed casefile; None for anything else, a wrong second word too.

    Nothing tells what is closed from what is not there but the right word, whoever watches. A wrong one is
    counted, and noted in the journal. Slow: call it outside of transactions.
    """
    found = found_by(number)
    keys = PersonKeys(found.own, phrase_key(secret, found.salt))
    try:
        return word_given(closed, keys, second, now)
    except NoCasefileError:
        whole_key(keys.phrase, second, draw_salt())  # takes as long as a try that counts
    except SecondWordError:
        pass
    return None


def keep_after_all(*, keys: PersonKeys, now: Now) -> None:
    """Open a closed casefile again, and forget that somebody asked to erase it. Needs the second word.

    Grants stay ended: the person can give them anew. Raises PermissionError or NoCasefileError.
    """
    with transaction.atomic():
        ring = unlocked(keys)
        stands = standing(row_of(keys).binder, keys)
        if not isinstance(stands, Closed):
            return
        binder = reopened(stands, keys.casefile, ring)
        remember(kept_mark(stands.edition))
        ends_on, sealed = lasts_until(binder, now.today), seal_binder(binder, keys)
        Casefile.objects.filter(id=keys.casefile).update(binder=sealed, ends_on=ends_on)
        with opened(keys, now) as case:
            tell(case, Deed.ERASE_STOPPED)
