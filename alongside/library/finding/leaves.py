"""Leaves: what of the Book can be found, each with its texts and how much each text counts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from alongside.library.book import Book
    from alongside.library.reading import Text
    from alongside.library.remedies import Remedy


class Kind(StrEnum):
    """What sort of thing was found."""

    REMEDY = "remedy"
    NAMED = "named"
    RIGHT = "right"
    TOPIC = "topic"
    STANDARD = "standard"
    RESOURCE = "resource"
    CASE = "case"
    CONTACT = "contact"


NAME, OFFICIAL, GIVES, DOES, SAYS = 10.0, 8.0, 4.0, 2.0, 1.0
"""How much a word counts in a name, in an official name, in what something gives, in what is done, elsewhere."""
PRIOR = {
    Kind.REMEDY: 1.0,
    Kind.NAMED: 1.1,
    Kind.RIGHT: 0.95,
    Kind.TOPIC: 0.95,
    Kind.STANDARD: 0.7,
    Kind.RESOURCE: 0.7,
    Kind.CASE: 0.7,
    Kind.CONTACT: 0.8,
}
"""Of two that fit alike, a way out comes before what is read about it."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One thing that can be found: its key, its sort, where it holds, and its texts with their weights.

    ``place``: a jurisdiction; ``fed`` and empty hold everywhere. ``lead``: what is shown beside its name.
    """

    key: str
    kind: Kind
    place: str
    name: Text
    lead: Text
    texts: tuple[tuple[float, Text], ...]


def leaves(book: Book) -> tuple[Leaf, ...]:
    """Return everything that can be found, in the order in which alike results come."""
    found = (_named(book), _remedies(book), _rights(book), _further(book), _contacts(book))
    return tuple(leaf for group in found for leaf in group)


def _weighed(*pairs: tuple[float, Iterable[Text | None]]) -> tuple[tuple[float, Text], ...]:
    return tuple((weight, text) for weight, texts in pairs for text in texts if text)


def _named(book: Book) -> Iterator[Leaf]:
    for one in book.named.values():
        texts = _weighed((NAME, [one.title]), (GIVES, [one.today]))
        yield Leaf(one.key, Kind.NAMED, "", one.title, one.today, texts)


def _remedies(book: Book) -> Iterator[Leaf]:
    for card in (*book.ways.values(), *book.remedies.values()):
        place = card.rule.jurisdiction.replace("way", "")
        texts = _of_remedy(card, book)
        yield Leaf(card.key, Kind.REMEDY, place, card.words.name, card.words.gives, texts)


def _of_remedy(card: Remedy, book: Book) -> tuple[tuple[float, Text], ...]:
    words, facts = card.words, book.vocabulary.facts
    needs = {key for need in card.rule.needs for key in need.lines.operands}
    dangers = [book.dangers[danger.key].text for danger in card.rule.dangers]
    return _weighed(
        (NAME, [words.name]),
        (OFFICIAL, [words.official]),
        (GIVES, [words.gives]),
        (DOES, [*words.steps, words.first, *words.clocks.values()]),
        (DOES, [facts[key].name for key in sorted(needs)]),
        (SAYS, [words.give_up, words.who_learns, words.note, words.evidence_note]),
        (SAYS, [*words.bars.values(), *dangers]),
        (SAYS, [after.text for after in card.after]),
        (SAYS, [wait.text for wait in card.wait]),
        (SAYS, [practice.text for practice in words.practice]),
    )


def _rights(book: Book) -> Iterator[Leaf]:
    for right in book.rights.topics.values():
        texts = _weighed((NAME, [right.name]), (GIVES, [right.text]), (SAYS, [right.limits]))
        yield Leaf(right.key, Kind.RIGHT, "", right.name, right.text, texts)
    for topic in book.topics.values():
        points = [point.text for section in topic.sections for point in section.points]
        heads = [section.name for section in topic.sections]
        texts = _weighed((NAME, [topic.name]), (GIVES, [topic.lead, *heads]), (DOES, points))
        yield Leaf(topic.key, Kind.TOPIC, "", topic.name, topic.lead, texts)


def _further(book: Book) -> Iterator[Leaf]:
    for standard in book.standards.values():
        texts = _weighed((NAME, [standard.name]), (GIVES, [standard.meaning]))
        yield Leaf(standard.key, Kind.STANDARD, "", standard.name, standard.meaning, texts)
    for case in book.cases.values():
        texts = _weighed(
            (NAME, [case.title]), (GIVES, [case.court, case.says, case.shows]), (SAYS, [case.note])
        )
        yield Leaf(case.key, Kind.CASE, "", case.title, case.says, texts)
    for resource in book.resources.values():
        texts = _weighed((NAME, [resource.title]), (GIVES, [resource.by, resource.says]))
        yield Leaf(resource.key, Kind.RESOURCE, "", resource.title, resource.says, texts)


def _contacts(book: Book) -> Iterator[Leaf]:
    for contact in book.contacts.values():
        region = contact.regions[0]
        texts = _weighed((NAME, [contact.name]), (GIVES, [contact.who, contact.helps]))
        place = "" if region == "ca" else region
        yield Leaf(contact.key, Kind.CONTACT, place, contact.name, contact.who, texts)
