"""Lines: *fact, operator, value*, the only grammar a rule may use.

``|`` joins groups of which one is enough; ``&`` joins the lines of a group, all of which must hold;
nothing nests deeper. What does not fit is a named predicate that cites the law.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from alongside.domain.facts import Facts, Span, Truth, all_of, any_of
from alongside.domain.lengths import days, months
from alongside.domain.predicates import NEEDS

if TYPE_CHECKING:
    from collections.abc import Iterator


class Op(StrEnum):
    """The operators a line may use."""

    IS = "is"
    IS_NOT = "is_not"
    IN = "in"
    AFTER = "after"
    AT_LEAST = "at_least"
    WITHIN_DAYS = "within_days"
    OLDER_THAN_MONTHS = "older_than_months"


class LineError(ValueError):
    """A line that cannot be read; the message says what is wrong and what would be right."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line. ``words`` are the values it compares with, as written."""

    fact: str
    op: Op
    words: tuple[str, ...]
    amount: float
    day: date | None

    def __str__(self) -> str:
        """Return the line as it is written in a rule."""
        return f"{self.fact} {self.op} {','.join(self.words)}"

    def truth(self, facts: Facts, today: date) -> Truth:
        """Read the line for a person on a day; a line on an unknown fact is unknown."""
        value = facts.values.get(self.fact)
        if value is None:
            return Truth.UNKNOWN
        if isinstance(value, Span):
            return self._truth_of_day(value, today)
        if self.op is Op.AT_LEAST:
            return _yes_if(not isinstance(value, str) and value >= self.amount)
        word = ("yes" if value else "no") if isinstance(value, bool) else str(value)
        return _yes_if((word in self.words) is not (self.op is Op.IS_NOT))

    def unknowns(self, facts: Facts, today: date) -> tuple[str, ...]:
        """Name the fact when it is what keeps the line from being read."""
        return (self.fact,) if self.truth(facts, today) is Truth.UNKNOWN else ()

    def _truth_of_day(self, day: Span, today: date) -> Truth:
        first, last = self._holds_on(day.earliest, today), self._holds_on(day.latest, today)
        return _yes_if(first) if first is last else Truth.UNKNOWN

    def _holds_on(self, day: date, today: date) -> bool:
        if self.op is Op.AFTER:
            return self.day is not None and day > self.day
        if self.op is Op.WITHIN_DAYS:
            return today <= days(int(self.amount)).after(day)
        return months(int(self.amount)).after(day) < today


@dataclass(frozen=True, slots=True)
class Predicate:
    """A named rule that flat lines cannot say; see :mod:`alongside.domain.predicates`."""

    name: str

    def __str__(self) -> str:
        """Return the predicate as it is written in a rule."""
        return f"predicate {self.name}"

    def truth(self, facts: Facts, today: date) -> Truth:
        """Ask the predicate."""
        return NEEDS[self.name].read(facts, today)[0]

    def unknowns(self, facts: Facts, today: date) -> tuple[str, ...]:
        """Name the facts that would settle the predicate, when it is not settled."""
        return NEEDS[self.name].read(facts, today)[1]


Test = Line | Predicate


@dataclass(frozen=True, slots=True)
class Lines:
    """``|`` of ``&``-groups, with their text and the facts they read, each worked out once."""

    groups: tuple[tuple[Test, ...], ...]
    text: str
    operands: tuple[str, ...]

    @classmethod
    def of(cls, groups: tuple[tuple[Test, ...], ...]) -> Lines:
        """Build lines from their groups."""
        text = " | ".join(" & ".join(map(str, group)) for group in groups)
        operands = (key for group in groups for test in group for key in operands_of(test))
        return cls(groups, text, tuple(dict.fromkeys(operands)))

    def __str__(self) -> str:
        """Return the lines as they are written in a rule."""
        return self.text

    def __iter__(self) -> Iterator[Test]:
        """Go through every line once, in the order written."""
        return (test for group in self.groups for test in group)

    def truth(self, facts: Facts, today: date) -> Truth:
        """Read the lines for a person on a day."""
        if len(self.groups) == 1 and len(self.groups[0]) == 1:
            return self.groups[0][0].truth(facts, today)
        return any_of(all_of(t.truth(facts, today) for t in group) for group in self.groups)

    def unknowns(self, facts: Facts, today: date) -> tuple[str, ...]:
        """Name the operands that keep the lines from being settled; none when they are."""
        if len(self.groups) == 1 and len(self.groups[0]) == 1:
            return self.groups[0][0].unknowns(facts, today)
        truths = [all_of(t.truth(facts, today) for t in group) for group in self.groups]
        if any_of(truths) is not Truth.UNKNOWN:
            return ()
        pairs = zip(self.groups, truths, strict=True)
        still_open = [group for group, truth in pairs if truth is Truth.UNKNOWN]
        return tuple(
            dict.fromkeys(
                k for group in still_open for t in group for k in t.unknowns(facts, today)
            )
        )


def operands_of(test: Test) -> tuple[str, ...]:
    """Name the facts one line or predicate reads."""
    return NEEDS[test.name].reads if isinstance(test, Predicate) else (test.fact,)


def read_lines(text: str) -> Lines:
    """Read ``a is yes & b in x,y | predicate p``.

    Raises LineError with one sentence that names the part that cannot be read.
    """
    if "(" in text or ")" in text:
        msg = f"{text!r} nests; only '|' of '&'-groups may be written, anything else is a predicate"
        raise LineError(msg)
    groups = tuple(
        tuple(read_test(part.strip()) for part in group.split("&")) for group in text.split("|")
    )
    return Lines.of(groups)


def read_test(text: str) -> Test:
    """Read one line, ``fact operator value``, or ``predicate name``."""
    words = text.split()
    if words[:1] == ["predicate"]:
        return _read_predicate(words)
    if len(words) != 3 or not re.fullmatch(r"[a-z0-9_]+(\.[a-z0-9_]+)+", words[0]):  # noqa: PLR2004 - three words
        msg = f"{text!r} is not 'fact operator value'"
        raise LineError(msg)
    fact, op_word, value = words
    if op_word not in set(Op):
        msg = f"{op_word!r} in {text!r} is no operator; use one of {', '.join(Op)}"
        raise LineError(msg)
    op = Op(op_word)
    return Line(fact, op, tuple(value.split(",")), _amount(op, value, text), _day(op, value, text))


def _read_predicate(words: list[str]) -> Predicate:
    name = words[1] if len(words) == 2 else " ".join(words[1:])  # noqa: PLR2004 - two words
    if name not in NEEDS:
        msg = f"there is no predicate {name!r}; use one of {', '.join(sorted(NEEDS))}"
        raise LineError(msg)
    return Predicate(name)


def _amount(op: Op, value: str, text: str) -> float:
    if op not in {Op.AT_LEAST, Op.WITHIN_DAYS, Op.OLDER_THAN_MONTHS}:
        return 0
    try:
        return float(value)
    except ValueError as error:
        msg = f"{value!r} in {text!r} is not a number"
        raise LineError(msg) from error


def _day(op: Op, value: str, text: str) -> date | None:
    if op is not Op.AFTER:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        msg = f"{value!r} in {text!r} is not a day written like 2026-07-23"
        raise LineError(msg) from error


def _yes_if(held: bool) -> Truth:  # noqa: FBT001 - private, one meaning
    return Truth.YES if held else Truth.NO
