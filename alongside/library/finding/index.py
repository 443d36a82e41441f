"""The index: which thing says which word, how strongly; and what of it a question finds.

How results are ranked, in three sentences (docs/explanation/finding.md). A word counts by where it
stands: in a name most, in a note least. A word that few things say counts more than one that many say.
What says all that was asked comes before what says a part of it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from alongside.library.finding.asking import Asked, Unit, asked_of
from alongside.library.finding.leaves import NAME, PRIOR, Leaf
from alongside.library.finding.meanings import Terms
from alongside.library.finding.terms import Stems, folded, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from alongside.library.finding.meanings import Meanings
    from alongside.library.reading import Text

ABOUT = 12.0
"""How much it counts that a meaning names the thing itself."""
BY_MEANING, BY_LIKENESS = 0.8, 0.7
"""What another word for it counts, and a word that is nearly the one written, against the word itself."""
PARTLY = 1.5
HERE, ELSEWHERE, SOMEWHERE = 2.0, 0.15, 0.9
"""Times what: a result of the province that was asked about, of another, of any where none was named."""
Weights = dict[int, float]


@dataclass(frozen=True, slots=True)
class Result:
    """One thing found, how well it fits, and the parts of the question that found it."""

    leaf: Leaf
    score: float
    by: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a question found, best first; ``asked``: the question as it was understood."""

    asked: Asked
    results: tuple[Result, ...]

    @property
    def unsaid(self) -> tuple[Unit, ...]:
        """The parts of the question that nothing in the Book says."""
        return tuple(unit for unit in self.asked.units if not unit.known)


class Index:
    """An index over some leaves. It is made once and only read from then on."""

    def __init__(self, found: Sequence[Leaf], meanings: Meanings) -> None:
        """Read every text of the leaves."""
        self.leaves, self.meanings = found, meanings
        self._terms: dict[str, Weights] = defaultdict(dict)
        self._meant: dict[str, Weights] = defaultdict(dict)
        self.surfaces: dict[str, Terms] = {}
        reader = _Reader(meanings)
        for number, leaf in enumerate(found):
            for weight, text in leaf.texts:
                terms, meant = reader.read(text)
                for table, keys in ((self._terms, terms), (self._meant, meant)):
                    for key in keys:
                        _keep(table[key], number, weight)
        for word, terms in reader.known():
            self.surfaces[word] = self.surfaces.get(word, Terms()) | terms
        self._point()

    def _point(self) -> None:
        at = {leaf.key: number for number, leaf in enumerate(self.leaves)}
        for meaning in self.meanings.by_key.values():
            for key in meaning.about:
                _keep(self._meant[meaning.key], at[key], ABOUT)

    def find(self, question: str, most: int) -> Found:
        """Return what a question finds, at most so many, best first."""
        asked = asked_of(question, self)
        scores, by = dict[int, float](), dict[int, list[Unit]]()
        for unit in asked.units:
            for number, weight in self._worth(unit).items():
                scores[number] = scores.get(number, 0.0) + weight
                by.setdefault(number, []).append(unit)
        whole = sum(unit.counts for unit in asked.units) or 1.0
        results = [
            Result(
                leaf, self._settled(score, by[number], whole, leaf, asked.place), tuple(by[number])
            )
            for number, score in scores.items()
            for leaf in (self.leaves[number],)
        ]
        order = {leaf.key: number for number, leaf in enumerate(self.leaves)}
        results.sort(key=lambda result: (-result.score, order[result.leaf.key]))
        return Found(asked, tuple(results[:most]))

    def _settled(
        self, score: float, by: Iterable[Unit], whole: float, leaf: Leaf, place: str
    ) -> float:
        part: float = sum(unit.counts for unit in by) / whole
        return score * math.pow(part, PARTLY) * PRIOR[leaf.kind] * _nearness(leaf.place, place)

    def _worth(self, unit: Unit) -> Weights:
        """Return what a part of a question is worth to each leaf that says it."""
        best: Weights = {}
        like = BY_LIKENESS if unit.near else 1.0
        for term in unit.terms:
            for number, weight in self._terms.get(term, {}).items():
                _keep(best, number, weight * like)
        for meaning in unit.meanings:
            for number, weight in self._meant.get(meaning.key, {}).items():
                pointed = weight if weight > NAME else weight * BY_MEANING
                _keep(best, number, pointed * like)
        rare = math.log(1 + len(self.leaves) / len(best)) if best else 0.0
        return {number: weight * rare * unit.counts for number, weight in best.items()}

    def knows(self, row: Sequence[Terms], at: int) -> bool:
        """Say whether anything says the word at a place of a question, or a meaning begins with it."""
        return self.says(row[at]) or any(self.meanings.at(row, at, typed=True))

    def says(self, terms: Terms) -> bool:
        """Say whether anything in the Book says one of these terms."""
        return any(term in self._terms for term in terms)


def _nearness(where: str, asked: str) -> float:
    if where in {"", "fed"}:
        return 1.0
    if not asked:
        return SOMEWHERE
    return HERE if where == asked else ELSEWHERE


def _keep(weights: Weights, number: int, weight: float) -> None:
    weights[number] = max(weights.get(number, 0.0), weight)


class _Reader:
    """Reads texts, each once: a danger is told with many remedies."""

    def __init__(self, meanings: Meanings) -> None:
        self._meanings, self._stems = meanings, Stems()
        self._words: dict[tuple[str, str], Terms] = {}
        self._texts: dict[Text, tuple[Terms, Terms]] = {}

    def read(self, text: Text) -> tuple[Terms, Terms]:
        """Return the terms of a text, and the keys of what it means."""
        if text not in self._texts:
            rows = [self._row(text.en, "en"), self._row(text.fr, "fr")]
            self._texts[text] = (
                Terms().union(*(terms for row in rows for terms in row)),
                Terms(
                    meant.meaning.key
                    for row in rows
                    for place in range(len(row))
                    for meant in self._meanings.at(row, place)
                ),
            )
        return self._texts[text]

    def known(self) -> Iterator[tuple[str, Terms]]:
        """Go through every word that was read, without its accents, with its terms."""
        for (word, _), terms in self._words.items():
            yield folded(word), terms

    def _row(self, text: str, lang: str) -> list[Terms]:
        row = []
        for word in words(text):
            key = (word.text, lang)
            if key not in self._words:
                self._words[key] = self._stems.of(word.text, lang)
            row.append(self._words[key])
        return row
