"""Reading rules: needs, bars, dangers, clocks and papers, each checked against the vocabulary."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from alongside.domain.clocks import Clock
from alongside.domain.facts import Kind
from alongside.domain.lengths import Length, Unit
from alongside.domain.predicates import CLOCK_ENDS
from alongside.domain.rules import Bar, Danger, Effect, Goal, Need, Outcome, Product, Rule
from alongside.library.answers import AnswerError, read_value
from alongside.library.reading import Cite, Entry, nearest

if TYPE_CHECKING:
    from alongside.domain.facts import Value
    from alongside.domain.lines import Lines
    from alongside.library.sources import Sources
    from alongside.library.vocabulary import Vocabulary

JURISDICTIONS = (
    "fed",
    "on",
    "bc",
    "ab",
    "qc",
    "mb",
    "sk",
    "ns",
    "nb",
    "pe",
    "nl",
    "yt",
    "nt",
    "nu",
)
CODES = ("LAW", "GOV", "SEC", "GK", "T", "R", "M", "G", "C")
LENGTH = re.compile(r"(\d+) (day|month|year)s?")


def read_rule(
    entry: Entry, vocabulary: Vocabulary, bars: list[Bar], clocks: list[Clock], said: str
) -> Rule:
    """Read what is weighed of an entry: needs, dangers, papers, and its review date."""
    lawyer = entry.words("lawyer_first")
    return Rule(
        key=entry.word("key"),
        jurisdiction=_jurisdiction(entry),
        needs=tuple(
            Need(_as_lines(entry, "needs", n, vocabulary), said) for n in entry.words("needs")
        ),
        bars=tuple(bars),
        lawyer_first=tuple(
            _as_lines(entry, "lawyer_first", line, vocabulary)
            for line in lawyer
            if line != "always"
        ),
        dangers=tuple(
            Danger(*_conditional(entry, "dangers", d, vocabulary)) for d in entry.words("dangers")
        ),
        clocks=tuple(clocks),
        produces=tuple(
            Product(*_conditional(entry, "produces", p, vocabulary))
            for p in entry.words("produces")
        ),
        source=said,
        review_by=entry.day("review_by"),
        always_lawyer="always" in lawyer,
        unverified=entry.flag("unverified"),
        discretionary=entry.flag("discretionary"),
        intake=entry.word("intake", "open") == "open",
        evidence=_papers(entry, vocabulary),
        serves=_serves(entry),
        effects=tuple(_effect(part, vocabulary) for part in entry.tables("effect")),
    )


def _jurisdiction(entry: Entry) -> str:
    key = entry.word("key")
    jurisdiction = key.split(".", 1)[0]
    if jurisdiction not in (*JURISDICTIONS, "way"):
        cure = f"Begin with {', '.join(JURISDICTIONS)}."
        entry.refuse("key", f"{key!r} begins with no jurisdiction.", cure)
    return jurisdiction


def _papers(entry: Entry, vocabulary: Vocabulary) -> tuple[str, ...]:
    keys = entry.words("evidence")
    for key in keys:
        if key not in vocabulary.facts:
            cure = f"Did you mean {nearest(key, vocabulary.facts)}?"
            entry.refuse("evidence", f"there is no paper {key!r}.", cure, key)
    return keys


def _serves(entry: Entry) -> tuple[Goal, ...]:
    for word in (words := entry.words("serves")):
        if word not in set(Goal):
            entry.refuse("serves", f"{word!r} is no goal.", f"Use {nearest(word, Goal)}.", word)
    return tuple(Goal(word) for word in words)


def _effect(entry: Entry, vocabulary: Vocabulary) -> Effect:
    """Read what a step makes true, such as ``claim.made_on is today``."""
    effect = Effect(
        on=Outcome(entry.one_of("on", Outcome)),
        sets=tuple(read_setting(entry, text, vocabulary) for text in entry.words("sets")),
        when=checked_lines(entry, "when", vocabulary),
    )
    if not effect.sets:
        entry.refuse(
            "sets", "this effect sets nothing.", 'Write sets = ["claim.state is refused"].'
        )
    entry.done()
    return effect


def read_setting(entry: Entry, text: str, vocabulary: Vocabulary) -> tuple[str, Value | None]:
    """Read a fact that becomes so, such as ``claim.state is refused``; None is the day it happens."""
    key, _, word = text.partition(" is ")
    fact = vocabulary.facts.get(key)
    if fact is None:
        cure = f"Did you mean {nearest(key, vocabulary.facts)}?"
        entry.refuse("sets", f"there is no fact {key!r}.", cure, text)
    if fact.kind is Kind.DATE:
        if word != "today":
            entry.refuse("sets", f"{text!r} is no day.", f"Write '{key} is today'.", text)
        return key, None
    try:
        return key, read_value(fact, {"yes": True, "no": False}.get(word, word))
    except AnswerError as error:
        return entry.refuse("sets", str(error), f"Write '{key} is ...'.", text)


def confidence_of(entry: Entry) -> str:
    """Read ``confidence``: one code or several, and a word on them."""
    code = entry.word("confidence")
    for word in re.findall(r"\b[A-Z]+\b", code.split(";")[0]):
        if word not in CODES:
            entry.refuse(
                "confidence", f"{word!r} is no confidence code.", f"Use {', '.join(CODES)}."
            )
    return code


def checked_lines(entry: Entry, field: str, vocabulary: Vocabulary) -> Lines | None:
    """Read lines of a field, checked against the vocabulary; None when absent."""
    lines = entry.lines(field)
    vocabulary.check_lines(entry, field, lines)
    return lines


def _as_lines(entry: Entry, field: str, text: str, vocabulary: Vocabulary) -> Lines:
    lines = entry.as_lines(field, text)
    vocabulary.check_lines(entry, field, lines)
    return lines


def _conditional(
    entry: Entry, field: str, text: str, vocabulary: Vocabulary
) -> tuple[str, Lines | None]:
    key, _, when = text.partition(" if ")
    return key, _as_lines(entry, field, when, vocabulary) if when else None


def _length(entry: Entry, field: str, text: str) -> Length:
    match = LENGTH.fullmatch(text)
    if match is None:
        entry.refuse(
            field, f"{text!r} is no length of time.", 'Write "90 days", "12 months" or "2 years".'
        )
    return Length(int(match[1]), Unit(f"{match[2]}s"))


def _date_fact(entry: Entry, field: str, key: str, vocabulary: Vocabulary) -> str:
    fact = vocabulary.facts.get(key)
    if fact is None or fact.kind is not Kind.DATE:
        days = [k for k, f in vocabulary.facts.items() if f.kind is Kind.DATE]
        entry.refuse(field, f"{key!r} is no date fact.", f"Did you mean {nearest(key, days)}?")
    return key


def read_bar(
    entry: Entry, vocabulary: Vocabulary, sources: Sources
) -> tuple[Bar, tuple[Cite, ...]]:
    """Read one bar with its citations."""
    cites = sources.check(entry, entry.cites())
    until = entry.word("until", "")
    end = None
    if until:
        key, _, length = until.partition(" + ")
        end = (_date_fact(entry, "until", key, vocabulary), _length(entry, "until", length))
    likely = entry.word("likely", "")
    bar = Bar(
        key=entry.word("key"),
        when=_as_lines(entry, "when", entry.word("when"), vocabulary),
        source=sources.cited(cites),
        until=end,
        likely=_date_fact(entry, "likely", likely, vocabulary) if likely else "",
        unless=checked_lines(entry, "unless", vocabulary),
    )
    entry.text("reason")
    entry.done()
    return bar, cites


def read_clock(
    entry: Entry, vocabulary: Vocabulary, sources: Sources
) -> tuple[Clock, tuple[Cite, ...]]:
    """Read one clock with its citations."""
    cites = sources.check(entry, entry.cites())
    predicate = entry.word("predicate", "")
    if predicate and predicate not in CLOCK_ENDS:
        cure = f"Did you mean {nearest(predicate, CLOCK_ENDS)}?"
        entry.refuse("predicate", f"there is no clock {predicate!r}.", cure)
    length = entry.word("length", "")
    clock = Clock(
        key=entry.word("key"),
        starts=tuple(_date_fact(entry, "from", k, vocabulary) for k in entry.words("from")),
        length=None if predicate else _length(entry, "length", length),
        confidence=entry.one_of("confidence", CODES),
        source=sources.cited(cites),
        latest_of=entry.word("pick", "first") == "latest",
        when=checked_lines(entry, "when", vocabulary),
        unless=checked_lines(entry, "unless", vocabulary),
        filing=entry.flag("filing", default=True),
        hard=entry.flag("hard"),
        from_latest=entry.word("counts_from", "earliest") == "latest",
        predicate=predicate,
    )
    entry.text("name")
    entry.done()
    return clock, cites
