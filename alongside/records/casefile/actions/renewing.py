"""New number and new words for a casefile whose old ones somebody else may have."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction

from alongside.records.agencies.sealing import site_slot
from alongside.records.casefile.actions.keeping import free_number
from alongside.records.casefile.binding import tell
from alongside.records.casefile.content import PersonKeys
from alongside.records.casefile.models import Casefile
from alongside.records.casefile.opened import opened, unlocked
from alongside.records.casefile.sealing import (
    read_binder,
    row_of,
    seal_binder,
    seal_ring,
    unseal_binder,
)
from alongside.records.journal.content import Deed
from alongside.sealed.derived import draw_salt, draw_secret, phrase_key, whole_key

if TYPE_CHECKING:
    from alongside.records.casefile.binding import Now


@dataclass(frozen=True, slots=True)
class NewWords:
    """A number that nobody has, a phrase, its salt and its keys: they open nothing until they are in place."""

    number: str
    secret: bytes = field(repr=False)
    salt: bytes = field(repr=False)
    keys: PersonKeys = field(repr=False)


def draw_new(*, keys: PersonKeys, second: str) -> NewWords:
    """Draw a new number and a new phrase, to be shown before anything is changed.

    ``second``: the second word, by which ``keys`` were opened; it stays. Slow: outside of transactions.
    """
    secret, salt = draw_secret(), draw_salt()
    phrase = phrase_key(secret, salt)
    new = PersonKeys(keys.casefile, phrase, whole_key(phrase, second, salt))
    return NewWords(free_number()[0], secret, salt, new)


def renew(*, keys: PersonKeys, number: str, salt: bytes, new: PersonKeys, now: Now) -> None:
    """Put a new number and phrase in the place of the old ones, which open nothing any more, in no browser.

    Grants and messages go on. Raises PermissionError without the second word, NoCasefileError, and
    IntegrityError where somebody was given the number meanwhile; then all is as before.
    """
    if new.whole is None:
        raise PermissionError
    with transaction.atomic():
        ring = unlocked(keys)
        binder = read_binder(unseal_binder(row_of(keys).binder, keys))
        Casefile.objects.filter(id=keys.casefile).update(
            slot=site_slot("casefile", number), salt=salt, binder=seal_binder(binder, new),
            ring=seal_ring(ring, keys.casefile, new.whole),
        )  # fmt: skip
        with opened(new, now) as case:
            tell(case, Deed.RENEWED)
