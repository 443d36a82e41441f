"""An account as a paper: a table in order of time that a lawyer can work with, and where each line comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alongside.domain.facts import Silence
from alongside.domain.facts import Span as Days
from alongside.library.paper.document import Document, Heading, Note, Origin, Said, Table
from alongside.library.words import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from alongside.domain.chronology import Piece, Rough, Row
    from alongside.domain.facts import Answer
    from alongside.library.account import Account, Part
    from alongside.library.paper.document import Block
    from alongside.library.vocabulary import FactEntry
    from alongside.library.words import Voice

NAME = "1"
"""The file is called by a number: its name stands in lists of downloads and of recent files."""
HEAD = ("desk_story_when", "desk_story_days", "desk_story_words", "desk_story_linked")
OPEN, TO = "…", " – "
DOUBTS = ("desk_story_ways", "desk_story_apart", "desk_story_unsure")


def chronology_paper(account: Account, voice: Voice, *, tongue: str, made_on: date) -> Document:
    """Return the paper of an account. ``tongue``: the language of the person's words, as far as it is known."""
    return _Writer(account, voice, tongue).document(made_on)


class _Writer:
    def __init__(self, account: Account, voice: Voice, tongue: str) -> None:
        self._account, self._voice, self._tongue = account, voice, tongue
        linked = (fact.key for piece in account.pieces for fact in account.linked(piece))
        self._answers = {key: number for number, key in enumerate(dict.fromkeys(linked), 1)}

    def document(self, made_on: date) -> Document:
        account, chronology = self._account, self._account.chronology
        lead = (Said(self._w("desk_story_lead")), Said(self._w("desk_story_paper")))
        blocks: list[Block] = [Note(lead)]
        blocks += [Note((Said(self._clash(*clash)),), "caution") for clash in account.clashes()]
        if chronology.rows:
            blocks.append(self._table(chronology.rows))
        if chronology.gaps:
            blocks.append(Note(tuple(Said(self._gap(g.after, g.before)) for g in chronology.gaps)))
        if chronology.undated:
            blocks.append(Heading(self._w("desk_story_undated")))
            blocks.append(self._table(chronology.undated, dated=False))
        return Document(
            NAME, self._voice.language.key, self._w("desk_story"), made_on, tuple(blocks),
            self._w("not_advice"),
        )  # fmt: skip

    def _w(self, key: str, **fill: object) -> tuple[Span, ...]:
        spans = self._voice.spans(self._voice.word(key))
        return tuple(Span(lang, text.format_map(fill) if fill else text) for lang, text in spans)

    def _own(self, text: str) -> Span:
        return Span(self._voice.language.key, text)

    def _table(self, rows: Sequence[Row], *, dated: bool = True) -> Table:
        head = tuple(Said(self._w(key)) for key in HEAD)
        unsure = [dated and bool(n) and not row.follows for n, row in enumerate(rows)]
        lines = [
            line
            for row, doubt in zip(rows, unsure, strict=True)
            for line in self._lines(row, doubt)
        ]
        return Table(head, tuple(lines))

    def _lines(self, row: Row, unsure: bool) -> Iterable[tuple[tuple[Said, ...], ...]]:  # noqa: FBT001 - a doubt like the other two
        true = (len(row.pieces) > 1, row.apart, unsure)
        doubts = [Said(self._w(key)) for key, holds in zip(DOUBTS, true, strict=True) if holds]
        for first, piece in enumerate(row.pieces):
            said = Said(self._when(piece), strong=True)
            yield (
                (said, *(doubts if not first else ())),
                (Said((self._own(self._days(piece)),)),),
                (Said((Span(self._tongue, piece.text),), (self._origin(piece),)),),
                tuple(self._linked(fact) for fact in self._account.linked(piece)),
            )

    def _when(self, piece: Piece) -> tuple[Span, ...]:
        return tuple(s for part in self._account.said(piece.when) for s in self._part(part))

    def _part(self, part: Part) -> tuple[Span, ...]:
        if part.kind == "rough" and part.rough:
            return self._rough(part.rough)
        if part.kind == "fact" and part.fact:
            return self._mark(part.fact)
        if part.kind == "piece":
            return self._w("story_number", n=part.number)
        return (self._own("–"),) if part.kind == "dash" else self._w(part.word)

    def _mark(self, fact: FactEntry) -> tuple[Span, ...]:
        own = f"mark_{fact.key.replace('.', '_')}"
        known = own in self._voice.words.texts
        return self._w(own) if known else self._voice.spans(fact.name)

    def _rough(self, rough: Rough) -> tuple[Span, ...]:
        first = rough.bounds.earliest
        if rough.season:
            return (*self._w(f"season_{rough.season}"), self._own(str(rough.year)))
        if rough.month and first:
            language = self._voice.language
            return (self._own(language.day(first) if rough.day else language.month(first)),)
        return (self._own(str(rough.year)),)

    def _days(self, piece: Piece) -> str:
        found, day = self._account.bounds(piece), self._voice.language.day
        if not found.known:
            return OPEN
        if found.earliest == found.latest and found.earliest:
            return day(found.earliest)
        return TO.join(day(end) if end else OPEN for end in (found.earliest, found.latest))

    def _origin(self, piece: Piece) -> Origin:
        by = (self._own(piece.by),) if piece.by else self._w("desk_story_person")
        on = (
            self._w("desk_story_on", date=self._voice.language.day(piece.written_on))
            if piece.written_on
            else ()
        )
        written = (*self._w("desk_story_by"), *by, *on)
        return Origin(_plain(self._w("story_number", n=self._account.number(piece.id))), written)

    def _linked(self, fact: FactEntry) -> Said:
        label = _plain(self._w("desk_story_answer", n=self._answers[fact.key]))
        answer = self._answer(fact, self._account.answers[fact.key])
        told = (*self._voice.spans(fact.question), *answer)
        return Said(self._voice.spans(fact.name), (Origin(label, told),))

    def _answer(self, fact: FactEntry, answer: Answer) -> tuple[Span, ...]:
        if isinstance(answer, Silence):
            return self._w("dont_know" if answer is Silence.UNKNOWN else "rather_not_say")
        if isinstance(answer, bool):
            return self._w("yes" if answer else "no")
        if isinstance(answer, Days):
            ends = dict.fromkeys((answer.earliest, answer.latest))
            return (self._own(TO.join(self._voice.language.day(end) for end in ends)),)
        if isinstance(answer, str) and answer in fact.labels:
            return self._voice.spans(fact.labels[answer])
        return (self._own(str(answer)),)

    def _clash(self, numbers: list[int], facts: list[FactEntry]) -> tuple[Span, ...]:
        named = [self._w("story_number", n=number) for number in numbers]
        named += [self._mark(fact) for fact in facts]
        found = [*self._w("desk_story_clash")]
        for number, spans in enumerate(named):
            found += [*([self._own("·")] if number else []), *spans]
        return tuple(found)

    def _gap(self, after: date, before: date) -> tuple[Span, ...]:
        day = self._voice.language.day
        return self._w("desk_story_gap", after=day(after), before=day(before))


def _plain(spans: Iterable[Span]) -> str:
    return " / ".join(dict.fromkeys(span.text for span in spans))
