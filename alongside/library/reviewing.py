"""Reviewing: up to which day an entry was read, until when that counts as fresh, and who has signed it.

An entry that carries no day of its own is as old as the source of it that was read first: law that was
read in July is no younger for standing beside a page that was read in November.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from alongside.domain.lengths import months
from alongside.library.reading import Cite, Entry, Text, entries, read_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from alongside.library.sources import Sources

FRESH_MONTHS = 6
"""So long does a reading count as fresh where an entry says nothing else (docs/how-to/add-a-remedy.md)."""


@dataclass(frozen=True, slots=True)
class Review:
    """The dates of one entry. ``reviewed_by`` is empty until somebody has signed it."""

    as_of: date
    review_by: date
    reviewed_by: str = ""

    def stale(self, on: date) -> bool:
        """Say whether the last day on which it counts as fresh has passed."""
        return on > self.review_by


@dataclass(frozen=True, slots=True)
class Whole:
    """A kind of entry that was read and is signed as a whole, because its entries cite nothing themselves."""

    name: Text
    review: Review
    cites: tuple[Cite, ...]
    confidence: str


def review_of(entry: Entry, cites: Iterable[Cite], sources: Sources) -> Review:
    """Read ``as_of``, ``review_by`` and ``reviewed_by``; each may be left out where there is a source."""
    if "as_of" in entry.table:
        as_of = entry.day("as_of")
    else:
        read = [sources.table[cite.source].read_day for cite in cites]
        if not read:
            entry.refuse(
                "cite", "it cites nothing and has no date.", "Write cite = [...], or as_of = a day."
            )
        as_of = min(read)
    late = (
        entry.day("review_by") if "review_by" in entry.table else months(FRESH_MONTHS).after(as_of)
    )
    if late < as_of:
        entry.refuse("review_by", "it is due before it was read.", "Write a day after as_of.")
    return Review(as_of, late, entry.word("reviewed_by", ""))


def load_wholes(root: Path, sources: Sources) -> Mapping[str, Whole]:
    """Read ``content/review.toml``: the kinds that are dated as a whole."""
    page, table = read_page(root / "review.toml", root)
    found: dict[str, Whole] = {}
    for _, entry in entries(page, table, "kind"):
        cites = sources.check(entry, entry.cites())
        found[entry.one_of("key", ("indicator",))] = Whole(
            entry.text("name"),
            review_of(entry, cites, sources),
            cites,
            entry.word("confidence"),
        )
        entry.done()
    return found
