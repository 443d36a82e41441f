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


def need_of(key: str) -> str:
    """Return the need that a remedy answers, by the family in its key; *talk* for any other."""
    return NEED_OF_FAMILY.get(key.split(".")[1], "talk")


def trusted(contact: Contact) -> bool:
    """Say whether a number was found in a source that can be trusted."""
    return bool(contact.phone) and not contact.unverified


def call_about(contacts: Mapping[str, Contact], need: str, province: str | None) -> list[Contact]:
    """Return the national line and at most one more: for this need, here, with a number to trust.

    Without a province only lines for all of Canada count.
    """
    line = contacts[HOTLINE]
    near = [
        c
        for c in contacts.values()
        if c is not line and need in c.needs and c.serves(province) and trusted(c)
    ]
    local = [c for c in near if province in c.regions] or near
    return [line, *local[:1]]


def local_lines(contacts: Mapping[str, Contact], province: str) -> list[Contact]:
    """Return the numbers of one province that can be trusted."""
    return [c for c in contacts.values() if province in c.regions and trusted(c)]
