"""Doubts: what we could not verify of a remedy, drawn together from where its entry says so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from alongside.library.wording import sure_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alongside.library.book import Book
    from alongside.library.reading import Text
    from alongside.library.remedies import Remedy
    from alongside.library.sources import Source

CODE = re.compile(r"\b[A-Z]+\b")
GENERAL = frozenset({"GK", "G"})
SECONDARY = frozenset({"SEC", "M"})
CONFLICTING = frozenset({"C"})
OFFICIAL = frozenset({"GOV", "R"})


@dataclass(frozen=True, slots=True)
class Doubts:
    """What a reader has to know before counting on a remedy.

    ``general``: a part is general knowledge, for which no source was found. ``secondary``: a part comes
    from pages of lawyers, groups or the news. ``conflicting``: sources say different things.
    ``official``: a part comes from official pages, not from the law itself. ``limits``: time limits that
    have to be checked, and ``unknown_limits``: those of which no length may be shown. ``undated``:
    sources without a date. ``unsigned``: nobody has reviewed it.
    """

    unverified: bool
    general: bool
    secondary: bool
    conflicting: bool
    official: bool
    limits: tuple[Text, ...]
    unknown_limits: tuple[Text, ...]
    undated: tuple[Source, ...]
    unsigned: bool


def doubts_of(remedy: Remedy, book: Book) -> Doubts:
    """Return what could not be verified of a remedy."""
    codes = set(_codes(remedy))
    named = [book.sources.table[key] for key in dict.fromkeys(c.source for c in remedy.cited)]
    return Doubts(
        unverified=remedy.rule.unverified,
        general=bool(codes & GENERAL),
        secondary=bool(codes & SECONDARY),
        conflicting=bool(codes & CONFLICTING),
        official=bool(codes & OFFICIAL),
        limits=_limits(remedy, "check"),
        unknown_limits=_limits(remedy, "ask"),
        undated=tuple(source for source in named if not source.dated),
        unsigned=not remedy.reviewed_by,
    )


def _codes(remedy: Remedy) -> Iterator[str]:
    yield from CODE.findall(remedy.confidence)
    for after in remedy.after:
        yield from CODE.findall(after.confidence)


def _limits(remedy: Remedy, sure: str) -> tuple[Text, ...]:
    said = remedy.words.clocks
    found = (said[clock.key] for clock in remedy.rule.clocks if sure_of(clock) == sure)
    return tuple(dict.fromkeys(found))
