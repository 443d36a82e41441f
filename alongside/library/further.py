"""Further reading: the remedies as the documents name them, resources in one place, and cases told.

The documents are those that asked for this book: a consultation of lawyers of 2018, which names thirteen
remedies, and a request for action. What of theirs could not be read is said so in the content itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from alongside.library.reading import Cite, Entry, Text, entries, nearest, read_page
from alongside.library.reviewing import Review, review_of
from alongside.library.rule_reading import confidence_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

    from alongside.library.sources import Sources

RESOURCES = ("law", "tool", "guide", "study")
READ = ("page", "opening", "part")
CASES = ("decision", "told", "news")
DECIDED = re.compile(r"(\d{4}(-\d{2}){0,2})?")


@dataclass(frozen=True, slots=True)
class Named:
    """One of the thirteen remedies by the name that the consultation gives it, and what there is ``today``."""

    key: str
    title: Text
    today: Text
    remedies: tuple[str, ...]
    confidence: str
    cites: tuple[Cite, ...]
    review: Review


@dataclass(frozen=True, slots=True)
class Resource:
    """A text or a tool that others made.

    ``kind``: *law*, *tool*, *guide* or *study*. ``read``: how much of it we read: its *page* and not
    itself, its *opening*, or the *part* that is cited. ``named``: the consultation names it, or it came
    out of the consultation.
    """

    key: str
    kind: str
    read: str
    named: bool
    title: Text
    by: Text
    says: Text
    remedies: tuple[str, ...]
    confidence: str
    cites: tuple[Cite, ...]
    review: Review


@dataclass(frozen=True, slots=True)
class Case:
    """A case as an example: what happened, what it ``shows``, and what we could not check (``unsure``).

    ``kind``: a *decision* of a court or tribunal; *told* by lawyers, without a citation; or *news*.
    ``decided``: its day, month or year, as a source is dated; empty when nobody says.
    """

    key: str
    kind: str
    decided: str
    title: Text
    court: Text
    says: Text
    shows: Text
    unsure: Text
    note: Text
    remedies: tuple[str, ...]
    confidence: str
    cites: tuple[Cite, ...]
    review: Review


def load_named(root: Path, sources: Sources, remedies: Collection[str]) -> dict[str, Named]:
    """Read ``content/thirteen.toml``; refuse a name that leads to no remedy."""
    found: dict[str, Named] = {}
    for entry in _each(root, "thirteen.toml", "named"):
        cites, led = _cites(entry, sources), _remedies(entry, remedies)
        if not led:
            entry.refuse("remedies", "it leads nowhere.", 'Write remedies = ["fed.imm.hc"].')
        found[entry.key] = Named(
            entry.word("key"),
            entry.text("title"),
            entry.text("today"),
            led,
            confidence_of(entry),
            cites,
            review_of(entry, cites, sources),
        )
        entry.done()
    return found


def load_resources(root: Path, sources: Sources, remedies: Collection[str]) -> dict[str, Resource]:
    """Read ``content/resources.toml``."""
    found: dict[str, Resource] = {}
    for entry in _each(root, "resources.toml", "resource"):
        cites = _cites(entry, sources)
        found[entry.key] = Resource(
            entry.word("key"),
            entry.one_of("kind", RESOURCES),
            entry.one_of("read", READ),
            entry.flag("named"),
            entry.text("title"),
            entry.text("by"),
            entry.text("says"),
            _remedies(entry, remedies),
            confidence_of(entry),
            cites,
            review_of(entry, cites, sources),
        )
        entry.done()
    return found


def load_cases(root: Path, sources: Sources, remedies: Collection[str]) -> dict[str, Case]:
    """Read ``content/cases.toml``."""
    found: dict[str, Case] = {}
    for entry in _each(root, "cases.toml", "case"):
        cites = _cites(entry, sources)
        found[entry.key] = Case(
            entry.word("key"),
            entry.one_of("kind", CASES),
            _decided(entry),
            entry.text("title"),
            entry.text("court"),
            entry.text("says"),
            entry.text("shows"),
            entry.text("unsure"),
            entry.text("note"),
            _remedies(entry, remedies),
            confidence_of(entry),
            cites,
            review_of(entry, cites, sources),
        )
        entry.done()
    return found


def _each(root: Path, file: str, name: str) -> Iterable[Entry]:
    page, table = read_page(root / file, root)
    return (entry for _, entry in entries(page, table, name))


def _cites(entry: Entry, sources: Sources) -> tuple[Cite, ...]:
    cites = sources.check(entry, entry.cites())
    if not cites:
        entry.refuse("cite", "it cites nothing.", 'Write cite = [{ source = "fed.l1", at = "" }].')
    return cites


def _remedies(entry: Entry, known: Collection[str]) -> tuple[str, ...]:
    keys = entry.words("remedies")
    for key in keys:
        if key not in known:
            cure = f"Did you mean {nearest(key, known)}?"
            entry.refuse("remedies", f"there is no remedy {key!r}.", cure, f'"{key}"')
    return keys


def _decided(entry: Entry) -> str:
    said = entry.word("decided", "")
    if not DECIDED.fullmatch(said):
        cure = (
            'Write decided = "2015", "2015-04" or "2015-04-01"; leave it empty where nobody says.'
        )
        entry.refuse("decided", f"{said!r} is no date.", cure)
    return said
