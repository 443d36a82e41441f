"""Passkeys, for who has scripts and a device that makes them: asking, adding, removing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, JsonResponse
from django.views.decorators.http import require_http_methods

from alongside.doors.desk import passkeys as held
from alongside.doors.desk.codes import code_of, identity_of
from alongside.doors.desk.frame import Frame, Written, at_desk
from alongside.records.agencies.actions.passkeys import remove
from alongside.records.agencies.actions.signing import SignInError

if TYPE_CHECKING:
    from django.http import HttpResponse

BOTH = ["GET", "HEAD", "POST"]


@require_http_methods(BOTH)
@at_desk
def asked(frame: Frame) -> HttpResponse:
    """Say what the device of this browser is asked, for the script; a form begins asking at the door."""
    if not frame.posted:
        kept = frame.between(held.ASKED)
        return frame.finish(JsonResponse(kept["options"])) if kept else frame.go("")
    if not frame.admitted():
        return frame.go("e/")
    held.ask_at_the_door(frame)
    return frame.go("y/")


@require_http_methods(BOTH)
@at_desk
def passkeys(frame: Frame) -> HttpResponse:
    """Show one's passkeys; ask for another, and take it."""
    if not frame.posted:
        return frame.show("passkeys", **held.shown(frame))
    if not frame.admitted():
        return frame.go("e/")
    if frame.field("move") == "ask":
        return frame.go(held.ask_for_one(frame))
    held.take(frame)
    return frame.go("a/k/")


@require_http_methods(BOTH)
@at_desk
def passkey(frame: Frame, code: str) -> HttpResponse:
    """Ask for the passphrase, then remove a passkey."""
    keys, name = frame.keys, f"p:{code}"
    found = next((one for one in keys.passkeys if code_of(one.id) == code), None)
    if found is None:
        raise Http404
    if not frame.posted:
        return frame.show("passkey", found=found, code=code, form=frame.written(name))
    if not frame.admitted():
        return frame.go("e/")
    passphrase, minute = frame.request.POST.get("passphrase", ""), frame.now.minute
    try:
        keys = remove(keys=keys, passphrase=passphrase, passkey=identity_of(code), minute=minute)
    except SignInError:
        frame.keep(name, Written({}, {"passphrase": "desk_passphrase_wrong"}))
        return frame.go(f"a/k/{code}/")
    frame.hold(keys, others_end=True)
    frame.keep(held.ADDING, Written({"done": "desk_passkey_removed"}))
    return frame.go("a/k/")
