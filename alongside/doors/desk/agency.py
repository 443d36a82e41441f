"""An agency's own pages: who it is, who works there, what was done, and codes that are shown once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from alongside.domain.consent import HolderKind
from alongside.doors.desk.codes import code_of
from alongside.doors.desk.frame import Written
from alongside.doors.desk.inbox import language_name
from alongside.doors.showing.speaking import book
from alongside.doors.showing.telling import day_of, pages_of
from alongside.records.agencies.actions.admitting import Described
from alongside.records.agencies.actions.recovering import appointed
from alongside.records.agencies.content import (
    LONGEST_ABOUT,
    LONGEST_NAME,
    MOST_DAYS,
    Role,
    Standing,
)
from alongside.records.agencies.queries import (
    agency_book,
    agency_lines,
    colleagues,
    host_number,
    key_number,
    profile_of,
    profiles,
)

if TYPE_CHECKING:
    from datetime import date

    from alongside.doors.desk.frame import Frame
    from alongside.records.agencies.content import Profile
    from alongside.records.journal.content import Line

TOLD, DESCRIBING, ADMITTING = "told", "describing", "admitting"
LINES_A_PAGE = 50
AUTHORED = ("en", "fr")


@dataclass(frozen=True)
class Colleague:
    """A member as the page shows them."""

    code: str
    name: str
    role: Role
    is_self: bool


@dataclass(frozen=True)
class Known:
    """An agency as people see it, and who vouched for it."""

    profile: Profile
    code: str
    vouched: list[str]

    @property
    def tongues(self) -> list[str]:
        """The languages it answers in, by their own names."""
        return [language_name(lang) for lang in self.profile.tongues]

    @property
    def key(self) -> str:
        """The number of its key, to compare by phone."""
        return key_number(self.profile)

    @property
    def host(self) -> str:
        """The number of the host it lives on."""
        return host_number(self.profile)


@dataclass(frozen=True)
class Noted:
    """One line of the journal: on which day, who, what, about which cards or sections."""

    day: date
    line: Line


def known(profile: Profile) -> Known:
    """Return an agency as people see it."""
    names = {other.id: other.name for other in profiles()}
    return Known(profile, code_of(profile.id), [names[v] for v in profile.vouched if v in names])


def shown(frame: Frame) -> dict[str, Any]:
    """Return what the page of the agency shows."""
    keys, own = frame.keys, profile_of(frame.keys.agency)
    proposed = [p for p in profiles() if p.standing is Standing.PROPOSED and p.id != keys.agency]
    return {
        "ours": known(own) if own else None,
        "colleagues": members(frame),
        "leads": keys.role is Role.LEAD,
        "admitted": own is not None and own.standing is Standing.ADMITTED,
        "appointed": appointed(keys=keys),
        "proposed": [known(p) for p in proposed],
        "own_id": keys.agency,
        "form": frame.written(ADMITTING),
    }


def members(frame: Frame) -> list[Colleague]:
    """Return the members of one's own agency."""
    me = frame.keys.member
    return [
        Colleague(code_of(own), name, role, own == me) for own, name, role in colleagues(frame.keys)
    ]


def noted(frame: Frame, page: int) -> dict[str, Any] | None:
    """Return one page of the journal, the newest first; None for a page that is not there."""
    pages = pages_of(agency_lines(frame.keys), LINES_A_PAGE)
    if page > pages:
        return None
    cut = agency_book(frame.keys, first=(page - 1) * LINES_A_PAGE, most=LINES_A_PAGE)
    return {
        "lines": [Noted(day_of(line.minute), line) for line in cut],
        "page": page,
        "pages": pages,
    }


def tell_once(frame: Frame, kind: str, secrets: list[bytes]) -> None:
    """Keep codes for the page that shows them until they are put away."""
    frame.keep(TOLD, {"kind": kind, "codes": secrets})


def described(frame: Frame) -> tuple[Described | None, Written]:
    """Read the form that describes an agency: what it says, and the form with its faults."""
    about = {lang: frame.field(f"about_{lang}", LONGEST_ABOUT) for lang in AUTHORED}
    tongues = [t for t in book().words.languages if t in frame.request.POST.getlist("tongues")]
    days, kind = frame.field("days", 3), frame.field("kind")
    typed = {f"about_{lang}": text for lang, text in about.items()} | {
        "name": frame.field("name", LONGEST_NAME), "kind": kind, "tongues": tongues, "days": days,
    }  # fmt: skip
    right = {
        "name": bool(typed["name"]),
        "kind": kind in set(HolderKind),
        "tongues": bool(tongues),
        "about": all(about.values()),
        "days": days.isascii() and days.isdigit() and 0 < int(days) <= MOST_DAYS,
    }
    faults = {name: f"desk_propose_{name}_wrong" for name, good in right.items() if not good}
    if faults:
        return None, Written(typed, faults)
    read = Described(str(typed["name"]), HolderKind(kind), tuple(tongues), about, int(days))
    return read, Written(typed)
