"""Meanings: other words for the same thing, in both languages, from ``content/synonyms.toml``.

Somebody looks for *deported*; the Book says *sent away* and *removal*. A meaning is a list of such
phrases. Where one is asked for, every text that says another of them is found too.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from alongside.library.finding.terms import LANGUAGES, Stems, words
from alongside.library.reading import entries, nearest, read_page

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from alongside.library.reading import Entry

Terms = frozenset[str]


@dataclass(frozen=True, slots=True)
class Meaning:
    """One meaning. ``label``: how it is said first in each language.

    ``typed``: what somebody who asks may write for it, and what stands for something else in a text,
    such as *CH*: the French short form of the humanitarian request, and of a chapter of a statute.
    ``about``: what of the Book is about it, whatever words it uses. ``place``: the jurisdiction that it
    names, empty when it names none.
    """

    key: str
    label: Mapping[str, str]
    phrases: tuple[tuple[Terms, ...], ...]
    typed: tuple[tuple[Terms, ...], ...]
    about: tuple[str, ...]
    place: str


@dataclass(frozen=True, slots=True)
class Meant:
    """A meaning found in a row of words: how many of them say it."""

    meaning: Meaning
    length: int


Starting = dict[str, list[tuple[tuple[Terms, ...], Meaning]]]


@dataclass(slots=True)
class Meanings:
    """Every meaning, looked up by the first term of its phrases, longest phrase first."""

    by_key: dict[str, Meaning]
    _starting: Starting = field(default_factory=dict)
    _typed: Starting = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Sort the phrases by the terms that may begin them."""
        for meaning in self.by_key.values():
            for starting, phrases in (
                (self._starting, meaning.phrases),
                (self._typed, (*meaning.phrases, *meaning.typed)),
            ):
                for phrase in phrases:
                    for term in phrase[0]:
                        starting.setdefault(term, []).append((phrase, meaning))
        for found in (*self._starting.values(), *self._typed.values()):
            found.sort(key=lambda pair: -len(pair[0]))

    def at(self, row: Sequence[Terms], place: int, *, typed: bool = False) -> Iterator[Meant]:
        """Go through the meanings that are said from a place in a row of words on, each once.

        ``typed``: the row is a question, and what only somebody who asks may mean counts too.
        """
        seen: set[str] = set()
        starting = self._typed if typed else self._starting
        for term in row[place]:
            for phrase, meaning in starting.get(term, ()):
                if meaning.key not in seen and _says(row, place, phrase):
                    seen.add(meaning.key)
                    yield Meant(meaning, len(phrase))


def _says(row: Sequence[Terms], place: int, phrase: Sequence[Terms]) -> bool:
    said = row[place : place + len(phrase)]
    return len(said) == len(phrase) and all(
        one & other for one, other in zip(said, phrase, strict=True)
    )


def load_meanings(root: Path, known: Collection[str], places: Collection[str]) -> Meanings:
    """Read ``content/synonyms.toml``; ``known``: the keys of what can be found."""
    page, table = read_page(root / "synonyms.toml", root)
    stems, found = Stems(), {}
    for _, entry in entries(page, table, "meaning"):
        said = {lang: entry.words(lang) for lang in LANGUAGES}
        if not all(said.values()):
            entry.refuse("en", "it is not said in both languages.", "Write en = [...], fr = [...].")
        place = entry.one_of("place", places) if "place" in entry.table else ""
        found[entry.key] = Meaning(
            entry.word("key"),
            {lang: phrases[0] for lang, phrases in said.items()},
            tuple(_phrases(said, stems)),
            tuple(_phrases(dict.fromkeys(LANGUAGES, entry.words("typed")), stems)),
            _about(entry, known),
            place,
        )
        entry.done()
    return Meanings(found)


def _phrases(said: Mapping[str, Iterable[str]], stems: Stems) -> Iterator[tuple[Terms, ...]]:
    for lang, phrases in said.items():
        for phrase in phrases:
            yield tuple(stems.of(word.text, lang) for word in words(phrase))


def _about(entry: Entry, known: Collection[str]) -> tuple[str, ...]:
    keys = entry.words("about")
    for key in keys:
        if key not in known:
            cure = f"Did you mean {nearest(key, known)}?"
            entry.refuse("about", f"nothing is called {key!r}.", cure, f'"{key}"')
    return keys
