"""One's own agency: who it is, who works there, its custodians, agencies proposed and admitted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.views.decorators.http import require_http_methods, require_safe

from alongside.domain.consent import HolderKind
from alongside.doors.desk import agency as presenting
from alongside.doors.desk import bringing as cards
from alongside.doors.desk.codes import identity_of
from alongside.doors.desk.frame import Frame, Written, at_desk
from alongside.doors.showing.arriving import seen_by_somebody, takes_files
from alongside.library.phrases import spell
from alongside.records.agencies.actions.admitting import (
    KeyChangedError,
    accept_people,
    admit,
    propose,
)
from alongside.records.agencies.actions.joining import ChoiceError, invite
from alongside.records.agencies.actions.leaving import LastLeadError, leave
from alongside.records.agencies.actions.recovering import appoint, appointed
from alongside.records.agencies.actions.signing import SignInError, change_passphrase
from alongside.records.agencies.content import Role

if TYPE_CHECKING:
    from django.http import HttpResponse

BOTH = ["GET", "HEAD", "POST"]
CHANGING = "passphrase"


@require_safe
@at_desk
def agency(frame: Frame) -> HttpResponse:
    """Show the agency as people see it, its members, and what a lead may do."""
    return frame.show("agency", **presenting.shown(frame))


@require_safe
@at_desk
def journal(frame: Frame, page: str) -> HttpResponse:
    """Show the agency's journal."""
    found = presenting.noted(frame, int(page))
    if found is None:
        raise Http404
    return frame.show("journal", **found)


@require_http_methods(BOTH)
@at_desk
def accepting(frame: Frame) -> HttpResponse:
    """Say whether new people can choose the agency."""
    if frame.posted:
        accept_people(keys=frame.keys, accepts=frame.field("accepts") == "yes")
    return frame.go("a/")


@require_http_methods(BOTH)
@at_desk
def inviting(frame: Frame) -> HttpResponse:
    """Invite a colleague; the code is shown on the next page."""
    if not frame.posted:
        return frame.go("a/")
    role = Role.LEAD if frame.field("role") == Role.LEAD else Role.MEMBER
    now = frame.now
    code = invite(keys=frame.keys, role=role, today=now.today, minute=now.minute)
    presenting.tell_once(frame, "invited", [code])
    return frame.go("a/s/")


@require_http_methods(BOTH)
@at_desk
def shown_once(frame: Frame) -> HttpResponse:
    """Show codes until they are put away; they stand nowhere else."""
    _ = frame.keys  # who signed in, and nobody else
    if frame.posted:
        frame.drop(presenting.TOLD)
        return frame.go("a/")
    told = frame.between(presenting.TOLD)
    if told is None:
        return frame.go("a/")
    codes = [spell(code, frame.lang) for code in told["codes"]]
    return frame.show("shown_once", kind=told["kind"], codes=codes)


@require_http_methods(BOTH)
@at_desk
def let_go(frame: Frame, code: str) -> HttpResponse:
    """Ask once more, then let a member go; who goes themselves is signed out."""
    found = next((m for m in presenting.members(frame) if m.code == code), None)
    if found is None:
        raise Http404
    if not frame.posted:
        alone = len(presenting.members(frame)) == 1 and not appointed(keys=frame.keys)
        return frame.show("let_go", found=found, form=frame.written(f"l:{code}"), alone=alone)
    try:
        keys = leave(keys=frame.keys, member=identity_of(code), minute=frame.now.minute)
    except LastLeadError:
        frame.keep(f"l:{code}", Written({}, {"form": "desk_last_lead"}))
        return frame.go(f"a/l/{code}/")
    if found.is_self:
        return frame.leave()
    frame.hold(keys)
    return frame.go("a/")


@require_http_methods(BOTH)
@at_desk
def custodians(frame: Frame) -> HttpResponse:
    """Say what custodians are; appoint three, whose phrases the next page shows."""
    if not frame.posted:
        return frame.show("custodians", appointed=appointed(keys=frame.keys))
    presenting.tell_once(frame, "custodians", appoint(keys=frame.keys))
    return frame.go("a/s/")


@require_http_methods(BOTH)
@at_desk
def proposing(frame: Frame) -> HttpResponse:
    """Propose an agency; the code for its first member is shown on the next page."""
    keys, name = frame.keys, presenting.DESCRIBING
    if not frame.posted:
        return frame.show("propose", form=frame.written(name), kinds=list(HolderKind))
    described, form = presenting.described(frame)
    frame.keep(name, form)
    if described is None:
        return frame.go("a/n/")
    now = frame.now
    code = propose(keys=keys, described=described, today=now.today, minute=now.minute)
    frame.drop(name)
    presenting.tell_once(frame, "proposed", [code])
    return frame.go("a/s/")


@require_http_methods(BOTH)
@takes_files
@at_desk
def bringing(frame: Frame) -> HttpResponse:
    """Take the card of an agency on another host, show what stands in it, and propose it."""
    if not frame.posted:
        return frame.show("bring", **cards.shown(frame))
    move = frame.field("move")
    if move == "propose":
        return frame.go("a/" if cards.propose(frame) else "a/b/")
    if move == "drop":
        frame.drop(cards.CARD)
    else:
        cards.take(frame)
    return frame.go("a/b/")


@require_http_methods(BOTH)
@at_desk
def admitting(frame: Frame, code: str) -> HttpResponse:
    """Admit an agency that another proposed, by the number of its key that the page showed."""
    if not frame.posted:
        return frame.go("a/")
    agency, number, now = identity_of(code), frame.field("number"), frame.now
    try:
        admit(keys=frame.keys, agency=agency, minute=now.minute, number=number)
        frame.drop(presenting.ADMITTING)
    except KeyChangedError:
        frame.keep(presenting.ADMITTING, Written({}, {"form": "desk_key_changed"}))
    return frame.go("a/")


@require_http_methods(BOTH)
@at_desk
def passphrase(frame: Frame) -> HttpResponse:
    """Change one's own passphrase."""
    keys = frame.keys
    if not frame.posted:
        form = frame.written(CHANGING)
        if form["done"] and seen_by_somebody(frame.request):  # said once
            frame.drop(CHANGING)
        return frame.show("passphrase", form=form)
    if not frame.admitted():
        return frame.go("e/")
    asked = frame.request.POST
    try:
        change_passphrase(keys=keys, now=asked.get("now", ""), then=asked.get("then", ""))
    except SignInError:
        frame.keep(CHANGING, Written({}, {"now": "desk_passphrase_wrong"}))
    except ChoiceError:
        frame.keep(CHANGING, Written({}, {"then": "desk_passphrase_short"}))
    else:
        frame.hold(keys, others_end=True)
        frame.keep(CHANGING, Written({"done": True}))
    return frame.go("a/p/")
