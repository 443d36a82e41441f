"""Asking gently: the few questions that can still change something, why each, and what would follow."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from alongside.domain.facts import Kind, Silence
from alongside.domain.pathways import STARTABLE, Verdict
from alongside.doors.entry.asking import question_of
from alongside.doors.entry.forms import take
from alongside.doors.showing.cards import Card, card_of, offered
from alongside.doors.showing.placing import place_of
from alongside.doors.showing.speaking import book
from alongside.library.gentle import Gentle

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from django.http import HttpResponse

    from alongside.domain.facts import Value
    from alongside.doors.entry.asking import Question
    from alongside.doors.entry.visit import Visit
    from alongside.library.book import Outlook
    from alongside.library.interview import Part
    from alongside.library.reading import Text
    from alongside.library.vocabulary import FactEntry

PAGE = "y/"
TOGETHER = 3
"""So many questions of one page are asked at once, when they are among the next ones."""
NEAR = 12
NAMED = 4
"""So many ways are named for each answer; more could not be read."""
UNTOLD = frozenset({"unknown", "not_sure"})


@dataclass(frozen=True)
class Follows:
    """What one answer would do: the words of the answer, the ways that open with it and that close."""

    answer: Text | None
    word: str
    opens: list[Card]
    closes: list[Card]


@dataclass(frozen=True)
class Asked:
    """The next questions, of one part of the interview, and what would follow from the first of them.

    ``left``: how many questions could still change something, these among them.
    """

    part: Part
    questions: list[Question]
    follows: list[Follows]
    left: int


@lru_cache(maxsize=2)
def _gentle(today: date) -> Gentle:
    return Gentle(book(), today)


def next_asked(visit: Visit) -> Asked | None:
    """Return the next questions; None when nothing that could be asked would change anything."""
    gentle = _gentle(visit.today)
    unclear = [key for key in visit.draft.faults if key in gentle.burden]
    order = list(dict.fromkeys((*unclear, *gentle.following(visit.draft.answers))))
    at = place_of(order[0]) if order else None
    if at is None:
        return None
    part = book().interview[at[0] - 1]
    beside = [key for key in order[:NEAR] if place_of(key) == at][:TOGETHER]
    questions = [question_of(book().vocabulary.facts[key], visit.draft) for key in beside]
    warned = not part.warning or part.key in visit.draft.warned
    follows = list(_following(visit, questions[0].fact)) if warned else []
    return Asked(part, questions, follows, len(order))


def _following(visit: Visit, fact: FactEntry) -> Iterator[Follows]:
    """Say which ways each answer opens or closes; nothing where an answer is a day or a number."""
    now = visit.outlook()
    for value, text, word in _values(fact):
        told: Mapping[str, Value] = {fact.key: value}
        then = book().look({**visit.draft.answers, **told}, visit.today)
        opens = _turned(now, then, into=Verdict.OPEN)
        closes = [c for v in (Verdict.CLOSED, Verdict.BLOCKED) for c in _turned(now, then, into=v)]
        if opens or closes:
            yield Follows(text, word, opens[:NAMED], closes[:NAMED])


def _values(fact: FactEntry) -> Iterator[tuple[Value, Text | None, str]]:
    if fact.kind is Kind.YES_NO:
        yield True, None, "yes"
        yield False, None, "no"
    elif fact.kind is Kind.CHOICE:
        for option in fact.options:
            if option not in UNTOLD:
                yield option, fact.labels[option], ""


def _turned(now: Outlook, then: Outlook, *, into: Verdict) -> list[Card]:
    """Return the ways that come to a verdict and may be named, as they would stand."""
    keys = (
        key
        for key, path in then.remedies.items()
        if path.verdict is into and now.remedies[key].verdict in STARTABLE - {into}
    )
    return [
        card_of(key, then) for key in keys if offered(book().remedies[key], then.facts, then.on)
    ]


def told(visit: Visit, posted: Mapping[str, str]) -> HttpResponse:
    """Take what was answered and go on by 303; what was left empty is kept to oneself.

    Whatever stood on the page is taken, even when another tab has gone on meanwhile.
    """
    draft, facts = visit.draft, book().vocabulary.facts
    move = posted.get("move", "next")
    if move.startswith(("shown:", "skip:")):
        return _warned(visit, *move.split(":", 1))
    shown = [facts[key] for key in posted.get("asked", "").split() if _may_be_told(visit, key)]
    before = {fact.key: draft.answers.get(fact.key) for fact in shown}
    take(draft, shown, posted)
    for fact in shown:
        if fact.key not in draft.answers and fact.key not in draft.faults:
            draft.answers[fact.key] = Silence.RATHER_NOT_SAY
    if draft.keys:
        draft.changed += [key for key, was in before.items() if draft.answers.get(key) != was]
    return visit.go_on("o/" if move == "show" else PAGE)


def _may_be_told(visit: Visit, key: str) -> bool:
    at = place_of(key)
    if at is None:
        return False
    part = book().interview[at[0] - 1]
    return not part.warning or part.key in visit.draft.warned


def _warned(visit: Visit, move: str, key: str) -> HttpResponse:
    """Note that a warning was read, or that the person keeps all of that part to themselves."""
    part = next((p for p in book().interview if p.key == key), None)
    if part is None:
        return visit.go_on(PAGE)
    if move == "shown":
        visit.draft.warned.append(part.key)
        if part.shows:
            visit.draft.answers[part.shows] = True
    else:
        for fact in (fact for page in part.pages for fact in page):
            visit.draft.answers.setdefault(fact, Silence.RATHER_NOT_SAY)
    return visit.go_on(PAGE)
