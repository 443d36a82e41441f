"""Wording: what a rule asks for and how long a limit is, said in words instead of lines.

A sentence is put together from texts of one language. Where one of them has no translation yet, the
whole sentence is said in English and in French: half a sentence in each helps nobody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from alongside.domain.facts import Kind
from alongside.domain.lines import Line, Op
from alongside.domain.predicates import CLOCK_READS, NEEDS
from alongside.library.words import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from alongside.domain.clocks import Clock
    from alongside.domain.lines import Lines, Test
    from alongside.library.book import Book
    from alongside.library.reading import Text
    from alongside.library.words import Voice

SURE = {"LAW": "law", "T": "law", "GOV": "page", "R": "page", "M": "check", "SEC": "check"}


class UntranslatedError(LookupError):
    """A text that this language does not have yet."""


class Teller:
    """Says rules in one language; raises UntranslatedError where a text of it is missing."""

    def __init__(self, book: Book, voice: Voice) -> None:
        """Tell the rules of ``book`` with ``voice``."""
        self._book, self._voice = book, voice

    def text(self, text: Text) -> str:
        """Return a text of the content."""
        found = self._voice.find(text)
        if found is None:
            raise UntranslatedError(text.key)
        return found

    def word(self, key: str, **fill: object) -> str:
        """Return words of a page, with their places filled in."""
        return self.text(self._voice.word(key)).format_map(fill)

    def name(self, key: str) -> str:
        """Return the name of a fact."""
        return self.text(self._book.vocabulary.facts[key].name)

    def test(self, test: Test) -> str:
        """Return one line of a rule, or a named predicate by the facts it looks at."""
        if not isinstance(test, Line):
            names = ", ".join(self.name(key) for key in NEEDS[test.name].reads)
            return self.word("carry_depends", names=names)
        kind = self._book.vocabulary.facts[test.fact].kind
        if kind is Kind.YES_NO:
            return self._yes_no(test)
        if kind in {Kind.CHOICE, Kind.REGION}:
            return self._choice(test)
        return self._measure(test)

    def _yes_no(self, line: Line) -> str:
        name, yes = self.name(line.fact), "yes" in line.words
        if line.op is Op.IS_NOT:
            return self.word("carry_not_yes", name=name) if yes else name
        return name if yes else self.word("carry_must_be_no", name=name)

    def _choice(self, line: Line) -> str:
        name, labels = self.name(line.fact), self._book.vocabulary.facts[line.fact].labels
        said = [
            self.word("carry_quote", value=self.text(labels[word]))
            if word in labels
            else self._region(word)
            for word in line.words
        ]
        values = f" {self.word('carry_or')} ".join(dict.fromkeys(said))
        if line.op is Op.IS_NOT:
            return self.word("carry_must_not_be", name=name, values=values)
        return f"{name} ({values})"

    def _region(self, region: str) -> str:
        text = self._voice.word(f"region_{region}")
        return self._voice.find(text) or (text.en if text.en == text.fr else self.text(text))

    def _measure(self, line: Line) -> str:
        name = self.name(line.fact)
        if line.op is Op.AFTER and line.day:
            return self.word("carry_after", name=name, date=self._voice.language.day(line.day))
        if line.op is Op.OLDER_THAN_MONTHS and not line.amount:
            return name
        pattern = {
            Op.AT_LEAST: "carry_at_least",
            Op.WITHIN_DAYS: "carry_within_days",
            Op.OLDER_THAN_MONTHS: "carry_older_months",
        }[line.op]
        return self.word(pattern, name=name, n=f"{line.amount:g}")

    def group(self, group: Iterable[Test]) -> str:
        """Return lines that must all fit."""
        return f" {self.word('carry_together')} ".join(self.test(test) for test in group)

    def groups(self, lines: Lines) -> str:
        """Return groups of lines of which one is enough."""
        return f" {self.word('carry_or')} ".join(self.group(group) for group in lines.groups)

    def length(self, clock: Clock) -> str:
        """Return how long a limit is."""
        if clock.length is None:
            return self.word(f"carry_clock_{clock.predicate}")
        if not clock.length.count:
            return self.word("carry_same_day")
        found = self._voice.count(f"carry_{clock.length.unit}", clock.length.count)
        if len(found) > 1:
            raise UntranslatedError(clock.length.unit)
        return found[0].text

    def start(self, clock: Clock) -> str:
        """Return the day that a limit counts from."""
        facts = self._book.vocabulary.facts
        keys = clock.starts or CLOCK_READS[clock.predicate]
        days = [k for k in keys if facts[k].kind is Kind.DATE] or list(keys)
        names = " / ".join(self.name(key) for key in days)
        if len(days) == 1:
            return names
        return self.word("carry_latest_of" if clock.latest_of else "carry_first_of", names=names)

    def conditions(self, clock: Clock) -> str:
        """Return when a limit runs at all, empty when always."""
        said = []
        if clock.when:
            said.append(f"{self.word('carry_only_when')} {self.groups(clock.when)}.")
        if clock.unless:
            said.append(f"{self.word('carry_not_when')} {self.groups(clock.unless)}.")
        return " ".join(said)


class Wording:
    """Says rules in the language of a page, else in English and in French."""

    def __init__(self, book: Book, voices: Mapping[str, Voice], lang: str) -> None:
        """Say the rules of ``book`` on pages in ``lang``; English and French are among ``voices``."""
        self._tellers = {key: Teller(book, voices[key]) for key in (lang, "en", "fr")}
        self._lang = lang

    def spans(self, tell: Callable[[Teller], str]) -> tuple[Span, ...]:
        """Return one sentence, put together by ``tell``."""
        try:
            return (Span(self._lang, tell(self._tellers[self._lang])),)
        except UntranslatedError:
            return Span("en", tell(self._tellers["en"])), Span("fr", tell(self._tellers["fr"]))


def sure_of(clock: Clock) -> str:
    """Return how sure a limit is: *law*, *page*, *check*, or *ask* when no length may be shown."""
    return SURE.get(clock.confidence, "ask") if clock.prints_date else "ask"
