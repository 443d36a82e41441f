"""*Options memo*: the ways out of a casefile as a practitioner reads them, to print and to mark up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from alongside.domain.pathways import Verdict
from alongside.doors.showing.ordering import Ordering
from alongside.doors.showing.papers.limits import days_of
from alongside.doors.showing.papers.memo_way import Numbers, way
from alongside.doors.showing.papers.pen import Pen, stopped
from alongside.doors.showing.practising import for_practitioner
from alongside.doors.showing.speaking import book
from alongside.library.paper.document import Document, Items, Note, Said, Table
from alongside.library.words import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from alongside.domain.facts import Answer
    from alongside.doors.showing.ordering import Laid, Line
    from alongside.doors.showing.practising import Practised, Professional
    from alongside.library.paper.document import Block
    from alongside.library.words import Voice

NAME = "notes"
URGENT_BELOW = 2
TONGUES = ("en", "fr")
"""A memo is in one of the two languages that the law and its citations are in."""


@dataclass(frozen=True)
class Opened:
    """What a memo is filled from, and nothing else: the answers opened to its reader, and what is not.

    ``closed``: the keys of the names of the sections that were not opened.
    """

    answers: Mapping[str, Answer]
    closed: Sequence[str]


def memo(opened: Opened, today: date, voice: Voice) -> Document:
    """Return the memo, from the object that the page of the casefile shows."""
    pen = Pen(voice, opened.answers)
    seen = for_practitioner(opened.answers, today)
    numbered = Numbers()
    blocks: list[Block] = [*_frame(pen, seen, opened.closed), *_days(pen, seen)]
    for verdict, ways in seen.verdicts:
        key = f"verdict_{verdict}"
        blocks.append(pen.heading((*pen.word("remedies"), *pen.code("·"), *pen.word(key))))
        whole = [w for w in ways if _whole(w)]
        for one in whole:
            blocks += way(pen, one, numbered)
        rest = [_short(pen, w) for w in ways if w not in whole]
        if rest:
            if whole:
                blocks.append(pen.heading(pen.word("memo_others"), 2))
            blocks.append(Items(tuple(rest)))
    blocks += _orders(pen, seen, opened.answers)
    blocks += _told(pen, seen)
    blocks += _sources(pen, numbered)
    return Document(
        name=NAME,
        lang=voice.language.key,
        title=pen.word("title"),
        made_on=today,
        blocks=tuple(blocks),
        foot=pen.word("memo_foot", date=today),
    )


def _whole(one: Practised) -> bool:
    """Say whether a way stands whole: not where it is closed, of another place, or nothing told speaks for it."""
    verdict = one.card.pathway.verdict
    near = one.card.spoken_for and not one.card.elsewhere
    return verdict is Verdict.OPEN or (verdict is not Verdict.CLOSED and near)


def _frame(pen: Pen, seen: Professional, closed: Sequence[str]) -> Iterator[Block]:
    yield pen.heading(pen.word("memo_heading"))
    edition = f"{book().edition}"
    yield Note(
        (
            Said((*pen.word("desk_picture_lead"), *pen.word("memo_only_opened"))),
            Said(stopped(pen.word("weighed_on", date=seen.outlook.on, edition=edition))),
            Said((*pen.word("not_advice"), *pen.word("not_reviewed"))),
        ),
        "caution",
    )
    if closed:
        yield pen.heading(pen.word("memo_closed"), 2)
        yield Said(pen.word("desk_partial_text"))
        yield Items(tuple(_gap(pen, key) for key in closed))
    pressing = [flag for flag in seen.flags if flag.urgency < URGENT_BELOW]
    if pressing:
        yield pen.heading(pen.word("desk_pressing"), 2)
        said = (Said(pen.say(f.fact.name), pen.origins((f.fact.key,))) for f in pressing)
        yield Note(tuple(said), "danger")


def _gap(pen: Pen, key: str) -> Said:
    return Said(
        tuple(Span(s.lang, pen.one("memo_gap", s.lang).format(name=s.text)) for s in pen.word(key)),
        strong=True,
    )


def _days(pen: Pen, seen: Professional) -> Iterator[Block]:
    """Say what the days ahead are, which the calendar only numbers."""
    yield pen.heading(pen.word("memo_days"))
    found = days_of(seen.outlook)
    yield Said(pen.word("memo_days_lead" if found else "memo_no_days"))
    if not found:
        return
    rows = []
    for one in found:
        clock = one.ticking.clock
        names = (Said(pen.say(card.remedy.words.name)) for card in one.cards)
        limit = pen.say(one.cards[0].remedy.words.clocks[clock.key])
        note = () if one.sure else (Said(pen.word("memo_unsure")),)
        rows.append(
            (
                (Said(pen.code(str(one.number))),),
                (Said(pen.deadline(one.ticking), strong=True), *note),
                (Said(limit, pen.origins(clock.starts)), Said(pen.code(clock.key))),
                tuple(names),
            )
        )
    head = [Said(pen.word(k)) for k in ("memo_number", "memo_day", "memo_limit", "way_out")]
    yield Table(tuple(head), tuple(rows))


def _short(pen: Pen, one: Practised) -> Said:
    """Return a line of a way that does not stand whole: its name and key, and what decides about it."""
    card, facts = one.card, book().vocabulary.facts
    parts = (*pen.say(card.remedy.words.name), *pen.code(f"({card.remedy.key})"))
    if card.pathway.verdict is Verdict.CLOSED:
        why = card.unmet
        keys = [
            k for step in card.pathway.trail if step.line.startswith("need:") for k in step.facts
        ]
        lead = "not_met_line" if card.remedy.rule.intake else "no_intake"
        named = (p for text in why for p in stopped(pen.say(text)))
        return Said((*parts, *pen.word(lead), *named), pen.origins(keys))
    missing = (p for key in card.pathway.missing for p in stopped(pen.say(facts[key].name)))
    return Said((*parts, *pen.word("still_to_know"), *missing) if card.pathway.missing else parts)


def _orders(pen: Pen, seen: Professional, answers: Mapping[str, Answer]) -> Iterator[Block]:
    """Say how the steps act on one another: the orders that make sense, with their days and reasons."""
    planning = Ordering(answers, seen.outlook, {})
    orders = planning.orders
    yield pen.heading(pen.word("plan_heading"))
    if not orders:
        yield Said(pen.word("plan_none"))
        return
    yield Said((*pen.word("plan_lawyer"), *pen.word("plan_waiting")))
    for number, laid in enumerate(orders, 1):
        alone = len(orders) == 1
        yield pen.heading(pen.word("plan_one") if alone else pen.word("plan_order", n=number), 2)
        yield Items(tuple(_stages(pen, laid)), numbered=True)
        for card, against in laid.given_up:
            names = tuple(p for c in against for p in stopped(pen.say(c.remedy.words.name)))
            why = (*pen.word("plan_left_why"), *names) if against else ()
            yield Said((*pen.word("plan_left"), *stopped(pen.say(card.remedy.words.name)), *why))


def _stages(pen: Pen, laid: Laid) -> Iterator[Said]:
    for stage in laid.stages:
        for line in stage:
            yield Said(_line(pen, line))


def _line(pen: Pen, line: Line) -> tuple[Span, ...]:
    parts = [*stopped(pen.say(line.card.remedy.words.name))]
    if line.step.by:
        parts += stopped(pen.word("plan_by", date=line.step.by))
    if line.step.from_on:
        parts += stopped(pen.word("plan_from", date=line.step.from_on))
    if line.step.clashes:
        parts += pen.word("plan_clash")
    for reason in line.reasons:
        parts += (*pen.word(reason.words), *stopped(pen.say(reason.other.words.name)))
        parts += (p for paper in reason.papers for p in stopped(pen.say(paper)))
    return tuple(parts)


def _told(pen: Pen, seen: Professional) -> Iterator[Block]:
    yield pen.heading(pen.word("what_was_told"))
    known = [*seen.told, *seen.declined]
    if not known:
        yield Said(pen.word("nothing_told"))
        return
    rows = []
    for one in known:
        versions = [Said(pen.told(one.fact, v.answer)) for v in one.versions]
        two = [Said(pen.word("two_versions"))] if len(versions) > 1 else []
        name = Said(pen.say(one.fact.name), pen.origins((one.fact.key,)))
        rows.append(((name, Said(pen.code(one.fact.key))), (*two, *versions)))
    yield Table((Said(pen.word("fact")), Said(pen.word("answer"))), tuple(rows))


def _sources(pen: Pen, numbered: Mapping[str, int]) -> Iterator[Block]:
    table = book().sources.table
    yield pen.heading(pen.word("sources"))
    said = []
    for key in numbered:
        source = table[key]
        parts = stopped(pen.say(source.title))
        if source.dated:
            parts += pen.code(f"({source.dated})")
        said.append(Said((*parts, *(pen.code(source.where) if source.where else ()))))
    yield Items(tuple(said), numbered=True)
