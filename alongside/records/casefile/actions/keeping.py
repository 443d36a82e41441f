"""Keeping and coming back: what a person does with their own casefile."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.db import transaction

from alongside.records.agencies.sealing import site_slot
from alongside.records.casefile.binding import (
    by_compartment,
    change_binder,
    elsewhere,
    lasts_until,
    notify,
    ring_of,
    settle,
    tell,
    unlocked,
)
from alongside.records.casefile.content import (
    PERSON,
    Binder,
    Entry,
    EntryKind,
    NoCasefileError,
    PersonKeys,
    Ring,
)
from alongside.records.casefile.models import Casefile
from alongside.records.casefile.sealing import read_entries, seal_binder, seal_ring, write_entry
from alongside.records.journal.content import Deed
from alongside.sealed.derived import draw_locator, draw_salt, draw_secret, phrase_key, whole_key
from alongside.sealed.envelopes import new_id
from alongside.sealed.pairs import Pair

if TYPE_CHECKING:
    from collections.abc import Mapping

    from alongside.domain.facts import Answer
    from alongside.library.vocabulary import FactEntry
    from alongside.records.casefile.binding import Now

DRAWS = 20


@dataclass(frozen=True, slots=True)
class Telling:
    """What is kept: the answers, and the vocabulary, which says where each fact is kept."""

    answers: Mapping[str, Answer]
    facts: Mapping[str, FactEntry]


@dataclass(frozen=True, slots=True)
class Choices:
    """What goes with a new casefile: the second word, the check-word, the person's language."""

    second: str
    check_word: str
    lang: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What a person takes along: the number that finds the casefile, and the secret of its phrase."""

    number: str
    secret: bytes = field(repr=False)
    keys: PersonKeys = field(repr=False)


@dataclass(frozen=True, slots=True)
class Drawn:
    """The keys of a casefile that is not there yet."""

    secret: bytes = field(repr=False)
    salt: bytes = field(repr=False)
    keys: PersonKeys = field(repr=False)


def draw_keys(*, second: str) -> Drawn:
    """Draw the keys of a new casefile. Slow because of the second word: call it outside of transactions."""
    secret, salt = draw_secret(), draw_salt()
    phrase = phrase_key(secret, salt)
    return Drawn(secret, salt, PersonKeys(new_id(), phrase, whole_key(phrase, second, salt)))


def keep(*, telling: Telling, choices: Choices, now: Now, drawn: Drawn | None = None) -> Kept:
    """Keep what a person told in a new casefile; return what they take along.

    ``drawn``: keys that were drawn with the same second word, by who keeps inside a larger transaction.
    """
    drawn = drawn or draw_keys(second=choices.second)
    keys, own = drawn.keys, drawn.keys.casefile
    messages, whole = Pair.new(), Pair.new()
    binder, ring = (
        Binder(messages.private, messages.public, whole.public, choices.lang, choices.check_word),
        Ring.new(whole.private),
    )
    assert keys.whole is not None  # noqa: S101 - made just above
    row = Casefile(
        id=own, salt=drawn.salt, binder=seal_binder(binder, keys), ring=seal_ring(ring, own, keys.whole),
        ends_on=lasts_until(binder, now.today),
    )  # fmt: skip
    with transaction.atomic():
        number = _place(row)
        for section, told in by_compartment(telling.answers, telling.facts).items():
            entry = Entry(EntryKind.ANSWERS, now.minute, PERSON, told)
            write_entry(own, section, *ring.newest(section), entry)
        tell(keys, binder, Deed.KEPT, now)
    return Kept(number, drawn.secret, keys)


def _place(row: Casefile) -> str:
    """Write the casefile under a number that nobody has; return the number."""
    for _ in range(DRAWS):
        number = draw_locator()
        row.slot = site_slot("casefile", number)
        if not Casefile.objects.filter(slot=row.slot).exists():
            row.save(force_insert=True)
            return number
    raise NoCasefileError


def keep_more(*, keys: PersonKeys, telling: Telling, now: Now) -> int:
    """Append answers that were told or changed since; return how many. Needs the second word.

    Raises NoCasefileError, or PermissionError while the second word is not given.
    """
    with transaction.atomic():
        binder, ring = ring_of(keys, settle(keys, now), now)
        told_before = _entries(keys, ring)
        known = _newest(told_before)
        changed = {k: answer for k, answer in telling.answers.items() if known.get(k) != answer}
        written: list[tuple[str, bytes]] = []
        for section, told in by_compartment(changed, telling.facts).items():
            entry = after(told_before, Entry(EntryKind.ANSWERS, now.minute, PERSON, told))
            own = write_entry(keys.casefile, section, *ring.newest(section), entry)
            written.append((section, own))
        if changed:
            binder = change_binder(keys, lambda binder: _send_along(binder, written, now))
            tell(keys, binder, Deed.KEPT, now)
        return len(changed)


def _send_along(binder: Binder, written: list[tuple[str, bytes]], now: Now) -> None:
    """Send new entries to who holds their sections on another host; on this one they find them here."""
    for note in binder.holding(now.today):
        entries = [own for section, own in written if section in note.grant.sections]
        if entries and elsewhere(note.agency):
            notify(binder, note, {"kind": "entries"}, now, entries)


def kept_answers(*, keys: PersonKeys) -> dict[str, Answer]:
    """Return everything that was kept, the newest answer to each fact. Needs the second word.

    Keys that were turned meanwhile are put in their place, which is why this is no query.
    """
    with transaction.atomic():
        return _newest(_entries(keys, unlocked(keys)))


def come_back(*, number: str, secret: bytes, now: Now) -> PersonKeys | None:
    """Return the keys to messages of who comes back with number and phrase; None for anything else.

    Nothing tells a number that finds nothing from a phrase that does not fit.
    """
    row = Casefile.objects.filter(slot=site_slot("casefile", number)).first()
    phrase = phrase_key(secret, bytes(row.salt) if row else draw_salt())
    if row is None:
        return None
    keys = PersonKeys(bytes(row.id), phrase)
    try:
        with transaction.atomic():
            binder = settle(keys, now)
            ends_on = lasts_until(binder, now.today)
            Casefile.objects.filter(id=keys.casefile).update(ends_on=ends_on)
            tell(keys, binder, Deed.CAME_BACK, now)
    except NoCasefileError:
        return None
    return keys


def _entries(keys: PersonKeys, ring: Ring) -> list[Entry]:
    held = {(s, v): key for s, versions in ring.keys.items() for v, key in versions.items()}
    return [entry for _, entry in read_entries(keys.casefile, held)]


def _newest(entries: list[Entry]) -> dict[str, Answer]:
    known: dict[str, Answer] = {}
    for entry in entries:
        known |= entry.answers
    return known


def after(entries: list[Entry], entry: Entry) -> Entry:
    """Return an entry with its place after all these, whatever the clock says."""
    last = max((one.order for one in entries), default=0)
    return replace(entry, order=max(entry.order, last + 1))
