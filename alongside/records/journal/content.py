"""One line of the journal, as it is before sealing."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class Deed(StrEnum):
    """What can stand in a journal."""

    KEPT = "kept"
    SHARED = "shared"
    WIDENED = "widened"
    WROTE = "wrote"
    TOOK_BACK = "took_back"
    ENDED = "ended"
    OPENED = "opened"
    REPLIED = "replied"
    ASKED = "asked"
    WROTE_DOWN = "wrote_down"
    CONFIRMED = "confirmed"
    CAME_BACK = "came_back"
    SECOND_WORD = "second_word"
    SECOND_WORD_WRONG = "second_word_wrong"
    ERASE_ASKED = "erase_asked"
    ERASE_STOPPED = "erase_stopped"
    RENEWED = "renewed"
    SIGNED_IN = "signed_in"
    INVITED = "invited"
    JOINED = "joined"
    LEFT = "left"
    PROPOSED = "proposed"
    ADMITTED = "admitted"
    RECOVERED = "recovered"
    CARRIED = "carried"
    PASSKEY_ADDED = "passkey_added"
    PASSKEY_REMOVED = "passkey_removed"
    PASSKEY_COPIED = "passkey_copied"


@dataclass(frozen=True, slots=True)
class Line:
    """``minute``: whole minutes since 1970. ``who``: the agency, or the member; empty for the person.

    ``places``: the sections concerned. ``order``: tells lines of one minute apart, the later the greater.
    """

    deed: Deed
    minute: int
    who: str = ""
    places: tuple[str, ...] = ()
    order: int = field(default_factory=lambda: time.time_ns() // 1000)

    def table(self) -> dict[str, Any]:
        """Return it as JSON can hold it."""
        return asdict(self)

    @classmethod
    def of(cls, table: dict[str, Any]) -> Line:
        """Read it back."""
        places = tuple(table["places"])
        return cls(Deed(table["deed"]), table["minute"], table["who"], places, table["order"])
