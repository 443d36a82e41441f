"""Worked cases: files of facts and of what must come out, run against the Book."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from alongside.domain.clocks import State
from alongside.domain.facts import Truth
from alongside.library.answers import AnswerError, parse, read_answers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from alongside.domain.assessment import Assessment
    from alongside.domain.pathways import Pathway
    from alongside.library.book import Book

LEVELS = {
    "level_low": lambda a, v: a.lower == v,
    "level_high": lambda a, v: a.upper == v,
    "level_floor": lambda a, v: a.lower >= v,
    "level_ceiling": lambda a, v: a.lower <= v,
}
TRUTHS = {
    "must": lambda t: t is Truth.YES,
    "open": lambda t: t is not Truth.NO,
    "must_not": lambda t: t is not Truth.YES,
    "unknown": lambda t: t is Truth.UNKNOWN,
    "settled_no": lambda t: t is Truth.NO,
}
LAW_KEYS = frozenset({
    "remedy", "verdict", "until", "lawyer_first", "discretionary", "missing", "dangers", "produces",
    "dangers_not", "clocks", "why",
})  # fmt: skip
UNLISTED = ("no", "unknown")
KEYS, A_LEVEL = (list, 'a list of keys such as ["doc.held"]'), (int, "a level from 0 to 3")
SHAPES: Mapping[str, tuple[type, str]] = {
    "remedy": (str, "a key such as 'fed.imm.hc'"),
    "verdict": (str, "'open', 'ask', 'blocked' or 'closed'"),
    "clocks": (dict, "a table of clocks and days"),
    "lawyer_first": (bool, "true or false"),
    "discretionary": (bool, "true or false"),
    **dict.fromkeys(("missing", "dangers", "dangers_not", "produces", *TRUTHS), KEYS),
    **dict.fromkeys(LEVELS, A_LEVEL),
}
ASSESS_KEYS = frozenset({*LEVELS, *TRUTHS, "must_show", "why"})


@dataclass(frozen=True, slots=True)
class Outcome:
    """One case: its id, and every difference found, in words. None means it passed."""

    id: str
    title: str
    differences: tuple[str, ...]


def run_cases(text: str, book: Book, today: date) -> Iterator[Outcome]:
    """Run one file of cases. Raises AnswerError when the file itself cannot be read."""
    table = parse(text)
    cases = table.get("case")
    if not isinstance(cases, list):
        msg = "The file has no [[case]]; write each case under [[case]] with its facts and expectations."
        raise AnswerError(msg)
    for number, case in enumerate(cases, 1):
        told = case if isinstance(case, dict) else {}
        try:
            _check_case(case)
            differences = tuple(_differences(case, book, today))
        except AnswerError as error:
            differences = (str(error),)
        yield Outcome(
            str(told.get("id", f"case {number}")), str(told.get("title", "")), differences
        )


def _check_case(case: object) -> None:
    """Refuse a case of another shape, in a sentence that names the field."""
    wrong = next(_misshapen(case), None)
    if wrong:
        raise AnswerError(wrong)


def _misshapen(case: object) -> Iterator[str]:
    if not isinstance(case, dict):
        yield "A case is a table; write [[case]] and its fields."
        return
    if "on" in case and type(case["on"]) is not date:
        yield f"on cannot be {case['on']!s}; write a day such as 2026-11-21."
    if not isinstance(case.get("facts", {}), dict):
        yield "facts is no table; write [case.facts] and the answers under it."
    if case.get("unlisted", "unknown") not in UNLISTED:
        yield f"unlisted cannot be {case['unlisted']!r}; write 'no' or 'unknown'."
    expected = case.get("expect", {})
    rows = [expected] if isinstance(expected, dict) else expected
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        yield "expect is no table; write [case.expect], or [[case.expect]] for each remedy."
        return
    yield from (wrong for row in rows for field in row if (wrong := _misread(field, row[field])))


def _misread(field: str, value: object) -> str:
    """Say what is wrong with the value of an expectation; nothing when its shape is right."""
    kind, cure = SHAPES.get(field, (object, ""))
    words = value if kind is list and isinstance(value, list) else []
    right = isinstance(value, kind) and all(isinstance(word, str) for word in words)
    return "" if right else f"{field} cannot be {value!r}; write {cure}."


def _differences(case: dict[str, Any], book: Book, today: date) -> Iterator[str]:
    expected = case.get("expect", {})
    on = case.get("on", today)
    answers = read_answers(case.get("facts", {}), book.vocabulary.facts)
    if isinstance(expected, dict):
        if case.get("unlisted", "unknown") == "no":
            answers = {
                **dict.fromkeys((s.key for s in book.vocabulary.catalogue.signs), False),
                **answers,
            }
        _, assessment = book.assess(answers, on)
        yield from _assessed(expected, assessment)
        return
    outlook = book.look(answers, on)
    for wanted in expected:
        key = wanted.get("remedy")
        pathway = outlook.remedies.get(key) or outlook.ways.get(key)
        if pathway is None:
            yield f"{key}: there is no such remedy"
            continue
        because = f" (because: {wanted['why']})" if wanted.get("why") else ""
        for difference in _weighed(wanted, pathway):
            yield f"{key}: {difference}{because}; it came from {_settling(pathway)}"


def _assessed(expected: dict[str, Any], assessment: Assessment) -> Iterator[str]:
    for key, value in expected.items():
        if key in LEVELS and not LEVELS[key](assessment, value):
            yield f"{key} should be {value}; the level is {assessment.lower} to {assessment.upper}"
        if key in TRUTHS:
            yield from _found(key, value, assessment)
        if key not in ASSESS_KEYS:
            yield f"{key!r} is no expectation; use one of {', '.join(sorted(ASSESS_KEYS))}"


def _found(wanted: str, names: list[str], assessment: Assessment) -> Iterator[str]:
    for name in names:
        truth = assessment.found.get(name)
        if truth is None:
            yield f"{name}: there is no such finding"
        elif not TRUTHS[wanted](truth):
            yield f"{name} should be {wanted.replace('_', ' ')}; it is {truth.word}"


def _weighed(wanted: dict[str, Any], pathway: Pathway) -> Iterator[str]:
    if extra := sorted(set(wanted) - LAW_KEYS):
        yield f"{extra[0]!r} is no expectation; use one of {', '.join(sorted(LAW_KEYS))}"
    if wanted.get("verdict") != pathway.verdict:
        yield f"verdict should be {wanted.get('verdict')}, is {pathway.verdict}"
    dated = "until" in wanted or wanted.get("verdict") == "blocked"
    if dated and pathway.until != wanted.get("until"):
        yield f"until should be {wanted.get('until', 'no date')}, is {pathway.until or 'no date'}"
    for flag in ("lawyer_first", "discretionary"):
        if wanted.get(flag, getattr(pathway, flag)) is not getattr(pathway, flag):
            yield f"{flag} should be {wanted[flag]}, is {getattr(pathway, flag)}"
    yield from _held(wanted, pathway)
    yield from _clocked(wanted.get("clocks", {}), pathway)


def _held(wanted: dict[str, Any], pathway: Pathway) -> Iterator[str]:
    for field in ("missing", "dangers", "produces"):
        held = getattr(pathway, field)
        if lacking := [key for key in wanted.get(field, ()) if key not in held]:
            yield f"{field} should hold {', '.join(lacking)}, is {', '.join(held) or 'empty'}"
    if unwanted := [key for key in wanted.get("dangers_not", ()) if key in pathway.dangers]:
        yield f"dangers should not hold {', '.join(unwanted)}"


def _clocked(wanted: dict[str, Any], pathway: Pathway) -> Iterator[str]:
    ticking = {t.clock.key: t for t in pathway.clocks}
    for key, value in wanted.items():
        clock = ticking.get(key)
        if clock is None:
            yield f"{key} should run, and does not"
        elif value == "undated":
            if clock.state is not State.UNDATED:
                yield f"{key} should print no date, is {clock.state} {clock.ends_on}"
        elif clock.ends_on != value:
            yield f"{key} should end on {value}, ends on {clock.ends_on or clock.state}"


def _settling(pathway: Pathway) -> str:
    settling = [
        f"{s.line} = {s.truth.word} [{s.source}]" for s in pathway.trail if s.truth is not Truth.YES
    ]
    return "; ".join(settling) or "every need met and no bar standing"
