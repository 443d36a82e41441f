"""Reaching: which steps can be taken after which, by what is true once the others are filed.

Every set of steps that can have been taken is looked at, not pairs alone: two steps may shut a third
only together. Filing sets facts whatever the order, so a set of filed steps is one state; where an
effect hangs on another step, the state is the one with that effect.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from itertools import chain, combinations
from typing import TYPE_CHECKING

from alongside.domain.pathways.consequences import Turning, outcome_of
from alongside.domain.pathways.judging import STARTABLE, Verdict, judge
from alongside.domain.rules import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from alongside.domain.pathways.consequences import Changes, Turn, View
    from alongside.domain.pathways.judging import Judged

Done = frozenset[str]


class Reach:
    """What can be taken once other steps are filed, for one person and one handful of steps."""

    def __init__(
        self, view: View, steps: tuple[str, ...], turns: Mapping[str, tuple[Turn, ...]]
    ) -> None:
        """Look at ``steps``; ``turns`` says which of them open others, and on what outcome."""
        self.view = view
        self.steps = steps
        self._openers = {
            key: tuple(
                (by, turn.on)
                for by in steps
                for turn in turns[by]
                if turn.key == key and turn.turning is Turning.OPENS
            )
            for key in steps
        }
        self._judged: dict[tuple[str, Done], bool] = {}
        self._completes: dict[tuple[Done, Done], bool] = {}

    @cached_property
    def _acting(self) -> Done:
        """The steps whose filing sets a fact that any of these steps reads, or could after others."""
        rules = [self.view.rules[key] for key in self.steps]
        hung = (effect.when.operands for r in rules for effect in r.effects if effect.when)
        read = frozenset(chain.from_iterable((*(rule.operands for rule in rules), *hung)))
        now = self.view.situation({})
        found = set()
        for key in self.steps:
            effects = tuple(replace(effect, when=None) for effect in self.view.rules[key].effects)
            whole = replace(self.view.rules[key], effects=effects)
            changes, _ = outcome_of(whole, Outcome.FILED, self.view.situation, self.view.today)
            then = self.view.situation(changes) if changes else now
            if any(now.get(fact) != then.get(fact) for fact in read):
                found.add(key)
        return frozenset(found)

    def waits(self, key: str) -> bool:
        """Say whether a step is shut only until a known day."""
        judged = self._judge(key, {})
        return judged.verdict is Verdict.BLOCKED and judged.until[0] is not None

    def can_start(self, key: str) -> bool:
        """Say whether a step can be taken with nothing else done, today or from a known day."""
        return self._judge(key, {}).verdict in STARTABLE or self.waits(key)

    def able(self, key: str, done: Done) -> bool:
        """Say whether a step can be taken once ``done`` are filed, and have opened what they can open."""
        state = (key, (done & self._acting) | {by for by, _ in self._openers[key] if by in done})
        if state not in self._judged:
            self._judged[state] = self._able(key, done)
        return self._judged[state]

    def _able(self, key: str, done: Done) -> bool:
        filed = self._filed(done)
        judged = self._judge(key, filed)
        if judged.verdict in STARTABLE:
            return True
        if self.waits(key):
            return judged.until == self._judge(key, {}).until and judged.verdict is Verdict.BLOCKED
        return any(
            self._judge(key, self._outcome(by, on, filed)).verdict in STARTABLE
            for by, on in self._openers[key]
            if by in done
        )

    def _filed(self, done: Done) -> Changes:
        """Return what is true once these are filed: every effect that comes about in some order of them."""
        changes: Changes = {}
        acting = [key for key in self.steps if key in done and key in self._acting]
        for _ in acting:
            before = changes
            for key in acting:
                changes = self._outcome(key, Outcome.FILED, changes)
            if not self._hanging or changes == before:
                break
        return changes

    @cached_property
    def _hanging(self) -> bool:
        """Say whether an effect of filing hangs on something: on a step, it may be, that is filed before."""
        effects = chain.from_iterable(self.view.rules[key].effects for key in self.steps)
        return any(effect.on is Outcome.FILED and effect.when for effect in effects)

    def _outcome(self, key: str, on: Outcome, so_far: Changes) -> Changes:
        rule = self.view.rules[key]
        return outcome_of(rule, on, self.view.situation, self.view.today, so_far)[0]

    def _judge(self, key: str, changes: Changes) -> Judged:
        view = self.view
        return judge(view.rules[key], view.situation(changes), view.today, view.never_asked)

    def largest(self) -> list[Done]:
        """Return every set of steps that can all be taken, and to which none can be added."""
        reached, edge = {frozenset[str]()}, [frozenset[str]()]
        while edge:
            done = edge.pop()
            for key in self.steps:
                more = done | {key}
                if key not in done and more not in reached and self.able(key, done):
                    reached.add(more)
                    edge.append(more)
        ordered = sorted(reached, key=lambda done: (-len(done), self._places(done)))
        found: list[Done] = []
        for done in ordered:
            if not any(done <= other for other in found):
                found.append(done)
        return found

    def _places(self, done: Done) -> list[int]:
        return [place for place, key in enumerate(self.steps) if key in done]

    def stages(
        self, chosen: Done, wishes: Callable[[str], frozenset[str]]
    ) -> tuple[tuple[str, ...], ...]:
        """Put a set that can be taken in stages, each as early as can be, its steps in any order.

        ``wishes`` names what had better come before a step: kept to where nothing certain forbids it.
        """
        done, stages = frozenset[str](), list[tuple[str, ...]]()
        while done != chosen:
            left = [key for key in self.steps if key in chosen - done]
            free = [key for key in left if not wishes(key).intersection(left) - {key}]
            stage = self._stage(free, done, chosen) or self._stage(left, done, chosen)
            stages.append(stage)
            done |= set(stage)
        return tuple(stages)

    def _stage(self, candidates: list[str], done: Done, chosen: Done) -> tuple[str, ...]:
        stage: tuple[str, ...] = ()
        for key in candidates:
            if self._any_order((*stage, key), done, chosen):
                stage = (*stage, key)
        return stage

    def _any_order(self, stage: tuple[str, ...], done: Done, chosen: Done) -> bool:
        """Say whether these can be taken in any order after ``done``, and the rest still after them."""
        newest = stage[-1]
        before = (done | set(some) for some in _subsets(stage[:-1]))
        after = (done | set(some) | {newest} for some in _subsets(stage[:-1]))
        return (
            self._completable(done | set(stage), chosen)
            and all(self.able(newest, filed) for filed in before)
            and all(self.able(k, filed) for filed in after for k in stage[:-1] if k not in filed)
        )

    def _completable(self, done: Done, chosen: Done) -> bool:
        if done == chosen:
            return True
        if (done, chosen) not in self._completes:
            self._completes[done, chosen] = any(
                self.able(key, done) and self._completable(done | {key}, chosen)
                for key in self.steps
                if key in chosen - done
            )
        return self._completes[done, chosen]


def _subsets(keys: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    return chain.from_iterable(combinations(keys, size) for size in range(len(keys) + 1))
