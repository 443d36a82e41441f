"""What a paper is made of, before it is set: one shape for the PDF, for a page that shows it, and for tests.

Whoever writes a paper (options, memo, chronology, a draft) returns a :class:`Document`; nothing of it knows
how it will look.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

    from alongside.library.words import Span

Weight = Literal["plain", "caution", "danger"]
"""How much a note weighs."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a statement comes from, so that a reader can go and look.

    ``label``: what stands beside the statement, such as *answer 12* or *piece 3*; ``spans``: what the
    list at the end of the paper says under that label: the question and the answer, the person's own
    words, or a citation with its date.
    """

    label: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A statement. ``gap``: it is a blank that somebody must fill; ``strong``: it leads what follows."""

    spans: tuple[Span, ...]
    origins: tuple[Origin, ...] = ()
    gap: bool = False
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; ``level`` 1 to 3, under the title of the paper."""

    spans: tuple[Span, ...]
    level: int = 1


@dataclass(frozen=True, slots=True)
class Items:
    """A list; ``numbered`` where the order means something."""

    items: tuple[Said, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a head row; each cell is a list of statements."""

    head: tuple[Said, ...]
    rows: tuple[tuple[tuple[Said, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class Note:
    """What must not be overlooked, told by words and a rule at the side."""

    said: tuple[Said, ...]
    weight: Weight = "plain"


Block = Said | Heading | Items | Table | Note


@dataclass(frozen=True, slots=True)
class Document:
    """A paper. ``lang``: the language of its title and frame; ``made_on``: the only date of its metadata.

    ``name``: the discreet name of the file, without its ending: it tells nothing of what is inside.
    ``foot``: one line at the foot of each page.
    """

    name: str
    lang: str
    title: tuple[Span, ...]
    made_on: date
    blocks: tuple[Block, ...]
    foot: tuple[Span, ...] = ()
