"""Keeping and coming back: what a person does with their own casefile."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction

from alongside.records.agencies.sealing import site_slot
from alongside.records.casefile.actions.securing import destroy
from alongside.records.casefile.binding import (
    SHARED_DAYS,
    by_compartment,
    elsewhere,
    lasts_until,
    notify,
    tell,
)
from alongside.records.casefile.closing import catch_up, is_over
from alongside.records.casefile.content import (
    PERSON,
    Binder,
    Closed,
    Entry,
    EntryKind,
    NoCasefileError,
    PersonKeys,
    Ring,
)
from alongside.records.casefile.models import Casefile
from alongside.records.casefile.opened import Case, opened, ring_of, unlocked, write_rest
from alongside.records.casefile.sealing import (
    read_entries,
    seal_binder,
    seal_ring,
    sealed_entry,
    standing,
)
from alongside.records.gone.actions import remember
from alongside.records.journal.actions import prune_book
from alongside.records.journal.content import Deed
from alongside.sealed.derived import draw_locator, draw_salt, draw_secret, phrase_key, whole_key
from alongside.sealed.envelopes import Bound, new_id, new_key, seal
from alongside.sealed.pairs import Pair
from alongside.sealed.things import BINDER

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from alongside.domain.facts import Answer
    from alongside.library.vocabulary import FactEntry
    from alongside.records.casefile.binding import Now

DRAWS = 20
JOURNAL_DAYS = SHARED_DAYS
"""After these a line of the person's journal goes. No grant is given for so long: none of one that holds is lost."""
MINUTES_A_DAY = 24 * 60


class Found(NamedTuple):
    """What of a casefile its number finds."""

    own: bytes
    salt: bytes
    binder: bytes
    edition: bytes
    ends_on: int


NOBODY = Found(
    new_id(), draw_salt(), seal(BINDER, new_key(), b"", Bound(new_id())), new_id(), 0
)  # fmt: skip
"""No casefile."""


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
    """The keys of a casefile that is not there yet. ``messages`` and ``whole``: the person's two pairs."""

    secret: bytes = field(repr=False)
    salt: bytes = field(repr=False)
    keys: PersonKeys = field(repr=False)
    messages: Pair = field(repr=False)
    whole: Pair = field(repr=False)


def draw_keys(*, second: str) -> Drawn:
    """Draw the keys of a new casefile. Slow because of the second word: call it outside of transactions."""
    secret, salt = draw_secret(), draw_salt()
    phrase = phrase_key(secret, salt)
    keys = PersonKeys(new_id(), phrase, whole_key(phrase, second, salt))
    return Drawn(secret, salt, keys, Pair.new(), Pair.new())


def keep(
    *,
    telling: Telling,
    choices: Choices,
    now: Now,
    drawn: Drawn | None = None,
    then: Callable[[Case], object] | None = None,
) -> Kept:
    """Keep what a person told in a new casefile; return what they take along.

    ``drawn``: keys that were drawn with the same second word, by who keeps inside a larger transaction.
    ``then``: what is done with it before it is written, so that it is written once: opening it to an agency.
    """
    drawn = drawn or draw_keys(second=choices.second)
    messages, whole = drawn.messages, drawn.whole
    binder = Binder(
        messages.private, messages.public, whole.public, choices.lang, choices.check_word
    )
    ring = Ring.new(whole.private)
    case = Case(drawn.keys, now, binder, ring)
    with transaction.atomic():
        for section, told in by_compartment(telling.answers, telling.facts).items():
            entry = Entry(EntryKind.ANSWERS, now.minute, PERSON, told)
            case.entries.append(
                sealed_entry(case.keys.casefile, section, ring.newest(section), entry)
            )
        tell(case, Deed.KEPT)
        if then:
            then(case)
        number = _place(case, ring, drawn.salt)
        write_rest(case)
    return Kept(number, drawn.secret, drawn.keys)


def _place(case: Case, ring: Ring, salt: bytes) -> str:
    """Write the casefile under a number that nobody has; return the number."""
    own, whole = case.keys.casefile, case.keys.whole
    assert whole is not None  # noqa: S101 - drawn with it
    number, slot = free_number()
    Casefile.objects.create(
        id=own, slot=slot, salt=salt, binder=seal_binder(case.binder, case.keys),
        ring=seal_ring(ring, own, whole), ends_on=lasts_until(case.binder, case.now.today),
        edition=new_id(),
    )  # fmt: skip
    return number


