"""Papers to finish: shown to who holds the casefile, downloaded by them, and sent to nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.views.decorators.http import require_safe

from alongside.doors.desk import casefile as presenting
from alongside.doors.desk.codes import identity_of
from alongside.doors.desk.frame import Frame, at_desk
from alongside.doors.desk.outlining import document_of
from alongside.doors.showing.papers.handing import handed
from alongside.doors.showing.speaking import speaker
from alongside.library.paper.plain import origins
from alongside.library.paper.setting import set_document
from alongside.records.casefile.actions.answering import look

if TYPE_CHECKING:
    from django.http import HttpResponse


@require_safe
@at_desk
def outline(frame: Frame, code: str, paper: str, tongue: str) -> HttpResponse:
    """Show a paper, made anew of what is opened now; nothing of it is kept."""
    opened = look(keys=frame.keys, own=identity_of(code), now=frame.now)
    if not opened.grant_open:
        return frame.show("over", **presenting.shown(opened, frame.now))
    document = document_of(opened, paper, tongue, frame.now.today)
    if document is None:
        raise Http404
    sources = {origin: number for number, origin in enumerate(origins(document), 1)}
    return frame.show("outlined", document=document, sources=sources, code=code, paper=paper)


@require_safe
@at_desk
def outline_file(frame: Frame, code: str, paper: str, tongue: str) -> HttpResponse:
    """Hand a paper over as PDF, from memory, under a name that tells nothing; it is sent to nobody."""
    opened = look(keys=frame.keys, own=identity_of(code), now=frame.now)
    if not opened.grant_open:
        return frame.show("over", **presenting.shown(opened, frame.now))
    document = document_of(opened, paper, tongue, frame.now.today)
    if document is None:
        raise Http404
    page = set_document(document, speaker(tongue).voice)
    return frame.finish(handed(document.name, "pdf", page))
