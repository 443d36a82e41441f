"""What a casefile seals: the binder, the ring of section keys, entries."""

from __future__ import annotations

import base64
import time
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from alongside.domain.consent import COMPARTMENTS, Grant, HolderKind, Purpose
from alongside.records.packing import pack_answer, unpack_answer
from alongside.sealed.envelopes import new_key

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from alongside.domain.facts import Answer

PARTS = 3


class NoCasefileError(Exception):
    """There is no such casefile any more, or these keys do not open it."""


class ClosedError(NoCasefileError):
    """It is closed: an erase that was asked for without the second word waits to be carried out."""


@dataclass(frozen=True, slots=True)
class PersonKeys:
    """What somebody who came back holds: the key of the phrase, and, after the second word, the whole key."""

    casefile: bytes
    phrase: bytes
    whole: bytes | None = None

    def text(self) -> str:
        """Return it as text, to rest in a draft sealed under the visitor's cookie, and nowhere else."""
        parts = (self.casefile, self.phrase, self.whole or b"")
        return ".".join(base64.urlsafe_b64encode(part).decode("ascii") for part in parts)

    @classmethod
    def of(cls, text: str) -> PersonKeys | None:
        """Read it back; None for no keys at all."""
        parts = [base64.urlsafe_b64decode(part) for part in text.split(".")]
        return cls(parts[0], parts[1], parts[2] or None) if len(parts) == PARTS else None

    def messages_only(self) -> PersonKeys:
        """Return what stays once the second word is put away."""
        return replace(self, whole=None)


@dataclass(frozen=True, slots=True)
class GrantNote:
    """A grant as the person's binder holds it.

    ``id``: of its delivery. ``agency`` and ``name``: to whom. ``conversation``: the keys of what they
    write to each other, the newest last. ``epoch``: the number of the agency's epoch to which the newest
    keys were sealed. ``sent``: how many notices about it were put into the agency's box.
    """

    id: bytes
    agency: bytes
    name: str
    grant: Grant
    conversation: tuple[bytes, ...]
    epoch: int
    sent: int = 0

    def table(self) -> dict[str, Any]:
        """Return it as JSON can hold it."""
        grant = {name: getattr(self.grant, name) for name in Grant.__slots__}
        return {
            "id": self.id, "agency": self.agency, "name": self.name, "grant": grant,
            "conversation": self.conversation, "epoch": self.epoch, "sent": self.sent,
        }  # fmt: skip

    @classmethod
    def of(cls, table: dict[str, Any]) -> GrantNote:
        """Read it back."""
        typed = {
            "kind": HolderKind(table["grant"]["kind"]),
            "purpose": Purpose(table["grant"]["purpose"]),
            "sections": frozenset(table["grant"]["sections"]),
        }
        grant, talk = Grant(**(table["grant"] | typed)), tuple(table["conversation"])
        return cls(**(table | {"grant": grant, "conversation": talk}))

    def ended(self, on: date) -> GrantNote:
        """Return it as ended on a day."""
        return replace(self, grant=replace(self.grant, ended_on=on))


@dataclass(slots=True)
class Binder:
    """What the return phrase opens. ``private``: opens the person's journal. ``lang``: theirs.

    ``public``: the half to which their journal is sealed; ``whole``: that to which turned keys are. They
    stand here, and not in the clear, so that nobody who can write to the store puts others in their place.
    ``versions``: the present version of each section key. ``tries`` and ``wait_until``: wrong second
    words since the last right one, and the minute before which no other is tried.
    """

    private: bytes
    public: bytes
    whole: bytes
    lang: str
    check_word: str
    grants: list[GrantNote] = field(default_factory=list)
    versions: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COMPARTMENTS, 1))
    tries: int = 0
    wait_until: int = 0

    def table(self) -> dict[str, Any]:
        """Return it as JSON can hold it."""
        plain = {name: getattr(self, name) for name in self.__slots__ if name != "grants"}
        return plain | {"grants": [note.table() for note in self.grants]}

    @classmethod
    def of(cls, table: dict[str, Any]) -> Binder:
        """Read it back."""
        return cls(**(table | {"grants": [GrantNote.of(note) for note in table["grants"]]}))

    def note(self, own: bytes) -> GrantNote | None:
        """Return a grant by its identity."""
        return next((note for note in self.grants if note.id == own), None)

    def put(self, note: GrantNote) -> None:
        """Put a grant in, in place of the one with its identity."""
        self.grants = [n for n in self.grants if n.id != note.id] + [note]

    def holding(self, today: date) -> list[GrantNote]:
        """Return the grants that hold on a day."""
        return [note for note in self.grants if note.grant.holds(today)]


