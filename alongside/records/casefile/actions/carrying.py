"""Carrying answers home: what an agency wrote about casefiles whose home is another host, as a file.

It holds ciphertext and random identities. The home takes what belongs to casefiles it has, once, and only
from the host of an agency that is admitted there (``agencies.letters``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction

from alongside.records.agencies.letters import (
    is_bytes,
    is_identity,
    read_letter,
    rows_in,
    take_next,
    turn_of,
    write_letter,
)
from alongside.records.agencies.queries import hosts_written_to
from alongside.records.armour import FileKind, NotReadError
from alongside.records.casefile.models import Casefile, Entry
from alongside.records.gone.actions import gone_among
from alongside.records.journal.actions import bring_lines
from alongside.records.journal.queries import sealed_lines
from alongside.records.turns import take_turn

if TYPE_CHECKING:
    from collections.abc import Iterable


def hosts() -> list[bytes]:
    """Return the hosts from which somebody opened something to an agency here, by their identities."""
    rows = Casefile.objects.filter(slot=None).values_list("salt", flat=True)
    return sorted({bytes(host) for host in rows})


def export_answers(*, host: bytes) -> str:
    """Return what was written for people whose casefile is on that host: answers, and who opened what.

    All of it each time: the home passes over what it knows.
    """
    rows = Casefile.objects.filter(slot=None, salt=host).values_list("id", flat=True)
    owns = [bytes(own) for own in rows]
    found = Entry.objects.filter(casefile__in=owns).order_by("id")
    entries = [
        [bytes(own), bytes(casefile), bytes(sealed)]
        for own, casefile, sealed in found.values_list("id", "casefile", "sealed")
    ]
    content = {"entries": entries, "lines": sealed_lines(books=owns)}
    with transaction.atomic():
        take_turn(turn_of(host))
        return write_letter(FileKind.ANSWERS, to=host, content=content)


@dataclass(frozen=True, slots=True)
class AnswersCame:
    """How many entries and lines of journals were new."""

    entries: int
    lines: int


def import_answers(*, text: str) -> AnswersCame:
    """Take home what agencies on another host wrote; a second time changes nothing.

    Raises NotReadError, also for answers that are for another host, or from one with no agency admitted here.
    """
    letter = read_letter(FileKind.ANSWERS, text)
    entries, lines = (
        rows_in(letter.content, name, is_identity, is_identity, is_bytes)
        for name in ("entries", "lines")
    )
    with transaction.atomic():
        if letter.by not in hosts_written_to():
            msg = "These answers are not from the host of an agency that this host writes to."
            raise NotReadError(msg)
        ours = _at_home({casefile for _, casefile, _ in (*entries, *lines)})
        take_turn(*ours, turn_of(letter.host))
        take_next(letter)
        new = _new_entries([item for item in entries if item[1] in ours])
        told = bring_lines(lines=[item for item in lines if item[1] in ours])
    return AnswersCame(new, told)


def _at_home(casefiles: set[bytes]) -> set[bytes]:
    rows = Casefile.objects.filter(id__in=casefiles).exclude(slot=None)
    return {bytes(own) for own in rows.values_list("id", flat=True)}


def _new_entries(items: Iterable[list[Any]]) -> int:
    rows = [Entry(id=own, casefile=casefile, sealed=sealed) for own, casefile, sealed in items]
    known = Entry.objects.filter(id__in=[row.id for row in rows]).values_list("id", flat=True)
    there = {bytes(own) for own in known} | gone_among(bytes(row.id) for row in rows)
    return len(Entry.objects.bulk_create([row for row in rows if row.id not in there]))
