"""Planned: the orders of steps as the command line prints them, each reason with its source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from alongside.domain.pathways import MOST
from alongside.domain.rules import Outcome
from alongside.library.answers import AnswerError
from alongside.library.beside import WAITING, beside_json
from alongside.library.pointing import looked_at, worth_ordering
from alongside.library.reading import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from alongside.domain.facts import Answer
    from alongside.domain.pathways import Order, Plan, PlannedStep, Turn
    from alongside.domain.rules import Goal
    from alongside.library.book import Book, Outlook

SAID = {"closes": "closes", "could_close": "could close", "opens": "opens", "leads": "can lead to"}
AFTER = {Outcome.FILED: "", Outcome.GRANTED: "after a yes, ", Outcome.REFUSED: "after a no, "}


@dataclass(frozen=True)
class Asked:
    """What is asked: which steps, which of them goes first, and what matters most, in order."""

    wanted: tuple[str, ...]
    first: str
    matters: tuple[Goal, ...]


@dataclass(frozen=True)
class Planned:
    """The orders; with a step to go first, those of the others once it is filed.

    ``turns``: what each of the steps asked for turns as things stand, the first one too.
    """

    outlook: Outlook
    asked: Asked
    plan: Plan
    turns: Mapping[str, tuple[Turn, ...]]


def planned(book: Book, answers: Mapping[str, Answer], outlook: Outlook, asked: Asked) -> Planned:
    """Put the steps in order. Raises AnswerError for a key that is none, and for too many."""
    for key in (*asked.wanted, *filter(None, [asked.first])):
        if key not in outlook.remedies:
            msg = (
                f"There is no remedy {key!r}; the nearest one is {nearest(key, outlook.remedies)}."
            )
            raise AnswerError(msg)
    wanted = asked.wanted or _worth(outlook, asked.matters)
    wanted = tuple(dict.fromkeys((*wanted, *filter(None, [asked.first]))))
    if len(wanted) > MOST:
        msg = f"{len(wanted)} steps are too many to put in order; name at most {MOST}."
        raise AnswerError(msg)
    plan = book.plan(answers, outlook, wanted, asked.matters)
    turns = plan.turns
    if asked.first:
        plan = book.plan(answers, outlook, wanted, asked.matters, asked.first)
    return Planned(outlook, Asked(wanted, asked.first, asked.matters), plan, turns)


def _worth(outlook: Outlook, matters: tuple[Goal, ...]) -> tuple[str, ...]:
    """Choose as the page does."""
    paths = outlook.remedies.values()
    worth = (path for path in paths if worth_ordering(path, outlook.facts, outlook.on))
    return tuple(looked_at(worth, matters, outlook))


def plan_json(found: Planned, book: Book) -> dict[str, Any]:
    """Return the orders in the published shape (docs/reference/command-line.md)."""
    return {
        "on": found.outlook.on.isoformat(),
        "edition": book.edition,
        "wanted": list(found.asked.wanted),
        "first": found.asked.first or None,
        "orders": [_order_json(order) for order in found.plan.orders],
        "relations": [
            {"first": r.first, "then": r.then, "turning": r.turning, "papers": list(r.papers)}
            for r in found.plan.relations
        ],
        "turns": {key: [_turn_json(t, book) for t in turns] for key, turns in found.turns.items()},
        "shut": list(found.plan.shut),
        "wait": {key: beside_json(book.remedies[key])["wait"] for key in found.asked.wanted},
    }


def _order_json(order: Order) -> dict[str, Any]:
    return {
        "stages": [[_step_json(step) for step in stage] for stage in order.stages],
        "left_out": [{"key": left.key, "against": list(left.against)} for left in order.left_out],
    }


def _step_json(step: PlannedStep) -> dict[str, Any]:
    return {
        "key": step.key,
        "by": step.by.isoformat() if step.by else None,
        "by_of": step.by_of,
        "from_on": step.from_on.isoformat() if step.from_on else None,
        "clashes": step.clashes,
    }


def _turn_json(turn: Turn, book: Book) -> dict[str, Any]:
    return {
        "key": turn.key,
        "turning": turn.turning,
        "outcome": turn.on,
        "before": turn.before,
        "after": turn.after,
        "because": [{"line": line, "source": cited} for line, cited in grounds(turn, book)],
        "until": turn.until.isoformat() if turn.until else None,
    }


def grounds(turn: Turn, book: Book) -> list[tuple[str, str]]:
    """Return the lines of law by which one step turns another, each with its source."""
    remedy = book.remedies[turn.key]
    bars = {bar.key: bar for bar in remedy.rule.bars}
    needs = {need.lines.text: need.source for need in remedy.rule.needs}
    return [
        (bars[key].text, book.sources.cited(remedy.bar_cites.get(key, ())) or bars[key].source)
        if key in bars
        else (key, needs.get(key, remedy.rule.source))
        for key in turn.because
    ]


def plan_lines(found: Planned, book: Book) -> Iterator[str]:
    """Write the orders for a person to read: what would be closed first, then the orders."""
    yield (
        f"On {found.outlook.on}. Information, not legal advice. No lawyer has reviewed this edition."
    )
    if found.asked.first:
        yield f"\nIf this goes first: {_named(found.asked.first, book)}"
        yield from _turn_lines(found.turns[found.asked.first], book)
    for number, order in enumerate(found.plan.orders, 1):
        yield f"\nORDER {number}"
        taken = {found.asked.first}
        for at, stage in enumerate(order.stages, 1):
            for step in stage:
                yield from _step_lines(at, step, book)
                turns = (t for t in found.turns[step.key] if t.key not in taken)
                yield from _turn_lines(turns, book)
                for wait in book.remedies[step.key].wait:
                    cited = book.sources.cited(wait.cites)
                    yield f"        while you wait, {WAITING[wait.kind]}: {wait.text.en} [{cited}]"
            taken |= {step.key for step in stage}
        for left in order.left_out:
            yield f"  gives up {_named(left.key, book)}; against {', '.join(left.against) or 'the rest'}"
    yield from (f"\nCLOSED in any order: {_named(key, book)}" for key in found.plan.shut)


def _named(key: str, book: Book) -> str:
    return f"{book.remedies[key].words.name.en}  [{key}]"


def _step_lines(at: int, step: PlannedStep, book: Book) -> Iterator[str]:
    yield f"  {at}. {_named(step.key, book)}"
    if step.by:
        of = "" if step.by_of == step.key else f", the last day of {step.by_of}"
        yield f"        last day in this order: {step.by}{of}"
    if step.from_on:
        yield f"        can start on {step.from_on}"
    if step.clashes:
        yield "        these two days do not fit"


def _turn_lines(turns: Iterable[Turn], book: Book) -> Iterator[str]:
    for turn in turns:
        until = f" until {turn.until}" if turn.until else ""
        yield f"        {AFTER[turn.on]}{SAID[turn.turning]}: {_named(turn.key, book)}{until}"
        for line, cited in grounds(turn, book):
            yield f"            {line} [{cited}]"
