"""Official forms on a paper: where each stands, and what is known for each of its questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alongside.library.paper.document import Heading, Note, Said, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from alongside.library.forms import Form, Question
    from alongside.library.paper.document import Block
    from alongside.library.paper.writing import Writer


def forms(writer: Writer, found: Iterable[Form], today: date) -> Iterator[Block]:
    """Write the forms of a paper. None is filled in: each is linked, its questions beside what was told."""
    for number, form in enumerate(found):
        if not number:
            yield Heading(writer.runs(writer.word("outline_forms")))
        name = writer.text(form.name)
        title = f"{form.number} · {name}" if form.number else name
        yield Heading(writer.runs(title), 2)
        yield Note(tuple(_standing(writer, form, today)), "caution" if form.unverified else "plain")
        if form.questions:
            head = (writer.frame("outline_asks"), writer.frame("outline_told"))
            yield Table(head, tuple(_row(writer, question) for question in form.questions))


def _standing(writer: Writer, form: Form, today: date) -> Iterator[Said]:
    day = writer.voice.language.day
    yield writer.law(writer.word("outline_form_at", where=form.where), form.cites)
    dates = {"date": day(form.review.as_of), "code": form.confidence}
    yield writer.frame("outline_form_read", **dates)
    if form.unverified:
        yield writer.frame("outline_form_unverified")
    if form.note:
        yield Said(writer.runs(writer.text(form.note)))
    if form.review.stale(today):
        yield writer.frame("stale_on", date=day(form.review.review_by))


def _row(writer: Writer, question: Question) -> tuple[tuple[Said, ...], ...]:
    asked = writer.text(question.text)
    if not question.facts:
        return (Said(writer.runs(asked)),), (
            Said(writer.runs(writer.word("outline_not_ours")), gap=True),
        )
    known = [key for key in question.facts if writer.known.why(writer.fact(key)) is None]
    told = (writer.said(f"{writer.name(key)}: {writer.answer(key)}", (key,)) for key in known)
    return (Said(writer.runs(asked)),), (*told, *writer.gaps(question.facts))
