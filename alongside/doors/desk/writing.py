"""Writing to a person: what stands between writing and sending, and how it will look to them."""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from alongside.domain.consent import COMPARTMENTS
from alongside.doors.desk.cautions import cautions
from alongside.doors.desk.codes import identity_of
from alongside.doors.desk.inbox import language_name
from alongside.doors.showing.speaking import speaker, spoken_languages
from alongside.records.agencies.queries import held, profile_of
from alongside.records.casefile.actions.answering import NotOpenedToUsError, ask, reply

if TYPE_CHECKING:
    from alongside.doors.desk.frame import Frame

REPLY, ASK = "w", "q"
LONGEST = 6000
"""In signs. In any script it fits into a form and a cookie's row."""


@dataclass(frozen=True)
class Unsent:
    """What was written and not sent. ``mark``: of this very preview, so that no other text is sent by it.

    ``again``: it is to be changed, so the page of the casefile begins where it is written.
    """

    text: str
    section: str
    mark: str
    fault: str = ""
    again: bool = False


def take(frame: Frame, code: str, what: str) -> Unsent:
    """Keep what was written, before anybody asks whose session it is: half an hour of writing is not lost."""
    text = frame.request.POST.get("text", "").replace("\r\n", "\n").strip()[:LONGEST]
    section = frame.field("section") if what == ASK else ""
    known = what == REPLY or section in COMPARTMENTS
    fault = "" if text and known else "desk_write_something"
    unsent = Unsent(text, section, secrets.token_hex(8), fault)
    frame.keep(f"{what}:{code}", asdict(unsent))
    return unsent


def change(frame: Frame, code: str, what: str) -> None:
    """Go back to what was previewed, to write on."""
    if found := unsent(frame, code, what):
        frame.keep(f"{what}:{code}", asdict(replace(found, again=True)))


def unsent(frame: Frame, code: str, what: str) -> Unsent | None:
    """Return what was written and not sent."""
    kept = frame.between(f"{what}:{code}")
    return Unsent(**kept) if kept else None


def kept_for(frame: Frame, code: str) -> dict[str, Any]:
    """Return what the forms of a casefile's page show of what was written before."""
    return {
        "reply": unsent(frame, code, REPLY),
        "asking": unsent(frame, code, ASK),
        "word": frame.written(f"c:{code}"),
    }


def previewed(frame: Frame, code: str, found: Unsent) -> dict[str, Any]:
    """Return what the preview shows: the reply as the person will see it. Raises NotOpenedToUsError."""
    pair, ours = held(frame.keys, identity_of(code)), profile_of(frame.keys.agency)
    if pair is None or pair[1] is None:
        raise NotOpenedToUsError
    card = pair[0]
    theirs = card.lang if card.lang in spoken_languages() else frame.lang
    return {
        "unsent": found,
        "code": code,
        "card": card,
        "tongue": language_name(card.lang),
        "theirs": theirs,
        "t": speaker(theirs),
        "ours": ours.name if ours else "",
        "day": speaker(theirs).day(frame.now.today),
        "cautions": cautions(found.text),
    }


def send(frame: Frame, code: str, what: str) -> bool:
    """Send what was previewed, if it is still that, and once however often it is pressed; say whether it was."""
    own, now = identity_of(code), frame.now
    with frame.alone():
        found = unsent(frame, code, what)
        if found is None or found.fault or found.mark != frame.field("mark"):
            return False
        if what == REPLY:
            reply(keys=frame.keys, own=own, text=found.text, now=now)
        else:
            ask(keys=frame.keys, own=own, section=found.section, text=found.text, now=now)
        frame.drop(f"{what}:{code}")
    return True
