"""One visit: the language of the page, the draft its cookie opens, and what every page needs."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.template.loader import get_template

from alongside.doors.entry.speaking import PageSpeaker, book, speaker, spoken_languages
from alongside.library.words import PSEUDO
from alongside.records.drafts.actions import destroy_draft, keep_draft
from alongside.records.drafts.content import Draft
from alongside.records.drafts.queries import open_draft

if TYPE_CHECKING:
    from django.http import HttpRequest

    from alongside.library.book import Outlook

SERVED = ("on",)


class Visit:
    """A request to this door, with the answers it may open."""

    def __init__(self, request: HttpRequest, lang: str) -> None:
        """Open the draft of the request's cookie, if there is one."""
        self.request, self.lang = request, lang
        self.token: str | None = request.COOKIES.get(settings.DRAFT_COOKIE)
        opened = open_draft(token=self.token, minute=minute())
        self.gone = opened is None and self.token is not None
        self.draft = opened or Draft()
        if request.method == "POST":
            self.draft.after_gone = self.gone

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

    def outlook(self) -> Outlook:
        """Weigh the whole Book for the answers of this visit."""
        return book().look(self.draft.answers, self.today, None)

    def show(self, template: str, status: int = 200, **context: Any) -> HttpResponse:  # noqa: ANN401 - a template's names
        """Render a page."""
        found = get_template(f"entry/{template}.html")
        return HttpResponse(found.render(self._frame() | context, self.request), status=status)

    def _frame(self) -> dict[str, Any]:
        path = self.request.path
        rest = path[4:] if path[3:4] == "/" else ""
        return {
            "s": self.speaker,
            "lang": self.lang,
            "dir": self.speaker.language.dir,
            "rest": rest,
            "languages": [book().words.languages[k] for k in spoken_languages() if k != PSEUDO],
            "calls": [book().contacts["tel.hotline"]],
            "has_answers": not self.draft.fresh,
            "gone": self.gone or self.draft.after_gone,
            "law_doubled": not self.speaker.language.authored,
        }

    def keep(self, to: str) -> HttpResponse:
        """Keep the draft and go on to another page, by 303."""
        token = keep_draft(
            token=None if self.gone else self.token, draft=self.draft, minute=minute()
        )
        response = see_other(to)
        response.set_cookie(
            settings.DRAFT_COOKIE,
            token,
            secure=settings.SECURE_COOKIES,
            httponly=True,
            samesite="Strict",
            path="/",
        )
        return response

    def forget(self, to: str) -> HttpResponse:
        """Destroy the draft, clear what the browser holds of us, and go to another page by 303."""
        destroy_draft(token=self.token)
        response = see_other(to)
        response.delete_cookie(settings.DRAFT_COOKIE, path="/", samesite="Strict")
        response.delete_cookie(settings.CSRF_COOKIE_NAME, path="/", samesite="Strict")
        response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
        return response


def see_other(to: str) -> HttpResponse:
    """Go to another page with 303, so that a browser keeps no POST."""
    response = HttpResponseRedirect(to)
    response.status_code = 303
    return response


def minute() -> int:
    """Return the present in whole minutes since 1970."""
    return int(time.time() // 60)


def preferred(header: str) -> str:
    """Return the language of the pages that a browser prefers, English when it names none."""
    for part in header.lower().split(","):
        lang = part.split(";")[0].strip()[:2]
        if lang in book().words.languages:
            return lang
    return "en"
