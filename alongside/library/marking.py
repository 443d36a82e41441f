"""Marking: texts marked with their language, and numbers that cannot print backwards."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup, escape

from alongside.library.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alongside.library.reading import Text
    from alongside.library.words import Language, Span, Voice

NUMBER = re.compile(r"(?<![\w-])(?:1-\d{3}-\d{3}-\d{4}|\d{3}-\d{3}-\d{4}|9-1-1)(?![\w-])")
ARABIC_SCRIPT = "\u0600-\u06ff"
FOREIGN = re.compile(rf"(?<=\()[A-Za-z][^(){ARABIC_SCRIPT}]*(?=\))")
RIGHT_TO_LEFT = re.compile(f"[{ARABIC_SCRIPT}]")


class Run(NamedTuple):
    """A piece of a text. ``kind``: *number*, *foreign* (Latin words inside a right-to-left text) or empty."""

    text: str
    kind: str


class Speaker:
    """Turns texts into marked-up words of one language; what was worked out once is kept."""

    def __init__(self, voice: Voice, lang: str) -> None:
        """Speak with ``voice`` on pages whose language is ``lang``."""
        self.voice, self.lang = voice, lang
        self._said: dict[Text, Markup] = {}

    @property
    def language(self) -> Language:
        """The language spoken."""
        return self.voice.language

    def say(self, text: Text) -> Markup:
        """Return a text in this language, else in English and French, each marked as such."""
        found = self._said.get(text)
        if found is None:
            found = self._said[text] = self.mark(self.voice.spans(text))
        return found

    def w(self, key: str, **fill: object) -> Markup:
        """Return the words of a page by key, with places such as ``{date}`` filled in."""
        said = self.say(self.voice.word(key))
        return Markup(said.format_map({k: escape(v) for k, v in fill.items()})) if fill else said  # noqa: S704 - escaped

    def plain(self, text: Text) -> str:
        """Return a text without markup, for an attribute or an option."""
        return plain(self.voice.spans(text))

    def count(self, key: str, number: int) -> Markup:
        """Return counted words, in the plural form of the language."""
        return self.mark(self.voice.count(key, number))

    def day(self, day: date) -> str:
        """Return a day with the month in words."""
        return self.language.day(day)

    def dated(self, text: str) -> Markup:
        """Return the date of a source, written ``2024``, ``2024-06`` or ``2024-06-01``, in words."""
        year, month, day = ([int(part) for part in text.split("-")] + [0, 0])[:3]
        if not month:
            return Markup('<bdi dir="ltr">{}</bdi>').format(year)
        known = date(year, month, day or 1)
        return escape(self.language.day(known) if day else self.language.month(known))

    def number(self, phone: str) -> Markup:
        """Return a telephone number that can be tapped and cannot print backwards."""
        digits = re.sub(r"\D", "", phone)
        return Markup('<a class="tel" href="tel:{}"><bdi dir="ltr">{}</bdi></a>').format(
            digits, phone
        )

    def mark(self, spans: Iterable[Span]) -> Markup:
        """Return runs of text, each marked with its language where the page speaks another."""
        spans = tuple(spans)
        if len(spans) == 1 and spans[0].lang == self.lang:
            return isolate(spans[0].text)
        shown = {span.text: span for span in reversed(spans)}  # a name alike in both stands once
        return Markup(" ").join(
            Markup('<span class="also" lang="{}" dir="ltr">{}</span>').format(
                s.lang, isolate(s.text)
            )
            for s in reversed(shown.values())
        )


def runs(text: str) -> list[Run]:
    """Cut a text where something stands in it that must be fenced off to read left to right.

    That is every telephone number, and in a right-to-left text every parenthesis in Latin letters:
    unfenced, its last full stop would jump to its beginning.
    """
    foreign = FOREIGN.finditer(text) if RIGHT_TO_LEFT.search(text) else ()
    found = {m.span(): "foreign" for m in foreign}
    for m in NUMBER.finditer(text):
        if not any(start <= m.start() < end for start, end in found):
            found[m.span()] = "number"
    cut, at = [], 0
    for (start, end), kind in sorted(found.items()):
        cut += [Run(text[at:start], ""), Run(text[start:end], kind)]
        at = end
    return [run for run in (*cut, Run(text[at:], "")) if run.text]


def isolate(text: str) -> Markup:
    """Escape a text and fence off what would read backwards in it."""
    fence = {
        "": "{}",
        "number": '<bdi dir="ltr">{}</bdi>',
        "foreign": '<bdi lang="en" dir="ltr">{}</bdi>',
    }
    found = runs(text)
    if len(found) == 1 and not found[0].kind:  # nearly every text
        return escape(text)
    return Markup("").join(Markup(fence[run.kind]).format(run.text) for run in found)  # noqa: S704 - the three above
