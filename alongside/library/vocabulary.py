"""The vocabulary: every fact a person may tell, once, with its words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from alongside.domain.consent import SECTIONS
from alongside.domain.facts import Kind
from alongside.domain.lines import Line
from alongside.domain.signs import Catalogue, Sign
from alongside.library.reading import Entry, Text, entries, nearest, pages

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from alongside.domain.lines import Lines

REGIONS = ("ab", "bc", "mb", "nb", "nl", "ns", "nt", "nu", "on", "pe", "qc", "sk", "yt")
NO_VALUE = frozenset({"unknown", "not_sure"})
TIERS = ("V", "E", "C", "C-", "D", "A", "X", "K")


class Caution(StrEnum):
    """Where asking can hurt. Pages of ``entry`` never ask a fact that is ``unaskable``."""

    NONE = ""
    NOT_FIRST = "not_first"
    NOT_AT_CHECK_IN = "not_at_check_in"
    ALONE = "alone"
    OPENED_BY_PERSON = "opened_by_person"
    DUTY_WARNING = "duty_warning"
    LAWYER_OFFERED = "lawyer_offered"
    AFTER_ADVICE = "after_advice"
    WITH_A_PERSON = "with_a_person"
    NEVER_OFFERED = "never_offered"
    LAWYER = "lawyer"
    ALWAYS = "always"

    @property
    def unaskable(self) -> bool:
        """Say whether a form with nobody beside it must not ask the fact at all."""
        return self in {
            self.LAWYER,
            self.ALWAYS,
            self.WITH_A_PERSON,
            self.AFTER_ADVICE,
            self.NEVER_OFFERED,
        }


@dataclass(frozen=True, slots=True)
class FactEntry:
    """One fact: its key everywhere, what an answer looks like, and how it may be asked."""

    key: str
    kind: Kind
    section: str
    sensitivity: int
    caution: Caution
    derives: str
    options: tuple[str, ...]
    labels: Mapping[str, Text]
    name: Text
    ask: Text | None
    told: Text | None
    why: Text | None
    only_if: Text | None
    only_when: Lines | None
    htcds: str
    used_by: tuple[str, ...]
    apart: bool
    rare: bool
    least: int | None
    most: int | None

    @property
    def askable(self) -> bool:
        """Say whether a page of ``entry`` may ask it: words to ask with, and no caution against."""
        return self.ask is not None and not self.caution.unaskable and self.kind is not Kind.TEXT

    @property
    def question(self) -> Text:
        """The words a person answers: the statement of a sign, else the question."""
        return self.told or self.ask or self.name


@dataclass(frozen=True)
class Vocabulary:
    """All facts by key, the signs among them, and the practitioner's words of each sign."""

    facts: Mapping[str, FactEntry]
    catalogue: Catalogue
    indicators: Mapping[str, Text]
    ilo: Mapping[str, tuple[int, ...]]

    @cached_property
    def flags(self) -> dict[str, tuple[str, ...]]:
        """What each sign is a flag for, by its key."""
        return {sign.key: sign.flags for sign in self.catalogue.signs}

    @cached_property
    def never_asked(self) -> frozenset[str]:
        """The facts that no page may ask, ever (rules map 1.2, rule 6)."""
        return frozenset(k for k, f in self.facts.items() if f.caution is Caution.ALWAYS)

    def check_lines(self, entry: Entry, field: str, lines: Lines | None) -> None:
        """Refuse lines that name an unknown fact, or a value the fact cannot have."""
        for test in lines or ():
            if isinstance(test, Line):
                self._check_line(entry, field, test)

    def _check_line(self, entry: Entry, field: str, line: Line) -> None:
        key, fact = line.fact, self.facts.get(line.fact)
        if fact is None:
            cure = f"Did you mean {nearest(key, self.facts)}?"
            entry.refuse(field, f"there is no fact {key!r}.", cure, str(line))
        allowed = {Kind.YES_NO: ("yes", "no"), Kind.CHOICE: fact.options, Kind.REGION: REGIONS}.get(
            fact.kind
        )
        for word in line.words if allowed else ():
            if word not in (allowed or ()):
                cure = f"Use {nearest(word, allowed or ())}."
                entry.refuse(field, f"{key} is never {word!r}.", cure, str(line))


