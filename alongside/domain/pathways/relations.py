"""Relations: how steps act on one another in pairs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from alongside.domain.pathways.consequences import Turning
from alongside.domain.rules import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from alongside.domain.pathways.consequences import Turn
    from alongside.domain.pathways.weighing import Pathway

OWN_WORDS = frozenset({"evid.statement"})
"""What a person says themselves is no proof of what they say."""


@dataclass(frozen=True, slots=True)
class Relation:
    """How one step acts on another.

    ``turning``: None when all it does is to give ``papers`` that help the other. ``turn``: why, except
    for what was learnt by walking an order.
    """

    first: str
    then: str
    turning: Turning | None
    papers: tuple[str, ...] = ()
    turn: Turn | None = None


def relations_among(
    steps: tuple[str, ...],
    turns: Mapping[str, tuple[Turn, ...]],
    paths: Mapping[str, Pathway],
) -> tuple[Relation, ...]:
    """Return every way in which these steps act on one another.

    What a *yes* closes is left aside: it is what was wanted, or no longer needed. What a *no* closes
    can only be feared.
    """
    acts = [
        Relation(key, turn.key, turning, turn=turn)
        for key in steps
        for turn in turns[key]
        if turn.key in steps and (turning := _fearing(turn)) is not None
    ]
    proves = [
        Relation(key, then, None, papers)
        for key in steps
        for then in steps
        if key != then and (papers := _papers(paths[key], paths[then]))
    ]
    return (*acts, *proves)


def _fearing(turn: Turn) -> Turning | None:
    if turn.turning in {Turning.OPENS, Turning.LEADS} or turn.on is Outcome.FILED:
        return turn.turning
    return Turning.COULD_CLOSE if turn.on is Outcome.REFUSED else None


def _papers(giving: Pathway, using: Pathway) -> tuple[str, ...]:
    found = (key for key in giving.produces if key in using.rule.evidence)
    return tuple(key for key in found if key not in OWN_WORDS)


@dataclass(frozen=True, slots=True)
class Acting:
    """The relations, read in the ways that an order needs. ``startable``: steps that none has to open."""

    relations: tuple[Relation, ...]
    startable: frozenset[str]

    def shut_by(self, key: str) -> frozenset[str]:
        """Name the steps that this one would certainly shut."""
        return self._onto(key, Turning.CLOSES)

    def openers_of(self, key: str) -> frozenset[str]:
        """Name the steps that open this one."""
        return self._upon(key, Turning.OPENS)

    def must_precede(self, key: str) -> frozenset[str]:
        """Name the steps that can only come after this one: they would shut it, or it alone opens them."""
        opened = {
            then
            for then in self._onto(key, Turning.OPENS) - self.startable
            if self.openers_of(then) == {key}
        }
        return self._upon(key, Turning.CLOSES) | opened

    def comes_before(self, key: str) -> frozenset[str]:
        """Name the steps that come after this one, or had better."""
        hoped = {r.first for r in self.relations if key in self.wished_before(r.first)}
        led = {r.then for r in self.relations if key in self.wished_before(r.then)}
        return self.must_precede(key) | hoped | led

    def at_odds(self, one: str, other: str) -> bool:
        """Say whether either of two steps would shut the other."""
        return other in self.shut_by(one) or one in self.shut_by(other)

    def wished_before(self, key: str) -> frozenset[str]:
        """Name the steps that had better come before this one: it could shut them, or they lead to it.

        What goes both ways orders nothing.
        """
        could = self._onto(key, Turning.COULD_CLOSE) - self._upon(key, Turning.COULD_CLOSE)
        leads = self._upon(key, Turning.LEADS) - self._onto(key, Turning.LEADS)
        return could | leads

    def proves(self, one: str, other: str) -> bool:
        """Say whether one step gives a paper that helps the other, and gets none from it."""
        pairs = {(r.first, r.then) for r in self.relations if r.papers}
        return (one, other) in pairs and (other, one) not in pairs

    def _onto(self, key: str, turning: Turning) -> frozenset[str]:
        return frozenset(r.then for r in self.relations if r.first == key and r.turning is turning)

    def _upon(self, key: str, turning: Turning) -> frozenset[str]:
        return frozenset(r.first for r in self.relations if r.then == key and r.turning is turning)
