"""The pages of keeping, sending and coming back."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING

from django.views.decorators.http import require_http_methods, require_safe

from alongside.domain.consent import Purpose
from alongside.doors.entry import erasing, keeping, noting, opening, renewing, sending, talking
from alongside.doors.entry.visit import Visit
from alongside.doors.entry.writing import to
from alongside.doors.showing.answering import coming_as
from alongside.doors.showing.arriving import takes_files
from alongside.records.agencies.queries import accepting
from alongside.records.casefile.actions.waiting import destroyed_on
from alongside.records.casefile.content import ClosedError, NoCasefileError
from alongside.records.casefile.queries import binder_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from alongside.records.casefile.content import PersonKeys

in_language = coming_as(Visit)
both_ways = require_http_methods(["GET", "HEAD", "POST"])


def steady(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Return a view that says so where the store fails, or nothing is left under the words that were given.

    While an erase waits, who has the second word is led to where that is said; nobody else sees more than that
    nothing opens.
    """

    @wraps(view)
    def opened(visit: Visit, **more: str) -> HttpResponse:
        try:
            _ = visit.draft
            return to(visit, "e/") if visit.unread else view(visit, **more)
        except ClosedError:
            there = visit.keys and visit.keys.whole
            return erasing.waits(visit) if there else opening.lost(visit)
        except NoCasefileError:
            return opening.lost(visit)

    return opened


def of_who_came_back(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Return a view for who came back or keeps; anybody else is asked for their words first."""

    @steady
    @wraps(view)
    def opened(visit: Visit, **more: str) -> HttpResponse:
        keys = visit.keys
        return view(visit, keys, **more) if keys else talking.come_first(visit)

    return opened


def wait_of(visit: Visit) -> int:
    """Return for how many minutes no second word is tried."""
    return max(0, int(visit.draft.form.get("wait", "0")) - visit.now.minute)


@both_ways
@in_language
@steady
def keep(visit: Visit) -> HttpResponse:
    """Say what keeping means, keep, and show what the person takes along until they have it."""
    if visit.request.method == "POST":
        return _kept_pressed(visit)
    found = keeping.shown(visit)
    if found is None:
        return visit.show_own("keep", wait=wait_of(visit))
    return visit.show("kept", shown=found)


def _kept_pressed(visit: Visit) -> HttpResponse:
    move, new = visit.request.POST.get("move"), "keys" in visit.draft.shown
    if move == "renew":
        return renewing.asked(visit)
    if new and move in {"have", "old"}:
        return renewing.had(visit) if move == "have" else renewing.left(visit)
    return keeping.pressed(visit)


@both_ways
@in_language
@steady
def choose(visit: Visit) -> HttpResponse:
    """Show who takes messages, and who could be forced to hand over what each is told."""
    if visit.request.method == "POST":
        return sending.chosen(visit)
    return visit.show("choose", agencies=accepting(), tongues_of=sending.tongues_of)


@both_ways
@in_language
@steady
def open_parts(visit: Visit) -> HttpResponse:
    """Let the person choose which parts to open, what for, until when."""
    if visit.request.method == "POST":
        return sending.opened(visit)
    plan = sending.plan_of(visit)
    if plan is None:
        return to(visit, sending.CHOOSE)
    return visit.show(
        "open", plan=plan, parts_told=sending.parts_of(visit, plan), purposes=list(Purpose),
        limits=sending.limits_of(visit, plan), unseen=sending.unseen(visit),
    )  # fmt: skip


@both_ways
@takes_files
@in_language
@steady
def send(visit: Visit) -> HttpResponse:
    """Show exactly what is opened to whom until when; take the message, and send."""
    if visit.request.method == "POST":
        return sending.sent(visit)
    plan = sending.plan_of(visit)
    if plan is None:
        return to(visit, sending.CHOOSE)
    until = next(limit.on for limit in sending.limits_of(visit, plan) if limit.marked)
    tongues = sending.tongues_of(plan.to)
    return visit.show_own("send", plan=plan, until=until, wait=wait_of(visit), tongues=tongues)


@both_ways
@in_language
@steady
def come_back(visit: Visit) -> HttpResponse:
    """Ask for number and words, and say which word was not understood."""
    if visit.request.method == "POST":
        return opening.returned(visit)
    return visit.show("come_back", unclear=opening.unclear(visit))


@both_ways
@takes_files
@in_language
@of_who_came_back
def messages(visit: Visit, keys: PersonKeys) -> HttpResponse:
    """Show what was written each way; what was told stays closed without the second word."""
    if visit.request.method == "POST":
        return talking.pressed(visit)
    going, ended = talking.talks_of(visit, keys)
    check = binder_of(keys).check_word if keys.whole else ""
    return visit.show("messages", going=going, ended=ended, check=check, wait=wait_of(visit))


@require_safe
@in_language
@of_who_came_back
def journal(visit: Visit, keys: PersonKeys, page: str = "1") -> HttpResponse:
    """Show one page of who opened what, on which day, the newest first."""
    noted = noting.page_of(keys, int(page))
    return visit.show("journal", noted=noted, in_order=talking.in_order)


@both_ways
@in_language
@of_who_came_back
def erase(visit: Visit, keys: PersonKeys) -> HttpResponse:
    """Say what erasing destroys and what it cannot; destroy it at once, or, without the second word, later."""
    if visit.request.method == "POST":
        return erasing.pressed(visit, keys)
    return erasing.shown(visit, keys, wait_of(visit))


@require_safe
@in_language
def gone(visit: Visit) -> HttpResponse:
    """Say that nothing opens any more; the same page for what is destroyed and for what waits."""
    return visit.show("gone", on=destroyed_on(visit.today))


@require_safe
@in_language
def busy(visit: Visit) -> HttpResponse:
    """Say that too many came at once from this connection, and lead back to what was written."""
    return visit.show("busy", back=visit.draft.form.get("from", ""))
