"""Reforms: small files that change rules, to see whom a change would open what for.

A reform changes what the law asks (``[[change]]``), a definition (``[[definition]]``), or what is so for
people in a situation (``[[given]]``). It is tried, never in force, and no page of a person shows one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from alongside.domain.rules import Need
from alongside.library.reading import Cite, Entry, Text, nearest, read_page
from alongside.library.rule_reading import checked_lines, read_setting

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from alongside.domain.assessment import Definition
    from alongside.domain.facts import Value
    from alongside.domain.lines import Lines
    from alongside.domain.rules import Rule
    from alongside.library.book import Book


@dataclass(frozen=True, slots=True)
class Given:
    """What a reform makes so for whoever ``when`` certainly holds for."""

    when: Lines
    sets: tuple[tuple[str, Value], ...]


@dataclass(frozen=True, slots=True)
class Reform:
    """A reform, read against one book: its words, and the rules and definitions as it would have them."""

    key: str
    name: Text
    says: Text
    asked: Text
    cites: tuple[Cite, ...]
    rules: Mapping[str, Rule]
    definitions: tuple[Definition, ...]
    given: tuple[Given, ...]


def load_reform(path: Path, book: Book) -> Reform:
    """Read one reform. Raises ContentError, with line and cure, for what the book does not know."""
    page, table = read_page(path, path.parent)
    entry = Entry(page, table, "key", str(table.get("key", "a reform")))
    rules = {key: remedy.rule for key, remedy in book.remedies.items()}
    for part in entry.tables("change"):
        for key in _known(part, "remedy", part.words("remedy"), rules):
            rules[key] = _changed(part, rules[key], book)
        part.done()
    definitions = {d.key: d for d in book.definitions.all}
    for part in entry.tables("definition"):
        _narrow(part, definitions)
    reform = Reform(
        key=entry.word("key"),
        name=entry.text("name"),
        says=entry.text("says"),
        asked=entry.text("asked"),
        cites=book.sources.check(entry, entry.cites()),
        rules=rules,
        definitions=tuple(definitions.values()),
        given=tuple(_given(part, book) for part in entry.tables("given")),
    )
    entry.done()
    return reform


def _known(
    part: Entry, field: str, named: tuple[str, ...], among: Mapping[str, object]
) -> tuple[str, ...]:
    for name in named:
        if name not in among:
            cure = f"Did you mean {nearest(name, among)}?"
            part.refuse(field, f"there is no {name!r} here.", cure, name)
    return named


def _changed(part: Entry, rule: Rule, book: Book) -> Rule:
    """Apply one change to one rule: needs and bars dropped, needs added, intake opened."""
    needs = {need.lines.text: need for need in rule.needs}
    bars = {bar.key: bar for bar in rule.bars}
    dropped = _known(part, "drop_needs", part.words("drop_needs"), needs)
    lifted = _known(part, "drop_bars", part.words("drop_bars"), bars)
    added = [part.as_lines("add_needs", text) for text in part.words("add_needs")]
    for lines in added:
        book.vocabulary.check_lines(part, "add_needs", lines)
    spared = checked_lines(part, "spare_when", book.vocabulary)
    spares = _known(part, "spare_bars", part.words("spare_bars"), bars)
    kept = (bar for key, bar in bars.items() if key not in lifted)
    return replace(
        rule,
        needs=(
            *(need for text, need in needs.items() if text not in dropped),
            *(Need(lines, "the reform") for lines in added),
        ),
        bars=tuple(
            replace(bar, unless=_either(bar.unless, spared)) if bar.key in spares else bar
            for bar in kept
        ),
        intake=rule.intake or part.flag("open_intake"),
    )


def _either(one: Lines | None, other: Lines | None) -> Lines | None:
    if one is None or other is None:
        return one or other
    return type(one).of((*one.groups, *other.groups))


def _narrow(part: Entry, definitions: dict[str, Definition]) -> None:
    """Drop elements of a definition."""
    (key,) = _known(part, "key", (part.word("key"),), definitions)
    elements = {element.key: element for element in definitions[key].elements}
    dropped = _known(part, "drop_elements", part.words("drop_elements"), elements)
    kept = tuple(element for name, element in elements.items() if name not in dropped)
    if not kept:
        part.refuse("drop_elements", "nothing would be left.", "Keep one element.")
    definitions[key] = replace(definitions[key], elements=kept)
    part.done()


def _given(part: Entry, book: Book) -> Given:
    when = checked_lines(part, "when", book.vocabulary)
    if when is None:
        part.refuse("when", "it says for nobody.", 'Write when = "hc.state is pending".')
    sets = tuple(read_setting(part, text, book.vocabulary) for text in part.words("sets"))
    part.done()
    return Given(when, tuple((key, value) for key, value in sets if value is not None))
