"""Writing a paper of what was told: answers in words, where each came from, and the gaps that are left."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from alongside.domain.consent import compartment_of
from alongside.domain.facts import Conflict, Facts, Kind, Silence, Span, Truth
from alongside.library.paper.document import Origin, Said
from alongside.library.words import Span as Run

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from alongside.domain.facts import Answer, Value
    from alongside.library.book import Book
    from alongside.library.reading import Cite, Text
    from alongside.library.vocabulary import FactEntry
    from alongside.library.words import Voice

OFFICIAL = ("en", "fr")
"""The languages of papers: those that offices and courts read."""
DECEMBER = 12


class Why(StrEnum):
    """Why a fact is not known; each is told in words of its own. The value ends the key of those words."""

    UNSAID = "unsaid"
    UNSURE = "unsure"
    CONFLICT = "conflict"
    KEPT = "kept"
    CLOSED = "closed"


UNASKED = frozenset({Why.KEPT, Why.CLOSED})
"""What nobody is asked for because of a gap: it is the person's to tell, or to open."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a paper may stand on. ``opened``: the sections that are open to its reader; None means all.

    ``told_on``: the day on which each answer was told, where that is known.
    """

    answers: Mapping[str, Answer]
    told_on: Mapping[str, date] = field(default_factory=dict)
    opened: frozenset[str] | None = None

    def why(self, fact: FactEntry) -> Why | None:
        """Say why a fact is not known; None when it is."""
        answer = self.answers.get(fact.key)
        if isinstance(answer, Conflict):
            return Why.CONFLICT
        if isinstance(answer, Silence):
            return Why.KEPT if answer is Silence.RATHER_NOT_SAY else Why.UNSURE
        if answer is not None:
            return None
        place = compartment_of(fact.section, apart=fact.apart)
        closed = self.opened is not None and place not in self.opened
        return Why.CLOSED if closed else Why.UNSAID


class Writer:
    """Writes the parts of one paper in one official language, and numbers what they come from."""

    def __init__(self, book: Book, voice: Voice, known: Known) -> None:
        """Write of what is ``known`` with ``voice``, which must be one of :data:`OFFICIAL`."""
        self.book, self.voice, self.known = book, voice, known
        self.lang = voice.language.key
        self._answers: dict[str, Origin] = {}
        self._law: dict[tuple[Cite, ...], Origin] = {}

    def text(self, text: Text) -> str:
        """Return a text of the content in the language of the paper."""
        return text.fr if self.lang == "fr" else text.en

    def word(self, key: str, **fill: object) -> str:
        """Return words by key, with their places filled in."""
        return self.text(self.voice.word(key)).format_map(fill)

    def runs(self, text: str) -> tuple[Run, ...]:
        """Return a text as a document holds it."""
        return (Run(self.lang, text),)

    def frame(self, key: str, **fill: object) -> Said:
        """Return words of the paper itself, which say nothing of the person."""
        return Said(self.runs(self.word(key, **fill)))

    # Answers

    def fact(self, key: str) -> FactEntry:
        """Return a fact."""
        return self.book.vocabulary.facts[key]

    def name(self, key: str) -> str:
        """Return the name of a fact."""
        return self.text(self.fact(key).name)

    def names(self, keys: Iterable[str]) -> str:
        """Return the names of facts as one list."""
        return "; ".join(self.name(key) for key in keys)

    def value(self, fact: FactEntry, value: Value) -> str:
        """Return one value in words."""
        if isinstance(value, bool):
            return self.word("yes" if value else "no")
        if isinstance(value, Span):
            return self.days(value)
        if isinstance(value, str):
            return self._chosen(fact, value)
        plain = f"{value:,.2f}".removesuffix(".00") if value % 1 else f"{value:,.0f}"
        if self.lang == "fr":
            plain = plain.replace(",", "\u00a0").replace(".", ",")
        return self.word("outline_money", n=plain) if fact.kind is Kind.MONEY else f"{value:g}"

    def _chosen(self, fact: FactEntry, value: str) -> str:
        if value in fact.labels:
            return self.text(fact.labels[value])
        return self.word(f"region_{value}") if fact.kind is Kind.REGION else value

    def days(self, span: Span) -> str:
        """Return a day, or the days between which it lies, never as more exact than it was told."""
        first, last, language = span.earliest, span.latest, self.voice.language
        if first == last:
            return language.day(first)
        if (first.day, first.year) == (1, last.year) and _ends_month(last):
            if first.month == last.month:
                return language.month(first)
            if (first.month, last.month) == (1, DECEMBER):
                return str(first.year)
        return self.word("outline_between", first=language.day(first), last=language.day(last))

    def answer(self, key: str) -> str:
        """Return an answer in words, or all of its versions where they do not agree."""
        fact, answer = self.fact(key), self.known.answers[key]
        if isinstance(answer, Silence):
            return self.word("rather_not_say" if answer is Silence.RATHER_NOT_SAY else "dont_know")
        versions = answer.versions if isinstance(answer, Conflict) else (answer,)
        return " / ".join(self.value(fact, version) for version in versions)

    def origin(self, key: str) -> Origin:
        """Return where an answer stands: the question, the answer to it, and the day it was told."""
        if key not in self._answers:
            label = self.word("outline_answer", n=len(self._answers) + 1)
            told = self.word(
                "outline_origin",
                question=self.text(self.fact(key).question),
                answer=self.answer(key),
            )
            if key in self.known.told_on:
                day = self.voice.language.day(self.known.told_on[key])
                told = f"{told} {self.word('outline_told_on', date=day)}"
            self._answers[key] = Origin(label, self.runs(told))
        return self._answers[key]

    def said(self, text: str, keys: Iterable[str]) -> Said:
        """Return a statement that stands on answers."""
        return Said(self.runs(text), tuple(self.origin(key) for key in keys))

    # Law and gaps

    def law(self, text: str, cites: tuple[Cite, ...]) -> Said:
        """Return what is asked for, with its citation."""
        if cites not in self._law:
            label = self.word("outline_law", n=len(self._law) + 1)
            self._law[cites] = Origin(label, self.runs(self.book.sources.cited(cites, self.lang)))
        return Said(self.runs(text), (self._law[cites],))

    def gaps(self, keys: Iterable[str], ask: str = "") -> tuple[Said, ...]:
        """Return what is not known, apart by the reason; ``ask`` is the question that closes it, if one helps.

        What somebody keeps to themselves is not asked for again, and what is not open is asked for there.
        """
        reasons: dict[Why, list[str]] = {}
        for key in dict.fromkeys(keys):
            why = self.known.why(self.fact(key))
            if why is not None and self._makes_sense(key):
                reasons.setdefault(why, []).append(key)
        return tuple(self._gap(why, reasons[why], ask) for why in Why if why in reasons)

    def _makes_sense(self, key: str) -> bool:
        """Say whether a fact can be so at all: no last day of a job that has not ended."""
        lines = self.fact(key).only_when
        told, on = Facts.told(self.known.answers), date.min  # such lines read no day
        return lines is None or lines.truth(told, on) is not Truth.NO

    def _gap(self, why: Why, keys: list[str], ask: str) -> Said:
        key = f"outline_gap_{why}" if ask or why in UNASKED else f"outline_gap_{why}_bare"
        text = self.word(key, names=self.names(keys), ask=ask)
        told = keys if why is Why.CONFLICT else ()
        return Said(self.runs(text), tuple(self.origin(key) for key in told), gap=True)


def _ends_month(day: date) -> bool:
    """Say whether a day is the last of its month."""
    return day.day == calendar.monthrange(day.year, day.month)[1]
