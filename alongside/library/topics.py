"""Topics: pages of the book on what no single remedy is about, such as being a witness; every point cited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from alongside.library.reading import Cite, Entry, Text, entries, read_page
from alongside.library.reviewing import Review, review_of

if TYPE_CHECKING:
    from pathlib import Path

    from alongside.library.sources import Sources


@dataclass(frozen=True, slots=True)
class Point:
    """One thing said, and what it rests on."""

    text: Text
    cites: tuple[Cite, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Points under one heading."""

    name: Text
    points: tuple[Point, ...]

    @property
    def cites(self) -> tuple[Cite, ...]:
        """What its points rest on, each once."""
        return tuple(dict.fromkeys(cite for point in self.points for cite in point.cites))


@dataclass(frozen=True, slots=True)
class Topic:
    """A page of its own. ``remedies``: the ways out that lead to it."""

    key: str
    name: Text
    lead: Text
    confidence: str
    remedies: tuple[str, ...]
    sections: tuple[Section, ...]
    review: Review

    @property
    def cites(self) -> tuple[Cite, ...]:
        """What all of it rests on, each once."""
        return tuple(dict.fromkeys(cite for section in self.sections for cite in section.cites))


def load_topics(root: Path, sources: Sources) -> dict[str, Topic]:
    """Read ``content/topics.toml``; refuse a point that cites nothing."""
    page, table = read_page(root / "topics.toml", root)
    return {entry.word("key"): _topic(entry, sources) for _, entry in entries(page, table, "topic")}


def _topic(entry: Entry, sources: Sources) -> Topic:
    sections = tuple(_section(part, sources) for part in entry.tables("section"))
    cites = tuple(cite for section in sections for cite in section.cites)
    topic = Topic(
        entry.word("key"),
        entry.text("name"),
        entry.text("lead"),
        entry.word("confidence"),
        entry.words("remedies"),
        sections,
        review_of(entry, cites, sources),
    )
    entry.done()
    return topic


def _section(entry: Entry, sources: Sources) -> Section:
    points = []
    for number, part in enumerate(entry.tables("point")):
        cites = sources.check(part, part.cites())
        if not cites:
            part.refuse("cite", "it cites nothing.", "Say what it rests on, or take it out.")
        points.append(Point(part.text("text", f"{entry.key}.point.{number}"), cites))
        part.done()
    section = Section(entry.text("name"), tuple(points))
    entry.done()
    return section
