"""Moving: what a page of questions takes in, and where each of its buttons leads."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from alongside.doors.entry import asking
from alongside.doors.entry.forms import take
from alongside.doors.showing.speaking import book, spoken_languages

if TYPE_CHECKING:
    from django.http import HttpResponse

    from alongside.doors.entry.visit import Visit
    from alongside.library.interview import Part

LANGUAGE = "lang-"
RESULTS = {"look": "s", "ways": "o"}
SO_FAR = "s"
STAYS = ("skip", "before")
"""The moves onward that go on although something on the page could not be read."""


class Place(NamedTuple):
    """A page of questions: its part, its page in that part, and where to go back to, if anywhere.

    ``back``: the code of a way out, or *s* for what was told so far.
    """

    part: int
    page: int
    back: str | None

    def address(self, lang: str) -> str:
        """Return where the page is, in a language."""
        back = f"{self.back}/" if self.back else ""
        return f"/{lang}/q/{self.part}/{self.page}/{back}"


def answered(visit: Visit, place: Place) -> HttpResponse:
    """Take what was answered, keep it sealed, and go on by 303."""
    part, posted = book().interview[place.part - 1], visit.request.POST.dict()
    move = posted.get("move", "next")
    if move == "shown":
        visit.draft.warned.append(part.key)
        if part.shows:
            visit.draft.answers[part.shows] = True
        return visit.keep(place.address(visit.lang))
    clear = _taken(visit, part, place, posted)
    if move.startswith(LANGUAGE):
        spoken = move.removeprefix(LANGUAGE)
        return visit.keep(place.address(spoken if spoken in spoken_languages() else visit.lang))
    if not clear and move not in STAYS:
        return visit.keep(place.address(visit.lang))
    return visit.keep(_onward(visit, place, move))


def _taken(visit: Visit, part: Part, place: Place, posted: dict[str, str]) -> bool:
    """Read the fields that stood on the page; none stands there before its warning was passed.

    Who answers on such a page after their time was over had passed it: that is gone with the rest.
    """
    draft = visit.draft  # opening it tells whether it is gone
    if visit.gone and any(name.startswith(part.pages[place.page - 1]) for name in posted):
        draft.warned.append(part.key)
    if part.warning and part.key not in draft.warned:
        return True
    facts, _ = book().assess(draft.answers, visit.today)
    asked = asking.questions(part, place.page, draft, facts, visit.today)
    before = {q.fact.key: draft.answers.get(q.fact.key) for q in asked}
    clear = take(draft, [q.fact for q in asked], posted)
    if draft.keys:  # what was kept stays as it was kept until the person keeps the change
        draft.changed += [k for k, answer in before.items() if draft.answers.get(k) != answer]
    return clear


def _onward(visit: Visit, place: Place, move: str) -> str:
    part = book().interview[place.part - 1]
    results = f"/{visit.lang}/{RESULTS[part.door]}/"
    if place.back and move not in {"show", "before"}:
        return f"/{visit.lang}/s/" if place.back == SO_FAR else f"/{visit.lang}/o/{place.back}/"
    if move == "show":
        return results
    facts, _ = book().assess(visit.draft.answers, visit.today)
    if move == "before":
        before = asking.preceding(*place[:2], visit.draft, facts, visit.today)
        return Place(*before, None).address(visit.lang) if before else f"/{visit.lang}/"
    last = len(part.pages) if move == "skip" else place.page
    then = asking.following(place.part, last, visit.draft, facts, visit.today)
    return Place(*then, None).address(visit.lang) if then else results
