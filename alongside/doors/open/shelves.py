"""Shelves: the ways out by need and place, and what stands beside one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from alongside.domain.rules import Goal
from alongside.doors.showing.speaking import book
from alongside.library.calling import code_of
from alongside.library.rule_reading import JURISDICTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from alongside.domain.facts import Value
    from alongside.domain.rules import Effect
    from alongside.library.further import Case, Resource
    from alongside.library.reading import Text
    from alongside.library.remedies import Remedy
    from alongside.library.topics import Topic
    from alongside.library.vocabulary import FactEntry

NEEDS = tuple(Goal)
"""What a person can need, in the order of the page; its number in an address counts from 1, 0 is all."""
PLACES = JURISDICTIONS
"""Where law is made; its number in an address counts from 1, 0 is all, and 1 the rules of all of Canada."""
SHORT = 40
"""A list of more than so many ways says their names alone."""
Coded = tuple["Remedy", str]


@dataclass(frozen=True, slots=True)
class Shelf:
    """Ways out that stand together. ``heading``: the key of a word."""

    heading: str
    ways: list[Coded]


def word_of(place: str) -> str:
    """Return the key of the word for a place."""
    return {"fed": "all_canada", "way": "group_quiet"}.get(place, f"region_{place}")


def shelves(need: Goal | None, place: str) -> list[Shelf]:
    """Return the ways out for a need, at a place: those of all of Canada first.

    Without a need, the ways that start nothing legal come before them: they serve every need.
    """
    found = [Shelf(word_of("way"), coded(book().ways.values()))] if need is None else []
    here = {"fed", place} if place else {*PLACES}
    for where in PLACES:
        remedies = [
            remedy
            for remedy in book().remedies.values()
            if where in here
            and remedy.rule.jurisdiction == where
            and (need is None or need in remedy.rule.serves)
        ]
        if remedies:
            found.append(Shelf(word_of(where), coded(remedies)))
    return found


def coded(remedies: Iterable[Remedy]) -> list[Coded]:
    """Return ways out with the codes of their addresses."""
    return [(remedy, code_of(remedy.key)) for remedy in remedies]


def by_keys(keys: Iterable[str]) -> list[Coded]:
    """Return ways out by their keys, each once."""
    cards = {**book().ways, **book().remedies}
    return coded(cards[key] for key in dict.fromkeys(keys) if key in cards)


def beside(standard: str) -> list[Shelf]:
    """Return the ways out that a standard stands beside, by place."""
    found = []
    for where in PLACES:
        here = [r for r in book().remedies.values() if r.rule.jurisdiction == where]
        named = [remedy for remedy in here if standard in remedy.standards]
        if named:
            found.append(Shelf(word_of(where), coded(named)))
    return found


def without_standard() -> list[Coded]:
    """Return the remedies beside which no standard stands."""
    return coded(r for r in book().remedies.values() if not r.standards)


def numbered_standards(keys: Iterable[str]) -> list[tuple[int, Text, str]]:
    """Return standards with their number in an address, their name and article."""
    order = list(book().standards)
    return [
        (order.index(key) + 1, book().standards[key].name, book().standards[key].article)
        for key in keys
    ]


def topics_about(key: str) -> list[tuple[int, Topic]]:
    """Return the pages on what no single way is about that this way leads to."""
    numbered = enumerate(book().topics.values(), 1)
    return [(number, topic) for number, topic in numbered if key in topic.remedies]


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that a way may give, and the ways it can help with."""

    name: Text
    helps: list[Coded]


def papers_of(remedy: Remedy) -> list[Paper]:
    """Return the papers of a way that help another: one of all of Canada or of the same place."""
    near = {"fed", remedy.rule.jurisdiction}
    others = [
        r for r in book().remedies.values() if r.rule.jurisdiction in near and r is not remedy
    ]
    found = []
    for product in remedy.rule.produces:
        helped = coded(other for other in others if product.key in other.evidence)
        if helped:
            found.append(Paper(book().vocabulary.facts[product.key].name, helped))
    return found


@dataclass(frozen=True, slots=True)
class Change:
    """What a way changes: the fact, and what it becomes; None stands for the day on which it happens."""

    fact: FactEntry
    value: Value | None


def changes_of(effect: Effect) -> Iterator[Change]:
    """Go through what one effect of a way changes."""
    for key, value in effect.sets:
        yield Change(book().vocabulary.facts[key], value)


def cases_by_kind(kind: str) -> list[tuple[int, Case]]:
    """Return the cases of a kind, each with the number of its place on the page."""
    return [(n, case) for n, case in enumerate(book().cases.values(), 1) if case.kind == kind]


def resources_by_kind(kind: str) -> list[tuple[int, Resource]]:
    """Return the resources of a kind, each with the number of its place on the page."""
    numbered = enumerate(book().resources.values(), 1)
    return [(number, resource) for number, resource in numbered if resource.kind == kind]
