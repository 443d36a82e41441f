"""An outline as a paper: its statements where an answer carries them, the law, the limits, the forms, and gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alongside.domain.facts import Facts, Truth
from alongside.library.calling import code_of
from alongside.library.paper.asking import forms
from alongside.library.paper.document import Document, Heading, Items, Note, Said
from alongside.library.paper.limits import here, limits
from alongside.library.paper.writing import Known, Writer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from alongside.library.book import Book
    from alongside.library.outlines import Outline, Point, Section
    from alongside.library.paper.document import Block


def outlined(book: Book, outline: Outline, known: Known, today: date, lang: str) -> Document:
    """Return one outline filled from what is known, in one of the two official languages.

    Nothing is worked out: a statement stands on answers as they were told, and names each. Only the
    days of limits are counted, by the rules of the Book.
    """
    writer = Writer(book, book.words.voice(lang), known)
    told = Facts.told(known.answers)
    blocks: list[Block] = [*_frame(writer, outline, today)]
    for section in outline.sections:
        blocks += _section(writer, section, told, today)
    blocks += limits(writer, outline, today)
    near = here(told)
    named = (book.forms[key] for key in outline.forms)
    blocks += forms(writer, [f for f in named if not near or f.jurisdiction in near], today)
    return Document(
        name=code_of(outline.key),  # a code: nobody learns from a list of files what was prepared
        lang=lang,
        title=writer.runs(writer.text(outline.name)),
        made_on=today,
        blocks=tuple(blocks),
        foot=writer.runs(writer.word("outline_foot", date=writer.voice.language.day(today))),
    )


def _frame(writer: Writer, outline: Outline, today: date) -> Iterator[Note]:
    day = writer.voice.language.day
    yield Note((writer.frame("outline_unfinished"), writer.frame("outline_how_to_read")), "caution")
    said = [writer.frame("outline_for", text=writer.text(outline.purpose))]
    said.append(writer.frame("outline_finisher", text=writer.text(outline.finisher)))
    said.append(writer.frame("outline_read_on", date=day(outline.review.as_of)))
    yield Note(tuple(said))
    if outline.review.stale(today):
        yield Note((writer.frame("stale_on", date=day(outline.review.review_by)),), "caution")


def _section(writer: Writer, section: Section, told: Facts, today: date) -> Iterator[Block]:
    yield Heading(writer.runs(writer.text(section.name)))
    near = here(told)
    law = [asked for asked in section.law if not (near and asked.place) or asked.place in near]
    if law:
        yield Note(tuple(writer.law(writer.text(asked.text), asked.cites) for asked in law))
    said = [one for point in section.points for one in _statements(writer, point, told, today)]
    gaps = [one for point in section.points for one in _gaps(writer, point, told, today)]
    for found in (said, gaps):
        if found:
            yield Items(tuple(found))


def _statements(writer: Writer, point: Point, told: Facts, today: date) -> Iterator[Said]:
    for statement in point.statements:
        if statement.truth(told, today) is Truth.YES:
            key, text = statement.value, writer.text(statement.text)
            if key:
                text = text.replace("{value}", writer.answer(key))
            yield writer.said(text, statement.facts)


def _gaps(writer: Writer, point: Point, told: Facts, today: date) -> tuple[Said, ...]:
    """Return what is not known of a point and could still be said."""
    still_open = (s for s in point.statements if s.truth(told, today) is Truth.UNKNOWN)
    return writer.gaps((key for s in still_open for key in s.facts), writer.text(point.ask))