@dataclass(slots=True)
class Closed:
    """What stands in the place of a binder while an erase waits that was asked for without the second word.

    ``sealed``: the binder, sealed under ``item`` to its whole pair, so that phrase and second word open it
    and the phrase alone does not. ``public`` and ``whole``: as in the binder; the person's journal goes on.
    ``asked_on``: the day it was asked. ``ends_on``: the Monday on which all of it is destroyed, as an
    ordinal. ``edition``: of the casefile as it was when that was asked. ``tries`` and ``wait_until``: as in
    the binder. ``size``: how long the binder's content was, so that the length in the store tells nothing.
    """

    sealed: bytes
    item: bytes
    public: bytes
    whole: bytes
    asked_on: date
    ends_on: int
    edition: bytes
    tries: int
    wait_until: int
    size: int

    def table(self) -> dict[str, Any]:
        """Return it as JSON can hold it."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(slots=True)
class Ring:
    """What phrase and second word open: the private half of the whole pair, every version of every key."""

    private: bytes
    keys: dict[str, dict[int, bytes]]

    @classmethod
    def new(cls, private: bytes) -> Ring:
        """Draw a key for every compartment there is: all exist from the first moment."""
        return cls(private, {section: {1: new_key()} for section in COMPARTMENTS})

    def table(self) -> dict[str, Any]:
        """Return it as JSON can hold it."""
        keys = {s: [[v, k] for v, k in versions.items()] for s, versions in self.keys.items()}
        return {"private": self.private, "keys": keys}

    @classmethod
    def of(cls, table: dict[str, Any]) -> Ring:
        """Read it back."""
        return cls(table["private"], {s: dict(pairs) for s, pairs in table["keys"].items()})

    def newest(self, section: str) -> tuple[int, bytes]:
        """Return the present version of a section's key."""
        return max(self.keys[section].items())


class EntryKind(StrEnum):
    """What an entry is."""

    ANSWERS = "answers"
    FILE = "file"
    MESSAGE = "message"
    ASK = "ask"
    PIECE = "piece"


PERSON = "\0person"
"""No agency can have this for a name."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry, opened. ``by``: PERSON, or the name of an agency. ``minute``: since 1970.

    ``order``: its place among other entries, the later the greater. ``answers`` for answers;
    ``text`` for a message; ``section`` for what is asked for; ``name``, ``media`` and ``body`` for a file.
    ``piece``: of a piece of an account, what it has beside its text (:mod:`.pieces`).
    ``unsure``: written by somebody who gave number and words alone.
    """

    kind: EntryKind
    minute: int
    by: str
    answers: dict[str, Answer] = field(default_factory=dict)
    text: str = ""
    section: str = ""
    name: str = ""
    media: str = ""
    body: bytes = b""
    piece: dict[str, Any] = field(default_factory=dict)
    unsure: bool = False
    order: int = field(default_factory=lambda: time.time_ns() // 1000)
    id: bytes = b""

    def after(self, entries: Iterable[Entry]) -> Entry:
        """Return it with its place after all these, whatever the clock says."""
        last = max((one.order for one in entries), default=0)
        return replace(self, order=max(self.order, last + 1))

    def table(self) -> dict[str, Any]:
        """Return it as JSON can hold it; what it does not have is left out."""
        found = {
            name: getattr(self, name) for name in self.__slots__ if name not in {"id", "answers"}
        }
        answers = {key: pack_answer(answer) for key, answer in self.answers.items()}
        return {k: v for k, v in (found | {"answers": answers}).items() if v}

    @classmethod
    def of(cls, table: dict[str, Any], own: bytes) -> Entry:
        """Read it back."""
        answers = {key: unpack_answer(v) for key, v in table.get("answers", {}).items()}
        typed = {"kind": EntryKind(table["kind"]), "answers": answers, "id": own}
        return cls(**(table | typed))


SectionKeys = dict[tuple[str, int], bytes]
"""Keys by section and version: whoever holds them opens what was sealed under them, and nothing else."""
