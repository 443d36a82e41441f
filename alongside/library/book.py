"""The Book: all reviewed content together, and what it says for one person on one day.

``library`` composes what ``domain`` keeps apart: derive, assess, derive again, weigh.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from alongside.domain.assessment import Assessment, assess
from alongside.domain.derivation import derive, derive_from_findings
from alongside.domain.facts import Answer, Facts, value_of
from alongside.domain.pathways import Pathway, Plan, View, lay_out, outcome_of, weigh_all
from alongside.domain.rules import Outcome
from alongside.library.finding.index import Index
from alongside.library.finding.leaves import leaves
from alongside.library.finding.meanings import load_meanings
from alongside.library.rule_reading import JURISDICTIONS
from alongside.library.shelves import CONTENT, Shelves

__all__ = ["CONTENT", "Book", "Outlook", "concluded"]

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from alongside.domain.facts import Value
    from alongside.domain.pathways import Situation
    from alongside.domain.rules import Goal, Rule


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the Book says for one person on one day."""

    on: date
    facts: Facts
    assessment: Assessment
    remedies: Mapping[str, Pathway]
    ways: Mapping[str, Pathway]


class Book(Shelves):
    """The content of one folder, and what it says for a person."""

    @cached_property
    def index(self) -> Index:
        """The index of the search in all of it."""
        found = leaves(self)
        meanings = load_meanings(self.root, [leaf.key for leaf in found], JURISDICTIONS)
        return Index(found, meanings)

    def assess(self, answers: Mapping[str, Answer], on: date) -> tuple[Facts, Assessment]:
        """Derive, assess and derive again; the facts come back with everything that follows."""
        facts = derive(Facts.told(answers), on)
        found = assess(self.vocabulary.catalogue, self.definitions.all, facts)
        return concluded(facts, found, on), found

    def look(
        self, answers: Mapping[str, Answer], on: date, jurisdiction: str | None = None
    ) -> Outlook:
        """Say what the whole Book says for one person: a jurisdiction means federal plus it."""
        facts, assessment = self.assess(answers, on)
        never = self.vocabulary.never_asked
        rules = self.rules(jurisdiction)
        ways = {key: way.rule for key, way in self.ways.items()}
        return Outlook(
            on,
            facts,
            assessment,
            weigh_all(rules, facts, on, never),
            weigh_all(ways, facts, on, never),
        )

    def plan(
        self,
        answers: Mapping[str, Answer],
        look: Outlook,
        wanted: Iterable[str],
        matters: tuple[Goal, ...] = (),
        first: str = "",
    ) -> Plan:
        """Put wanted remedies of an outlook in order, by what each does to every other of it.

        ``answers`` are those that ``look`` was made from; ``matters`` is what counts most, in order.
        ``first``: the others are ordered as they would stand once this one is filed.
        """
        rules = {key: path.rule for key, path in look.remedies.items()}
        view = View(rules, self._situation(answers, look), look.on, self.vocabulary.never_asked)
        if not first:
            return lay_out(view, look.remedies, wanted, matters)
        filed, _ = outcome_of(rules[first], Outcome.FILED, view.situation, look.on)
        after = view.after(filed)
        paths = weigh_all(rules, after.situation({}), look.on, view.never_asked)
        return lay_out(after, paths, [key for key in wanted if key != first], matters)

    def _situation(self, answers: Mapping[str, Answer], look: Outlook) -> Situation:
        told = Facts.told(answers)
        known: dict[frozenset[tuple[str, Value]], Facts] = {}

        def changed(changes: Mapping[str, Value]) -> Facts:
            if not changes:
                return look.facts
            key = frozenset(changes.items())
            if key not in known:
                facts = Facts({**told.values, **changes}, told.conflicted - changes.keys())
                known[key] = concluded(derive(facts, look.on), look.assessment, look.on)
            return known[key]

        return changed

    def rules(self, jurisdiction: str | None = None) -> dict[str, Rule]:
        """Return the rules of every remedy, or of federal law and one province."""
        return {
            key: remedy.rule
            for key, remedy in self.remedies.items()
            if jurisdiction is None or remedy.rule.jurisdiction in {"fed", jurisdiction}
        }


def concluded(facts: Facts, found: Assessment, on: date) -> Facts:
    """Lay what the assessment found beside the facts, and derive what follows from it."""
    values = {
        key: value
        for key, truth in found.found.items()
        if facts.fillable(key) and (value := value_of(truth)) is not None
    }
    return derive_from_findings(facts.adding(values), on)
