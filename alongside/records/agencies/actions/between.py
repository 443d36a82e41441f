"""Between two pages: what somebody wrote on one and sends, or not, from the next, sealed for thirty minutes.

Nothing of it stands in an address or in the page's own form, and without the cookie nobody reads it.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.db import transaction

from alongside.records.agencies.models import Between
from alongside.records.agencies.queries import MINUTES_A_QUARTER
from alongside.records.packing import pack, unpack
from alongside.records.turns import take_turn
from alongside.sealed.envelopes import NotOpenedError
from alongside.sealed.things import BETWEEN
from alongside.sealed.tokens import Token

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MINUTES = 30
MOST_NAMES = 12
MOST = 5_000
"""How many browsers may have something unsent at once. A flood finds the store full, and the disk is not."""


class NoRoomError(Exception):
    """There is no room for something unsent; nobody else's is destroyed to make some."""


def keep_between(*, token: str | None, name: str, table: dict[str, Any], minute: int) -> str:
    """Keep something under a name, beside what is kept under others; return the token for the cookie.

    Raises NoRoomError.
    """

    def put(kept: dict[str, Any]) -> None:
        kept.pop(name, None)
        kept[name] = [minute + MINUTES, table]

    key = Token.read(token, BETWEEN.name) or Token.new(BETWEEN.name)
    _change(key, put, minute)
    return key.text


@contextmanager
def one_at_a_time(*, token: str | None) -> Iterator[None]:
    """Let nobody else change what one browser has unsent until the block ends, which stands whole or not at all.

    Of two who send the same thing at once, the second finds it gone. Turns that are taken inside come after
    this one everywhere, so that nobody waits in a circle.
    """
    key = Token.read(token, BETWEEN.name)
    with transaction.atomic():
        if key is not None:
            take_turn(key.slot)
        yield


def drop_between(*, token: str | None, name: str, minute: int) -> dict[str, Any] | None:
    """Destroy what was kept under one name, and return it: of two who ask at once, one gets it."""
    key = Token.read(token, BETWEEN.name)
    taken: list[Any] = []
    if key is not None and Between.objects.filter(slot=key.slot).exists():
        _change(key, lambda kept: taken.extend(kept.pop(name, ())), minute)
    return taken[-1] if taken else None


def drop_all_between(*, token: str | None) -> None:
    """Destroy everything that was kept for one browser."""
    key = Token.read(token, BETWEEN.name)
    if key is not None:
        Between.objects.filter(slot=key.slot).delete()


def _change(key: Token, change: Callable[[dict[str, Any]], object], minute: int) -> None:
    with transaction.atomic():
        take_turn(key.slot)
        row = Between.objects.filter(slot=key.slot).first()
        kept = {n: pair for n, pair in _open(key, row).items() if pair[0] > minute}
        change(kept)
        content = pack(dict(list(kept.items())[-MOST_NAMES:]))
        ends = -(-(minute + MINUTES) // MINUTES_A_QUARTER) + 1
        values = {"sealed": key.seal(BETWEEN, content), "ends_at": ends}
        if row is None and Between.objects.count() >= MOST:
            raise NoRoomError
        Between.objects.update_or_create(slot=key.slot, defaults=values)


def _open(key: Token, row: Between | None) -> dict[str, Any]:
    try:
        return dict(unpack(key.unseal(BETWEEN, bytes(row.sealed)))) if row else {}
    except NotOpenedError:
        return {}
