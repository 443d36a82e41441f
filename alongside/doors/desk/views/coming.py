"""Coming in and going out: signing in, joining with an invitation, bringing an agency's keys back."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from django.views.decorators.http import require_http_methods

from alongside.doors.desk import joining, passkeys
from alongside.doors.desk.codes import plain_digits, read_secret
from alongside.doors.desk.frame import Frame, Written, at_desk
from alongside.library.phrases import spell
from alongside.records.agencies.actions.joining import ChoiceError, InvitationError, join
from alongside.records.agencies.actions.recovering import RecoveryError, recover
from alongside.records.agencies.actions.signing import SignInError, keep_session
from alongside.records.agencies.actions.signing import sign_in as sign_in_with

if TYPE_CHECKING:
    from django.http import HttpResponse

BOTH = ["GET", "HEAD", "POST"]
SIGNING_IN, RECOVERING = "in", "back"


@require_http_methods(BOTH)
@at_desk
def sign_in(frame: Frame) -> HttpResponse:
    """Show the page to sign in on; take name, passphrase, and code or passkey, of one form."""
    if frame.posted:
        return _sign_in(frame)
    if frame.session:
        return frame.go("i/")
    return frame.show("sign_in", form=frame.written(SIGNING_IN), over=frame.was_signed_in)


def _sign_in(frame: Frame) -> HttpResponse:
    if not frame.admitted():
        return frame.go("e/")
    name, with_passkey = frame.field("name"), frame.field("move") == "passkey"
    code = passkeys.said(frame) if with_passkey else plain_digits(frame.field("code"))
    passphrase, second = frame.request.POST.get("passphrase", ""), int(time.time())
    try:
        cookies = sign_in_with(
            name=name, passphrase=passphrase, code=code, minute=frame.now.minute, second=second
        )
    except SignInError:
        wrong = "desk_passkey_wrong" if with_passkey else "desk_sign_in_wrong"
        frame.keep(SIGNING_IN, Written({"name": name}, {"form": wrong}))
        return frame.go("")
    frame.drop(SIGNING_IN)
    return frame.enter(cookies)


@require_http_methods(BOTH)
@at_desk
def sign_out(frame: Frame) -> HttpResponse:
    """End the session. Nothing is ended by following a link."""
    return frame.leave() if frame.posted else frame.go("")


@require_http_methods(BOTH)
@at_desk
def invited(frame: Frame) -> HttpResponse:
    """Take the code of an invitation."""
    if not frame.posted:
        return frame.show("invited", form=frame.written(joining.CODE))
    if not frame.admitted():
        return frame.go("e/")
    if joining.begin(frame, frame.field("code")):
        return frame.go("j/c/")
    frame.keep(joining.CODE, Written({}, {"code": "desk_invitation_wrong"}))
    return frame.go("j/")


@require_http_methods(BOTH)
@at_desk
def choose(frame: Frame) -> HttpResponse:
    """Show which agency it is; take the names, the passphrase and one code of who joins."""
    found = joining.under_way(frame)
    if found is None:
        return frame.go("j/")
    if not frame.posted:
        return frame.show("choose", **joining.shown(frame, found))
    if not frame.admitted():
        return frame.go("e/")
    try:
        keys = join(secret=found.secret, joiner=joining.joiner(frame, found),
                    today=frame.now.today, minute=frame.now.minute, second=int(time.time()))  # fmt: skip
    except ChoiceError as error:
        joining.keep_choices(frame, found, error.field)
        return frame.go("j/c/")
    except InvitationError:
        return frame.go("j/")
    frame.drop(joining.CHOICES)
    return frame.enter(keep_session(keys=keys, minute=frame.now.minute))


@require_http_methods(BOTH)
@at_desk
def recovered(frame: Frame) -> HttpResponse:
    """Take the phrases of two custodians; show the code of an invitation to lead, until it is put away."""
    if not frame.posted:
        form = frame.written(RECOVERING)
        code = spell(form["code"], frame.lang) if form["code"] else None
        return frame.show("recover", form=form, code=code)
    if frame.field("move") == "done":
        frame.drop(RECOVERING)
        return frame.go("j/")
    if not frame.admitted():
        return frame.go("e/")
    frame.keep(RECOVERING, _recover(frame))
    return frame.go("r/")


def _recover(frame: Frame) -> Written:
    one, other = (read_secret(frame.field(name), frame.lang) for name in ("one", "other"))
    wrong, now = Written({}, {"form": "desk_recover_wrong"}), frame.now
    if one is None or other is None:
        return wrong
    try:
        code = recover(secrets=(one, other), today=now.today, minute=now.minute)
    except RecoveryError:
        return wrong
    return Written({"code": code})
