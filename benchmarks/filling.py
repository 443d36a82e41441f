"""Fill an empty store for the bench; print, as JSON, how to come in.

Run as a program of its own: ``python -m benchmarks.filling``. The store is that of the settings.
Everybody in it is fictional.
"""
# ruff: noqa: PLC0415 - a program: Django is set up before its models are imported

from __future__ import annotations

import json
import sys
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    from alongside.records.agencies.content import MemberKeys, Profile
    from alongside.records.casefile.binding import Now

CARDS, ENTRIES, SEARCHED = 10_000, 200, 200
SECTIONS_EACH = 10


def main() -> int:
    """Fill the store."""
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from alongside.records.agencies.actions.signing import keep_session
    from alongside.records.casefile.binding import Now

    now = Now(datetime.now(tz=UTC).date(), int(time.time() // 60))
    many, few = _agency("Many (fictional)", now), _agency("Few (fictional)", now)
    _cards(many, now)
    long = _long(few, now)
    _searched(few, now)
    cookies = [keep_session(keys=keys, minute=now.minute)._asdict() for keys in (many, few)]
    print(
        json.dumps(
            {"many": cookies[0], "few": cookies[1], "long": long.hex(), "search": _search(few, now)}
        )
    )
    return 0


def _agency(name: str, now: Now) -> MemberKeys:
    from alongside.domain.consent import HolderKind
    from alongside.records.agencies.actions.admitting import Described, found
    from alongside.records.agencies.actions.joining import Joiner, join, seed_for_joining
    from alongside.sealed.onetime import code_at

    described = Described(name, HolderKind.LAWYER, ("en",), {"en": "For the bench alone."})
    secret, seed = found(described=described, today=now.today), seed_for_joining()
    joiner = Joiner(
        name, name, "a passphrase of the bench", seed, code_at(seed, now.minute * 60 + 30)
    )
    return join(secret=secret, joiner=joiner, today=now.today, minute=now.minute)


def _cards(keys: MemberKeys, now: Now) -> None:
    """Deliver ten thousand grants, and take them in."""
    from django.db import transaction

    from alongside.records.agencies.actions.mailing import deliver, take_in
    from alongside.records.agencies.queries import profile_of

    profile = profile_of(keys.agency)
    assert profile is not None  # noqa: S101 - made just before
    for start in range(0, CARDS, 500):
        with transaction.atomic():
            for number in range(start, start + 500):
                content = _grant(number, now)
                deliver(to=profile, content=content, until=content["until"])
    while take_in(keys=keys):
        pass


def _grant(number: int, now: Now) -> dict[str, Any]:
    from alongside.domain.consent import SECTIONS
    from alongside.sealed.envelopes import new_id, new_key

    return {
        "kind": "grant", "casefile": new_id(), "messages": b"", "conversation": [new_key()],
        "sections": {s: [[1, new_key()]] for s in SECTIONS}, "purpose": "advice", "given": now.today,
        "until": now.today + timedelta(days=90), "holder": "lawyer", "explained": "en", "lang": "en",
        "number": f"{number:04d}", "check": b"x" * 32, "lock": b"x" * 32, "at": now.minute - number,
    }  # fmt: skip


def _told() -> dict[str, Any]:
    from alongside.domain.facts import Kind
    from alongside.library.book import Book

    facts = Book().vocabulary.facts
    return {key: True for key, fact in facts.items() if fact.kind is Kind.YES_NO}


def _kept_and_shared(profile: Profile, now: Now) -> tuple[Any, bytes]:
    from alongside.domain.consent import COMPARTMENTS, Purpose
    from alongside.library.book import Book
    from alongside.records.casefile.actions.keeping import Choices, Telling, keep
    from alongside.records.casefile.actions.sharing import Opening, share

    telling = Telling(_told(), Book().vocabulary.facts)
    mine = keep(telling=telling, choices=Choices("blue", "red", "en"), now=now)
    until = now.today + timedelta(days=90)
    opening = Opening(profile.id, frozenset(COMPARTMENTS), Purpose.ADVICE, until, "en")
    note = share(keys=mine.keys, opening=opening, text="Can you help me?", now=now)
    return mine.keys, note.id


def _long(keys: MemberKeys, now: Now) -> bytes:
    """Make one casefile of two hundred entries: ten sections, the rest messages of a page each."""
    from alongside.records.agencies.queries import profile_of
    from alongside.records.casefile.actions.sharing import write

    profile = profile_of(keys.agency)
    assert profile is not None  # noqa: S101 - made just before
    person, note = _kept_and_shared(profile, now)
    for number in range(ENTRIES - SECTIONS_EACH - 1):
        write(keys=person, own=note, text=f"{number} " + "words of a message " * 60, now=now)
    return note


def _searched(keys: MemberKeys, now: Now) -> None:
    """Make two hundred casefiles of ten sections each, and take them in."""
    from alongside.records.agencies.actions.mailing import take_in
    from alongside.records.agencies.queries import profile_of

    profile = profile_of(keys.agency)
    assert profile is not None  # noqa: S101 - made just before
    for _ in range(SEARCHED):
        _kept_and_shared(profile, now)
    while take_in(keys=keys):
        pass


def _search(keys: MemberKeys, now: Now) -> float:
    """Look for a word that stands nowhere in all that is opened; the median of five, in milliseconds."""
    from statistics import median

    from alongside.records.casefile.searching import search

    times = []
    for _ in range(5):
        began = time.perf_counter()
        found = search(keys=keys, text="zanzibar", today=now.today)
        times.append((time.perf_counter() - began) * 1000)
        if found:
            message = "a word was found that stands nowhere"
            raise RuntimeError(message)
    return median(times)


if __name__ == "__main__":
    sys.exit(main())