def load_vocabulary(root: Path) -> Vocabulary:
    """Read ``content/facts`` and ``content/indicators``; refuse doubles and unknown sections."""
    facts: dict[str, FactEntry] = {}
    for page, table in pages(root / "facts", root):
        for _, entry in entries(page, table, "fact"):
            fact = _fact(entry)
            if fact.key in facts:
                entry.refuse("key", "this fact is already there.", "Give every fact one place.")
            facts[fact.key] = fact
    signs, indicators, ilo = _indicators(root, facts)
    return Vocabulary(facts, Catalogue(tuple(signs)), indicators, ilo)


def _fact(entry: Entry) -> FactEntry:
    kind = Kind(entry.one_of("kind", Kind))
    options = entry.words("options")
    labels = entry.table_of("option")
    derives = entry.word("derives", "")
    if (kind is Kind.CHOICE) != bool(options):
        entry.refuse(
            "options", "a choice, and only a choice, has options.", 'Write options = ["..."].'
        )
    fact = FactEntry(
        key=entry.word("key"),
        kind=kind,
        section=entry.one_of("section", SECTIONS),
        sensitivity=entry.number("sensitivity"),
        caution=Caution(entry.one_of("caution", Caution) if "caution" in entry.table else ""),
        derives=derives,
        options=options,
        labels={o: _label(entry, o, labels.get(o)) for o in options},
        name=entry.text("name"),
        ask=entry.text_or_none("ask"),
        told=entry.text_or_none("told"),
        why=entry.text_or_none("why"),
        only_if=entry.text_or_none("only_if"),
        only_when=entry.lines("only_when"),
        htcds=entry.word("htcds", ""),
        used_by=entry.words("used_by"),
        apart=entry.flag("apart"),
        rare=entry.flag("rare"),
        least=_bound(entry, kind, "least"),
        most=_bound(entry, kind, "most"),
    )
    if fact.ask is None and not derives:
        entry.refuse(
            "key", "a fact that does not derive wants a question.", "Write ask.en and ask.fr."
        )
    entry.done()
    return fact


def _bound(entry: Entry, kind: Kind, field: str) -> int | None:
    if field not in entry.table:
        return None
    if kind not in {Kind.NUMBER, Kind.MONEY}:
        entry.refuse(field, "only a number has a least and a most.", f"Take {field} away.")
    return entry.number(field)


def _label(entry: Entry, option: str, value: object) -> Text:
    if not isinstance(value, dict) or not value.get("en") or not value.get("fr"):
        entry.refuse(
            "options",
            f"option {option!r} has no words.",
            f'Write option.{option}.en = "..." and .fr.',
        )
    return Text(f"{entry.key}.option.{option}", value["en"], value["fr"])


def _indicators(
    root: Path, facts: Mapping[str, FactEntry]
) -> tuple[list[Sign], dict[str, Text], dict[str, tuple[int, ...]]]:
    signs: list[Sign] = []
    texts: dict[str, Text] = {}
    ilo: dict[str, tuple[int, ...]] = {}
    for page, table in pages(root / "indicators", root):
        for _, entry in entries(page, table, "indicator"):
            key = entry.key
            if key not in facts:
                entry.refuse(
                    "key", f"there is no fact {key!r}.", f"Did you mean {nearest(key, facts)}?"
                )
            if key in texts:
                entry.refuse("key", "this sign is already there.", "Give every sign one place.")
            signs.append(_sign(entry, facts[key]))
            texts[key] = entry.text("indicator")
            ilo[key] = tuple(entry.table.get("ilo11", ()))
            entry.words("flags")
            entry.table_of("delphi")
            entry._read.add("ilo11")  # noqa: SLF001 - numbers, read just above
            entry.done()
    return signs, texts, ilo


def _sign(entry: Entry, fact: FactEntry) -> Sign:
    sexual = fact.key.startswith("sex.") or fact.key in {"mar.service", "mar.no_consent"}
    return Sign(
        key=entry.word("key"),
        tier=entry.one_of("tier", TIERS),
        feeds=frozenset(entry.words("feeds")),
        flags=entry.words("flags"),
        sensitivity=fact.sensitivity,
        sexual=sexual,
        only_lawyer=fact.caution.unaskable,
        delphi={
            item: (pair[0], pair[1])
            for item, pair in entry.table_of("delphi").items()
            if item.startswith("d4_")
        },
    )
