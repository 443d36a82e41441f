"""The interview: parts and pages of questions, in the order they are offered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from alongside.library.reading import Entry, Text, entries, nearest, read_page
from alongside.library.vocabulary import Caution

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from alongside.library.vocabulary import FactEntry

DOORS = ("look", "ways")
MOST_QUESTIONS = 5
WARNED = {
    Caution.DUTY_WARNING: {"warning_age"},
    Caution.OPENED_BY_PERSON: {"warning_sexual"},
    Caution.ALONE: {"warning_sexual", "what_yes_can_cause"},
    Caution.LAWYER_OFFERED: {"warning_status"},
    Caution.NOT_AT_CHECK_IN: {"warning_status"},
}


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the interview.

    ``warning``: the safety sentence shown, and passed, before any question of the part.
    ``shows``: a yes-or-no fact that becomes true by having been shown that warning.
    """

    key: str
    door: str
    name: Text
    warning: str
    shows: str
    pages: tuple[tuple[str, ...], ...]


def load_interview(root: Path, facts: Mapping[str, FactEntry]) -> tuple[Part, ...]:
    """Read ``content/interview.toml``; refuse a fact that may not be asked, or asked there."""
    page, table = read_page(root / "interview.toml", root)
    parts: list[Part] = []
    seen: set[str] = set()
    for _, entry in entries(page, table, "part"):
        entry.key = f"part.{entry.key}"
        pages = tuple(tuple(group) for group in entry.table.get("pages", ()))
        entry.table.pop("pages", None)
        part = Part(
            entry.word("key"),
            entry.one_of("door", DOORS),
            entry.text("name"),
            entry.word("warning", ""),
            entry.word("shows", ""),
            pages,
        )
        for group in pages:
            _check_page(entry, part, group, facts)
        for key in (key for group in pages for key in group):
            if key in seen:
                page.refuse(
                    f"{key} is asked twice.", "Ask each fact once.", entry.anchor, f'"{key}"'
                )
            seen.add(key)
        entry.done()
        parts.append(part)
    return tuple(parts)


def _check_page(
    entry: Entry, part: Part, group: tuple[str, ...], facts: Mapping[str, FactEntry]
) -> None:
    if len(group) > MOST_QUESTIONS:
        cure = f"Split it; a page holds at most {MOST_QUESTIONS}."
        entry.page.refuse("this page asks too much at once.", cure, entry.anchor, f'"{group[0]}"')
    for key in group:
        fact = facts.get(key)
        if fact is None:
            cure = f"Did you mean {nearest(key, facts)}?"
            entry.page.refuse(f"there is no fact {key!r}.", cure, entry.anchor, f'"{key}"')
        if not fact.askable:
            cure = "Take it out; a lawyer asks it, or nobody."
            entry.page.refuse(f"{key} may not be asked by a page.", cure, entry.anchor, f'"{key}"')
        if part.warning not in WARNED.get(fact.caution, {part.warning}):
            cure = f"Move it to a part with warning = {min(WARNED[fact.caution])!r}."
            entry.page.refuse(
                f"{key} is only asked after its warning.", cure, entry.anchor, f'"{key}"'
            )
