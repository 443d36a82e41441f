"""Quoting: the sentence of a result that says what was asked for, cut where its words begin and end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from alongside.library.finding.meanings import Terms
from alongside.library.finding.terms import LANGUAGES, folded, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from alongside.library.finding.asking import Unit
    from alongside.library.finding.index import Index, Result
    from alongside.library.finding.terms import Word

SENTENCE_END = re.compile(r"(?<=[.?!;])\s+(?![a-z0-9à-ÿ])")
LONG = 220
"""A sentence of more signs is cut before a word; what was found in it may then stand outside."""


class Piece(NamedTuple):
    """A piece of a text. ``hit``: it says what was asked for."""

    text: str
    hit: bool


def marked(text: str, by: Iterable[Unit], index: Index) -> list[Piece]:
    """Cut a text into pieces, those that say what was asked for apart."""
    pieces, at = list[Piece](), 0
    for start, end in _hits(text, list(by), index):
        if start < at:
            continue
        pieces += [Piece(text[at:start], hit=False), Piece(text[start:end], hit=True)]
        at = end
    pieces.append(Piece(text[at:], hit=False))
    return [piece for piece in pieces if piece.text]


def quoted(texts: Iterable[str], by: Sequence[Unit], index: Index) -> list[Piece]:
    """Return the sentence of these texts that says most of what was asked for; the first where none does."""
    best, most, first = "", 0, ""
    for text in texts:
        for sentence in SENTENCE_END.split(text):
            first = first or sentence
            said = {folded(sentence[a:b].lower()) for a, b in _hits(sentence, by, index)}
            if len(said) > most:
                best, most = sentence, len(said)
    return marked(_short(best or first), by, index)


def spoken(results: Iterable[Result], index: Index) -> str:
    """Return the language whose texts say the very words that were asked for, more than the other's do.

    It is asked over all results at once: one of them alone may say the same in both, or by another word.
    """
    says = dict.fromkeys(LANGUAGES, 0)
    for result in results:
        wanted = {term for unit in result.by for term in unit.terms}
        for lang in LANGUAGES:
            text = f"{getattr(result.leaf.name, lang)} {getattr(result.leaf.lead, lang)}"
            known = (index.surfaces.get(folded(word.text), Terms()) for word in words(text))
            says[lang] += sum(bool(terms & wanted) for terms in known)
    return max(LANGUAGES, key=lambda lang: says[lang])


def _short(sentence: str) -> str:
    if len(sentence) <= LONG:
        return sentence
    return sentence[:LONG].rsplit(" ", 1)[0] + " …"


def _hits(text: str, by: Sequence[Unit], index: Index) -> list[tuple[int, int]]:
    """Return where a text says what was asked for, in its order."""
    here = list(words(text))
    row = [index.surfaces.get(folded(word.text), Terms()) for word in here]
    wanted = {term for unit in by for term in unit.terms}
    meant = {meaning.key for unit in by for meaning in unit.meanings}
    found = []
    for at, word in enumerate(here):
        length = _length(row, at, meant, index)
        if length or row[at] & wanted:
            found.append((word.start, _end(here, at, length)))
    return found


def _length(row: Sequence[Terms], at: int, meant: set[str], index: Index) -> int:
    said = (m.length for m in index.meanings.at(row, at) if m.meaning.key in meant)
    return max(said, default=0)


def _end(here: Sequence[Word], at: int, length: int) -> int:
    return here[at + max(length, 1) - 1].end
