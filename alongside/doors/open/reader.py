"""One reader: the language of the page, the day, and what was looked for. Nothing else is known of them."""

from __future__ import annotations

import logging
import time
from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpResponse
from django.template.loader import get_template

from alongside.doors.showing.answering import framed, see_other
from alongside.doors.showing.speaking import book, people, speaker
from alongside.library.calling import HOTLINE
from alongside.library.explaining import Telling
from alongside.library.wording import Wording
from alongside.records.drafts.looking import destroy_looked, keep_looked, open_looked
from alongside.records.drafts.room import FullError, NotReadError

if TYPE_CHECKING:
    from django.http import HttpRequest

    from alongside.doors.showing.speaking import PageSpeaker

LOGGER = logging.getLogger(__name__)


class Reader:
    """A request to this door."""

    def __init__(self, request: HttpRequest, lang: str) -> None:
        """Come in. The store is asked for nothing but what was looked for, and only on that page."""
        self.request, self.lang = request, lang
        self.failed = False

    @property
    def speaker(self) -> PageSpeaker:
        """Speak the language of the page."""
        return speaker(self.lang)

    @property
    def today(self) -> date:
        """The present day: what is past its date says so."""
        return datetime.now(tz=UTC).date()

    def show(self, template: str, **context: Any) -> HttpResponse:  # noqa: ANN401 - a template's names
        """Render a page."""
        shared = framed(self.request, self.lang) | {
            "calls": [people(self.today)[HOTLINE]],
            "brief": False,
            "today": self.today,
            "sources": book().sources,
        }
        found = get_template(f"open/{template}.html")
        return HttpResponse(found.render(shared | context, self.request))

    def looked_for(self) -> str:
        """Return the words that were looked for last; ``failed`` says that the store could not tell."""
        try:
            return open_looked(token=self._token, minute=_minute())
        except NotReadError:
            LOGGER.exception("What was looked for could not be read")
            self.failed = True
            return ""

    def look_for(self, words: str, page: str) -> HttpResponse:
        """Keep words for the next page, sealed, and go there by 303; no words: forget the last ones."""
        response = see_other(page)
        try:
            if not words:
                destroy_looked(token=self._token)
                response.delete_cookie(settings.LOOKED_COOKIE, path="/", samesite="Strict")
                return response
            token = keep_looked(token=self._token, words=words, minute=_minute())
        except (FullError, DatabaseError):
            return see_other(f"/{self.lang}/e/")
        response.set_cookie(
            settings.LOOKED_COOKIE,
            token,
            secure=settings.SECURE_COOKIES,
            httponly=True,
            samesite="Strict",
            path="/",
        )
        return response

    @property
    def _token(self) -> str | None:
        return self.request.COOKIES.get(settings.LOOKED_COOKIE) or None


@cache
def telling(lang: str) -> Telling:
    """Return who says rules in the words of a language, kept for the life of the process."""
    voices = {key: speaker(key).voice for key in dict.fromkeys((lang, "en", "fr"))}
    return Telling(Wording(book(), voices, lang), speaker(lang))


def _minute() -> int:
    return int(time.time() // 60)
