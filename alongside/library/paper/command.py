"""``alongside outline``: a paper that a lawyer finishes, printed as plain text from a file of facts."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alongside.library.answers import AnswerError, read_facts_file
from alongside.library.book import Book
from alongside.library.paper.outlined import outlined
from alongside.library.paper.plain import plain
from alongside.library.paper.writing import OFFICIAL, Known
from alongside.library.reading import nearest

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable


def add_outline(
    commands: Any,  # noqa: ANN401 - argparse names no type for it
    read: Callable[[Path], str],
    day: Callable[[str], date],
) -> None:
    """Add the command to a parser; ``read`` reads a file, ``day`` a day, each with errors of its own."""
    outline = commands.add_parser("outline", help="a paper that a lawyer finishes, as plain text")
    outline.add_argument("key", metavar="KEY", help="which paper, such as wage_claim")
    outline.add_argument("facts", metavar="FACTS.toml", type=Path)
    outline.add_argument("--lang", choices=OFFICIAL, default=OFFICIAL[0])
    outline.add_argument("--on", type=day, default=None, help="the day asked about")
    outline.set_defaults(run=lambda arguments: _run(arguments, read(arguments.facts)))


def _run(arguments: argparse.Namespace, told: str) -> int:
    book = Book()
    if arguments.key not in book.outlines:
        msg = f"There is no paper {arguments.key!r}; the nearest one is {nearest(arguments.key, book.outlines)}."
        raise AnswerError(msg)
    known = Known(read_facts_file(told, book.vocabulary.facts))
    on = arguments.on or date.today()  # noqa: DTZ011 - the edge of the program, the reader's own day
    paper = outlined(book, book.outlines[arguments.key], known, on, arguments.lang)
    print("\n".join(plain(paper)))  # noqa: T201 - this is a command line
    return 0
