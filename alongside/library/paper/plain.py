"""A paper as plain text, for the command line: what is said, where it comes from, and the list at the end."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING

from alongside.library.paper.document import Heading, Items, Note, Said, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from alongside.library.paper.document import Block, Document, Origin
    from alongside.library.words import Span

WIDTH = 100


def plain(document: Document) -> Iterator[str]:
    """Go through the lines of a paper."""
    title = _text(document.title)
    yield from (title, "=" * min(len(title), WIDTH))
    for block in document.blocks:
        yield ""
        yield from _block(block)
    yield ""
    yield from (f"({one.label}) {_text(one.spans)}" for one in origins(document))
    yield from ("", _text(document.foot))


def origins(document: Document) -> list[Origin]:
    """Return everything that a paper's statements come from, each once, in the order it is first named."""
    found = (one for said in everything_said(document) for one in said.origins)
    return list(dict.fromkeys(found))


def everything_said(document: Document) -> Iterator[Said]:
    """Go through every statement, gap and note of a paper in reading order."""
    for block in document.blocks:
        if isinstance(block, Said):
            yield block
        elif isinstance(block, Items):
            yield from block.items
        elif isinstance(block, Note):
            yield from block.said
        elif isinstance(block, Table):
            yield from block.head
            yield from (said for row in block.rows for cell in row for said in cell)


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"{'#' * block.level} {_text(block.spans)}"
    elif isinstance(block, Note):
        yield from (_filled(said, "| ") for said in block.said)
    elif isinstance(block, Items):
        yield from (_filled(said, "- ") for said in block.items)
    elif isinstance(block, Table):
        for row in block.rows:
            first, *rest = row
            yield from (_filled(said, "* ") for said in first)
            for head, cell in zip(block.head[1:], rest, strict=True):
                yield from (_filled(said, f"    {_text(head.spans)}: ") for said in cell)
    else:
        yield _filled(block, "")


def _filled(said: Said, lead: str) -> str:
    named = ", ".join(one.label for one in said.origins)
    text = f"{_text(said.spans)} ({named})" if named else _text(said.spans)
    inner = " " * (len(lead) - len(lead.lstrip()) + 2)
    return fill(
        text,
        WIDTH,
        initial_indent=lead,
        subsequent_indent=inner,
        break_long_words=False,  # an address is kept whole
        break_on_hyphens=False,
    )


def _text(spans: Iterable[Span]) -> str:
    return " / ".join(span.text for span in spans)
