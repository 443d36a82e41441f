"""The Book to carry: the whole Book as plain pages and pamphlets that work from a USB stick.

No page needs a network, a script or a server; links are relative, names of files tell nothing. The
same content always gives the same bytes.
"""

from __future__ import annotations

import hashlib
from datetime import date
from typing import TYPE_CHECKING

from alongside.library.carry_pages import STYLE, Press
from alongside.library.pamphlet import Printer
from alongside.library.vocabulary import REGIONS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from alongside.library.book import Book

LIST = "a.txt"
PROVINCES = ("on", *(region for region in REGIONS if region != "on"))


def build(book: Book, folder: Path) -> int:
    """Write the whole Book under ``folder``; return how many files were written.

    Pages that an earlier edition left there and this one no longer has are taken away: an old rule
    beside a new one is a danger. Nothing that this command did not write is touched.
    """
    folder.mkdir(parents=True, exist_ok=True)
    old = _listed(folder)
    written: dict[str, str] = {}
    for name, data in _files(book):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        written[name] = hashlib.sha256(data).hexdigest()
    lines = [book.edition, *(f"{digest}  {name}" for name, digest in sorted(written.items()))]
    (folder / LIST).write_text("\n".join([*lines, ""]), encoding="utf-8")
    for name in old - set(written):
        (folder / name).unlink(missing_ok=True)
    return len(written) + 1


def edition_day(book: Book) -> date:
    """Return the day of the edition: the only date a copy carries, so that it is always the same."""
    return date.fromisoformat(book.edition.partition("+")[0])


def _files(book: Book) -> Iterator[tuple[str, bytes]]:
    voices = {lang: book.words.voice(lang) for lang in book.words.languages}
    printer = Printer(book, voices, edition_day(book))
    press = Press(book, voices, PROVINCES, edition_day(book))
    yield "a.css", STYLE.read_bytes()
    yield "index.html", press.cover().encode()
    for lang in voices:
        for name, page in press.pages(lang):
            yield f"{lang}/{name}", page.encode()
        for province in PROVINCES:
            for name, page in press.province_pages(lang, province):
                yield f"{lang}/{province}/{name}", page.encode()
            yield f"{lang}/{province}/p.pdf", printer.print(lang, province)


def _listed(folder: Path) -> set[str]:
    """Return what an earlier build wrote here, without any name that leads out of the folder."""
    path = folder / LIST
    if not path.is_file():
        return set()
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    names = {line.partition("  ")[2] for line in lines}
    return {n for n in names if n and (folder / n).resolve().is_relative_to(folder.resolve())}