def free_number() -> tuple[str, bytes]:
    """Draw a number that nobody has; return it, and where it finds a casefile."""
    for _ in range(DRAWS):
        number = draw_locator()
        slot = site_slot("casefile", number)
        if not Casefile.objects.filter(slot=slot).exists():
            return number, slot
    raise NoCasefileError


def keep_more(*, keys: PersonKeys, telling: Telling, now: Now) -> int:
    """Append answers that were told or changed since; return how many. Needs the second word.

    Raises NoCasefileError, or PermissionError while the second word is not given.
    """
    with opened(keys, now) as case:
        ring = ring_of(case)
        told_before = _entries(keys, ring)
        known = _newest(told_before)
        changed = {k: answer for k, answer in telling.answers.items() if known.get(k) != answer}
        written: list[tuple[str, bytes]] = []
        for section, told in by_compartment(changed, telling.facts).items():
            entry = after(told_before, Entry(EntryKind.ANSWERS, now.minute, PERSON, told))
            row = sealed_entry(keys.casefile, section, ring.newest(section), entry)
            case.entries.append(row)
            written.append((section, bytes(row.id)))
        if changed:
            _send_along(case, written)
            tell(case, Deed.KEPT)
        return len(changed)


def _send_along(case: Case, written: list[tuple[str, bytes]]) -> None:
    """Send new entries to who holds their sections on another host; on this one they find them here."""
    for note in case.binder.holding(case.now.today):
        entries = [own for section, own in written if section in note.grant.sections]
        if entries and elsewhere(case, note.agency):
            notify(case, note, {"kind": "entries"}, entries)


def kept_answers(*, keys: PersonKeys) -> dict[str, Answer]:
    """Return everything that was kept, the newest answer to each fact. Needs the second word.

    Keys that were turned meanwhile are put in their place, which is why this is no query.
    """
    with transaction.atomic():
        return _newest(_entries(keys, unlocked(keys)))


def come_back(*, number: str, secret: bytes, now: Now) -> PersonKeys | None:
    """Return the keys to messages of who comes back with number and phrase; None for anything else.

    Nothing tells a number that finds nothing from a phrase that does not fit, the time it takes neither: for
    a number nobody has, the phrase is tried on a binder that nobody has. Only who is right writes anything.
    None too for what is closed while an erase waits.
    """
    found = found_by(number)
    keys = PersonKeys(found.own, phrase_key(secret, found.salt))
    try:
        stands = standing(found.binder, keys)
        if isinstance(stands, Closed):
            _end_closed(stands, keys, now)
            return None
        catch_up(keys, now, shown=found.edition, ends_on=found.ends_on)
        with opened(keys, now) as case:
            case.stays = True
            _prune(case, found.ends_on)
            tell(case, Deed.CAME_BACK)
    except NoCasefileError:
        return None
    return keys


def found_by(number: str) -> Found:
    """Return the casefile of a number; for a number nobody has, one that nobody has."""
    rows = Casefile.objects.filter(slot=site_slot("casefile", number))
    for *parts, ends_on in rows.values_list("id", "salt", "binder", "edition", "ends_on"):
        own, salt, binder, edition = map(bytes, parts)
        return Found(own, salt, binder, edition, ends_on)
    return NOBODY


def _end_closed(stands: Closed, keys: PersonKeys, now: Now) -> None:
    """Destroy a closed casefile on its day, where `tick` was late."""
    if is_over(stands, now.today):
        with transaction.atomic():
            remember(keys.casefile)
            destroy(casefile=keys.casefile)


def _prune(case: Case, ended: int) -> None:
    """Let old lines of the journal go, at the first visit of a week: then the casefile's last day moves on."""
    if lasts_until(case.binder, case.now.today) != ended:
        before = case.now.minute - JOURNAL_DAYS * MINUTES_A_DAY
        prune_book(book=case.keys.casefile, private=case.binder.private, before=before)


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
