"""Limits on a paper: from which day each counts, the earliest and the latest day it can end, and what could move it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from alongside.domain.clocks import State, end_of
from alongside.domain.pathways import Verdict
from alongside.domain.predicates import CLOCK_READS
from alongside.library.outlines import Limits
from alongside.library.paper.document import Heading, Note, Said, Table
from alongside.library.vocabulary import REGIONS
from alongside.library.wording import Teller, sure_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from alongside.domain.clocks import Clock, Ticking
    from alongside.domain.facts import Facts, Span
    from alongside.library.book import Outlook
    from alongside.library.outlines import Outline
    from alongside.library.paper.document import Block
    from alongside.library.paper.writing import Writer
    from alongside.library.remedies import Remedy

HEAD = ("outline_step", "outline_counts_from", "outline_last_day", "outline_moves")
FEDERAL = frozenset({"fed"})
WHERE = ("place.province", "place.work_province")
ORDER = (State.DATED, State.CHECK, State.PASSED, State.UNDATED, State.START_UNKNOWN)


@dataclass(frozen=True, slots=True)
class Running:
    """One limit of one step, for one person on one day."""

    remedy: Remedy
    ticking: Ticking

    @property
    def due(self) -> tuple[int, str]:
        """Where it stands among others: days ahead first, the nearest first of all."""
        state = State.CHECK if self.ticking.state is State.DATED else self.ticking.state
        return ORDER.index(state), str(self.ticking.ends_on or "")


def limits(writer: Writer, outline: Outline, today: date) -> Iterator[Block]:
    """Write the limits an outline asks for; what cannot be counted is a gap, never a guess."""
    if not outline.limits:
        return
    outlook = writer.book.look(writer.known.answers, today)
    near = here(outlook.facts)
    if outline.limits is Limits.ALL:
        near = near or FEDERAL
    found = [
        Running(writer.book.remedies[key], ticking)
        for key, path in outlook.remedies.items()
        if outline.fits(key) and path.verdict is not Verdict.CLOSED
        if not near or path.rule.jurisdiction in near
        for ticking in path.clocks
    ]
    if not found:
        return
    yield Heading(writer.runs(writer.word("outline_limits")))
    yield Note((writer.frame("outline_limits_note"), writer.frame("outline_ask_day")))
    head = tuple(writer.frame(key) for key in HEAD)
    rows = (_row(writer, one, outlook) for one in sorted(found, key=lambda one: one.due))
    yield Table(head, tuple(rows))


def here(facts: Facts) -> frozenset[str]:
    """Return federal law and the provinces that were told; nothing when none was, and all may matter."""
    told = frozenset(REGIONS) & {facts.get(key) for key in WHERE}
    return FEDERAL | told if told else frozenset()


def _row(writer: Writer, one: Running, outlook: Outlook) -> tuple[tuple[Said, ...], ...]:
    clock, words = one.ticking.clock, one.remedy.words
    step = Said(writer.runs(writer.text(words.name)))
    name = Said(writer.runs(writer.text(words.clocks[clock.key])))
    return (step, name), _start(writer, one), _end(writer, one, outlook), _moves(writer, one)


def _reads(clock: Clock) -> tuple[str, ...]:
    return clock.starts or CLOCK_READS[clock.predicate]


def _told(writer: Writer, one: Running) -> list[str]:
    """Name the answers a limit was counted from: the first known day, or all where the law looks at all."""
    clock = one.ticking.clock
    known = [key for key in _reads(clock) if writer.known.why(writer.fact(key)) is None]
    return known if clock.latest_of or clock.predicate else known[:1]


def _start(writer: Writer, one: Running) -> tuple[Said, ...]:
    known = _told(writer, one)
    if not known:
        return _missing(writer, one)
    said = (writer.said(f"{writer.name(key)}: {writer.answer(key)}", (key,)) for key in known)
    return (*said, *writer.gaps(_before(one, known)))


def _before(one: Running, known: list[str]) -> tuple[str, ...]:
    """Name the days that would count in place of the one it was counted from, had they been told."""
    starts = one.ticking.clock.starts
    if one.ticking.clock.latest_of or not starts:
        return ()
    return starts[: starts.index(known[0])]


def _missing(writer: Writer, one: Running) -> tuple[Said, ...]:
    """Return what would have to be known, by facts that somebody can be asked for."""
    never = writer.book.vocabulary.never_asked
    keys = one.ticking.missing or _reads(one.ticking.clock)
    asked = [key for key in keys if key not in never and writer.fact(key).ask]
    gaps = writer.gaps(asked)
    return gaps or (Said(writer.runs(writer.word("outline_start_unknown")), gap=True),)


def _end(writer: Writer, one: Running, outlook: Outlook) -> tuple[Said, ...]:
    ticking, clock = one.ticking, one.ticking.clock
    if ticking.state is State.UNDATED:
        return (Said(writer.runs(writer.word("outline_undated")), gap=True),)
    span, _ = end_of(clock, outlook.facts)
    if ticking.ends_on is None or span is None:
        no_day = Said(writer.runs(writer.word("outline_no_day")), gap=True)
        return _missing(writer, one) if _told(writer, one) else (no_day,)
    if span.earliest == span.latest:
        text = writer.days(span)
    else:
        day = writer.voice.language.day
        text = writer.word("outline_ends", first=day(span.earliest), last=day(span.latest))
    if ticking.state is State.PASSED:
        text = f"{text}. {writer.word(_passed(clock, span, outlook.on))}"
    return (writer.said(text, _told(writer, one)),)


def _passed(clock: Clock, span: Span, today: date) -> str:
    """Return which word says that it has passed: surely, or only when counted from the first possible day."""
    if span.latest >= today:
        return "outline_passed_perhaps"
    return "outline_passed_hard" if clock.hard else "outline_passed"


def _moves(writer: Writer, one: Running) -> tuple[Said, ...]:
    """Return how long it is, when it runs at all and what stops it, as far as the content says so."""
    clock, teller = one.ticking.clock, Teller(writer.book, writer.voice)
    cites = one.remedy.clock_cites[clock.key]
    sure = sure_of(clock)
    told = [] if sure == "ask" else [f"{teller.length(clock)}."]
    told += [said for said in (teller.conditions(clock),) if said]
    told.append(writer.word("deadline_undated" if sure == "ask" else f"carry_sure_{sure}"))
    return (writer.law(" ".join(told), cites),)
