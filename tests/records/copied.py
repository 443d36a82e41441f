"""Somebody who left an agency with a copy of every key they could get at, and has the store afterwards."""

from __future__ import annotations

from contextlib import suppress
from itertools import product
from typing import TYPE_CHECKING, Any

from alongside.records.agencies.models import Delivery
from alongside.records.agencies.sealing import open_listed
from alongside.records.casefile.models import Entry as Row
from alongside.records.casefile.sealing import open_entry, open_message
from alongside.records.packing import unpack
from alongside.sealed.envelopes import Bound, NotOpenedError
from alongside.sealed.pairs import unseal_from
from alongside.sealed.things import HELD, PACKAGE, PARCEL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alongside.records.agencies.content import MemberKeys
    from alongside.records.casefile.content import Entry


class Copied:
    """What a member held, and everything that opened with it on the day they left."""

    def __init__(self, keys: MemberKeys) -> None:
        self.keys = keys
        self.sections: dict[tuple[str, int], set[bytes]] = {}
        self.talks: dict[bytes, list[bytes]] = {}
        self.look_around()

    def look_around(self) -> None:
        """Open every grant and every notice that there is, and note the keys in it."""
        for own, content in self._contents():
            for section, pairs in content.get("sections", {}).items():
                for version, key in pairs:
                    self.sections.setdefault((section, version), set()).add(key)
            grant = content.get("grant", own)
            found = content.get("conversation", [])
            known = self.talks.setdefault(grant, [])
            for key in [found] if isinstance(found, bytes) else found:
                known += [] if key in known else [key]

    def opens(self) -> dict[bytes, list[Entry]]:
        """Return every entry in the store that opens, by casefile, with what opens meanwhile tried too."""
        self.look_around()
        found: dict[bytes, list[Entry]] = {}
        for own, casefile, sealed in Row.objects.values_list("id", "casefile", "sealed"):
            place = bytes(casefile), bytes(own), bytes(sealed)
            if entry := self._entry(*place):
                found.setdefault(place[0], []).append(entry)
        return found

    def _entry(self, casefile: bytes, own: bytes, sealed: bytes) -> Entry | None:
        for which, keys in self.sections.items():
            for key in keys:
                if told := open_entry(casefile, {which: key}, own, sealed):
                    return told[1]
        said = open_message(casefile, self.talks, own, sealed)
        return said[1] if said else None

    def _contents(self) -> Iterator[tuple[bytes, dict[str, Any]]]:
        for row in Delivery.objects.exclude(sealed=b""):
            own, sealed = bytes(row.id), bytes(row.sealed)
            with suppress(NotOpenedError):
                yield own, open_listed(HELD, self.keys, sealed, Bound(self.keys.agency, item=own))
            if row.card:
                continue
            for number, thing in product(self.keys.epochs, (PACKAGE, PARCEL)):
                bound = Bound(self.keys.agency, item=own, version=number)
                with suppress(NotOpenedError):
                    private = self.keys.epochs[number].private
                    yield own, unpack(unseal_from(thing, private, sealed, bound))
