"""Writing: what a person typed or brought in a form of the kept pages, read with nothing of it lost."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from alongside.doors.showing.answering import see_other
from alongside.doors.showing.arriving import arriving
from alongside.doors.showing.speaking import spoken_languages
from alongside.records.casefile.actions.sharing import Attached
from alongside.records.photos import PlaceStaysError, plain_photo

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from alongside.doors.entry.visit import Visit

LONGEST_MESSAGE, LONGEST_LINE = 4_000, 200
SHORTEST_SECOND, LONGEST_SECOND = 4, 60
LONGEST_NAME = 80
LANGUAGE = "lang-"
MESSAGE = "message"
MOST_UNSENT = 4
"""How many letters stand half written at once. Nobody could check whose they are before who came back is known."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A message and the file that goes with it. ``faults``: what was not clear, by field."""

    text: str
    files: tuple[Attached, ...] = ()
    faults: dict[str, str] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many bytes it will take, about."""
        return len(self.text) + sum(len(file.body) for file in self.files)


def typed(visit: Visit, name: str, longest: int = LONGEST_LINE) -> str:
    """Return one field of a form, without spaces around it and cut to a length."""
    whole = visit.request.POST.get(name, "").replace("\r\n", "\n").replace("\0", "").strip()
    return whole[:longest]


def note(visit: Visit) -> None:
    """Put what is being written into the draft, sealed, whatever was pressed: none of it is lost by going on.

    ``message`` is the first one to an agency; ``message.`` and the identity of a conversation, one more.
    """
    draft = visit.draft
    for name in visit.request.POST:
        field_of, _, talk = name.partition(".")
        if field_of != MESSAGE:
            continue
        text = typed(visit, name, LONGEST_MESSAGE)
        if not talk:
            draft.form[MESSAGE] = text
            continue
        draft.unsent.pop(talk, None)
        if text:
            draft.unsent[talk[:LONGEST_NAME]] = text
    draft.unsent = dict(list(draft.unsent.items())[-MOST_UNSENT:])


def put_aside(visit: Visit, *talks: str) -> None:
    """Keep what is half written in conversations that are over, as the first words to somebody else."""
    draft = visit.draft
    letters = [draft.form.get(MESSAGE, ""), *(draft.unsent.pop(talk, "") for talk in talks)]
    draft.form[MESSAGE] = "\n\n".join(filter(None, letters))[:LONGEST_MESSAGE]


def letter_of(visit: Visit, talk: str = "") -> Letter:
    """Read a message and its file. ``talk``: of which conversation; none for the first message to an agency."""
    end = f".{talk}" if talk else ""
    whole = typed(visit, MESSAGE + end, LONGEST_MESSAGE + 1)
    text = whole[:LONGEST_MESSAGE]
    faults = {"message": "kept_too_long"} if whole != text else {}
    come = arriving(visit.request)
    files: tuple[Attached, ...] = ()
    try:
        files = _files(visit.request, end)
    except PlaceStaysError:
        faults["file"] = "kept_file_place"
    if f"file{end}" in come.too_large:
        faults["file"] = "kept_file_large"
    elif f"file{end}" in come.too_many:
        faults["file"] = "kept_file_many"
    return Letter(text, files, faults)


def _files(request: HttpRequest, end: str) -> tuple[Attached, ...]:
    """Return the file that was brought, if one was: named by its own name, cut short.

    A photo goes without what its file tells besides the picture, unless the person said *as it is*.
    Raises PlaceStaysError where that cannot be taken out.
    """
    brought = request.FILES.get(f"file{end}")
    if brought is None or not brought.size:
        return ()
    name = (brought.name or "").replace("\0", "")[-LONGEST_NAME:] or "1"
    body = brought.read()
    body = body if request.POST.get(f"as_is{end}") else plain_photo(body)
    return (Attached(name, (brought.content_type or "")[:LONGEST_NAME], body),)


def second_of(visit: Visit) -> tuple[str, dict[str, str]]:
    """Read a second word that is being chosen; return it and what was not clear. Empty is for us to draw."""
    word = typed(visit, "second", LONGEST_SECOND)
    visit.draft.form["second"] = word
    short = 0 < len(word) < SHORTEST_SECOND
    return word, {"second": "kept_second_short"} if short else {}


def turned(visit: Visit, page: str, *names: str) -> HttpResponse | None:
    """Show a form in another language, with what stood in it, when one of those buttons was pressed."""
    move = visit.request.POST.get("move", "")
    if not move.startswith(LANGUAGE):
        return None
    for name in names:
        visit.draft.form[name] = typed(visit, name, LONGEST_MESSAGE)
    spoken = move.removeprefix(LANGUAGE)
    return visit.go_on(page, spoken if spoken in spoken_languages() else visit.lang)


def to(visit: Visit, page: str) -> HttpResponse:
    """Go to a page of this door; the draft stays as it is."""
    return see_other(f"/{visit.lang}/{page}")
