"""``alongside directory search``: who can help, as the person's own facts decide it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any

from alongside.library.answers import AnswerError
from alongside.library.book import Book
from alongside.library.directory.file import DirectoryFile
from alongside.library.directory.seeking import Sought, seek
from alongside.library.directory.supply import supply
from alongside.library.directory.telling import the_need, told
from alongside.library.geography.places import PlaceError, Why, near

if TYPE_CHECKING:
    import argparse

    from alongside.library.directory.seeking import Hit
    from alongside.library.geography.places import Place

A_PAGE = 20
LONGEST_LANGUAGE = 3
NOWHERE = {
    Why.EMPTY: "--near is empty; write three signs like M5V, a town, or two coordinates.",
    Why.UNKNOWN: "No place here has that name; write three signs like M5V, a town, or two coordinates.",
    Why.OUTSIDE: "These coordinates are not in Canada; latitude comes first, as in 43.65,-79.38.",
}


def search(arguments: argparse.Namespace) -> int:
    """Print what is found."""
    book = Book()
    sought, answers = _sought(arguments, book), told(arguments.fact, book)
    today = arguments.on or datetime.now(tz=UTC).date()
    facts, _ = book.assess(answers, today)
    now = datetime.combine(today, time(), tzinfo=UTC)
    found = seek(supply(book, DirectoryFile()), book.needs, sought, facts, now)
    shown = found[(arguments.page - 1) * A_PAGE : arguments.page * A_PAGE]
    if arguments.json:
        said = {"total": len(found), "items": [hit_json(hit) for hit in shown]}
        print(json.dumps(said, ensure_ascii=False, indent=1))  # noqa: T201 - this is a command line
    else:
        print("\n".join(_lines(shown, len(found))))  # noqa: T201 - the same
    return 0


def _sought(arguments: argparse.Namespace, book: Book) -> Sought:
    for key in arguments.need:
        the_need(key, book)
    if arguments.page < 1:
        msg = "--page begins at 1."
        raise AnswerError(msg)
    if arguments.km is not None and (arguments.near is None or arguments.km < 0):
        msg = "--km needs --near, and is 0 or more."
        raise AnswerError(msg)
    language = arguments.language
    if language and not (len(language) == LONGEST_LANGUAGE and language.isalpha()):
        msg = f"--language cannot be {language!r}; write three letters like spa."
        raise AnswerError(msg)
    place = _place(arguments.near) if arguments.near is not None else None
    return Sought(tuple(arguments.need), arguments.text, place, arguments.km, language.lower())


def _place(written: str) -> Place:
    try:
        return near(written)
    except PlaceError as error:
        several = f"There are several of that name: {'; '.join(error.choices)}."
        raise AnswerError(NOWHERE.get(error.reason, several)) from None


def hit_json(hit: Hit) -> dict[str, Any]:
    """Return a service as the command prints it. ``ask``: what would settle it; ``km``: null where nobody may know."""
    away = hit.away
    return {
        "id": hit.service.id,
        "name": hit.service.name.en,
        "km": round(away.km, 1) if away else None,
        "km_give_or_take": round(away.give_or_take, 1) if away and away.give_or_take else None,
        "match": hit.match.kind,
        "ask": list(hit.match.ask),
        "reasons": [f"{reason.key}: {reason.truth.word}" for reason in hit.match.reasons],
    }


def _lines(hits: list[Hit], total: int) -> list[str]:
    lines = [f"{total} found."]
    for hit in hits:
        away = f", about {hit.away.km:.0f} km" if hit.away else ""
        phones = ", ".join(phone.number for phone in hit.service.phones)
        lines.append(f"{hit.match.kind:6}  {hit.service.name.en}{away}")
        lines += [f"        {phones}"] if phones else []
        if hit.match.kind == "no":
            lines.append(f"        not met: {', '.join(hit.match.failed)}")
        elif hit.match.ask:
            lines.append(f"        ask first: {', '.join(hit.match.ask)}")
    return lines
