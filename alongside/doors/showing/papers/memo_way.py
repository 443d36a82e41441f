"""One way out in a memo: what speaks for and against it, its dangers, its clocks, its trail and its sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alongside.doors.showing.papers.pen import Parts, Pen, stopped
from alongside.doors.showing.speaking import book
from alongside.library.paper.document import Items, Note, Said, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from alongside.domain.clocks import Ticking
    from alongside.doors.showing.cards import Card
    from alongside.doors.showing.practising import Practised
    from alongside.library.paper.document import Block
    from alongside.library.reading import Cite


class Numbers(dict[str, int]):
    """The sources of a memo by their number: each gets the next one where it is first cited."""

    def __missing__(self, source: str) -> int:
        """Return the number of a source that no line has cited yet."""
        self[source] = len(self) + 1
        return self[source]


def way(pen: Pen, one: Practised, numbered: Mapping[str, int]) -> Iterator[Block]:
    """Go through the blocks of one way. ``numbered``: the sources by their number in the list."""
    card = one.card
    remedy, words, path = card.remedy, card.remedy.words, card.pathway
    yield pen.heading(pen.say(words.name), 2)
    grade = (f"({remedy.key})", remedy.confidence, remedy.risk_level)
    about = (*(pen.say(words.official) if words.official else ()), *pen.code(" ".join(grade)))
    read = "read_on" if remedy.confidence in {"LAW", "T"} else "checked_on"
    yield Said((*about, *pen.word(read, date=remedy.as_of)))
    yield from _before_it(pen, card)
    yield Said(pen.say(words.gives))
    yield Said((*pen.word("who_learns"), *pen.code("·"), *pen.say(words.who_learns)))
    if card.dangers:
        yield Note(
            tuple(Said((*pen.code(d.level), *pen.say(d.text))) for d in card.dangers), "danger"
        )
    yield from _clocks(pen, one)
    facts = book().vocabulary.facts
    if path.missing:
        yield Said(pen.word("still_to_know"), strong=True)
        yield Items(
            tuple(Said((*pen.say(facts[k].name), *pen.code(k))) for k in path.missing)
        )  # fmt: skip
    yield from _trail(pen, card)
    yield from _beside(pen, card, numbered)
    yield Said((*stopped(pen.word("sources")), *pen.code(marks(remedy.cites, numbered))))


def _before_it(pen: Pen, card: Card) -> Iterator[Block]:
    rule, said = card.remedy.rule, []
    if card.lawyer_first:
        said.append(Said(pen.word("see_lawyer_first"), strong=True))
    if card.stale:
        said.append(Said(pen.word("stale_on", date=rule.review_by)))
    if rule.unverified:
        said.append(Said(pen.word("unverified_rule")))
    for key in card.pathway.standing:
        behind = [k for step in card.pathway.trail if key in step.line for k in step.facts]
        said.append(Said(pen.say(card.remedy.words.bars[key]), pen.origins(behind)))
    if card.pathway.until:
        said.append(Said(pen.until(card.pathway)))
    if said:
        yield Note(tuple(said), "caution")


def _clocks(pen: Pen, one: Practised) -> Iterator[Block]:
    found = [*one.card.dates, *one.unknown]
    if found:
        head = [Said(pen.word(k)) for k in ("memo_limit", "memo_day", "memo_standing")]
        yield Table(tuple(head), tuple(_clock(pen, one.card, ticking) for ticking in found))


def _clock(pen: Pen, card: Card, ticking: Ticking) -> tuple[tuple[Said, ...], ...]:
    """Return a limit, its last day, and whether it runs; a day that is not known is a gap to fill."""
    clock = ticking.clock
    name = pen.say(card.remedy.words.clocks[clock.key])
    state = pen.word(f"clock_{ticking.state}" if ticking.started else "clock_maybe")
    facts = book().vocabulary.facts
    day = Said(pen.deadline(ticking))
    if ticking.ends_on is None and ticking.missing:
        unknown = tuple(p for k in ticking.missing for p in stopped(pen.say(facts[k].name)))
        day = Said((*pen.word("memo_day_unknown"), *unknown), gap=True)
    code = (clock.key, clock.confidence, clock.source)
    return (
        (Said(name, pen.origins(clock.starts)), Said(pen.code(" ".join(c for c in code if c)))),
        (day,),
        (Said(state),),
    )


def _trail(pen: Pen, card: Card) -> Iterator[Block]:
    head = tuple(Said(pen.word(key)) for key in ("line", "is_it_so", "source"))
    rows = tuple(
        (
            (Said(pen.code(step.line), pen.origins(step.facts)),),
            (Said(pen.word(step.truth.word)),),
            (Said(pen.code(step.source or "–")),),
        )
        for step in card.pathway.trail
    )
    if rows:
        yield Table(head, rows)


def _beside(pen: Pen, card: Card, numbered: Mapping[str, int]) -> Iterator[Block]:
    """Say what comes of it and meanwhile, what it opens and closes, and what is reported of practice."""
    remedy, facts = card.remedy, book().vocabulary.facts
    yield from _named(pen, "after_you_win", (_cited(pen, x, numbered) for x in remedy.after))
    yield from _named(pen, "give_up", (_cited(pen, x, numbered) for x in remedy.wait))
    yield from _named(pen, "papers_made", (pen.say(facts[k].name) for k in card.pathway.produces))
    for key, others in (("memo_unlocks", remedy.unlocks), ("memo_excludes", remedy.excludes)):
        known = (book().remedies[k] for k in others if k in book().remedies)
        yield from _named(pen, key, (pen.say(other.words.name) for other in known))
    table = book().sources.table
    yield from _named(
        pen,
        "practice",
        (
            (*pen.say(x.text), *pen.say(table[x.source].title), *pen.code(x.on or ""))
            for x in remedy.words.practice
        ),
    )


def _cited(pen: Pen, found: object, numbered: Mapping[str, int]) -> Parts:
    text, cites = found.text, found.cites  # type: ignore[attr-defined]
    return (*pen.say(text), *pen.code(marks(cites, numbered)))


def _named(pen: Pen, key: str, rows: Iterable[Parts]) -> Iterator[Block]:
    said = tuple(Said(tuple(p for p in row if p.text)) for row in rows)
    if said:
        yield Said(pen.word(key), strong=True)
        yield Items(said)


def marks(cites: Iterable[Cite], numbered: Mapping[str, int]) -> str:
    """Return citations by the number of their source and the place in it."""
    return "; ".join(f"[{numbered[c.source]}] {c.at}".rstrip() for c in cites)
