"""Official forms: what each is called, where it stands, and which facts its questions ask for.

A form is linked and never filled in: its questions are told in our own words, beside the facts that answer them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from alongside.library.reading import Cite, Entry, Text, entries, nearest, read_page
from alongside.library.reviewing import Review, review_of
from alongside.library.rule_reading import JURISDICTIONS, confidence_of

if TYPE_CHECKING:
    from pathlib import Path

    from alongside.library.sources import Sources
    from alongside.library.vocabulary import FactEntry, Vocabulary


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a form in our own words. ``facts``: what answers it; none where nobody here asks it."""

    text: Text
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """An official form. ``number``: as printed on it, empty where none was found.

    ``where``: its official address. ``unverified``: the office's own page was not read.
    """

    key: str
    number: str
    name: Text
    where: str
    jurisdiction: str
    confidence: str
    unverified: bool
    note: Text | None
    questions: tuple[Question, ...]
    cites: tuple[Cite, ...]
    review: Review


def load_forms(root: Path, vocabulary: Vocabulary, sources: Sources) -> dict[str, Form]:
    """Read ``content/forms.toml``; refuse a question on a fact that nobody may be asked."""
    page, table = read_page(root / "forms.toml", root)
    return {
        entry.word("key"): _form(entry, vocabulary, sources)
        for _, entry in entries(page, table, "form")
    }


def _form(entry: Entry, vocabulary: Vocabulary, sources: Sources) -> Form:
    cites = sources.check(entry, entry.cites())
    form = Form(
        key=entry.word("key"),
        number=entry.word("number"),
        name=entry.text("name"),
        where=entry.word("where"),
        jurisdiction=entry.one_of("jurisdiction", JURISDICTIONS),
        confidence=confidence_of(entry),
        unverified=entry.flag("unverified"),
        note=entry.text_or_none("note"),
        questions=tuple(
            _question(part, f"{entry.key}.question.{number}", vocabulary)
            for number, part in enumerate(entry.tables("question"))
        ),
        cites=cites,
        review=review_of(entry, cites, sources),
    )
    entry.done()
    return form


def _question(entry: Entry, path: str, vocabulary: Vocabulary) -> Question:
    text = entry.text("text", path)
    facts = entry.words("facts")
    for key in facts:
        told_fact(entry, "facts", key, vocabulary)
    entry.done()
    return Question(text, facts)


def told_fact(entry: Entry, field: str, key: str, vocabulary: Vocabulary) -> FactEntry:
    """Return a fact that a person can have told; refuse one that is worked out, or that nobody asks for, ever.

    What is worked out is in nobody's own words, and a gap must not invite a question that is never asked.
    """
    fact = vocabulary.facts.get(key)
    if fact is None:
        cure = f"Did you mean {nearest(key, vocabulary.facts)}?"
        entry.refuse(field, f"there is no fact {key!r}.", cure, key)
    if fact.ask is None or key in vocabulary.never_asked:
        cure = "Use a fact that a person tells."
        entry.refuse(field, f"nobody tells {key!r}.", cure, key)
    return fact
