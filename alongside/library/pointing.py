"""Pointing: which remedies something told speaks for, and which are for another place than this person's.

No verdict depends on it. It says only what a page or a command names first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from alongside.domain.facts import Truth
from alongside.domain.lines import Line, Op
from alongside.domain.pathways import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from alongside.domain.facts import Facts
    from alongside.domain.lines import Test
    from alongside.domain.pathways import Pathway
    from alongside.domain.rules import Goal, Need, Rule
    from alongside.library.book import Outlook

LOOKED_AT = 6
"""How many steps are put in order for somebody who has chosen none."""
LABOUR_LAW, FEDERAL_ALONE = "place.labour_law", frozenset({"fed"})
SOMEWHERE = {
    LABOUR_LAW,
    "crime.province",
    "injury.province",
    "place.province",
    "place.work_province",
}
"""Facts that say which place's law it is."""
WHERE_AND_WHO = ("place.", "status.foreign_national")
"""Facts that nearly everybody has in common; none of them speaks for one way more than another."""


def spoken_for(rule: Rule, facts: Facts, on: date) -> bool:
    """Say whether something told speaks for it: a need that a *yes* or a value already meets."""
    return any(_told(need, facts, on) for need in rule.needs)


def _told(need: Need, facts: Facts, on: date) -> bool:
    return any(_speaks(line) and line.truth(facts, on) is Truth.YES for line in need.lines)


def _speaks(line: Test) -> bool:
    return (
        isinstance(line, Line)
        and line.op is not Op.IS_NOT
        and line.words not in {("no",), ("none",)}
        and not line.fact.startswith(WHERE_AND_WHO)
    )


def for_elsewhere(rule: Rule, facts: Facts) -> bool:
    """Say whether it is for jobs, harm or injuries of another place than, for all that was told, this person's.

    The law of the province is the rule for work, federal law the exception for a few kinds of it. Harm and
    injury happen mostly where somebody works, and most people live there. The verdict stays *ask* while it
    is not known; a page only does not point there.
    """
    places = {f: w for f, w in rule.named.items() if f in SOMEWHERE and not facts.knows(f)}
    if not places:
        return False
    here = facts.get("place.work_province") or facts.get("place.province")
    return places.get(LABOUR_LAW) == FEDERAL_ALONE or any(
        here is not None and here not in words for words in places.values()
    )


def worth_ordering(pathway: Pathway, facts: Facts, on: date) -> bool:
    """Say whether a step is worth putting in order: it can be taken, now or from a known day, here."""
    verdict, told = pathway.verdict, spoken_for(pathway.rule, facts, on)
    waits = verdict is Verdict.BLOCKED and pathway.until is not None
    able = verdict is Verdict.OPEN or (told and (verdict is Verdict.ASK or waits))
    return able and not for_elsewhere(pathway.rule, facts)


def looked_at(paths: Iterable[Pathway], matters: tuple[Goal, ...], looked: Outlook) -> list[str]:
    """Choose the steps to put in order for somebody who has chosen none: a few, of what something told speaks for.

    What serves what matters most goes first, then what most of what was told speaks for, then what is
    nearest to being settled. It chooses what is looked at, not what is better: every other step can be chosen.
    """

    def fits(path: Pathway) -> tuple[int, int, int]:
        served = [matters.index(goal) for goal in path.rule.serves if goal in matters]
        told = sum(_told(need, looked.facts, looked.on) for need in path.rule.needs)
        return min(served, default=len(matters)), -told, len(path.missing)

    worth = [path for path in paths if spoken_for(path.rule, looked.facts, looked.on)]
    return [path.rule.key for path in sorted(worth, key=fits)[:LOOKED_AT]]
