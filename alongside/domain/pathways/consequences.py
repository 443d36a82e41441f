"""Consequences: what taking one step does to every other, read from the rules themselves.

A step sets facts when it is filed, and others when the answer is yes or no (``Rule.effects``). Every
rule that reads one of them is weighed again. So a late refugee claim shuts the trafficking permit
here because the bar of that permit says so, and not because a table of pairs repeats it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from alongside.domain.facts import Facts, Span, Truth, Value
from alongside.domain.pathways.judging import STARTABLE, Judged, Standing, Verdict, judge
from alongside.domain.rules import Outcome

if TYPE_CHECKING:
    from datetime import date

    from alongside.domain.rules import Rule

Changes = Mapping[str, Value]
Situation = Callable[[Changes], Facts]
"""The facts of a person, with all that follows from them, once some told facts are changed."""


class Turning(StrEnum):
    """What happens to another step: it closes, it could close, it opens, or a need of it is met."""

    CLOSES = "closes"
    COULD_CLOSE = "could_close"
    OPENS = "opens"
    LEADS = "leads"


SURER = {Turning.COULD_CLOSE: Turning.CLOSES, Turning.LEADS: Turning.OPENS}
"""What makes it needless to say the less certain turn too."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One step turned by another: from which verdict to which, on what outcome, and why.

    ``because``: keys of the bars that newly stand (or could), or the needs that are newly not met,
    as written. ``until``: the last day it stays shut, when the bar says one.
    """

    key: str
    turning: Turning
    on: Outcome
    before: Verdict
    after: Verdict
    because: tuple[str, ...]
    until: date | None = None


def outcome_of(
    rule: Rule, on: Outcome, situation: Situation, today: date, so_far: Changes | None = None
) -> tuple[Changes, Changes]:
    """Return what certainly is changed once a step has come to ``on``, and what may be besides.

    A yes or a no includes what filing did. ``so_far``: what earlier steps changed.
    """
    certain = dict(so_far or {})
    if on is not Outcome.FILED:
        certain.update(outcome_of(rule, Outcome.FILED, situation, today, so_far)[0])
    possible: dict[str, Value] = {}
    for effect in rule.effects:
        if effect.on is not on:
            continue
        happens = effect.when.truth(situation(certain), today) if effect.when else Truth.YES
        sets = {key: Span.on(today) if value is None else value for key, value in effect.sets}
        if happens is Truth.YES:
            certain.update(sets)
        elif happens is Truth.UNKNOWN:
            possible.update(sets)
    return certain, {**certain, **possible}


@dataclass(frozen=True, slots=True)
class View:
    """What stays the same while consequences are read: the rules, the person, the day."""

    rules: Mapping[str, Rule]
    situation: Situation
    today: date
    never_asked: frozenset[str] = frozenset()

    def after(self, changes: Changes) -> View:
        """Return the same view once some facts are changed."""
        situation = self.situation
        return replace(self, situation=lambda more: situation({**changes, **more}))

    def turned(
        self, changes: Changes, on: Outcome, *, apart_from: str, certain: bool = True
    ) -> tuple[Turn, ...]:
        """Return every other step that ``changes`` turn."""
        now, then = self.situation({}), self.situation(changes)
        changed = {key for key in {*now.values, *then.values} if now.get(key) != then.get(key)} | (
            now.conflicted ^ then.conflicted
        )
        turns = [
            turn
            for key, rule in self.rules.items()
            if key != apart_from and not changed.isdisjoint(rule.operands)
            if (turn := self._turn(rule, (now, then), on, changes)) is not None
        ]
        return tuple(turn if certain else _possible(turn) for turn in turns)

    def _turn(
        self, rule: Rule, facts: tuple[Facts, Facts], on: Outcome, changes: Changes
    ) -> Turn | None:
        was = judge(rule, facts[0], self.today, self.never_asked)
        now = judge(rule, facts[1], self.today, self.never_asked)
        before, after = was.verdict, now.verdict
        if before not in STARTABLE:
            if after in STARTABLE:
                return Turn(rule.key, Turning.OPENS, on, before, after, ())
            if was.until[0] is None or now.until == was.until:
                return None
        lost, raised = _lost(was, now), _raised(was, now)
        if lost or raised:
            turning = Turning.COULD_CLOSE if after in STARTABLE else Turning.CLOSES
            ends = [standing.until for _, standing in raised]
            until = max(e for e in ends if e) if ends and all(ends) and not lost else None
            because = (*(key for key, _ in raised), *lost)
            return Turn(rule.key, turning, on, before, after, because, until)
        leads = after in STARTABLE and _met(was, now, changes)
        return Turn(rule.key, Turning.LEADS, on, before, after, ()) if leads else None


def _lost(was: Judged, now: Judged) -> list[str]:
    """Name the needs no longer met; one that was not known to be met is not lost."""
    pairs = zip(now.needs, was.needs, strict=True)
    return [need.lines.text for (need, truth), (_, old) in pairs if truth < old is Truth.YES]


def _raised(was: Judged, now: Judged) -> list[tuple[str, Standing]]:
    """Name the bars that come nearer: they stand, may stand now, or hang on fewer unknown facts."""
    pairs = zip(now.bars, was.bars, strict=True)
    return [
        (bar.key, standing)
        for (bar, standing), (_, old) in pairs
        if standing.truth > old.truth
        or (standing.truth is old.truth is Truth.UNKNOWN and {*standing.missing} < {*old.missing})
    ]


def _met(was: Judged, now: Judged, changes: Changes) -> bool:
    """Say whether a need comes to be met by what the step itself sets."""
    pairs = zip(now.needs, was.needs, strict=True)
    return any(
        truth is Truth.YES
        and old is Truth.UNKNOWN
        and not changes.keys().isdisjoint(need.lines.operands)
        for (need, truth), (_, old) in pairs
    )


def _possible(turn: Turn) -> Turn:
    """Say less of what follows from an effect that only may happen: it promises nothing."""
    less = {Turning.CLOSES: Turning.COULD_CLOSE, Turning.OPENS: Turning.LEADS}
    return replace(turn, turning=less.get(turn.turning, turn.turning))


def consequences(view: View, key: str) -> tuple[Turn, ...]:
    """Return all that one step does to the others: once filed, and after a yes or a no.

    What filing alone does is not said again for the yes and the no. What both a yes and a no do is
    said of both: the yes may make it needless, and the no is then what there is to fear.
    """
    rule, turns = view.rules[key], list[Turn]()
    for on in Outcome:
        certain, possible = outcome_of(rule, on, view.situation, view.today)
        if certain:
            turns += view.turned(certain, on, apart_from=key)
        if possible != certain:
            turns += view.turned(possible, on, apart_from=key, certain=False)
    first: dict[tuple[str, Turning, Outcome], Turn] = {}
    for turn in turns:
        surer = {turn.turning, SURER.get(turn.turning, turn.turning)}
        said = {(turn.key, t, on) for t in surer for on in (Outcome.FILED, turn.on)}
        if said.isdisjoint(first):
            first[turn.key, turn.turning, turn.on] = turn
    return tuple(first.values())
