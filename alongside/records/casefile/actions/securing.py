"""The second word, and erasing: what keeps a casefile from who has the phone, and ends it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from alongside.records.casefile.binding import (
    UNSHARED_DAYS,
    end,
    monday_after,
    say_it_ended,
    tell,
)
from alongside.records.casefile.content import ClosedError
from alongside.records.casefile.models import Casefile, Turn
from alongside.records.casefile.models import Entry as Row
from alongside.records.casefile.opened import opened, unlocked
from alongside.records.casefile.sealing import open_ring
from alongside.records.gone.actions import remember
from alongside.records.journal.actions import destroy_book
from alongside.records.journal.content import Deed
from alongside.records.patience import Patience
from alongside.sealed.derived import fingerprint, whole_key
from alongside.sealed.envelopes import NotOpenedError

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from datetime import date

    from alongside.records.casefile.binding import Now
    from alongside.records.casefile.closing import ClosedCase
    from alongside.records.casefile.content import Binder, Closed, PersonKeys
    from alongside.records.casefile.opened import Case

    Opening = Callable[[PersonKeys, Now], AbstractContextManager[Case | ClosedCase]]

AT_ONCE = 400
"""Rows destroyed by one statement."""
SECOND_WORDS = Patience(free=5, first=15, longest=24 * 60)
"""With wrong second words; in minutes."""


class SecondWordError(Exception):
    """The second word is not right, or it is too early. ``minutes``: how long to wait, 0 for not at all."""

    def __init__(self, minutes: int) -> None:
        """Say how long to wait."""
        super().__init__(minutes)
        self.minutes = minutes


def second_word(*, keys: PersonKeys, word: str, now: Now) -> PersonKeys:
    """Return the keys to everything, after the second word.

    A try is counted before the word is looked at, so that many at once win nothing. Raises
    SecondWordError, or NoCasefileError.
    """
    return word_given(opened, keys, word, now)


def word_given(opening: Opening, keys: PersonKeys, word: str, now: Now) -> PersonKeys:
    """Do what :func:`second_word` does with a casefile that is opened in this way: open, or closed."""
    with opening(keys, now) as case:
        _count(case.binder, now)
        wait, stood = case.binder.wait_until, case.stood
    whole = whole_key(keys.phrase, word, stood.salt)  # slow: outside the transaction
    try:
        open_ring(stood.ring, keys.casefile, whole)
    except NotOpenedError:
        with opening(keys, now) as case:
            tell(case, Deed.SECOND_WORD_WRONG)
        raise SecondWordError(max(0, wait - now.minute)) from None
    with opening(keys, now) as case:
        case.binder.tries = case.binder.wait_until = 0
        tell(case, Deed.SECOND_WORD)
    return replace(keys, whole=whole)


def _count(binder: Binder | Closed, now: Now) -> None:
    if now.minute < binder.wait_until:
        raise SecondWordError(binder.wait_until - now.minute)
    binder.tries += 1
    if wait := SECOND_WORDS.after(binder.tries):
        binder.wait_until = now.minute + wait


def erase(*, keys: PersonKeys, now: Now) -> None:
    """Destroy everything at once: the casefile, its entries, its journal, what agencies could open of it.

    Needs the second word: what cannot be undone is for the person alone. Without it there is
    :func:`~alongside.records.casefile.actions.waiting.erase_later`. Each agency learns that it was erased,
    so that its card says so. Raises PermissionError or NoCasefileError.
    """
    with transaction.atomic():
        unlocked(keys)
        try:
            with opened(keys, now) as case:
                end_all(case)
                case.gone.append(keys.casefile)
        except ClosedError:
            remember(keys.casefile)
        destroy(casefile=keys.casefile)


def end_all(case: Case) -> None:
    """End every grant because all is erased, and tell each agency."""
    holding = case.binder.holding(case.now.today)
    end(case, holding)
    for note in holding:
        say_it_ended(case, note, "erased")


def destroy(*, casefile: bytes) -> None:
    """Destroy a casefile and all that belongs to it in the store."""
    Row.objects.filter(casefile=casefile).delete()
    Turn.objects.filter(casefile=casefile).delete()
    destroy_book(book=casefile)
    Casefile.objects.filter(id=casefile).delete()


def destroy_gone(*, prints: set[bytes]) -> int:
    """Destroy again the casefiles that these fingerprints stand for, after a restore; return how many.

    Single entries whose words were replaced or put away go too.
    """
    owns = [bytes(own) for own in Casefile.objects.values_list("id", flat=True)]
    gone = [own for own in owns if fingerprint(own) in prints]
    for own in gone:
        destroy(casefile=own)
    left = [bytes(own) for own in Row.objects.values_list("id", flat=True)]
    again = [own for own in left if fingerprint(own) in prints]
    for start in range(0, len(again), AT_ONCE):
        Row.objects.filter(id__in=again[start : start + AT_ONCE]).delete()
    return len(gone)


def give_a_month(*, today: date) -> None:
    """Let no casefile of a restored backup end before its person could come back: visits since are not in it."""
    soonest = monday_after(today + timedelta(days=UNSHARED_DAYS))
    Casefile.objects.exclude(slot=None).filter(ends_on__lt=soonest).update(ends_on=soonest)


def sweep_casefiles(*, today: date) -> int:
    """Destroy the casefiles whose time is over; return how many.

    An erase that waited is among them, and is not told from the others: no backup brings any of them back.
    """
    over = Casefile.objects.filter(ends_on__lte=today.toordinal())
    destroyed = 0
    for own in [bytes(own) for own in over.values_list("id", flat=True)]:
        with transaction.atomic():
            if over.select_for_update().filter(id=own).first():  # nobody came back meanwhile
                remember(own)
                destroy(casefile=own)
                destroyed += 1
    return destroyed
