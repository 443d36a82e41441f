"""Setting any paper as a tagged PDF (PDF/UA-1, ISO 14289-1), in every language of the product.

Nothing goes to disk, and what a paper says is in no error: a message of the typesetter may quote it.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Any

from alongside.library.paper.document import Heading, Items, Note, Said
from alongside.library.paper.signs import UNPRINTABLE, cut, printable
from alongside.library.typesetting import ARABIC, FONTS, LATIN, PrintError, compiler_of, pdf_of
from alongside.library.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import typst

    from alongside.library.paper.document import Block, Document, Origin, Table
    from alongside.library.words import Span, Voice

SOURCE = "paper/paper.typ"
MORE = tuple(
    f"{LATIN} {script}"
    for script in (
        "Latin Extended", "Vietnamese", "Cyrillic", "Cyrillic Extended", "Greek", "Devanagari"
    )
)  # fmt: skip
DEEPEST = 3
WIDEST, SHORT = 3.0, 20
ONE_AT_A_TIME = Lock()
"""A compiler sets one paper at a time."""
TAG = re.compile(r"[a-z]{2,3}")


class SettingError(Exception):
    """A paper that would not come out as it is written. The message tells nothing of what it says."""


@cache
def compiler() -> typst.Compiler:
    """Return the typesetter, kept for the life of the process."""
    return compiler_of(SOURCE, FONTS)


def set_document(document: Document, voice: Voice) -> bytes:
    """Return a paper as PDF. ``voice`` speaks its frame, in the language that the document names.

    Signs that the fonts of the Book do not have (the person's own words may be in any script) stand as
    ``[?]``, and the paper says so. Raises SettingError where the paper is not set as written, and
    ValueError where two statements name different things by one label, or a row has too few cells.
    """
    paper, page = {"paper": content(document, voice)}, None
    with ONE_AT_A_TIME, suppress(PrintError, RuntimeError):  # their words may quote the paper
        page = pdf_of(compiler(), document.made_on, paper, "a paper")
    if page is None:
        msg = "a paper is not set as it is written"
        raise SettingError(msg)
    return page


def content(document: Document, voice: Voice) -> dict[str, Any]:
    """Return everything that a paper says, in reading order, as the template reads it."""
    setter = _Setter(document, voice)
    blocks = [setter.block(block) for block in document.blocks]
    origins = [
        {"label": setter.words(label), "spans": setter.spans(spans)}
        for label, spans in setter.named.items()
    ]
    found = {
        "lang": document.lang,
        "dir": voice.language.dir,
        "day": list(document.made_on.timetuple()[:3]),
        "fonts": [*((ARABIC, LATIN) if voice.language.dir == "rtl" else (LATIN, ARABIC)), *MORE],
        "title": printable(plain(document.title)),
        "heading": setter.spans(document.title),
        "page": setter.one("paper_page"),
        "foot": setter.spans(document.foot),
        "origins": origins,
        "origins-heading": setter.one("paper_origins"),
    }
    if UNPRINTABLE in json.dumps([blocks, origins], ensure_ascii=False):
        blocks.append(setter.block(Note((Said(voice.spans(voice.word("paper_unprintable"))),))))
    return {**found, "blocks": blocks}


class _Setter:
    """Turns the blocks of one paper into what the template reads, and gathers where it comes from."""

    def __init__(self, document: Document, voice: Voice) -> None:
        self.lang, self._voice = document.lang, voice
        self.named: dict[str, tuple[Span, ...]] = {}
        self._depth = 0

    def one(self, key: str) -> str:
        """Return words of the frame without markup."""
        return plain(self._voice.spans(self._voice.word(key)))

    def words(self, text: str, lang: str = "", *, anew: bool = False) -> list[dict[str, Any]]:
        """Return one text of the paper's language, or another."""
        lang = lang if TAG.fullmatch(lang) else self.lang
        around = self._voice.language.dir
        runs = [run._asdict() for run in cut(printable(text), lang, around)]
        return [{"lang": lang, "runs": runs, "anew": anew}]

    def spans(self, spans: Iterable[Span]) -> list[dict[str, Any]]:
        """Return spans; a text that stands in two other languages has a line for each, and ends them."""
        found: list[dict[str, Any]] = []
        before: Span | None = None
        doubled = False
        for span in spans:
            if before is not None and before.text == span.text:
                continue
            second = before is not None and self.lang not in {before.lang, span.lang}
            second = second and before is not None and before.lang != span.lang
            found += self.words(span.text, span.lang, anew=second or doubled)
            before, doubled = span, second

        return found

    def said(self, one: Said) -> dict[str, Any]:
        """Return a statement, and remember where it comes from."""
        spans = self.spans(one.spans)
        if one.gap and not "".join(span.text for span in one.spans).lstrip().startswith("["):
            spans = [*self.words(self.one("paper_gap")), *spans]
        labels = [self._name(origin) for origin in one.origins]
        return {
            "kind": "said", "spans": spans, "gap": one.gap, "strong": one.strong, "origins": labels
        }  # fmt: skip

    def _name(self, origin: Origin) -> list[dict[str, Any]]:
        if self.named.setdefault(origin.label, origin.spans) != origin.spans:
            msg = "two statements of a paper name different things by one label"
            raise ValueError(msg)
        return self.words(origin.label)

    def block(self, block: Block) -> dict[str, Any]:
        """Return one block. A heading never skips a level: who listens moves by them."""
        if isinstance(block, Said):
            return self.said(block)
        if isinstance(block, Heading):
            self._depth = max(1, min(block.level, self._depth + 1, DEEPEST))
            return {
                "kind": "heading", "level": self._depth + 1, "spans": self.spans(block.spans)
            }  # fmt: skip
        if isinstance(block, Items):
            items = [self.said(one) for one in block.items]
            return {"kind": "items", "items": items, "numbered": block.numbered}
        if isinstance(block, Note):
            said = [self.said(one) for one in block.said]
            return {"kind": "note", "said": said, "weight": block.weight}
        return self._table(block)

    def _table(self, table: Table) -> dict[str, Any]:
        if any(len(row) != len(table.head) for row in table.rows):
            msg = "a row of a paper's table has not as many cells as its head"
            raise ValueError(msg)
        return {
            "kind": "table",
            "head": [self.said(cell) for cell in table.head],
            "rows": [[{"said": [self.said(o) for o in cell]} for cell in r] for r in table.rows],
            "widths": list(_widths(table)),
        }


def _widths(table: Table) -> Iterator[float]:
    """Go through the widths of the columns: by what stands in them, none above three times another."""
    for number, head in enumerate(table.head):
        cells = [(head,), *(row[number] for row in table.rows)]
        longest = max(sum(len(span.text) for one in cell for span in one.spans) for cell in cells)
        yield min(WIDEST, max(1.0, (longest / SHORT) ** 0.5))
