"""Placing: on which page a fact is asked, and what a way out still wants to know."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from alongside.doors.showing.speaking import book

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from alongside.library.reading import Text
    from alongside.library.vocabulary import FactEntry

FOUND = "found."
FACT_KEY = re.compile(r"[a-z]+(?:\.[a-z0-9_]+)+")


@cache
def place_of(key: str) -> tuple[int, int] | None:
    """Return the part and page that ask a fact, if a page asks it at all."""
    for number, part in enumerate(book().interview, 1):
        for page, keys in enumerate(part.pages, 1):
            if key in keys:
                return number, page
    return None


class Asked(NamedTuple):
    """Where a page asks a fact, in words that may stand before its warning, long and short."""

    words: Text
    name: Text
    at: tuple[int, int]


@cache
def asked_at(key: str) -> Asked | None:
    """Return where a fact is asked, if at all; behind a warning it is called by its part alone."""
    at = place_of(key)
    if at is None:
        return None
    part, fact = book().interview[at[0] - 1], book().vocabulary.facts[key]
    return Asked(part.name, part.name, at) if part.warning else Asked(fact.question, fact.name, at)


@dataclass(frozen=True, slots=True)
class Missing:
    """What a way still wants to know.

    ``tell``: what a page here asks. ``more``: whether telling more of what happens would help.
    ``lawyer``: what no page asks, or what was told and settles nothing alone.
    """

    tell: list[Asked]
    more: bool
    lawyer: list[FactEntry]


def missing(keys: Iterable[str], told: Container[str]) -> Missing:
    """Sort what is missing by who can settle it; a derived fact comes as what it derives from.

    ``told``: the keys that have a value; what has none comes first.
    """
    facts, signs = book().vocabulary.facts, book().vocabulary.indicators.keys()
    tell: dict[str, Asked] = {}
    lawyer: list[FactEntry] = []
    more = False
    for key in keys:
        sources = sources_of(key)
        asked = [(source in told, found) for source in sources if (found := asked_at(source))]
        known, first = min(asked, key=lambda pair: (pair[0], pair[1].at), default=(True, None))
        if key.startswith(FOUND) or signs & set(sources[1:]):
            more = True  # it follows from what happens, which the first door asks gently
        elif known or first is None:
            lawyer.append(facts[key])
        else:
            tell.setdefault(first.words.key, first)
    return Missing(list(tell.values()), more, lawyer)


@cache
def sources_of(key: str) -> tuple[str, ...]:
    """Return a fact, and every fact it derives from."""
    facts = book().vocabulary.facts
    named = [k for k in FACT_KEY.findall(facts[key].derives) if k in facts]
    found = (key, *(source for name in named if name != key for source in sources_of(name)))
    return tuple(dict.fromkeys(found))
