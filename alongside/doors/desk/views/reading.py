"""Reading: the inbox, one casefile, a file of it."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from alongside.doors.desk import casefile as presenting
from alongside.doors.desk import ordering
from alongside.doors.desk.codes import identity_of
from alongside.doors.desk.frame import Frame, Written, at_desk
from alongside.doors.desk.inbox import Only, box, rows_of
from alongside.doors.desk.outlining import tongue_of
from alongside.doors.desk.writing import kept_for
from alongside.records.agencies.actions.mailing import MOST_AT_ONCE, put_away, take_in
from alongside.records.agencies.queries import cards
from alongside.records.casefile.actions.answering import confirm, look
from alongside.records.casefile.searching import search

BOTH = ["GET", "HEAD", "POST"]
SEARCH = "search"


@require_safe
@at_desk
def inbox(frame: Frame, only: str = Only.ALL, page: str = "1") -> HttpResponse:
    """Show one page of the cards; take in what came first."""
    more = take_in(keys=frame.keys) >= MOST_AT_ONCE
    found = box(cards(frame.keys), Only(only), int(page), frame.now)
    if found is None:
        raise Http404
    return frame.show("inbox", box=found, more=more)


@require_http_methods(BOTH)
@at_desk
def searched(frame: Frame) -> HttpResponse:
    """Look for a word in all that is opened to us; what was looked for stands sealed, in no address."""
    keys = frame.keys  # before anything is kept: nobody else may fill the store
    if frame.posted:
        frame.keep(SEARCH, Written({"word": frame.field("word", 80)}))
        return frame.go("i/s/")
    form = frame.written(SEARCH)
    found = search(keys=keys, text=form["word"], today=frame.now.today)
    return frame.show("found", form=form, rows=rows_of(found, frame.now))


@require_safe
@at_desk
def casefile(frame: Frame, code: str) -> HttpResponse:
    """Show a casefile as far as it was opened to us, or what became of it."""
    opened = look(keys=frame.keys, own=identity_of(code), now=frame.now)
    shown = presenting.shown(opened, frame.now)
    if not opened.grant_open:
        return frame.show("over", **shown)
    tongue = tongue_of(frame.lang)
    return frame.show("casefile", **shown, **kept_for(frame, code), tongue_of_papers=tongue)


@require_http_methods(BOTH)
@at_desk
def orders(frame: Frame, code: str) -> HttpResponse:
    """Put the steps that can be taken in order, by what was opened to us; keep what was chosen."""
    opened = look(keys=frame.keys, own=identity_of(code), now=frame.now)
    if not opened.grant_open:
        return frame.go(f"k/{code}/")
    if frame.posted:
        return frame.go(f"k/{code}/o/{ordering.choose(frame, code)}")
    return frame.show("orders", **ordering.shown(opened, frame, code))


@require_safe
@at_desk
def file(frame: Frame, code: str, entry: str) -> HttpResponse:
    """Hand over a file, from memory, to be kept and never shown inside the page."""
    opened = look(keys=frame.keys, own=identity_of(code), now=frame.now)
    found = presenting.file_of(opened, entry)
    if found is None:
        raise Http404
    response = HttpResponse(found[1], content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{found[0]}"'
    return frame.finish(response)


@require_http_methods(BOTH)
@at_desk
def check_word(frame: Frame, code: str) -> HttpResponse:
    """Compare the word that was spoken with the person's."""
    if frame.posted:
        word = frame.field("word", 80)
        if confirm(keys=frame.keys, own=identity_of(code), word=word, now=frame.now):
            frame.drop(f"c:{code}")
        else:
            frame.keep(f"c:{code}", Written({}, {"word": "desk_word_wrong"}))
    return frame.go(f"k/{code}/")


@require_http_methods(BOTH)
@at_desk
def away(frame: Frame, code: str) -> HttpResponse:
    """Destroy the card of something that is over."""
    if frame.posted:
        put_away(keys=frame.keys, own=identity_of(code), today=frame.now.today)
    return frame.go("i/")
