"""The shelves: all reviewed content of one folder, each kind read when somebody first asks for it."""

from __future__ import annotations

import hashlib
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from alongside.library.afterwards import load_standards
from alongside.library.contacts import load_contacts
from alongside.library.definitions import load_definitions
from alongside.library.directory.needs import load_needs
from alongside.library.directory.reading import Shelf as DirectoryShelf
from alongside.library.directory.reading import load_directory
from alongside.library.forms import load_forms
from alongside.library.further import load_cases, load_named, load_resources
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
    from collections.abc import Mapping

    from alongside.library.afterwards import Standard
    from alongside.library.contacts import Contact
    from alongside.library.definitions import Definitions
    from alongside.library.directory.needs import Needs
    from alongside.library.directory.shapes import Directory
    from alongside.library.forms import Form
    from alongside.library.further import Case, Named, Resource
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


class Shelves:
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
    def named(self) -> dict[str, Named]:
        """The thirteen remedies as the consultation of lawyers names them."""
        return load_named(self.root, self.sources, self.remedies)

    @cached_property
    def resources(self) -> dict[str, Resource]:
        """Law, tools, guides and studies that others made."""
        return load_resources(self.root, self.sources, self.remedies)

    @cached_property
    def cases(self) -> dict[str, Case]:
        """Cases told as examples."""
        return load_cases(self.root, self.sources, self.remedies)

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
