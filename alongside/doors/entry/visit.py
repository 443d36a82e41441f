"""One visit: the language of the page, the draft its cookie opens, and what every page needs."""

from __future__ import annotations

import logging
import time
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpResponse
from django.template.loader import get_template

from alongside.doors.showing.answering import framed, see_other
from alongside.doors.showing.arriving import arriving, seen_by_somebody
from alongside.doors.showing.speaking import PageSpeaker, book, people, speaker
from alongside.library.calling import HOTLINE, code_of
from alongside.records.casefile.binding import Now
from alongside.records.casefile.content import PersonKeys
from alongside.records.drafts.actions import (
    destroy_draft,
    forget_said,
    keep_draft,
    one_change,
)
from alongside.records.drafts.content import Draft
from alongside.records.drafts.cookies import drawn_for_the_next
from alongside.records.drafts.looking import destroy_looked
from alongside.records.drafts.queries import open_draft
from alongside.records.drafts.room import FullError, NotReadError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest

    from alongside.library.book import Outlook

PLAN_FIRST = "way.leave_safely"
"""The way that comes before every other where safety comes first."""
KEPT = frozenset(
    {"keep", "kept", "choose", "open", "send", "come_back", "messages", "journal", "erase", "asked"}
)
"""The pages of keeping, sending and coming back."""
ABOUT_ANSWERS = KEPT | {
    "question",
    "warning",
    "gently",
    "so_far",
    "ways",
    "way",
    "plan",
    "practitioner",
    "story",
    "piece",
    "seek",
}
"""The pages that would be wrong without the answers; all others are right for anybody."""
SAYS = frozenset({"keep", "choose", "come_back", "messages", "story", "piece"})
"""The pages that say what was just done. The one with number and words goes on saying it: it is shown for long."""
BRIEF = KEPT | {"question", "warning", "gently", "story", "piece", "seek"}
"""Pages that are long enough: of whom to call they say the number and the words alone."""
LOGGER = logging.getLogger(__name__)


