"""Afterwards: what follows a win, what waiting means, and the human-rights standards a rule stands on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from alongside.library.reading import Cite, Entry, Text, entries, nearest, read_page
from alongside.library.reviewing import Review, review_of
from alongside.library.rule_reading import confidence_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from alongside.library.sources import Sources

AFTER = ("enforce", "lien", "directors", "bond", "interest", "next")
WAIT = ("protects", "does_not", "given_up")


@dataclass(frozen=True, slots=True)
class After:
    """What can be done once a step was won, and who may have to pay.

    ``kind``: *enforce* a court makes them pay · *lien* a hold on what they own · *directors* the people
    behind a company pay · *bond* money a recruiter or boss had to leave · *interest* · *next* what it
    can be used for.
    """

    kind: str
    text: Text
    cites: tuple[Cite, ...]
    confidence: str


@dataclass(frozen=True, slots=True)
class Wait:
    """What it means to wait for the answer: what *protects*, what *does_not*, and what is *given_up*."""

    kind: str
    text: Text
    cites: tuple[Cite, ...]

    @property
    def order(self) -> int:
        """Where its kind stands among the others."""
        return WAIT.index(self.kind)


@dataclass(frozen=True, slots=True)
class Standard:
    """A human-rights standard behind a rule. It is what the rule answers to, not a right to the remedy."""

    key: str
    name: Text
    article: str
    meaning: Text
    confidence: str
    cites: tuple[Cite, ...]
    review: Review


def read_after(entry: Entry, sources: Sources) -> tuple[After, ...]:
    """Read ``[[after]]``: each with its kind, its words, its sources and how far they are trusted."""
    found = []
    for number, part in enumerate(entry.tables("after")):
        text = part.text("text", f"{entry.key}.after.{number}")
        after = After(part.one_of("kind", AFTER), text, _cites(part, sources), confidence_of(part))
        found.append(after)
        part.done()
    return tuple(sorted(found, key=lambda one: AFTER.index(one.kind)))


def read_wait(entry: Entry, sources: Sources) -> tuple[Wait, ...]:
    """Read ``[[wait]]``: what protects first, then what does not, then what is given up."""
    found = []
    for number, part in enumerate(entry.tables("wait")):
        text = part.text("text", f"{entry.key}.wait.{number}")
        found.append(Wait(part.one_of("kind", WAIT), text, _cites(part, sources)))
        part.done()
    return tuple(sorted(found, key=lambda one: WAIT.index(one.kind)))


def named_standards(entry: Entry, standards: Mapping[str, Standard]) -> tuple[str, ...]:
    """Read ``standard``: keys of ``content/standards.toml``; refuse one that is not there."""
    keys = entry.words("standard")
    for key in keys:
        if key not in standards:
            cure = f"Did you mean {nearest(key, standards)}?"
            entry.refuse("standard", f"there is no standard {key!r}.", cure, f'"{key}"')
    return keys


def load_standards(root: Path, sources: Sources) -> dict[str, Standard]:
    """Read ``content/standards.toml``."""
    page, table = read_page(root / "standards.toml", root)
    found: dict[str, Standard] = {}
    for _, entry in entries(page, table, "standard"):
        cites = _cites(entry, sources)
        key = entry.word("key")
        found[key] = Standard(
            key,
            entry.text("name"),
            entry.word("article"),
            entry.text("meaning"),
            confidence_of(entry),
            cites,
            review_of(entry, cites, sources),
        )
        entry.done()
    return found


def _cites(entry: Entry, sources: Sources) -> tuple[Cite, ...]:
    cites = sources.check(entry, entry.cites())
    if not cites:
        entry.refuse("cite", "it cites nothing.", 'Write cite = [{ source = "fed.l1", at = "" }].')
    return cites
