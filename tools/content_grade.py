"""The reading level of the English a person reads: an estimate, and the texts that are hardest.

Flesch-Kincaid counts words, sentences and syllables and knows nothing of meaning. Syllables are
guessed from vowels, so a grade is right to about half a grade; below some thirty words it is noise.
It catches long sentences of long words, and nothing else; reading aloud catches the rest.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tools.content_texts import Placed

MOST_OF_A_KIND = 6.0  # the design asks for grade 6 or below
MOST_OF_A_TEXT = 10.0  # one hard sentence among easy ones is borne up to here
ENOUGH_WORDS = 25  # shorter texts are judged with their kind only
SHOWN = 10
# Services, people and offices are called what they are called.
NAMES_OF_OTHERS = frozenset({"contacts.name", "resources.by", "services.name"})

WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?|\d[\d,.:-]*")
SENTENCE_END = re.compile(r"[.?!:;…]+(?=['’\")\s]|$)")
VOWELS = re.compile(r"[aeiouy]+")
SILENT_END = re.compile(
    r"(?<![aeiouyl])e$|(?<=[^aeiouy][aeiouy]l)e$|(?<=[^td])ed$|(?<=[^scxzgh])es$"
)


@dataclass(frozen=True)
class Count:
    """Words, sentences and syllables of one text or of many."""

    words: int = 0
    sentences: int = 0
    syllables: int = 0

    def __add__(self, other: Count) -> Count:
        """Count two texts as one."""
        return Count(
            self.words + other.words,
            self.sentences + other.sentences,
            self.syllables + other.syllables,
        )

    @property
    def grade(self) -> float:
        """The Flesch-Kincaid grade; 0 for a text without words."""
        if not self.words:
            return 0.0
        return (
            0.39 * self.words / max(1, self.sentences) + 11.8 * self.syllables / self.words - 15.59
        )


def count(text: str) -> Count:
    """Count one text; what has no full stop is one sentence."""
    words = WORD.findall(text)
    ended = SENTENCE_END.search(text.rstrip("'’\") ")[-1:]) is not None
    sentences = len(SENTENCE_END.findall(text)) + (0 if ended else 1)
    return Count(len(words), sentences, sum(map(_syllables, words)))


def _syllables(word: str) -> int:
    if word[0].isdigit():
        return 1
    plain = re.split(r"['’]", word.lower())[0]
    vowels = len(VOWELS.findall(plain))
    return max(1, vowels - (1 if vowels > 1 and SILENT_END.search(plain) else 0))


def levels(texts: Iterable[Placed]) -> tuple[dict[str, Count], list[tuple[float, Placed]]]:
    """Count each kind as one long text, and grade every text that is long enough, hardest first."""
    kinds: dict[str, Count] = defaultdict(Count)
    graded = []
    for text in texts:
        if not text.for_workers or text.kind in NAMES_OF_OTHERS:
            continue
        counted = count(text.en)
        kinds[text.kind] += counted
        if counted.words >= ENOUGH_WORDS:
            graded.append((counted.grade, text))
    return dict(kinds), sorted(graded, key=lambda pair: -pair[0])


def too_hard(texts: Iterable[Placed]) -> Iterator[str]:
    """Refuse a kind above its grade, and a text above its own."""
    kinds, graded = levels(texts)
    for kind, counted in sorted(kinds.items()):
        if counted.grade > MOST_OF_A_KIND:
            level = f"{kind} reads at grade {counted.grade:.1f}"
            yield f"content: {level}; at most {MOST_OF_A_KIND}. Shorten its sentences."
    for grade, text in graded:
        if grade > MOST_OF_A_TEXT:
            level = f"grade {grade:.1f}; at most {MOST_OF_A_TEXT}"
            yield f"{text.place}: {level}. Split the sentence: {text.en[:60]!r}"


def table(texts: Iterable[Placed]) -> Iterator[str]:
    """Write the level of each kind and the hardest texts, for a person to read."""
    kinds, graded = levels(texts)
    yield "Reading level of the English, by kind (Flesch-Kincaid grade, an estimate):"
    rows = [f"{counted.grade:5.1f} {kind}" for kind, counted in sorted(kinds.items())]
    for start in range(0, len(rows), 3):
        yield "  " + "".join(f"{row:30}" for row in rows[start : start + 3]).rstrip()
    yield f"The {SHOWN} hardest of {len(graded)} texts of {ENOUGH_WORDS} words or more:"
    for grade, text in graded[:SHOWN]:
        yield f"  {grade:4.1f} {text.place} {text.field}: {text.en[:70]}"
