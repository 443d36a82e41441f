"""The content of a draft, as it is before sealing: answers, what was typed, what was shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from alongside.records.packing import pack, pack_answer, unpack, unpack_answer
from alongside.records.pieces import pack_piece, unpack_piece

if TYPE_CHECKING:
    from alongside.domain.chronology import Piece
    from alongside.domain.facts import Answer


LETTERS = {
    "answers": "a", "typed": "t", "faults": "f", "warned": "w", "after_gone": "g", "keys": "k",
    "whole": "o", "whole_until": "u", "opened": "n", "changed": "c", "shown": "s", "form": "m",
    "said": "d", "unsent": "x", "plan": "p",
    "pieces": "i", "away": "y", "held": "h", "writing": "z", "sought": "q",
}  # fmt: skip
"""What each field is called once packed."""


@dataclass
class Draft:
    """Answers by fact key; ``typed``: text that could not be read, kept as it was written.

    ``faults``: for each such key, the key of the sentence that says what was not clear.
    ``warned``: the parts whose warning was shown and passed. ``after_gone``: the answers before these
    ones are gone, which the pages say until the next form. ``fresh``: nothing was stored yet. ``under``:
    the token it was found under.

    Of who keeps, or came back: ``keys``: to messages, as text. ``whole``: the same with the key of the
    second word, held until the minute ``whole_until``. ``opened``: the answers came out of a casefile.
    ``changed``: the answers that are not kept as they are here. ``shown``: number, secret, second word and
    check-word, until the person has them. ``form``: what stands in a form on its way. ``said``: the key
    of a sentence about what was just done, until a page has shown it. ``unsent``: what stands half
    written in a conversation, by its identity. ``plan``: what matters most, the codes of the steps to put
    in order, and the one to try first, each list under a letter of its own.

    ``pieces``: pieces of an account that are not kept, and those put away in this visit, by identity. ``away``:
    which of them are put away, until the visit ends. ``held``: which of these came out of a casefile: their
    words go with the key of the second word. ``writing``: the fields of the piece that is being written.
    ``sought``: the fields of the form in which somebody looks for help; it is never kept in a casefile.
    """

    answers: dict[str, Answer] = field(default_factory=dict)
    typed: dict[str, dict[str, str]] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)
    warned: list[str] = field(default_factory=list)
    after_gone: bool = False
    keys: str = field(default="", repr=False)
    whole: str = field(default="", repr=False)
    whole_until: int = 0
    opened: bool = False
    changed: list[str] = field(default_factory=list)
    shown: dict[str, str] = field(default_factory=dict, repr=False)
    form: dict[str, str] = field(default_factory=dict, repr=False)
    said: str = ""
    unsent: dict[str, str] = field(default_factory=dict, repr=False)
    plan: dict[str, list[str]] = field(default_factory=dict)
    pieces: dict[str, Piece] = field(default_factory=dict, repr=False)
    away: list[str] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    writing: dict[str, str] = field(default_factory=dict, repr=False)
    sought: dict[str, str] = field(default_factory=dict, repr=False)
    fresh: bool = True
    under: str = field(default="", repr=False)

    def pack(self) -> bytes:
        """Return the draft as bytes, for sealing; what is empty is left out."""
        table = {letter: getattr(self, name) for name, letter in LETTERS.items()}
        table["a"] = {key: pack_answer(answer) for key, answer in self.answers.items()}
        table["i"] = [pack_piece(piece) for piece in self.pieces.values()]
        for letter in ("w", "c"):
            table[letter] = list(dict.fromkeys(table[letter]))  # a thousand times is once
        return pack({letter: value for letter, value in table.items() if value})

    @classmethod
    def unpack(cls, raw: bytes) -> Draft:
        """Read a draft back."""
        table = unpack(raw)
        table["a"] = {key: unpack_answer(value) for key, value in table.get("a", {}).items()}
        pieces = [unpack_piece(piece) for piece in table.get("i", [])]
        table["i"] = {piece.id: piece for piece in pieces}
        held = {name: table[letter] for name, letter in LETTERS.items() if letter in table}
        return cls(**held, fresh=False)

    @property
    def unkept(self) -> list[Piece]:
        """The pieces that stand in this draft alone, in the order of writing."""
        return [self.pieces[own] for own in sorted(self.pieces) if own not in self.away]

    def forget_unkept(self) -> None:
        """Let the pieces go that are kept now; those put away stay until the visit ends."""
        self.pieces = {own: piece for own, piece in self.pieces.items() if own in self.away}

    @property
    def tells(self) -> bool:
        """Say whether anything was told: an answer, or a piece of an account."""
        return bool(self.answers or self.unkept)

    @property
    def changes(self) -> int:
        """How much was told or changed that is not kept."""
        return len(set(self.changed)) + len(self.unkept)

    def open_until(self, whole: str, minute: int) -> None:
        """Hold the key of the second word until a minute."""
        self.whole, self.whole_until = whole, minute

    def close(self) -> None:
        """Put the key of the second word away, and what it opened; what was changed since stays."""
        self.whole, self.whole_until, self.said = "", 0, ""
        for own in self.held:
            self.pieces.pop(own, None)
        self.away = [own for own in self.away if own not in self.held]
        self.held = []
        if self.writing.get("kept"):
            self.writing = {}
        if self.opened:
            self.answers = {k: v for k, v in self.answers.items() if k in self.changed}
            self.opened = False

    def clear(self) -> None:
        """Put away everything that was told, and the key to it: messages stay, the half written too."""
        self.close()
        self.answers, self.typed, self.faults, self.form = {}, {}, {}, {}
        self.warned, self.changed, self.plan = [], [], {}
        self.pieces, self.away, self.writing, self.sought = {}, [], {}, {}
