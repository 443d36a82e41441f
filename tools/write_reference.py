"""Write the reference pages that are read out of the content: remedies, facts, dangers, contacts.

``make docs`` runs it; a test refuses pages that are not what it writes. Nothing is said here that the
content does not say.
"""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import tomli

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))  # run as a script, only tools/ is on the path

from alongside.library.book import Book  # noqa: E402 - the path comes first

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from alongside.domain.clocks import Clock
    from alongside.domain.facts import Kind
    from alongside.domain.lines import Lines
    from alongside.library.contacts import Contact
    from alongside.library.remedies import Remedy
    from alongside.library.sources import DangerWords, Sources
    from alongside.library.vocabulary import FactEntry

REFERENCE = ROOT / "docs" / "reference"
NOTICE = "<!-- Written by tools/write_reference.py from the content. Change the content, then run `make docs`. -->"
PLACES = {
    "fed": "Federal", "on": "Ontario", "qc": "Quebec", "ns": "Nova Scotia", "nb": "New Brunswick",
    "way": "No legal step",
}  # fmt: skip
STANDING = (
    "This is information, not legal advice. It says what the content of this edition says; "
    "an empty *reviewed by* means that no lawyer has reviewed it."
)


def pages(book: Book) -> dict[str, str]:
    """Return every generated page by its file name."""
    return {
        "remedies.md": _page(remedies(book)),
        "facts.md": _page(facts(book)),
        "dangers.md": _page(dangers(book)),
        "contacts.md": _page(contacts(book)),
    }


def _page(lines: Iterable[str]) -> str:
    return "\n".join([NOTICE, "", *lines]) + "\n"


def remedies(book: Book) -> Iterator[str]:
    """Write every remedy and every way: first as a table, then one by one."""
    everything = [*book.remedies.values(), *book.ways.values()]
    yield "# Remedies and ways"
    yield ""
    yield f"{STANDING} The notation is explained in [content-format.md](content-format.md)."
    yield ""
    leaning = sum("predicate " in n.lines.text for one in everything for n in one.rule.needs)
    leaning += sum(bool(clock.predicate) for one in everything for clock in one.rule.clocks)
    yield (
        f"{len(book.remedies)} legal remedies and {len(book.ways)} ways that are no legal step."
        f" {leaning} needs or clocks are worked out by a named predicate, everything else by flat lines."
    )
    yield ""
    yield "| key | name | see a lawyer first | confidence | read as of | review by | reviewed by |"
    yield "|---|---|---|---|---|---|---|"
    for one in everything:
        rule = one.rule
        first = (
            "always" if rule.always_lawyer else "unverified" if rule.unverified else "by its lines"
        )
        cells = (
            f"[`{rule.key}`](#{rule.key.replace('.', '')})", one.words.name.en, first,
            one.confidence, one.as_of, rule.review_by, one.reviewed_by or "nobody yet",
        )  # fmt: skip
        yield _row(cells)
    for one in everything:
        yield ""
        yield from _remedy(one, book.sources)


def _remedy(one: Remedy, sources: Sources) -> Iterator[str]:
    rule, words = one.rule, one.words
    yield f"### {rule.key}"
    yield ""
    yield f"**{words.name.en}** · *{words.name.fr}*"
    if words.official:
        yield f"<br>Official name: {words.official.en} · *{words.official.fr}*"
    yield ""
    yield from _conditions(one, sources)
    yield from _listed("danger", rule.dangers)
    yield from _clocks(one, sources)
    yield from _listed("produces", rule.produces)
    for name, keys in (
        ("papers that help", one.evidence),
        ("opens", one.unlocks),
        ("shuts", one.excludes),
    ):
        if keys:
            yield f"- {name}: {', '.join(f'`{key}`' for key in keys)}"
    yield from _flags(one)
    yield f"- note: {words.note.en}"
    for practice in words.practice:
        yield f"- practice, beside the law: {practice.text.en} [{_title(sources, practice.source)}]"
    yield f"- sources: {sources.cited(one.cites)}"


def _conditions(one: Remedy, sources: Sources) -> Iterator[str]:
    rule = one.rule
    yield f"- place: {PLACES.get(rule.jurisdiction, rule.jurisdiction)}"
    yield from (f"- need: `{need.lines.text}`" for need in rule.needs)
    if not rule.needs:
        yield "- need: none"
    for bar in rule.bars:
        cited = sources.cited(one.bar_cites[bar.key])
        likely = f", likely until `{bar.likely}`" if bar.likely else ""
        yield f"- bar `{bar.key}`: `{bar.text}`{likely}. {one.words.bars[bar.key].en} [{cited}]"
    if rule.always_lawyer or rule.unverified:
        yield f"- lawyer first: {'always' if rule.always_lawyer else 'the entry is unverified'}"
    if rule.lawyer_first:
        yield f"- lawyer first when: {', '.join(map(_code, rule.lawyer_first))}"


def _clocks(one: Remedy, sources: Sources) -> Iterator[str]:
    for clock in one.rule.clocks:
        cited = sources.cited(one.clock_cites[clock.key])
        yield f"- clock `{clock.key}`: {_clock(clock)}. {one.words.clocks[clock.key].en} [{cited}]"


def _listed(name: str, things: Iterable[object]) -> Iterator[str]:
    said = [
        f"`{one.key}`" + (f" if {_code(one.when)}" if one.when else "")  # type: ignore[attr-defined]
        for one in things
    ]
    if said:
        yield f"- {name}: {', '.join(said)}"


