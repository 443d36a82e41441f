"""A calendar file (iCalendar, RFC 5545) of days alone: no hour, no alarm, no person, no place.

It is read by programs that show it to whoever stands beside the screen, and send it on to other
machines. So it holds what a title on a wall could hold.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

LONGEST_LINE = 75
"""How many octets a line may have without its end (RFC 5545, 3.1)."""
PRODUCT = "-//Notes//Notes//EN"


@dataclass(frozen=True, slots=True)
class AllDay:
    """One day. ``own``: an identity that stays the same when the day moves, and tells nothing."""

    own: str
    day: date
    title: str


def calendar(days: Iterable[AllDay], made_on: date) -> bytes:
    """Return the file. Without METHOD it is a plain file: no program takes it for an invitation.

    ``made_on`` stands as the stamp that the standard wants, at midnight: the minute is nobody's business.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN"]
    for one in days:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{one.own}",
            f"DTSTAMP:{made_on:%Y%m%d}T000000Z",
            f"DTSTART;VALUE=DATE:{one.day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{one.day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(one.title)}",
            "CLASS:PRIVATE",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return b"".join(piece for line in lines for piece in _folded(line))


def _escaped(text: str) -> str:
    """Escape a text value (RFC 5545, 3.3.11)."""
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return "\\n".join(text.splitlines())


def _folded(line: str) -> Iterator[bytes]:
    """Fold a line by octets, and never inside a letter: some programs join lines after decoding them."""
    room, piece = LONGEST_LINE, b""
    for letter in line:
        octets = letter.encode()
        if len(piece) + len(octets) > room:
            yield piece + b"\r\n"
            piece, room = b" ", LONGEST_LINE
        piece += octets
    yield piece + b"\r\n"
