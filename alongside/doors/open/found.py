"""Found: what a search found, as a page shows it: where it leads, what of it fits, and why."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from alongside.doors.open.shelves import word_of
from alongside.doors.showing.speaking import book
from alongside.library.calling import code_of
from alongside.library.finding.asking import LONGEST
from alongside.library.finding.leaves import DOES, Kind
from alongside.library.finding.quoting import marked, quoted, spoken
from alongside.library.finding.terms import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from alongside.library.finding.asking import Unit
    from alongside.library.finding.index import Result
    from alongside.library.finding.quoting import Piece

MOST = 12
EXAMPLES = ("unpaid", "passport", "open_permit", "injured", "harassed", "fired", "fees", "refugee")
"""Meanings that people often look for (content/synonyms.toml)."""
SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Hit:
    """One result: its address after the language, its name and a sentence of it in ``lang``, and why."""

    at: str
    kind: str
    place: str
    lang: str
    name: list[Piece]
    says: list[Piece]
    why: list[str]


@dataclass(frozen=True, slots=True)
class SeenWords:
    """A question and what it found. ``near``: words taken for ones that nothing says."""

    hits: list[Hit]
    unsaid: str
    near: list[tuple[str, str]]
    place: str


def tongue_of(lang: str) -> str:
    """Return the language in which the Book can be searched on a page: its own, else English."""
    return lang if lang in LANGUAGES else "en"


def examples(lang: str) -> list[str]:
    """Return words that people often look for."""
    meanings = book().index.meanings.by_key
    return [meanings[key].label[tongue_of(lang)] for key in EXAMPLES]


def tidied(words: str) -> str:
    """Return what was written without what is too long, and with its spaces drawn together."""
    return SPACE.sub(" ", words[:LONGEST]).strip()


def seen(words: str, lang: str) -> SeenWords:
    """Look for words; return what a page of a language shows of what they found."""
    found = book().index.find(words, MOST)
    asked = found.asked
    tongue = lang if lang in LANGUAGES else spoken(found.results, book().index)
    return SeenWords(
        [_hit(result, tongue) for result in found.results],
        ", ".join(unit.said for unit in found.unsaid),
        [(unit.said, unit.near) for unit in asked.units if unit.near],
        word_of(asked.place) if asked.place else "",
    )


def _hit(result: Result, tongue: str) -> Hit:
    leaf, index = result.leaf, book().index
    texts = [getattr(leaf.lead, tongue)]
    texts += [
        getattr(t, tongue) for weight, t in leaf.texts if weight >= DOES and t is not leaf.name
    ]
    return Hit(
        _address(leaf.kind, leaf.key),
        leaf.kind.value,
        word_of(leaf.place) if leaf.place else "",
        tongue,
        marked(getattr(leaf.name, tongue), result.by, index),
        quoted(texts, result.by, index),
        _why(result.by, tongue),
    )


def _why(by: Sequence[Unit], tongue: str) -> list[str]:
    """Return the words that found it; beside a word, what it was taken to mean where that is another.

    A word of a phrase that found it too is not said twice.
    """
    phrases = [unit.said for unit in by]
    said = []
    for unit in by:
        if any(_within(unit.said, phrase) for phrase in phrases if phrase != unit.said):
            continue
        labels = [meaning.label[tongue] for meaning in unit.meanings]
        other = [label for label in labels if not _within(label.lower(), unit.said)]
        said.append(f"{unit.said} ({other[0]})" if other else unit.said)
    return list(dict.fromkeys(said))


def _within(words: str, others: str) -> bool:
    return f" {words} " in f" {others} "


def _address(kind: Kind, key: str) -> str:
    """Return where a result stands, after the language."""
    if kind is Kind.REMEDY:
        return f"z/o/{code_of(key)}/"
    if kind in {Kind.RIGHT, Kind.CONTACT}:
        return {Kind.RIGHT: "r/", Kind.CONTACT: "t/"}[kind]
    numbered: dict[Kind, tuple[Iterable[str], str]] = {
        Kind.NAMED: (book().named, "z/d/#d{}"),
        Kind.TOPIC: (book().topics, "v/{}/"),
        Kind.STANDARD: (book().standards, "z/s/{}/"),
        Kind.RESOURCE: (book().resources, "z/r/#r{}"),
        Kind.CASE: (book().cases, "z/c/#c{}"),
    }
    group, address = numbered[kind]
    return address.format(list(group).index(key) + 1)
