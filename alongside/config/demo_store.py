"""Filling the empty store of the demo: two fictional agencies, who works there, and three people who wrote.

What is needed to sign in and to come back is drawn anew for each store and kept in one file beside it
(``DEMO_SIGN_IN``), because the store itself holds none of it. No other way of running has that setting.
"""

from __future__ import annotations

import json
import os
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from alongside.config.demo_agencies import PASSPHRASE, WORKERS
from alongside.config.demo_letters import LETTERS
from alongside.domain.consent import Purpose, preset
from alongside.library.book import Book
from alongside.library.phrases import spell
from alongside.records.agencies.actions.admitting import found
from alongside.records.agencies.actions.joining import Joiner, invite, join, seed_for_joining
from alongside.records.agencies.content import Role
from alongside.records.agencies.queries import profiles
from alongside.records.casefile.actions.answering import reply
from alongside.records.casefile.actions.keeping import Choices, Telling, keep
from alongside.records.casefile.actions.sharing import Opening, share
from alongside.records.casefile.binding import Now
from alongside.sealed.onetime import SECONDS, code_at

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from alongside.config.demo_agencies import Worker
    from alongside.config.demo_letters import Letter
    from alongside.library.phrases import Phrase
    from alongside.library.vocabulary import FactEntry
    from alongside.records.agencies.content import MemberKeys

AGO = 120
"""How many minutes ago all of it was done: a one-time password is good once, and today's is for who looks."""
DAYS = 90


@dataclass(frozen=True)
class Returning:
    """How somebody comes back as one of the fictional people."""

    name: str
    who: str
    lang: str
    wrote_to: str
    number: str
    secret: str
    second: str
    check_word: str

    @property
    def phrase(self) -> Phrase:
        """The return phrase, in digits and, where their language has a list, in words."""
        return spell(bytes.fromhex(self.secret), self.lang)


@dataclass(frozen=True)
class Demo:
    """What the demo prints: ``seeds`` by sign-in name, and how to come back as each person.

    ``store``: the identities of the agencies it was filled with, by which it is known again.
    """

    store: list[str]
    seeds: dict[str, str]
    people: list[Returning]


def prepared() -> Demo | None:
    """Fill an empty store; return how to sign in to it. A store with agencies in it is left as it is.

    None where this is not the demo, or the store is not one that it filled.
    """
    path = settings.DEMO_SIGN_IN
    if path is None:
        return None
    if not profiles():
        with transaction.atomic():
            made = _fill()
            _write(path, made)  # before the store stands: a start cut short leaves an empty store
        return made
    return read(path)


def read(path: Path | None) -> Demo | None:
    """Return what the file says about this very store; None when it is another's, or there is none."""
    if path is None or not path.exists():
        return None
    table = json.loads(path.read_text(encoding="utf-8"))
    people = [Returning(**person) for person in table["people"]]
    made = Demo(table["store"], table["seeds"], people)
    # Others may have been proposed since.
    return made if _agencies().issuperset(made.store) else None


def code_at_present(seed: str, second: int) -> tuple[str, int]:
    """Return the one-time password of a seed at a second, and for how many seconds it will be the present one."""
    return code_at(bytes.fromhex(seed), second), SECONDS - second % SECONDS


def _agencies() -> set[str]:
    return {profile.id.hex() for profile in profiles()}


def _now(ago: int) -> Now:
    minute = int(time.time() // 60) - ago
    return Now(datetime.fromtimestamp(minute * 60, tz=UTC).date(), minute)


def _fill() -> Demo:
    now, seeds = _now(AGO), dict[str, str]()
    members: dict[str, MemberKeys] = {}
    for worker in WORKERS:
        lead = members.get(worker.agency.name)
        secret = _invited(worker, lead, now)
        seed = seed_for_joining()
        code = code_at(seed, now.minute * 60 + 30)
        joiner = Joiner(worker.sign_in, worker.name, PASSPHRASE, seed, code)
        keys = join(secret=secret, joiner=joiner, today=now.today, minute=now.minute)
        members.setdefault(worker.agency.name, keys)
        seeds[worker.sign_in] = seed.hex()
    facts = Book().vocabulary.facts
    people = [_written(letter, members[letter.to.name], facts) for letter in LETTERS]
    return Demo(sorted(_agencies()), seeds, people)


def _invited(worker: Worker, lead: MemberKeys | None, now: Now) -> bytes:
    """Return the secret that lets a worker in: the first founds the agency, the others are invited."""
    if lead is None:
        return found(described=worker.agency, today=now.today)
    return invite(keys=lead, role=Role.MEMBER, today=now.today, minute=now.minute)


def _written(letter: Letter, reader: MemberKeys, facts: Mapping[str, FactEntry]) -> Returning:
    now, later, who = _now(AGO), _now(AGO // 2), letter.person
    choices = Choices(letter.second, letter.check_word, who.lang)
    kept = keep(telling=Telling(who.answers, facts), choices=choices, now=now)
    until = now.today + timedelta(days=DAYS)
    sections = preset(letter.to.kind)
    opening = Opening(reader.agency, sections, Purpose.ADVICE, until, who.lang)
    note = share(keys=kept.keys, opening=opening, text=letter.text, now=now)
    if letter.answer:
        reply(keys=reader, own=note.id, text=letter.answer, now=later)
    return Returning(
        who.name, who.who, who.lang, letter.to.name, kept.number, kept.secret.hex(), letter.second,
        letter.check_word,
    )  # fmt: skip


def _write(path: Path, made: Demo) -> None:
    path.unlink(missing_ok=True)  # another store's: opened anew, so that nobody else may read it
    with open(
        path, "x", encoding="utf-8", opener=lambda name, flags: os.open(name, flags, 0o600)
    ) as file:
        json.dump(asdict(made), file, ensure_ascii=False, indent=1)
