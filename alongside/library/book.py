"""The Book: all reviewed content together, and what it says for one person on one day.

``library`` composes what ``domain`` keeps apart: derive, assess, derive again, weigh.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from alongside.domain.assessment import Assessment, assess
from alongside.domain.derivation import derive, derive_from_findings
from alongside.domain.facts import Answer, Facts, value_of
from alongside.domain.pathways import Pathway, Plan, View, lay_out, outcome_of, weigh_all
from alongside.domain.rules import Outcome
from alongside.library.afterwards import load_standards
from alongside.library.contacts import load_contacts
from alongside.library.definitions import load_definitions
from alongside.library.directory.needs import load_needs
from alongside.library.directory.reading import Shelf as DirectoryShelf
from alongside.library.directory.reading import load_directory
from alongside.library.forms import load_forms
from alongside.library.interview import load_interview
from alongside.library.outlines import Desk, load_outlines
from alongside.library.reading import Entry, read_page
from alongside.library.remedies import Shelf, load_remedies
from alongside.library.reviewing import load_wholes
from alongside.library.rights import load_rights
from alongside.library.rule_reading import JURISDICTIONS
from alongside.library.sources import load_dangers, load_sources
from alongside.library.topics import load_topics
from alongside.library.vocabulary import load_vocabulary
from alongside.library.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from alongside.domain.facts import Value
    from alongside.domain.pathways import Situation
    from alongside.domain.rules import Goal, Rule
    from alongside.library.afterwards import Standard
    from alongside.library.contacts import Contact
    from alongside.library.definitions import Definitions
    from alongside.library.directory.needs import Needs
    from alongside.library.directory.shapes import Directory
    from alongside.library.forms import Form
    from alongside.library.interview import Part
    from alongside.library.outlines import Outline
    from alongside.library.remedies import Remedy
    from alongside.library.reviewing import Whole
    from alongside.library.rights import Rights
    from alongside.library.sources import DangerWords, Sources
    from alongside.library.topics import Topic
    from alongside.library.vocabulary import Vocabulary

CONTENT = Path(__file__).resolve().parents[2] / "content"
WHOLE = frozenset({"es", "hr", "wc"})
"""The families of remedy without which a province's law is not whole."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the Book says for one person on one day."""

    on: date
    facts: Facts
    assessment: Assessment
    remedies: Mapping[str, Pathway]
    ways: Mapping[str, Pathway]


class Book:
    """The content of one folder, read part by part when first needed."""

    def __init__(self, root: Path = CONTENT) -> None:
        """Open the content under ``root``; nothing is read yet."""
        self.root = root

    @cached_property
    def edition(self) -> str:
        """The edition: the day of the content and a fingerprint of every file of it."""
        digest = hashlib.sha256()
        for path in sorted(self.root.rglob("*.toml")):
            digest.update(path.relative_to(self.root).as_posix().encode())
            digest.update(path.read_bytes())
        page, table = read_page(self.root / "edition.toml", self.root)
        day = Entry(page, table, "", "edition").word("edition")
        return f"{day}+{digest.hexdigest()[:12]}"

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Every fact, with its words."""
        return load_vocabulary(self.root)

    @cached_property
    def sources(self) -> Sources:
        """Every source."""
        return load_sources(self.root)

    @cached_property
    def dangers(self) -> dict[str, DangerWords]:
        """Every danger."""
        return load_dangers(self.root, self.sources)

    @cached_property
    def definitions(self) -> Definitions:
        """Every definition and the ladder."""
        return load_definitions(self.root, self.sources)

    @cached_property
    def remedies(self) -> dict[str, Remedy]:
        """Every legal remedy, by key, federal first."""
        found = self._cards("remedies")
        order = JURISDICTIONS.index
        return dict(sorted(found.items(), key=lambda item: order(item[1].rule.jurisdiction)))

    def gap(self, province: str | None) -> str:
        """Return the word that says what of a province's law is not here; empty when nothing is, or none is told.

        Nobody keeps a list of provinces that are done: it follows from the remedies. Whole means unpaid
        wages, human rights and injury (docs/how-to/add-a-province.md, step 5).
        """
        if province is None:
            return ""
        here = {family for family in WHOLE if f"{province}.{family}" in self._families}
        if here == WHOLE:
            return ""
        return "injury_law_missing" if here == WHOLE - {"wc"} else "law_missing"

    @cached_property
    def _families(self) -> frozenset[str]:
        return frozenset(key.rpartition(".")[0] for key in self.remedies)

    @cached_property
    def ways(self) -> dict[str, Remedy]:
        """The ways that are no legal remedy, with the same card."""
        return self._cards("ways")

    @cached_property
    def contacts(self) -> dict[str, Contact]:
        """Everyone a person can call, the national line first."""
        return load_contacts(self.root, self.sources)

    @cached_property
    def needs(self) -> Needs:
        """What a person may need, and the words in which somebody asks for it."""
        return load_needs(self.root)

    @cached_property
    def directory(self) -> Directory:
        """The starter list of who can help, each fact with what it rests on."""
        return load_directory(self.root, DirectoryShelf(self.needs, self.contacts, self.sources))

    @cached_property
    def interview(self) -> tuple[Part, ...]:
        """The questions in the order they are offered."""
        return load_interview(self.root, self.vocabulary.facts)

    @cached_property
    def rights(self) -> Rights:
        """What the rules here say, by topic and by sign."""
        return load_rights(self.root, self.vocabulary, self.sources)

    @cached_property
    def standards(self) -> dict[str, Standard]:
        """The human-rights standards behind the rules."""
        return load_standards(self.root, self.sources)

    @cached_property
    def topics(self) -> dict[str, Topic]:
        """The pages on what no single remedy is about."""
        return load_topics(self.root, self.sources)

    @cached_property
    def forms(self) -> dict[str, Form]:
        """The official forms, linked and never filled in."""
        return load_forms(self.root, self.vocabulary, self.sources)

    @cached_property
    def outlines(self) -> dict[str, Outline]:
        """The papers that a lawyer finishes."""
        desk = Desk(self.vocabulary, self.sources, self.remedies, self.forms)
        return load_outlines(self.root, desk)

    @cached_property
    def wholes(self) -> Mapping[str, Whole]:
        """The kinds of entry that are dated as a whole: the signs."""
        return load_wholes(self.root, self.sources)

    @cached_property
    def words(self) -> Words:
        """What the pages say, in every language."""
        return Words(self.root, self.root.parent / "locale")

    def _cards(self, folder: str) -> dict[str, Remedy]:
        shelf = Shelf(self.vocabulary, self.sources, self.dangers, self.standards)
        return load_remedies(self.root / folder, self.root, shelf)

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
