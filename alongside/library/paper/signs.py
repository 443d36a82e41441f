"""Signs: what the fonts of the Book can print, and what must be fenced off to read in its own direction."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from alongside.library.marking import Run, runs

if TYPE_CHECKING:
    from collections.abc import Iterator

UNPRINTABLE = "[?]"
"""What stands for signs that no font of the Book has."""
LATIN_SIGNS = (
    "\u0020-\u007e\u00a0-\u00ac\u00ae-\u00ff\u0131\u0152\u0153"
    "\u2013\u2014\u2018-\u201a\u201c-\u201e\u2022\u2026\u2039\u203a\u20ac\u2212"
)
ARABIC_SIGNS = (
    "\u060c\u060d\u0610-\u0612\u0615\u061b\u061f\u0621-\u063a\u063d\u0640-\u0658\u065a\u065b"
    "\u0660-\u0671\u0674\u0679\u067c\u067e\u0681\u0685\u0686\u0688\u0689\u0691\u0693\u0695\u0696\u0698"
    "\u069a\u06a0\u06a1\u06a4\u06a9-\u06ad\u06af\u06b5\u06ba\u06bc-\u06be\u06c0-\u06c3\u06c6-\u06d0"
    "\u06d2-\u06d5\u06dc-\u06de\u06e9\u06f0-\u06f9\u200c\u200d"
)
ALIKE = str.maketrans("\u2010\u2011\u2012\u2015\u2032\u2033\u202f", "--\u2013\u2014'\"\u00a0")
"""Signs that another, which has a picture, stands for without a loss."""
MORE_SIGNS = (
    "\u0100-\u024f\u0300\u0301\u0303\u0309\u0323\u0370-\u0377\u037a-\u037f\u0384-\u038a\u038c"
    "\u038e-\u03a1\u03a3-\u03e1\u03f0-\u052f\u0900-\u097f\u1e00-\u1eff"
)
"""Signs of other languages, for what people say in their own words: no page of ours is in them."""
NO_FONT = re.compile(f"[^\n{LATIN_SIGNS}{ARABIC_SIGNS}{MORE_SIGNS}]+")
CONTROLS = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Signs without a picture. Those that turn a direction around would turn what comes after too."""
SPACES = re.compile(r"[^\S\n\u00a0]")
LATIN_RUN = re.compile(r"[\w+(@#$&][\w.,:;/()+@#&'’%$ \u00a0-]*[\w)%$+]|[\w]", re.ASCII)
LONGEST_FENCE = 24
LONGEST_WORD = 20
_OPEN = {"ltr": Run("\u2066", ""), "rtl": Run("\u2067", "")}
_CLOSE = Run("\u2069", "")
LONG = re.compile(rf"\S{{{LONGEST_WORD}}}(?=\S)")
RTL_TONGUES = frozenset({"ar", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"})


def printable(text: str) -> str:
    """Return a text with every sign that would not print told as such; lines stay lines."""
    lines = "\n".join(unicodedata.normalize("NFC", text).splitlines())
    return NO_FONT.sub(UNPRINTABLE, SPACES.sub(" ", CONTROLS.sub("", lines.translate(ALIKE))))


def direction_of(text: str, lang: str) -> str:
    """Return how a text runs, *ltr* or *rtl*: by its language, else by its first letter."""
    if lang in RTL_TONGUES:
        return "rtl"
    first = next((c for c in text if unicodedata.bidirectional(c) in {"L", "R", "AL"}), "")
    return "rtl" if first and unicodedata.bidirectional(first) != "L" else "ltr"


def cut(text: str, lang: str, around: str) -> list[Run]:
    """Cut a printable text in a language where something stands in it that has to be fenced off.

    ``around``: how the paper runs. A text that runs the other way is fenced off line by line, with the
    isolates of Unicode (UAX 9): a piece set in another direction by itself would not hold what stands
    inside it together. The kinds are those of ``marking.runs``, with *line* for the end of a line and
    *seam* for a place inside a long word where a line may break. In a text that runs right to left every
    piece in Latin letters or digits is fenced: a telephone number as people write it, a code, a name, a day.
    """
    direction = direction_of(text, lang)
    found: list[Run] = []
    for number, line in enumerate(text.split("\n")):
        inner = [
            piece
            for run in (_right_to_left(line) if direction == "rtl" else runs(line))
            for piece in _fenced(run, direction)
        ]
        found += [Run("\n", "line")] if number else []
        found += inner if direction == around else [_OPEN[direction], *inner, _CLOSE]
    return found


def _fenced(run: Run, direction: str) -> list[Run]:
    if run.kind == "number":
        return [run]
    pieces = list(_seamed(run))
    fence = run.kind == "foreign" and direction == "rtl"
    return [_OPEN["ltr"], *pieces, _CLOSE] if fence else pieces


def _right_to_left(text: str) -> Iterator[Run]:
    at = 0
    for match in LATIN_RUN.finditer(text):
        start, end = _balanced(text, match.start(), match.end())
        if start >= end:
            continue
        piece = text[start:end]
        if start > at:
            yield Run(text[at:start], "")
        short = len(piece) <= LONGEST_FENCE and not re.search(r"[A-Za-z]{3}", piece)
        yield Run(piece, "number" if short else "foreign")
        at = end
    if at < len(text):
        yield Run(text[at:], "")


def _balanced(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave outside a parenthesis whose other half is not inside: it belongs to the text around."""
    while (
        start < end
        and text[start] == "("
        and text.count(")", start, end) < text.count("(", start, end)
    ):
        start += 1
    while (
        start < end
        and text[end - 1] == ")"
        and text.count("(", start, end) < text.count(")", start, end)
    ):
        end -= 1
    return start, end


def _seamed(run: Run) -> Iterator[Run]:
    at = 0
    for match in LONG.finditer(run.text):
        yield Run(run.text[at : match.end()], run.kind)
        yield Run("", "seam")
        at = match.end()
    yield Run(run.text[at:], run.kind)
