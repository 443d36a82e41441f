"""Write the page of remedies and ways: first as a table, then one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alongside.library.beside import WAITING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from alongside.domain.clocks import Clock
    from alongside.domain.lines import Lines
    from alongside.library.book import Book
    from alongside.library.remedies import Remedy
    from alongside.library.sources import Sources

PLACES = {
    "fed": "Federal", "bc": "British Columbia", "ab": "Alberta", "sk": "Saskatchewan", "mb": "Manitoba",
    "on": "Ontario", "qc": "Quebec", "ns": "Nova Scotia", "nb": "New Brunswick", "way": "No legal step",
}  # fmt: skip
STANDING = (
    "This is information, not legal advice. It says what the content of this edition says; "
    "an empty *reviewed by* means that no lawyer has reviewed it."
)


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
        yield row(cells)
    for one in everything:
        yield ""
        yield from _remedy(one, book)


def _remedy(one: Remedy, book: Book) -> Iterator[str]:
    rule, words, sources = one.rule, one.words, book.sources
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
    yield from _beside(one, book)
    for practice in words.practice:
        yield f"- practice, beside the law: {practice.text.en} [{title(sources, practice.source)}]"
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
        yield f"- lawyer first when: {', '.join(map(code, rule.lawyer_first))}"


def _clocks(one: Remedy, sources: Sources) -> Iterator[str]:
    for clock in one.rule.clocks:
        cited = sources.cited(one.clock_cites[clock.key])
        yield f"- clock `{clock.key}`: {_clock(clock)}. {one.words.clocks[clock.key].en} [{cited}]"


def _listed(name: str, things: Iterable[object]) -> Iterator[str]:
    said = [
        f"`{one.key}`" + (f" if {code(one.when)}" if one.when else "")  # type: ignore[attr-defined]
        for one in things
    ]
    if said:
        yield f"- {name}: {', '.join(said)}"


def _flags(one: Remedy) -> Iterator[str]:
    if one.shown_when:
        yield f"- offered by a page only when: {code(one.shown_when)}"
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
    said += f", when {code(clock.when)}" if clock.when else ""
    said += f", unless {code(clock.unless)}" if clock.unless else ""
    hard = ", nothing can be filed after it" if clock.hard else ""
    prints = "" if clock.prints_date else ", prints no date"
    return f"{said} (confidence {clock.confidence}{hard}{prints})"


def code(lines: Lines) -> str:
    """Write lines of a rule as code."""
    return f"`{lines.text}`"


def row(cells: Iterable[object]) -> str:
    """Write one row of a table."""
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"


def title(sources: Sources, key: str) -> str:
    """Return what a source is called."""
    return sources.table[key].title.en


def _beside(one: Remedy, book: Book) -> Iterator[str]:
    cited = book.sources.cited
    for after in one.after:
        yield f"- after a win, {after.kind} ({after.confidence}): {after.text.en} [{cited(after.cites)}]"
    for wait in one.wait:
        yield f"- while waiting, {WAITING[wait.kind]}: {wait.text.en} [{cited(wait.cites)}]"
    for key in one.standards:
        standard = book.standards[key]
        yield f"- standard: {standard.name.en}, {standard.article}"
