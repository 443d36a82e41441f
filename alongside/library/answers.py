"""Reading answers: from a FACTS.toml file, checked against the vocabulary, one sentence an error."""

from __future__ import annotations

import math
import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import tomli

from alongside.domain.facts import Answer, Conflict, Kind, Silence, Span, Value
from alongside.library.reading import nearest
from alongside.library.vocabulary import NO_VALUE, REGIONS, FactEntry

if TYPE_CHECKING:
    from collections.abc import Mapping

EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
MOST = 100_000_000
SILENCES = frozenset(Silence)
DATE_SHAPE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
LOOSE_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
PATTERNS = {
    Kind.POSTAL_AREA: (re.compile(r"[A-Z]\d[A-Z]"), "three signs like M5V"),
    Kind.COUNTRY: (re.compile(r"[A-Z]{2}"), "two letters like PH"),
    Kind.LANGUAGE: (re.compile(r"[a-z]{3}"), "three letters like spa"),
}


class AnswerError(ValueError):
    """An answer that cannot be read: one sentence that names it and the nearest valid one."""


def read_facts_file(text: str, facts: Mapping[str, FactEntry]) -> dict[str, Answer]:
    """Read a FACTS.toml: one table ``[facts]`` of fact keys and answers.

    Raises AnswerError for what is not TOML, an unknown key, a wrong type or an impossible date.
    """
    table = parse(text)
    extra = [key for key in table if key != "facts"]
    if extra or not isinstance(table.get("facts"), dict):
        msg = (
            f"The file has {extra[0]!r} beside [facts]"
            if extra
            else "The file has no table [facts]"
        )
        msg += '; write one table [facts] with lines such as "pay.unpaid_part" = true.'
        raise AnswerError(msg)
    return read_answers(table["facts"], facts)


def parse(text: str) -> dict[str, Any]:
    """Read TOML; an impossible date is named with the nearest real one."""
    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        line = text.splitlines()[error.lineno - 1] if error.lineno <= text.count("\n") + 1 else ""
        for match in DATE_SHAPE.finditer(line.partition("#")[0]):
            if (mended := nearest_day(match[0])) != match[0]:
                msg = f"{match[0]} is not a day of the calendar; the nearest one is {mended}."
                raise AnswerError(msg) from error
        msg = f"The file is not TOML: {error}."
        raise AnswerError(msg) from error
    except (ValueError, RecursionError) as error:
        msg = "The file holds a number too long or tables too deep to read; write plain answers."
        raise AnswerError(msg) from error


def read_answers(table: Mapping[str, Any], facts: Mapping[str, FactEntry]) -> dict[str, Answer]:
    """Read answers by fact key; keys written without quotes nest, and are read the same."""
    pairs = _flat(table, facts, "")
    keys = [key for key, _ in pairs]
    if twice := next((key for key in keys if keys.count(key) > 1), None):
        msg = (
            f"{twice} is told twice; write it once, or {twice!r} = {{ conflict = [true, false] }}."
        )
        raise AnswerError(msg)
    return {key: _answer(facts, key, value) for key, value in pairs}


def _flat(
    table: Mapping[str, Any], facts: Mapping[str, FactEntry], prefix: str
) -> list[tuple[str, Any]]:
    pairs: list[tuple[str, Any]] = []
    for name, value in table.items():
        key = f"{prefix}{name}"
        if isinstance(value, dict) and not _is_answer_table(value):
            if key in facts and not any(fact.startswith(f"{key}.") for fact in facts):
                msg = f"{key} is a table; the nearest valid answer is {_example(facts[key])}."
                raise AnswerError(msg)
            pairs += _flat(value, facts, f"{key}.")
        else:
            pairs.append((key, value))
    return pairs


def _is_answer_table(value: Mapping[str, Any]) -> bool:
    return "conflict" in value or "earliest" in value or "latest" in value


def _answer(facts: Mapping[str, FactEntry], key: str, value: object) -> Answer:
    fact = facts.get(key)
    if fact is None:
        msg = f"There is no fact {key!r}; the nearest one is {nearest(key, facts)}."
        raise AnswerError(msg)
    if (
        isinstance(value, dict)
        and set(value) == {"conflict"}
        and isinstance(value["conflict"], list)
    ):
        if len(value["conflict"]) < 2:  # noqa: PLR2004 - a conflict takes two
            msg = f"{key} holds a conflict of fewer than two versions; write {{ conflict = [true, false] }}."
            raise AnswerError(msg)
        return Conflict(tuple(read_value(fact, item) for item in value["conflict"]))
    if isinstance(value, str) and (value in SILENCES or value in NO_VALUE):
        return Silence.RATHER_NOT_SAY if value == Silence.RATHER_NOT_SAY else Silence.UNKNOWN
    return read_value(fact, value)


