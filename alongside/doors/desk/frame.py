"""The frame: who came to the desk, with whose keys, in which language, and how every page of it is drawn.

Nothing here is a permission. A page shows what the keys of its member open; a request without a
session has no keys, and asking for them ends it.
"""

from __future__ import annotations

import logging
import time
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from functools import cached_property, wraps
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import DatabaseError
from django.http import Http404, HttpResponse
from django.template.loader import get_template

from alongside.doors.showing.answering import coming_as, framed, see_other
from alongside.doors.showing.arriving import arriving
from alongside.doors.showing.speaking import speaker
from alongside.records.agencies.actions.between import (
    NoRoomError,
    drop_all_between,
    drop_between,
    keep_between,
    one_at_a_time,
)
from alongside.records.agencies.actions.signing import (
    IDLE_MINUTES,
    SignedIn,
    keep_session,
    sign_out,
)
from alongside.records.agencies.content import NotAllowedError
from alongside.records.agencies.queries import OpenSession, between, session_of
from alongside.records.casefile.actions.answering import NotOpenedToUsError
from alongside.records.casefile.binding import Now

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from django.http import HttpRequest

    from alongside.doors.showing.speaking import PageSpeaker
    from alongside.records.agencies.content import MemberKeys

CARRY_BELOW = 25
"""A session is written anew when fewer minutes than this remain: not with every page that is read."""
LOGGER = logging.getLogger(__name__)


class SignedOutError(Exception):
    """There is no session, or none any more: nobody's keys to open anything with."""


@dataclass(frozen=True)
class Written:
    """What was typed into a form, and for each field that cannot stand the sentence that says why."""

    typed: dict[str, Any] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - whatever a field holds
        """Return what was typed into a field."""
        return self.typed.get(name, "")


class Frame:
    """A request to this door, in the language of its page."""

    def __init__(self, request: HttpRequest, lang: str) -> None:
        """Come in. Nothing is opened."""
        self.request, self.lang = request, lang
        had = request.COOKIES
        self._cookies = SignedIn(
            had.get(settings.SESSION_COOKIE, ""), had.get(settings.UNLOCK_COOKIE, "")
        )
        self._token: str | None = had.get(settings.BETWEEN_COOKIE)
        self._to_set: dict[str, str] = {}

    @cached_property
    def now(self) -> Now:
        """The present, one for the whole request."""
        return Now(datetime.now(tz=UTC).date(), int(time.time() // 60))

    @cached_property
    def session(self) -> OpenSession | None:
        """The session of who is signed in, opened when something first asks for it."""
        finds, opens = self._cookies
        return session_of(finds=finds, opens=opens, minute=self.now.minute)

    @property
    def keys(self) -> MemberKeys:
        """The keys of who is signed in. Raises SignedOutError."""
        if self.session is None:
            raise SignedOutError
        return self.session.keys

    @property
    def was_signed_in(self) -> bool:
        """Say whether this browser still holds the cookie of a session."""
        return bool(self._cookies.finds)

    @property
    def posted(self) -> bool:
        """Say whether a form was sent."""
        return self.request.method == "POST"

    @property
    def speaker(self) -> PageSpeaker:
        """Speak the language of the page."""
        return speaker(self.lang)

    def field(self, name: str, longest: int = 400) -> str:
        """Return what was typed into a field, up to a length."""
        return self.request.POST.get(name, "").strip()[:longest]

    def admitted(self) -> bool:
        """Say whether something heavy may be done; it is counted."""
        return arriving(self.request).admit()

    # What is kept for the next page

    def between(self, name: str) -> dict[str, Any] | None:
        """Return what an earlier page kept under a name."""
        return between(token=self._token, name=name, minute=self.now.minute)

    def written(self, name: str) -> Written:
        """Return what was typed into a form before, with its faults; nothing when it is new."""
        return Written(**(self.between(name) or {}))

    def keep(self, name: str, table: dict[str, Any] | Written) -> None:
        """Keep something for the next page. Raises NoRoomError."""
        kept = asdict(table) if isinstance(table, Written) else table
        minute = self.now.minute
        self._token = keep_between(token=self._token, name=name, table=kept, minute=minute)
        self._to_set[settings.BETWEEN_COOKIE] = self._token

    def alone(self) -> AbstractContextManager[None]:
        """Let no other request of this browser change what is kept for the next page until a block ends."""
        return one_at_a_time(token=self._token)

    def drop(self, name: str) -> dict[str, Any] | None:
        """Forget what was kept under a name, and return it."""
        return drop_between(token=self._token, name=name, minute=self.now.minute)

    # Answering

    def show(self, template: str, status: int = 200, **context: Any) -> HttpResponse:  # noqa: ANN401 - a template's names
        """Render a page of ``templates/desk``. Its bar says who is signed in, where the page asked."""
        known = self.__dict__.get("session")
        frame = framed(self.request, self.lang) | {"member": known.keys if known else None}
        drawn = get_template(f"desk/{template}.html").render(frame | context, self.request)
        return self.finish(HttpResponse(drawn, status=status))

    def go(self, to: str) -> HttpResponse:
        """Go to another page of the desk, in the same language, by 303."""
        return self.finish(see_other(f"/{self.lang}/{to}"))

    def enter(self, cookies: SignedIn) -> HttpResponse:
        """Go in with the cookies of a new session."""
        self._to_set |= {settings.SESSION_COOKIE: cookies.finds}
        self._to_set |= {settings.UNLOCK_COOKIE: cookies.opens}
        return self.go("i/")

    def hold(self, keys: MemberKeys, *, others_end: bool = False) -> None:
        """Put other keys into the session: those of a new epoch; or stay in when one's vault was sealed anew."""
        known = self.__dict__.get("session")
        mark = known.mark if known and not others_end else None
        keep_session(keys=keys, minute=self.now.minute, cookies=self._cookies, mark=mark)
        self.session = OpenSession(keys, self.now.minute + IDLE_MINUTES, mark or b"")

    def finish(self, response: HttpResponse) -> HttpResponse:
        """Carry the session on where little of it is left, and set the cookies that are new."""
        known = self.__dict__.get("session")
        if known and known.ends - self.now.minute < CARRY_BELOW:
            try:
                self.hold(known.keys)
            except DatabaseError:  # the next page tries again; this one is right without it
                LOGGER.exception("A session could not be carried on")
        for name, value in self._to_set.items():
            response.set_cookie(
                name, value, secure=settings.SECURE_COOKIES, httponly=True, samesite="Strict"
            )
        return response

    def leave(self) -> HttpResponse:
        """End the session, destroy what was kept, clear what the browser holds, and go out by 303.

        Where the store fails the browser is cleared all the same: what stays there opens to nobody.
        """
        try:
            sign_out(finds=self._cookies.finds)
            drop_all_between(token=self._token)
        except DatabaseError:
            LOGGER.exception("A session could not be destroyed")
        response = see_other(f"/{self.lang}/")
        for name in (settings.SESSION_COOKIE, settings.UNLOCK_COOKIE, settings.BETWEEN_COOKIE):
            response.delete_cookie(name, samesite="Strict")
        response.delete_cookie(settings.CSRF_COOKIE_NAME, samesite="Lax")
        response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
        return response


def at_desk(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a view its frame, and turn what the records refuse into a page. It refuses nothing itself."""

    @coming_as(Frame)
    @wraps(view)
    def opened(frame: Frame, **more: str) -> HttpResponse:
        try:
            return view(frame, **more)
        except SignedOutError:
            return frame.go("")
        except NoRoomError:
            return frame.go("e/")
        except (NotOpenedToUsError, NotAllowedError):
            raise Http404 from None

    return opened