class Visit:
    """A request to this door, with the answers it may open."""

    def __init__(self, request: HttpRequest, lang: str) -> None:
        """Come in. Nothing is opened yet: leaving needs the token alone."""
        self.request, self.lang = request, lang
        self.token: str | None = request.COOKIES.get(settings.DRAFT_COOKIE) or None
        self.gone = self.unread = self.forgets_looked = False

    @cached_property
    def draft(self) -> Draft:
        """The answers, opened when something first asks for them.

        Where the store fails, a page is shown as to somebody who told nothing (``unread``), and a form
        is not taken: what is in the store must not be overwritten by somebody who could not read it.
        """
        posted = self.request.method == "POST"
        try:
            opened = open_draft(token=self.token, minute=minute())
        except NotReadError:
            if posted:
                raise
            LOGGER.exception("A draft could not be read")
            self.unread = True
            return Draft()
        self.gone = opened is None and self.token is not None
        draft = opened or Draft()
        if posted:
            draft.after_gone = self.gone
        return draft

    @contextmanager
    def changing(self) -> Iterator[Draft]:
        """Read the draft anew, and let nobody else change it until the block ends.

        Everything that is done inside stands together or not at all.
        """
        with one_change(token=self.token):
            self.__dict__.pop("draft", None)
            yield self.draft

    @property
    def keys(self) -> PersonKeys | None:
        """The keys of who keeps or came back: to everything while the second word is given, else to messages."""
        return PersonKeys.of(self.draft.whole or self.draft.keys)

    @property
    def now(self) -> Now:
        """The present: the day and the minute."""
        return Now(self.today, minute())

    def admitted(self, cost: int = 1) -> bool:
        """Say whether something heavy may be done for this connection now, and count it."""
        return arriving(self.request).admit(cost)

    @property
    def speaker(self) -> PageSpeaker:
        """Speak the language of the page."""
        return speaker(self.lang)

    @property
    def today(self) -> date:
        """The present day; deadlines are shown for it."""
        return datetime.now(tz=UTC).date()

    @property
    def province(self) -> str | None:
        """The province told, if any."""
        value = self.draft.answers.get("place.work_province") or self.draft.answers.get(
            "place.province"
        )
        return value if isinstance(value, str) and len(value) == len("on") else None

    @property
    def gap(self) -> str:
        """The word that says what of the told province's law the Book lacks; empty for nothing."""
        return book().gap(self.province)

    def outlook(self) -> Outlook:
        """Weigh the whole Book for the answers of this visit."""
        return book().look(self.draft.answers, self.today, None)

    def show(self, template: str, status: int = 200, **context: Any) -> HttpResponse:  # noqa: ANN401 - a template's names
        """Render a page. That answers are gone is said once: the cookie that found none goes with it."""
        frame = self._frame(template)
        if self.unread and template in ABOUT_ANSWERS:
            return see_other(f"/{self.lang}/e/")
        found = get_template(f"entry/{template}.html")
        response = HttpResponse(found.render(frame | context, self.request), status=status)
        if self.gone and self.request.method == "GET":
            response.delete_cookie(settings.DRAFT_COOKIE, path="/", samesite="Strict")
        if template in SAYS and self.draft.said:
            self._said_once()
        return response

    def _said_once(self) -> None:
        """Forget what a page has just said: it is not news when the page is loaded again."""
        if not seen_by_somebody(self.request):
            return
        try:
            forget_said(token=self.token, said=self.draft.said, minute=minute())
        except (DatabaseError, NotReadError):  # then it is said twice
            LOGGER.exception("What was said could not be forgotten")
        self.draft.said = ""

    def show_own(self, template: str, **context: Any) -> HttpResponse:  # noqa: ANN401 - a template's names
        """Render the page before something is sealed, under a cookie that nobody can have seen before.

        Somebody may have put a cookie of theirs into this browser, and wait for what will be shown under
        it. Nothing is written for a page: the draft moves with the next form. If this answer is lost on
        the way, the answers are not.
        """
        response, draft = self.show(template, **context), self.draft
        if self.token and draft.under and not draft.keys:
            self._hand(response, drawn_for_the_next(cookie=self.token, found=draft.under))
        return response

    def show_apart(self, template: str) -> HttpResponse:
        """Render a page that knows nothing of anybody's answers and asks the store nothing."""
        speaks = {"s": self.speaker, "lang": self.lang, "dir": self.speaker.language.dir}
        return HttpResponse(get_template(f"entry/{template}.html").render(speaks, self.request))

    def _frame(self, template: str) -> dict[str, Any]:
        return framed(self.request, self.lang) | {
            "calls": [people(self.today)[HOTLINE]],
            "brief": template in BRIEF,
            "plan_first": f"/{self.lang}/o/{code_of(PLAN_FIRST)}/",
            "has_answers": not self.draft.fresh,
            "draft": self.draft,
            "minutes": max(0, self.draft.whole_until - minute()),
            "gone": self.gone or self.draft.after_gone,
        }

    def go_on(self, page: str, lang: str = "") -> HttpResponse:
        """Keep the draft and go on to a page of this door, such as ``m/``."""
        return self.keep(f"/{lang or self.lang}/{page}")

    def stay(self, page: str, faults: dict[str, str], said: str = "") -> HttpResponse:
        """Go back to a form with what was not clear in it; what was written is in the draft."""
        self.draft.faults, self.draft.said = faults, said
        return self.go_on(page)

    def busy(self, page: str) -> HttpResponse:
        """Say that too many came at once from this connection; ``page``: where to go on later."""
        self.draft.form["from"] = page
        return self.go_on("u/")

    def keep(self, to: str, *, anew: bool = False) -> HttpResponse:
        """Keep the draft and go on to another page, by 303; where the store is full, say so instead.

        ``anew``: under a cookie that nobody can have seen before; the old one opens nothing any more.
        """
        draft = self.draft
        token = None if self.gone or anew else self.token
        if anew:
            destroy_draft(token=self.token)
        try:
            there = token is not None and not draft.fresh
            token = keep_draft(token=token, draft=draft, minute=minute(), there=there)
        except FullError:
            return see_other(f"/{self.lang}/e/")
        response = see_other(to)
        self._hand(response, token)
        if self.forgets_looked:
            self._forget_looked(response)
        return response

    def clear(self) -> None:
        """Put away everything that was told, and with it what was looked for: both can say the same."""
        self.draft.clear()
        self.forgets_looked = True

    def _forget_looked(self, response: HttpResponse) -> None:
        destroy_looked(token=self.request.COOKIES.get(settings.LOOKED_COOKIE))
        response.delete_cookie(settings.LOOKED_COOKIE, path="/", samesite="Strict")

    @staticmethod
    def _hand(response: HttpResponse, token: str) -> None:
        response.set_cookie(
            settings.DRAFT_COOKIE,
            token,
            secure=settings.SECURE_COOKIES,
            httponly=True,
            samesite="Strict",
            path="/",
        )

    def forget(self, to: str) -> HttpResponse:
        """Destroy the draft, clear what the browser holds of us, and go to another page by 303.

        Whatever happens to the store, the person gets away: without its cookie nobody opens the draft.
        """
        response = see_other(to)
        for destroy, cookie in (
            (destroy_draft, settings.DRAFT_COOKIE),
            (destroy_looked, settings.LOOKED_COOKIE),
        ):
            try:
                destroy(token=self.request.COOKIES.get(cookie))
            except Exception:  # nothing that fails here may keep somebody on the page
                LOGGER.exception("A draft could not be destroyed")
            response.delete_cookie(cookie, path="/", samesite="Strict")
        response.delete_cookie(settings.CSRF_COOKIE_NAME, path="/", samesite="Lax")
        response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
        return response


def minute() -> int:
    """Return the present in whole minutes since 1970."""
    return int(time.time() // 60)
