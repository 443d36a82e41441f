"""Passkeys at the desk: where they are good, what a device is asked, and what it says back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http.request import split_domain_port

from alongside.doors.desk.codes import code_of
from alongside.doors.desk.frame import Written
from alongside.records.agencies.actions.joining import ChoiceError
from alongside.records.agencies.actions.passkeys import (
    LONGEST_NAME,
    MOST,
    add,
    ask,
    ask_for_another,
)
from alongside.records.agencies.actions.signing import SignInError
from alongside.records.agencies.proving import Shown, Site

if TYPE_CHECKING:
    from alongside.doors.desk.frame import Frame

ASKED, ADDING = "asked", "passkey"
LONGEST_SAID = 16_000
"""Of what a device says, in signs: some add the certificates of their maker, which nobody reads."""


def site(frame: Frame) -> Site:
    """Return where this desk is, as the browser of this request sees it; its host was let in before."""
    host = frame.request.get_host()
    title = frame.speaker.plain(frame.speaker.voice.word("title"))
    return Site(split_domain_port(host)[0], f"{frame.request.scheme}://{host}", title)


def ask_at_the_door(frame: Frame) -> None:
    """Keep what any device may be asked, for who has not said yet who they are."""
    frame.keep(ASKED, ask(site=site(frame), minute=frame.now.minute))


def said(frame: Frame) -> Shown:
    """Return what a device said, with what it was asked. It can be answered once, right or wrong."""
    return Shown(frame.field("passkey", LONGEST_SAID), frame.drop(ASKED), site(frame))


def shown(frame: Frame) -> dict[str, Any]:
    """Return what the page of one's passkeys shows."""
    held = [(code_of(one.id), one) for one in frame.keys.passkeys]
    return {"held": held, "room": len(held) < MOST, "form": frame.written(ADDING)}


def ask_for_one(frame: Frame) -> str:
    """Ask for a new passkey, where name and passphrase can stand; return where to go on."""
    name = frame.field("name", LONGEST_NAME)
    passphrase, here, minute = (
        frame.request.POST.get("passphrase", ""),
        site(frame),
        frame.now.minute,
    )
    fault = {} if name else {"name": "desk_passkey_name_wrong"}
    try:
        asked = ask_for_another(
            keys=frame.keys, passphrase=passphrase, name=name, site=here, minute=minute
        )
    except SignInError:
        fault |= {"passphrase": "desk_passphrase_wrong"}
    except ChoiceError:
        fault |= {"form": "desk_passkey_enough"}
    if fault:
        frame.keep(ADDING, Written({"name": name}, fault))
        return "a/k/"
    frame.keep(ASKED, asked)
    return "y/"


def take(frame: Frame) -> None:
    """Take a passkey that was made when asked, and say on the page how it went."""
    passphrase, now = frame.request.POST.get("passphrase", ""), frame.now
    try:
        keys = add(
            keys=frame.keys,
            passphrase=passphrase,
            shown=said(frame),
            today=now.today,
            minute=now.minute,
        )
    except SignInError:
        frame.keep(ADDING, Written({}, {"passphrase": "desk_passphrase_wrong"}))
    except ChoiceError:
        frame.keep(ADDING, Written({}, {"form": "desk_passkey_not_added"}))
    else:
        frame.hold(keys, others_end=True)
        frame.keep(ADDING, Written({"done": "desk_passkey_added"}))
