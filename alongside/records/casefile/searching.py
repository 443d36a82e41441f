"""Finding a word in everything that was opened to one agency, without any index in the store.

An index would tell what is in the casefiles. Opening two thousand sections and looking takes about a
tenth of a second, so there is none.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from django.db.models.functions import Length

from alongside.records.agencies.models import Delivery
from alongside.records.agencies.queries import card_of
from alongside.records.agencies.sealing import open_listed
from alongside.records.casefile.models import Entry as Row
from alongside.records.casefile.sealing import open_entry, open_message
from alongside.sealed.envelopes import Bound, NotOpenedError
from alongside.sealed.things import HELD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from alongside.records.agencies.content import Card, MemberKeys
    from alongside.records.casefile.content import Entry

AT_ONCE = 400
"""How many casefiles are fetched with one question to the store."""
SHORTEST = 2
LARGEST = 64 * 1024
"""Bytes of an entry that is looked into; messages and answers are smaller."""


def search(*, keys: MemberKeys, text: str, today: date) -> list[Card]:
    """Return the cards of the matters in which a word stands, in a message or an answer, or in the card's number.

    Only what is open to the agency on the day is looked at. Case and accents are put aside.
    """
    wanted = _folded(text)
    if len(wanted) < SHORTEST:
        return []
    found = []
    grants = list(_held(keys, today))
    for start in range(0, len(grants), AT_ONCE):
        some = grants[start : start + AT_ONCE]
        rows = _rows(grant["casefile"] for _, _, grant in some)
        for own, sealed_card, grant in some:
            if _stands(wanted, own, grant, rows.get(grant["casefile"], [])):
                card = card_of(keys, own, sealed_card)
                found += [card] if card else []
    return found


def _held(keys: MemberKeys, today: date) -> Iterator[tuple[bytes, bytes, dict[str, Any]]]:
    rows = Delivery.objects.filter(agency=keys.agency).exclude(card=b"").exclude(sealed=b"")
    for own, card, sealed in rows.values_list("id", "card", "sealed").iterator(2000):
        try:
            grant = open_listed(HELD, keys, bytes(sealed), Bound(keys.agency, item=bytes(own)))
        except NotOpenedError:
            continue
        if grant["until"] >= today:
            yield bytes(own), bytes(card), grant


def _rows(casefiles: Iterable[bytes]) -> dict[bytes, list[tuple[bytes, bytes]]]:
    found: dict[bytes, list[tuple[bytes, bytes]]] = {}
    rows = Row.objects.filter(casefile__in=set(casefiles)).annotate(size=Length("sealed"))
    rows = rows.filter(size__lt=LARGEST)  # files are not looked into, and stay where they are
    for casefile, own, sealed in rows.values_list("casefile", "id", "sealed").iterator(2000):
        found.setdefault(bytes(casefile), []).append((bytes(own), bytes(sealed)))
    return found


def _stands(
    wanted: str, grant_id: bytes, grant: dict[str, Any], rows: list[tuple[bytes, bytes]]
) -> bool:
    sections = {(s, v): key for s, pairs in grant["sections"].items() for v, key in pairs}
    for own, sealed in (*rows, *grant.get("entries", ())):
        opened = open_entry(grant["casefile"], sections, own, sealed)
        entry = opened[1] if opened else None
        if entry is None:
            talk = {grant_id: grant["conversation"]}
            said = open_message(grant["casefile"], talk, own, sealed)
            entry = said[1] if said else None
        if entry is not None and wanted in _folded(_words(entry)):
            return True
    return wanted == str(grant["number"])


def _words(entry: Entry) -> str:
    values = [
        v for v in entry.answers.values() if isinstance(v, (str, int, float)) and v is not True
    ]
    return " ".join((entry.text, entry.name, *map(str, values)))


def _folded(text: str) -> str:
    """Return text as it is compared: no accents, small letters, single spaces."""
    parts = unicodedata.normalize("NFKD", text)
    plain = "".join(sign for sign in parts if not unicodedata.combining(sign))
    return " ".join(plain.casefold().split())
