"""Reading a page of questions: each field is a fact, and nothing that was written is lost."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from alongside.domain.facts import Answer, Kind, Silence, Span
from alongside.doors.showing.digits import WESTERN
from alongside.library.answers import EARLIEST, LATEST, AnswerError, read_value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from alongside.library.vocabulary import FactEntry
    from alongside.records.drafts.content import Draft

LONGEST = 40
ROWS = ("yes", "no", "unknown", "rather_not_say")
DATE_PARTS = ("day", "month", "year")


@dataclass(frozen=True, slots=True)
class Fault:
    """A field that could not be read: the key of the sentence that says so."""

    sentence: str


def take(draft: Draft, facts: list[FactEntry], posted: Mapping[str, str]) -> bool:
    """Read the fields of a page into the draft; say whether every one could be read.

    An empty field takes its answer away; one that cannot be read keeps what was written.
    """
    clear = True
    for fact in facts:
        typed = _typed(fact, posted)
        for table in (draft.answers, draft.typed, draft.faults):
            table.pop(fact.key, None)
        found = _read(fact, typed)
        if isinstance(found, Fault):
            clear = False
            draft.typed[fact.key], draft.faults[fact.key] = typed, found.sentence
        elif found is not None:
            draft.answers[fact.key] = found
    return clear


def _typed(fact: FactEntry, posted: Mapping[str, str]) -> dict[str, str]:
    names = [fact.key, *(f"{fact.key}.{part}" for part in (*DATE_PARTS, "silence"))]
    return {name: posted[name].strip()[:LONGEST] for name in names if posted.get(name, "").strip()}


def _read(fact: FactEntry, typed: Mapping[str, str]) -> Answer | Fault | None:
    written = {k: v for k, v in typed.items() if not k.endswith(".silence")}
    silence = typed.get(f"{fact.key}.silence", "")
    if not written:
        return Silence(silence) if silence in set(Silence) else None
    if fact.kind is Kind.DATE:
        return _date(fact.key, written)
    value = written.get(fact.key, "")
    if value in set(Silence):
        return Silence(value)
    if fact.kind is Kind.YES_NO:
        return value == "yes" if value in ROWS else Fault("error_choice")
    return _other(fact, value)


def _other(fact: FactEntry, value: str) -> Answer | Fault:
    numeric = fact.kind in {Kind.NUMBER, Kind.MONEY}
    sentence = "error_number" if numeric else "error_choice"
    if numeric and fact.least is not None:
        sentence = "error_year"  # so far only years have a least
    if fact.kind is Kind.CHOICE and value in {"unknown", "not_sure"} & set(fact.options):
        return Silence.UNKNOWN
    try:
        return read_value(fact, _number(value) if numeric else value)
    except (AnswerError, ValueError):
        return Fault(sentence)


def _number(value: str) -> int | float:
    plain = value.translate(WESTERN).replace("\u00a0", "").replace(" ", "").replace("$", "")
    if plain.isascii() and plain.isdigit():
        return int(plain)
    return float(plain.replace(",", "."))


def _date(key: str, written: Mapping[str, str]) -> Answer | Fault:
    parts = []
    for part in DATE_PARTS:
        text = written.get(f"{key}.{part}", "").translate(WESTERN)
        if text and not (text.isascii() and text.isdigit()):
            return Fault("error_date")
        parts.append(int(text) if text else 0)
    day, month, year = parts
    if not year or (day and not month):
        return Fault("error_date")
    return _span(year, month, day)


def _span(year: int, month: int, day: int) -> Span | Fault:
    """Return the span of days that a day, a month or a year alone can mean."""
    try:
        first = date(year, month or 1, day or 1)
    except (ValueError, OverflowError):
        return Fault("error_no_such_day")
    if day:
        last = first
    elif month:
        last = date(year, month, calendar.monthrange(year, month)[1])
    else:
        last = date(year, 12, 31)
    return Span(first, last) if first >= EARLIEST and last <= LATEST else Fault("error_no_such_day")
