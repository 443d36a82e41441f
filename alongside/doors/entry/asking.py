"""Asking: which questions a page of the interview shows, and where it leads next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from alongside.domain.facts import Answer, Kind, Silence, Span, Truth
from alongside.doors.showing.speaking import book
from alongside.library.vocabulary import REGIONS

if TYPE_CHECKING:
    from datetime import date

    from alongside.domain.facts import Facts
    from alongside.library.interview import Part
    from alongside.library.vocabulary import FactEntry
    from alongside.records.drafts.content import Draft

SELECT_ABOVE = 8


@dataclass(frozen=True, slots=True)
class Question:
    """One question as a page shows it: the fact, what stands in its fields, what was not clear."""

    fact: FactEntry
    value: str
    parts: dict[str, str]
    silence: str
    fault: str

    @property
    def shape(self) -> str:
        """Which fields it has: rows, a list, a date or a box to write in."""
        if self.fact.kind is Kind.YES_NO:
            return "yes_no"
        if self.fact.kind is Kind.DATE:
            return "date"
        if self.fact.kind is Kind.REGION or len(self.fact.options) > SELECT_ABOVE:
            return "list"
        return "rows" if self.fact.options else "box"

    @property
    def regions(self) -> tuple[str, ...]:
        """The provinces and territories, when it asks for one."""
        return REGIONS if self.fact.kind is Kind.REGION else ()


def part_at(number: int) -> Part | None:
    """Return a part by its number, from 1."""
    parts = book().interview
    return parts[number - 1] if 0 < number <= len(parts) else None


def questions(part: Part, page: int, draft: Draft, facts: Facts, today: date) -> list[Question]:
    """Return the questions of a page that still make sense, given what is known."""
    return [
        question_of(book().vocabulary.facts[key], draft)
        for key in part.pages[page - 1]
        if _makes_sense(book().vocabulary.facts[key], facts, today)
    ]


def _makes_sense(fact: FactEntry, facts: Facts, today: date) -> bool:
    """Say whether to ask: a question falls away only when what would make it sensible is known not to be so."""
    return fact.only_when is None or fact.only_when.truth(facts, today) is not Truth.NO


def question_of(fact: FactEntry, draft: Draft) -> Question:
    """Return a question with what stands in its fields."""
    answer = draft.answers.get(fact.key)
    typed = draft.typed.get(fact.key, {})
    silence = answer.value if isinstance(answer, Silence) else typed.get(f"{fact.key}.silence", "")
    parts = {p: typed.get(f"{fact.key}.{p}", "") for p in ("day", "month", "year")}
    if isinstance(answer, Span):
        parts = _parts_of(answer)
    value = typed.get(fact.key, "") if answer is None else _shown(answer)
    return Question(fact, value, parts, silence, draft.faults.get(fact.key, ""))


def _shown(answer: Answer) -> str:
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    return "" if isinstance(answer, Span) else str(answer)


def _parts_of(span: Span) -> dict[str, str]:
    first, last = span.earliest, span.latest
    return {
        "year": str(first.year),
        "month": str(first.month) if first.month == last.month else "",
        "day": str(first.day) if first == last else "",
    }


def following(
    part: int, page: int, draft: Draft, facts: Facts, today: date
) -> tuple[int, int] | None:
    """Return the next page that has a question, or None after the last of this door."""
    after = (at for at in _pages(part) if at > (part, page))
    return next((at for at in after if _asks(at, draft, facts, today)), None)


def preceding(
    part: int, page: int, draft: Draft, facts: Facts, today: date
) -> tuple[int, int] | None:
    """Return the page before that has a question, or None at the beginning of this door."""
    before = (at for at in reversed(_pages(part)) if at < (part, page))
    return next((at for at in before if _asks(at, draft, facts, today)), None)


def onward_from(door: str, draft: Draft, facts: Facts, today: date) -> tuple[int, int]:
    """Return where to go on answering in a door: after the last page that holds an answer.

    After the very last page: the first one with a question left open, else the beginning.
    """
    first = first_of(door), 1
    pages, parts = _pages(first[0]), book().interview
    told = [(p, g) for p, g in pages if draft.answers.keys() & set(parts[p - 1].pages[g - 1])]
    if not told:
        return first
    left = (
        at
        for at in pages
        if any(q.fact.key not in draft.answers for q in _asks(at, draft, facts, today))
    )
    return following(*told[-1], draft, facts, today) or next(left, first)


def _pages(part: int) -> list[tuple[int, int]]:
    """Return every page of the door that a part belongs to, in order."""
    parts = book().interview
    door = parts[part - 1].door
    return [
        (number, page)
        for number, found in enumerate(parts, 1)
        for page in range(1, len(found.pages) + 1)
        if found.door == door
    ]


def _asks(at: tuple[int, int], draft: Draft, facts: Facts, today: date) -> list[Question]:
    return questions(book().interview[at[0] - 1], at[1], draft, facts, today)


def first_of(door: str) -> int:
    """Return the number of the first part of a door."""
    return next(n for n, part in enumerate(book().interview, 1) if part.door == door)


def step_of(number: int) -> tuple[int, int]:
    """Return which part of its own door a part is, from 1, and how many that door has."""
    doors = [part.door for part in book().interview]
    return doors[:number].count(doors[number - 1]), doors.count(doors[number - 1])
