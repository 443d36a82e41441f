"""Taking along what is opened: the memo and the calendar, made from memory each time and kept nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_safe

from alongside.doors.desk import casefile as presenting
from alongside.doors.desk.codes import identity_of
from alongside.doors.desk.frame import Frame, at_desk
from alongside.doors.showing.papers.handing import handed
from alongside.doors.showing.papers.limits import NAME, calendar_of
from alongside.doors.showing.papers.memo import Opened, memo
from alongside.doors.showing.speaking import book, speaker
from alongside.library.paper.setting import set_document
from alongside.records.casefile.actions.answering import look

if TYPE_CHECKING:
    from django.http import HttpResponse


@require_safe
@at_desk
def noted(frame: Frame, code: str, tongue: str) -> HttpResponse:
    """Hand over the options memo, in English or in French."""
    opened = look(keys=frame.keys, own=identity_of(code), now=frame.now)
    if not opened.grant_open:
        return frame.show("over", **presenting.shown(opened, frame.now))
    closed = [presenting.section_word(section) for section in opened.closed]
    voice = speaker(tongue).voice
    paper = memo(Opened(opened.answers, closed), frame.now.today, voice)
    return frame.finish(handed(paper.name, "pdf", set_document(paper, voice)))


@require_safe
@at_desk
def dated(frame: Frame, code: str) -> HttpResponse:
    """Hand over the days ahead as a calendar file: numbers and days alone."""
    own = identity_of(code)
    opened = look(keys=frame.keys, own=own, now=frame.now)
    if not opened.grant_open:
        return frame.show("over", **presenting.shown(opened, frame.now))
    outlook = book().look(opened.answers, frame.now.today)
    return frame.finish(handed(NAME, "ics", calendar_of(outlook, own, frame.speaker.voice)))
