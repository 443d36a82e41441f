"""Terms: the words of a text as the search compares them, without accents, endings and elisions.

The stems are those of Snowball (Porter's family of stemmers), a French and an English one. What is
typed on a phone often has no accents, so a French word has two terms: its stem without accents, and
the stem of the word without accents.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

WORD = re.compile(r"\d+(?:[-.,]\d+)+|[^\W_]+(?:&[^\W_]+)*")
ELIDED = re.compile(r"\b(?:[ldjnsmtc]|(?:lors|puis|jus)?qu)'(?=\w)")
POSSESSIVE = re.compile(r"'s?\b")
LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})
APOSTROPHES = str.maketrans(
    {"\u2019": "'", "\u02bc": "'"}
)  # as phones and our own texts write them
LANGUAGES = ("en", "fr")
APART = dict.fromkeys(("employer", "employers", "employeuse", "employeuses"), "employeur")
"""Words whose stem is that of others, *employment* and *emploi*, and that say something else."""


class Word(NamedTuple):
    """A word where it stands in a text: from ``start`` up to ``end``, as written in small letters."""

    start: int
    end: int
    text: str


class Stems:
    """The stemmers. A stemmer holds the word it works on, so that each thread needs its own."""

    def __init__(self) -> None:
        """Make one for each language."""
        # Only here: it reads every language that it knows, and the command line needs none of them.
        from snowballstemmer import stemmer  # type: ignore[import-untyped]  # noqa: PLC0415

        self._english, self._french = stemmer("english"), stemmer("french")

    def of(self, word: str, lang: str) -> frozenset[str]:
        """Return the terms of a word in one language."""
        plain = folded(word)
        if plain in APART:
            return frozenset({APART[plain]})
        if lang == "en":
            return frozenset({self._english.stemWord(plain)})
        return frozenset({folded(self._french.stemWord(word)), self._french.stemWord(plain)})

    def of_either(self, word: str) -> frozenset[str]:
        """Return the terms of a word of which nobody knows the language."""
        return self.of(word, "en") | self.of(word, "fr")


def folded(text: str) -> str:
    """Return a text without its accents."""
    cut = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in cut if not unicodedata.combining(sign))


def words(text: str) -> Iterator[Word]:
    """Go through the words of a text in their order, without what is elided before them.

    Every sign keeps its place: what is elided or possessive becomes spaces, so that ``start`` and
    ``end`` hold for the text as it was given, where each sign is one also in small letters.
    """
    low = text.translate(APOSTROPHES).lower()
    if len(low) != len(text):  # a sign that is two in small letters; none is French or English
        low = "".join(_small(sign) for sign in text)
    for pattern in (ELIDED, POSSESSIVE):
        low = pattern.sub(lambda found: " " * len(found[0]), low)
    for found in WORD.finditer(low):
        yield Word(found.start(), found.end(), found[0].translate(LIGATURES))


def _small(sign: str) -> str:
    low = sign.translate(APOSTROPHES).lower()
    return low if len(low) == 1 else sign
