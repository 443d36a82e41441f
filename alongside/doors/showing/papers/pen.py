"""The pen: writes texts of the content into a paper, in its language, else in English and in French."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from alongside.domain.clocks import State
from alongside.domain.facts import Conflict, Kind, Silence
from alongside.domain.facts import Span as Days
from alongside.doors.showing.speaking import book
from alongside.doors.showing.telling import told_as
from alongside.library.paper.document import Heading, Note, Origin, Said
from alongside.library.words import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from alongside.domain.clocks import Ticking
    from alongside.domain.facts import Answer
    from alongside.domain.pathways import Pathway
    from alongside.library.paper.document import Weight
    from alongside.library.reading import Text
    from alongside.library.vocabulary import FactEntry
    from alongside.library.words import Voice

Parts = tuple[Span, ...]
MONTHS_FROM = 90
"""From how many days on what is left of a limit is said in months, as on the pages."""


class Pen:
    """Writes one paper, and names the answers that its statements stand on."""

    def __init__(self, voice: Voice, answers: Mapping[str, Answer] | None = None) -> None:
        """Write with ``voice``. ``answers``: what may be named as an origin; None for nothing."""
        self.voice, self._answers = voice, answers or {}
        self._numbers: dict[str, int] = {}

    def say(self, text: Text, **fill: object) -> Parts:
        """Return a text, with its places filled in; a day is written as the language at hand does."""
        return tuple(
            Span(span.lang, self._filled(span.text, span.lang, fill) if fill else span.text)
            for span in self.voice.spans(text)
        )

    def word(self, key: str, **fill: object) -> Parts:
        """Return words of the pages by key."""
        return self.say(self.voice.word(key), **fill)

    def _filled(self, text: str, lang: str, fill: Mapping[str, object]) -> str:
        tongue = self.voice.words.languages.get(lang, self.voice.language)
        said = {k: tongue.day(v) if isinstance(v, date) else v for k, v in fill.items()}
        return text.format_map(said)

    def one(self, key: str, lang: str) -> str:
        """Return words of the pages in one of the two languages that they are authored in."""
        text = self.voice.word(key)
        return text.fr if lang == "fr" else text.en

    def heading(self, parts: Parts, level: int = 1) -> Heading:
        """Return a heading."""
        return Heading(parts, level)

    def note(self, weight: Weight, *keys: str) -> Note:
        """Return a note of words of the pages."""
        return Note(tuple(Said(self.word(key)) for key in keys), weight)

    def day(self, day: date) -> Parts:
        """Return a day."""
        return (Span(self.voice.language.key, self.voice.language.day(day)),)

    def code(self, text: str) -> Parts:
        """Return what stands the same in every language: a key of the rules, the place in a law."""
        return (Span("en", text),)

    # What was told

    def origins(self, keys: Iterable[str]) -> tuple[Origin, ...]:
        """Return the answers behind a statement: of these facts those that were told."""
        told = (key for key in keys if key in self._answers)
        return tuple(self._origin(key) for key in dict.fromkeys(told))

    def _origin(self, key: str) -> Origin:
        number = self._numbers.setdefault(key, len(self._numbers) + 1)
        word = self.voice.word("paper_answer")
        label = self.voice.find(word) or word.en  # a label is in one language
        fact = book().vocabulary.facts[key]
        return Origin(
            label.format(n=number),
            (*stopped(self.say(fact.name)), *self.told(fact, self._answers[key])),
        )

    def told(self, fact: FactEntry, answer: Answer) -> Parts:
        """Return an answer in words; the versions of one that does not agree with itself."""
        if isinstance(answer, Conflict):
            either = (part for version in answer.versions for part in self.told(fact, version))
            return (*self.word("two_versions"), *either)
        word = told_as(fact, answer)
        if word:
            return self.word(word)
        if isinstance(answer, Days):
            return self._days(answer)
        if isinstance(answer, str) and answer in fact.labels:
            return self.say(fact.labels[answer])
        if fact.kind is Kind.REGION and isinstance(answer, str):
            return self.word(f"region_{answer}")
        return () if isinstance(answer, Silence) else self.code(f"{answer}")

    def _days(self, days: Days) -> Parts:
        language = self.voice.language
        if days.earliest == days.latest:
            return self.day(days.earliest)
        if days.earliest.month == days.latest.month and days.earliest.year == days.latest.year:
            return (Span(language.key, language.month(days.earliest)),)
        return self.code(str(days.earliest.year))

    # Limits, as the pages say them (``showing/parts.html``)

    def deadline(self, ticking: Ticking) -> Parts:
        """Return when a limit ends, and how long that is from now."""
        if ticking.state is State.UNDATED or ticking.ends_on is None or ticking.days_left is None:
            return self.word("deadline_undated")
        left = ticking.days_left
        if ticking.state is State.PASSED:
            return _together(
                self.word("deadline_passed", date=ticking.ends_on),
                self.voice.count("days_past", -left),
            )
        same_day = ticking.clock.length is not None and not ticking.clock.length.count
        key = "deadline_same_day" if same_day else "deadline"
        key = "deadline_check" if ticking.state is State.CHECK else key
        rest = ("days_left", left) if left < MONTHS_FROM else ("months_left", left // 30)
        return _together(self.word(key, date=ticking.ends_on), self.voice.count(*rest))

    def until(self, path: Pathway) -> Parts:
        """Return until when a way is closed, empty where no day is known."""
        if path.until is None:
            return ()
        return self.word(
            "until_likely" if path.until_kind == "likely" else "until_on", date=path.until
        )


def _together(said: Parts, left: Parts) -> Parts:
    """Join a sentence and what stands in brackets after it, language by language."""
    rest = {span.lang: span.text for span in left}
    return tuple(
        Span(s.lang, f"{s.text} ({rest[s.lang]})" if s.lang in rest else s.text) for s in said
    )


def stopped(parts: Parts) -> Parts:
    """End texts with a full stop, so that what follows on the same line is read apart."""
    return tuple(s if s.text[-1:] in ".?!:" else s._replace(text=f"{s.text}.") for s in parts)