def _flags(one: Remedy) -> Iterator[str]:
    if one.shown_when:
        yield f"- offered by a page only when: {_code(one.shown_when)}"
    if not one.rule.intake:
        yield "- intake: none, so it is closed for everyone"
    if one.rule.discretionary:
        yield "- discretionary: an officer decides freely even when every need is met"
    risk = f", risk level {one.risk_level}" if one.risk_level else ""
    yield f"- confidence {one.confidence}{risk}; read as of {one.as_of}; review by {one.rule.review_by}"


def _clock(clock: Clock) -> str:
    starts = ", else ".join(f"`{key}`" for key in clock.starts)
    if clock.latest_of:
        starts = f"the latest of {' and '.join(f'`{key}`' for key in clock.starts)}"
    said = f"`{clock.predicate}`" if clock.predicate else f"{clock.length} from {starts}"
    said += f", when {_code(clock.when)}" if clock.when else ""
    said += f", unless {_code(clock.unless)}" if clock.unless else ""
    hard = ", nothing can be filed after it" if clock.hard else ""
    prints = "" if clock.prints_date else ", prints no date"
    return f"{said} (confidence {clock.confidence}{hard}{prints})"


def facts(book: Book) -> Iterator[str]:
    """Write every fact, by the first word of its key."""
    table = book.vocabulary.facts
    derived = sum(bool(fact.derives) for fact in table.values())
    yield "# Facts"
    yield ""
    yield (
        f"{len(table)} facts, of which {derived} are worked out from others. A key is the name of the form"
        " field, what a rule reads and what a translation is filed under: nothing has two names."
    )
    yield ""
    yield (
        "*Care* is 0 for what is easy to say and grows with what an answer can cost. *Asked* says where"
        " a page may ask it; [content-format.md](content-format.md) explains the words."
    )
    for group, members in groupby(table.values(), key=lambda fact: fact.key.split(".")[0]):
        yield ""
        yield f"## {group}"
        yield ""
        yield "| key | an answer is | section | care | asked | name | nom |"
        yield "|---|---|---|---|---|---|---|"
        yield from (_fact(fact) for fact in members)


def _fact(fact: FactEntry) -> str:
    asked = str(fact.caution) or ("by a page" if fact.askable else "never")
    if fact.derives:
        asked = f"derives: {fact.derives}" if not fact.ask else f"{asked}; derives: {fact.derives}"
    return _row((
        f"`{fact.key}`", _kind(fact.kind, fact.options), fact.section, fact.sensitivity, asked,
        fact.name.en, fact.name.fr,
    ))  # fmt: skip


def _kind(kind: Kind, options: tuple[str, ...]) -> str:
    return ", ".join(f"`{option}`" for option in options) or str(kind)


def dangers(book: Book) -> Iterator[str]:
    """Write every danger: its words, where it is shown, and since when it is told so."""
    ledger = tomli.loads((book.root / "warnings.toml").read_text(encoding="utf-8"))["warning"]
    set_on = {entry["key"]: entry["set_on"] for entry in ledger}
    yield "# Dangers"
    yield ""
    yield (
        f"{STANDING} A danger is shown unless the facts that would switch it off are known"
        " ([why](../explanation/dangers.md)). Levels R0 to R4 are the project's own scale."
    )
    for key, danger in book.dangers.items():
        yield ""
        yield f"## {key}"
        yield ""
        yield f"> {danger.text.en}"
        yield ">"
        yield f"> *{danger.text.fr}*"
        yield ""
        if danger.softer:
            yield f"- what makes it smaller: {danger.softer.en}"
        yield f"- {_weight(danger)}"
        yield f"- note: {danger.note.en}"
        yield f"- sources: {book.sources.cited(danger.cites) or 'none; it rests on the project’s own scale'}"
        yield f"- words set on {set_on[key]}"
        yield f"- told with: {', '.join(_telling(book, key)) or 'late filings alone'}"


def _weight(danger: DangerWords) -> str:
    when = "happens whenever the step is taken" if danger.certain else "could matter"
    folded = "; a page folds it away" if danger.sensitive else ""
    return f"level {danger.level}; {when}{folded}"


def _telling(book: Book, key: str) -> list[str]:
    return [
        f"`{one.key}`" + (f" if {_code(danger.when)}" if danger.when else "")
        for one in (*book.remedies.values(), *book.ways.values())
        for danger in one.rule.dangers
        if danger.key == key
    ]


def contacts(book: Book) -> Iterator[str]:
    """Write everyone who can be called, and how far each number may be trusted."""
    yield "# People to call"
    yield ""
    found = list(book.contacts.values())
    yield (
        f"{len(found)} services. A number stands here only when a source gave it; {sum(not c.phone for c in found)}"
        f" have none that we could find, and {sum(c.unverified for c in found)} rest on a source that is old,"
        " undated or second-hand. Nobody has called them for us yet: check before you rely on one."
    )
    yield ""
    yield "| key | name | number | where | for | dated | verified | source |"
    yield "|---|---|---|---|---|---|---|---|"
    yield from (_contact(one, book.sources) for one in found)


def _contact(one: Contact, sources: Sources) -> str:
    return _row((
        f"`{one.key}`", one.name.en, one.phone or "not found", ", ".join(one.regions),
        ", ".join(one.needs), one.dated or "undated", "no" if one.unverified else "in its source",
        "; ".join(_title(sources, key) for key in dict.fromkeys(c.source for c in one.cites)),
    ))  # fmt: skip


def _title(sources: Sources, key: str) -> str:
    return sources.table[key].title.en


def _code(lines: Lines) -> str:
    return f"`{lines.text}`"


def _row(cells: Iterable[object]) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"


def main() -> None:
    """Write every page whose text has changed."""
    REFERENCE.mkdir(parents=True, exist_ok=True)
    for name, text in pages(Book()).items():
        path = REFERENCE / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(f"written: {path.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
