"""Finding needs in what somebody writes, in any of the languages whose words the content has.

Most languages part words by spaces; Chinese, Thai and some others do not, and are looked for inside
the row of signs. The language is never asked: it shows by the script. The longest words win.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

# Marks that are often left out in writing: Latin accents, Arabic vowel signs. Those of Indic scripts and Thai
# are part of the word.
_LEFT_OUT = re.compile("[\u0300-\u036f\u064b-\u0652\u0670\u0640]")
_SAME_LETTER = str.maketrans({
    "đ": "d", "ß": "ss", "ł": "l", "أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ئ": "ي", "ة": "ه",
    "ی": "ي", "ک": "ك",
})  # fmt: skip
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_ARTICLE = re.compile("(?:[وفبك]?ال|لل)(?=.{3})")
_PLURAL_FROM = 4  # a shorter word may end in s by itself
ZWJ = "\u200d"


def folded(text: str) -> tuple[str, ...]:
    """Return the words of a text as they are compared: no accents, capitals, articles or plural s."""
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    joined = unicodedata.normalize("NFC", _LEFT_OUT.sub("", plain)).translate(_SAME_LETTER)
    signs = "".join(sign if _of_a_word(sign) else " " for sign in joined)
    return tuple(_bare(word) for word in signs.split())


def _of_a_word(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LMN" or sign == ZWJ


def _bare(word: str) -> str:
    if word.isascii():
        return word[:-1] if len(word) >= _PLURAL_FROM and word.endswith("s") else word
    if article := _ARTICLE.match(word):
        return word[article.end() :]
    return word


def unspaced(phrase: Iterable[str]) -> bool:
    """Say whether a phrase is of a script that parts no words."""
    return any(_UNSPACED.search(word) for word in phrase)


class Asking:
    """Phrases, each leading to one need, found in a text from left to right, the longest first."""

    def __init__(self, phrases: Mapping[tuple[str, ...], str]) -> None:
        """Take folded phrases and the need that each leads to."""
        self._spaced: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._unspaced: list[tuple[str, str]] = []
        for phrase, need in phrases.items():
            if unspaced(phrase):
                self._unspaced.append(("".join(phrase), need))
            elif phrase:
                self._spaced.setdefault(phrase[0], []).append((phrase, need))
        for row in self._spaced.values():
            row.sort(key=lambda pair: -len(pair[0]))
        self._unspaced.sort(key=lambda pair: -len(pair[0]))

    def needs(self, text: str) -> tuple[str, ...]:
        """Return the needs that a text speaks of, each once, in the order they are named."""
        words = folded(text)
        found = [*self._among(words), *self._inside(words)]
        return tuple(dict.fromkeys(need for _, need in sorted(found, key=lambda pair: pair[0])))

    def _among(self, words: tuple[str, ...]) -> Iterator[tuple[int, str]]:
        at = 0
        while at < len(words):
            for phrase, need in self._spaced.get(words[at], ()):
                if words[at : at + len(phrase)] == phrase:
                    yield at, need
                    at += len(phrase) - 1
                    break
            at += 1

    def _inside(self, words: tuple[str, ...]) -> Iterator[tuple[int, str]]:
        for at, word in enumerate(words):
            if not _UNSPACED.search(word):
                continue
            row, begin = "".join(words[at:]), 0
            while begin < len(row):
                hit = next(
                    (pair for pair in self._unspaced if row.startswith(pair[0], begin)), None
                )
                if hit:
                    yield at, hit[1]
                begin += len(hit[0]) if hit else 1
            return