def read_value(fact: FactEntry, value: object) -> Value:
    """Read one value as its fact's kind. Raises AnswerError with the nearest valid one."""
    if fact.kind is Kind.DATE:
        return _span(fact, value)
    if fact.kind is Kind.YES_NO:
        if isinstance(value, bool):
            return value
    elif fact.kind in {Kind.NUMBER, Kind.MONEY, Kind.RANGE}:
        least, most = limits(fact)
        if (
            isinstance(value, int | float)
            and not isinstance(value, bool)
            and least <= value <= most
        ):
            return value
    elif isinstance(value, str) and value:
        return _word(fact, value)
    msg = f"{fact.key} cannot be {_shown(value)}; the nearest valid answer is {_example(fact, value)}."
    raise AnswerError(msg)


def limits(fact: FactEntry) -> tuple[int, int]:
    """Return the least and the most that a number can be: the fact's own, else nought and a great deal."""
    return fact.least or 0, MOST if fact.most is None else fact.most


def _word(fact: FactEntry, value: str) -> str:
    allowed = {Kind.CHOICE: fact.options, Kind.REGION: REGIONS}.get(fact.kind)
    if allowed is not None and value not in allowed:
        near = value[:2] if fact.kind is Kind.REGION else value
        msg = (
            f"{fact.key} cannot be {value!r}; the nearest valid answer is {nearest(near, allowed)}."
        )
        raise AnswerError(msg)
    pattern, shape = PATTERNS.get(fact.kind, (None, ""))
    if pattern and not pattern.fullmatch(value):
        msg = f"{fact.key} cannot be {value!r}; write {shape}."
        raise AnswerError(msg)
    return value


def _span(fact: FactEntry, value: object) -> Span:
    ends = _ends(value)
    if ends:
        first, last = (_day(fact, end) for end in ends)
        if last < first:
            msg = (
                f"{fact.key} ends ({last}) before it begins ({first}); write the earlier day first."
            )
            raise AnswerError(msg)
        return Span(first, last)
    return Span.on(_day(fact, value))


def _ends(value: object) -> list[object]:
    """Return the two ends of a span, written ``[earliest, latest]`` or as a table of the two."""
    if isinstance(value, dict) and set(value) == {"earliest", "latest"}:
        return [value["earliest"], value["latest"]]
    return value if isinstance(value, list) and len(value) == 2 else []  # noqa: PLR2004 - two ends


def _day(fact: FactEntry, value: object) -> date:
    if type(value) is not date:
        shown = nearest_day(value) if isinstance(value, str) else None
        if isinstance(value, datetime):
            shown = value.date().isoformat()
        msg = f"{fact.key} cannot be {_shown(value)}; the nearest valid answer is {shown or '2026-07-23'}."
        raise AnswerError(msg)
    if not EARLIEST <= value <= LATEST:
        near = EARLIEST if value < EARLIEST else LATEST
        msg = f"{fact.key} cannot be {value}; the nearest valid day is {near}."
        raise AnswerError(msg)
    return value


def nearest_day(text: str) -> str | None:
    """Return the real day nearest to one written like 2026-02-30; None when it is no date at all."""
    match = LOOSE_DATE.match(text)
    if match is None:
        return None
    year, month, day = (int(part) for part in match.groups())
    year, month = min(max(year, 1900), 2199), min(max(month, 1), 12)
    for last in range(min(max(day, 1), 31), 0, -1):
        try:
            return date(year, month, last).isoformat()
        except ValueError:
            continue
    return None


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "a table"
    return repr(value) if isinstance(value, str) else str(value)


def _nearest_number(fact: FactEntry, value: object) -> str:
    least, most = limits(fact)
    if isinstance(value, int | float) and math.isfinite(value) and not isinstance(value, bool):
        if value < least:
            return str(least)
        if value > most:
            return str(most)
    return "a number such as 12" if fact.most is None else f"a number from {least} to {most}"


def _example(fact: FactEntry, value: object = None) -> str:
    if fact.kind is Kind.YES_NO:
        near = {"yes": "true", "no": "false", "1": "true", "0": "false"}.get(str(value).lower())
        return near or "true or false"
    if fact.kind in {Kind.NUMBER, Kind.MONEY, Kind.RANGE}:
        return _nearest_number(fact, value)
    if fact.kind is Kind.CHOICE:
        return nearest(str(value), fact.options)
    return {Kind.DATE: "2026-07-23", Kind.REGION: "'on'"}.get(fact.kind, "a text in quotes")
