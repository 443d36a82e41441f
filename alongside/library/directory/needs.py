"""Needs: what a person may need, in their own words, and the words in which somebody asks for it.

One list serves those who ask and those who help, so that what is missing can be counted
(docs/reference/content-format.md, *Needs*). ``report`` is a branch apart: those who run it can act
against a person, and no search for help leads there.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from alongside.library.directory.asking import Asking, folded
from alongside.library.reading import Entry, Text, entries, read_page

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

REPORT = "report"
"""The branch of those who can act against a person: shown with its risks, and never among help."""
AUTHORED = ("en", "fr")


@dataclass(frozen=True, slots=True)
class SpokenIn:
    """A language of the words. ``checked_by``: the person who has checked them; empty for nobody yet."""

    key: str
    name: str
    checked_by: str


@dataclass(frozen=True, slots=True)
class Need:
    """One need. ``name``: its heading; ``says``: how a person says it; ``words``: by language.

    ``open_eligibility``: the nearest terms of Open Eligibility 2.0, by number (CC BY-SA 3.0).
    ``suggested``: False for what is found by who asks for it and never offered by us.
    """

    key: str
    name: Text
    says: Text
    words: Mapping[str, tuple[str, ...]]
    open_eligibility: tuple[str, ...]
    suggested: bool

    @property
    def parent(self) -> str:
        """The key of the need it is part of; empty for a top one."""
        return self.key.rpartition(".")[0]

    @property
    def reports(self) -> bool:
        """Say whether it is of the branch of those who can act against a person."""
        return self.key.split(".", maxsplit=1)[0] == REPORT


@dataclass(frozen=True)
class Needs:
    """Every need by key, in the order they are shown, and the languages of their words."""

    by_key: Mapping[str, Need]
    languages: Mapping[str, SpokenIn]

    @property
    def help(self) -> tuple[Need, ...]:
        """The needs that help answers: all but the reporting branch."""
        return tuple(need for need in self.by_key.values() if not need.reports)

    @property
    def reporting(self) -> tuple[Need, ...]:
        """The reporting branch."""
        return tuple(need for need in self.by_key.values() if need.reports)

    def under(self, key: str) -> tuple[str, ...]:
        """Return a need and those that are part of it, by key."""
        return tuple(one for one in self.by_key if one == key or one.startswith(f"{key}."))

    def asked(self, text: str) -> tuple[str, ...]:
        """Return the needs for help that a text speaks of; never one of the reporting branch."""
        return self._help.needs(text)

    def reported(self, text: str) -> tuple[str, ...]:
        """Return the needs of the reporting branch that a text speaks of."""
        return self._reporting.needs(text)

    @cached_property
    def _help(self) -> Asking:
        return Asking(dict(_phrases(self.help)))

    @cached_property
    def _reporting(self) -> Asking:
        return Asking(dict(_phrases(self.reporting)))


def _phrases(needs: tuple[Need, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    for need in needs:
        for phrases in need.words.values():
            for phrase in phrases:
                yield folded(phrase), need.key


def load_needs(root: Path) -> Needs:
    """Read ``content/needs.toml``.

    Refuses a need without its parent or without English and French, and words that lead to two needs:
    somebody who asks for a bed must not be sent to a bank.
    """
    page, table = read_page(root / "needs.toml", root)
    languages: dict[str, SpokenIn] = {}
    found: dict[str, Need] = {}
    leads: dict[tuple[str, ...], str] = {}
    for name, entry in entries(page, table, "language", "need"):
        if name == "language":
            key = entry.word("key")
            languages[key] = SpokenIn(key, entry.word("name"), entry.word("checked_by"))
        else:
            need = _need(entry, languages)
            if need.parent and need.parent not in found:
                entry.refuse(
                    "key", f"there is no need {need.parent!r}.", "Write it before its parts."
                )
            _lead(entry, need, leads)
            found[need.key] = need
        entry.done()
    return Needs(found, languages)


def _need(entry: Entry, languages: Mapping[str, SpokenIn]) -> Need:
    numbers = entry.words("open_eligibility")
    for number in numbers:
        if not number.isdigit():
            cure = "Write its number, such as 1103."
            entry.refuse("open_eligibility", f"{number!r} is no term.", cure, f'"{number}"')
    return Need(
        entry.word("key"),
        entry.text("name"),
        entry.text("says"),
        _words(entry, languages),
        numbers,
        entry.flag("suggested", default=True),
    )


def _words(entry: Entry, languages: Mapping[str, SpokenIn]) -> Mapping[str, tuple[str, ...]]:
    words = entry.table_of("words")
    for language, phrases in words.items():
        field = f"words.{language}"
        if language not in languages:
            entry.refuse(
                field, f"nothing says what {language!r} is.", "List it under [[language]]."
            )
        if not isinstance(phrases, list) or not all(
            isinstance(phrase, str) and folded(phrase) for phrase in phrases
        ):
            entry.refuse(field, f"{field!r} is not a list of words.", f'Write {field} = ["..."].')
    if missing := [language for language in AUTHORED if not words.get(language)]:
        field = f"words.{missing[0]}"
        entry.refuse(
            "words", f"nobody can ask for it in {missing[0]}.", f'Write {field} = ["..."].'
        )
    return {language: tuple(phrases) for language, phrases in words.items()}


def _lead(entry: Entry, need: Need, leads: dict[tuple[str, ...], str]) -> None:
    """Note where the words of a need lead; refuse one that leads elsewhere already."""
    for language, phrases in need.words.items():
        for phrase in phrases:
            other = leads.setdefault(folded(phrase), need.key)
            if other != need.key:
                sentence = f"{phrase!r} leads to {other!r} already."
                cure = "Keep it where most who write it want to go."
                entry.refuse(f"words.{language}", sentence, cure, f'"{phrase}"')
