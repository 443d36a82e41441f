"""Calling: whom to call about a way out, and the code that names it without telling anything."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from alongside.library.contacts import Contact

HOTLINE = "tel.hotline"
NEED_OF_FAMILY = {
    "imm": "immigration", "adv": "immigration", "es": "wages", "fw": "wages", "tfw": "wages",
    "ei": "wages", "cra": "wages", "wepp": "wages", "ohs": "injury", "wc": "injury", "hr": "legal",
    "civil": "legal", "ht": "victim", "cv": "victim", "crim": "legal", "income": "legal",
    "health": "health", "legalaid": "legal",
}  # fmt: skip


@cache
def code_of(key: str) -> str:
    """Return the short code that stands for a way in an address, so that the address tells nothing."""
    digest = hashlib.sha256(key.encode()).digest()
    return base64.b32encode(digest)[:5].decode().lower()


def family_of(key: str) -> str:
    """Return the family in a remedy's key: ``imm`` of ``fed.imm.hc``."""
    return key.split(".")[1]


def need_of(key: str) -> str:
    """Return the need that a remedy answers, by the family in its key; *talk* for any other."""
    return NEED_OF_FAMILY.get(family_of(key), "talk")


def trusted(contact: Contact) -> bool:
    """Say whether a number was found in a source that can be trusted."""
    return bool(contact.phone) and not contact.unverified


def call_about(
    contacts: Mapping[str, Contact], need: str, province: str | None, key: str = ""
) -> list[Contact]:
    """Return the national line and at most one more: for this need, here, with a number.

    A government office comes only beside a remedy that is asked for there (``key``), and then first.
    A number nobody could check comes only from the person's own province, after those that were.
    """
    line = contacts[HOTLINE]
    near = [
        c
        for c in contacts.values()
        if c is not line and c.phone and c.serves(province) and _answers(c, need, key)
    ]
    local = sorted((c for c in near if province in c.regions), key=lambda c: not trusted(c))
    everywhere = [c for c in near if province not in c.regions and trusted(c)]
    offices = [c for c in near if c.office_of]
    return [line, *[*offices, *local, *everywhere][:1]]


def _answers(contact: Contact, need: str, key: str) -> bool:
    if contact.office_of:
        return bool(key) and key.startswith(contact.office_of)
    return need in contact.needs and not contact.for_some


def local_lines(contacts: Mapping[str, Contact], province: str) -> list[Contact]:
    """Return the numbers of one province that can be trusted."""
    return [c for c in contacts.values() if province in c.regions and trusted(c)]
