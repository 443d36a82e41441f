"""How a casefile seals and opens what is its own. Used by the actions and queries of this app alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from alongside.records.casefile.content import (
    Binder,
    Closed,
    ClosedError,
    Entry,
    EntryKind,
    NoCasefileError,
    Ring,
)
from alongside.records.casefile.models import Casefile
from alongside.records.casefile.models import Entry as Row
from alongside.records.packing import pack, unpack
from alongside.sealed.derived import plain, slot_of
from alongside.sealed.envelopes import Bound, NotOpenedError, new_id, seal, unseal
from alongside.sealed.things import BINDER, ENTRY, MESSAGE, RING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alongside.records.casefile.content import PersonKeys, SectionKeys
    from alongside.sealed.things import Thing

TalkKeys = Mapping[bytes, Sequence[bytes]]
"""The keys of conversations by grant, the newest last."""
SealedEntries = Iterable[Sequence[bytes]]
"""Entries as they are sealed: identity and ciphertext."""


class Sealed(NamedTuple):
    """What of a casefile stands in its row, besides where and until when."""

    salt: bytes
    binder: bytes
    ring: bytes


def row_of(keys: PersonKeys) -> Sealed:
    """Return a casefile for a change, kept from anybody else's change until the end of the transaction.

    Raises NoCasefileError.
    """
    rows = Casefile.objects.select_for_update().filter(id=keys.casefile)
    for salt, binder, ring in rows.values_list("salt", "binder", "ring"):
        return Sealed(bytes(salt), bytes(binder), bytes(ring))
    raise NoCasefileError


def unseal_binder(sealed: bytes, keys: PersonKeys) -> bytes:
    """Unlock the binder; return it packed. Raises NoCasefileError."""
    try:
        return unseal(BINDER, keys.phrase, sealed, Bound(keys.casefile))
    except NotOpenedError as error:
        raise NoCasefileError from error


def phrased(packed: bytes) -> Binder | Closed:
    """Read what the phrase opened: the binder, or what stands in its place while an erase waits."""
    table = unpack(packed)
    return Closed(**table) if "sealed" in table else Binder.of(table)


def standing(sealed: bytes, keys: PersonKeys) -> Binder | Closed:
    """Open what stands in the place of a binder: the binder, or what it is closed in. Raises NoCasefileError."""
    return phrased(unseal_binder(sealed, keys))


def read_binder(packed: bytes) -> Binder:
    """Read a binder that was unlocked. Raises ClosedError while an erase waits."""
    found = phrased(packed)
    if isinstance(found, Closed):
        raise ClosedError
    return found


def seal_binder(binder: Binder | Closed, keys: PersonKeys) -> bytes:
    """Seal the binder, or what stands in its place, at least as long as the binder was."""
    raw = pack(binder.table())
    if isinstance(binder, Closed):
        raw = raw.ljust(binder.size)  # JSON ends where it ends: spaces after it are none of it
    return seal(BINDER, keys.phrase, raw, Bound(keys.casefile))


def open_ring(sealed: bytes, casefile: bytes, whole: bytes) -> Ring:
    """Open the ring of section keys. Raises NotOpenedError when phrase and second word do not fit."""
    return Ring.of(unpack(unseal(RING, whole, sealed, Bound(casefile))))


def seal_ring(ring: Ring, casefile: bytes, whole: bytes) -> bytes:
    """Seal the ring."""
    return seal(RING, whole, pack(ring.table()), Bound(casefile))


def sealed_entry(casefile: bytes, section: str, held: tuple[int, bytes], entry: Entry) -> Row:
    """Seal an entry under a version of a section's key, and that key; return a row that is not written yet."""
    own, (version, key) = new_id(), held
    sealed = seal(ENTRY, key, pack_entry(entry), Bound(casefile, section, own, version))
    return Row(id=own, casefile=casefile, sealed=sealed)


def sealed_message(casefile: bytes, grant: bytes, keys: Sequence[bytes], entry: Entry) -> Row:
    """Seal a message under the newest key of the conversation of a grant; return a row that is not written yet."""
    own = new_id()
    bound = _talk(casefile, grant, own, len(keys))
    return Row(id=own, casefile=casefile, sealed=seal(MESSAGE, keys[-1], pack_entry(entry), bound))


def read_entries(
    casefile: bytes, keys: SectionKeys, carried: SealedEntries = ()
) -> list[tuple[str, Entry]]:
    """Return every entry that these keys open, with its section, in the order of their minutes.

    ``carried``: entries that came with the grant, from another host.
    """
    rows = (open_entry(casefile, keys, own, sealed) for own, sealed in _rows(casefile, carried))
    return sorted((pair for pair in rows if pair), key=lambda pair: pair[1].order)


def read_messages(
    casefile: bytes, grants: TalkKeys, carried: SealedEntries = ()
) -> list[tuple[bytes, Entry]]:
    """Return the messages of conversations, by the keys of each grant, with the grant, oldest first."""
    rows = (open_message(casefile, grants, own, sealed) for own, sealed in _rows(casefile, carried))
    return sorted((pair for pair in rows if pair), key=lambda pair: pair[1].order)


def open_entry(
    casefile: bytes, keys: SectionKeys, own: bytes, sealed: bytes
) -> tuple[str, Entry] | None:
    """Open one row as an entry of a section, with the section; None where none of the keys opens it."""
    for (section, version), key in keys.items():
        entry = _try(ENTRY, key, sealed, Bound(casefile, section, own, version))
        if entry is not None:
            return section, entry
    return None


def open_message(
    casefile: bytes, grants: TalkKeys, own: bytes, sealed: bytes
) -> tuple[bytes, Entry] | None:
    """Open one row as a message, with the grant it was written under; None where none of the keys opens it."""
    for grant, keys in grants.items():
        for version, key in enumerate(keys, 1):
            entry = _try(MESSAGE, key, sealed, _talk(casefile, grant, own, version))
            if entry is not None:
                return grant, entry
    return None


def check_of(talk: Sequence[bytes], word: str) -> bytes:
    """Return what stands for a check-word with an agency that holds these keys of a conversation."""
    return slot_of(talk[0], "check-word", plain(word))


def pack_entry(entry: Entry) -> bytes:
    """Return an entry as bytes; the body of a file stands after the rest as it is."""
    table = entry.table()
    body: bytes = table.pop("body", b"")
    head = pack(table)
    return len(head).to_bytes(4, "big") + head + body


def _rows(casefile: bytes, carried: SealedEntries) -> Iterator[tuple[bytes, bytes]]:
    rows = Row.objects.filter(casefile=casefile).values_list("id", "sealed")
    yield from ((own, sealed) for own, sealed in carried)
    yield from ((bytes(own), bytes(sealed)) for own, sealed in rows.iterator(500))


def _try(thing: Thing, key: bytes, sealed: bytes, bound: Bound) -> Entry | None:
    try:
        raw = unseal(thing, key, sealed, bound)
    except NotOpenedError:
        return None
    size = int.from_bytes(raw[:4], "big")
    table = unpack(raw[4 : 4 + size])
    entry = Entry.of(table, bound.item)
    if entry.kind is EntryKind.FILE:
        return Entry.of(table | {"body": raw[4 + size :]}, bound.item)
    return entry


def _talk(casefile: bytes, grant: bytes, own: bytes, version: int) -> Bound:
    return Bound(casefile, grant.hex(), own, version)
