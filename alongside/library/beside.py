"""Beside a verdict: what follows a win, what waiting means and the standards behind, for the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from alongside.library.book import Book
    from alongside.library.reading import Cite, Text
    from alongside.library.remedies import Remedy

WAITING = {"protects": "protects", "does_not": "does not protect", "given_up": "given up"}


def beside_json(remedy: Remedy) -> dict[str, Any]:
    """Return the three lists in the published shape (docs/reference/command-line.md)."""
    return {
        "after": [
            _said(x.kind, x.text, x.cites) | {"confidence": x.confidence} for x in remedy.after
        ],
        "wait": [_said(x.kind, x.text, x.cites) for x in remedy.wait],
        "standard": list(remedy.standards),
    }


def _said(kind: str, text: Text, cites: Iterable[Cite]) -> dict[str, Any]:
    cited = [{"source": cite.source, "at": cite.at} for cite in cites]
    return {"kind": kind, "en": text.en, "fr": text.fr, "cite": cited}


def beside_lines(book: Book, key: str) -> Iterator[str]:
    """Write them for a person to read, each with its citations."""
    remedy = book.ways.get(key) or book.remedies[key]
    for after in remedy.after:
        yield f"after you win ({after.kind}): {after.text.en} [{book.sources.cited(after.cites)}]"
    for wait in remedy.wait:
        yield f"while you wait, {WAITING[wait.kind]}: {wait.text.en} [{book.sources.cited(wait.cites)}]"
    for name in remedy.standards:
        standard = book.standards[name]
        yield f"standard: {standard.name.en}, {standard.article}"
