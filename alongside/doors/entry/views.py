"""The pages of the door. A view reads the visit, makes one call, and answers."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from alongside.doors.entry import asking, seeing
from alongside.doors.entry.cards import by_code, card_of, deal
from alongside.doors.entry.forms import take
from alongside.doors.entry.speaking import book, spoken_languages
from alongside.doors.entry.visit import Visit, preferred, see_other
from alongside.library.calling import call_about

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    from alongside.library.contacts import Contact


def phone_lines(need: str, province: str | None) -> list[Contact]:
    """Return whom to call: the national line, and one more for the need and the province."""
    return call_about(book().contacts, need, province)


def in_language(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a view the visit in the language of its address; no such language, no such page."""

    @wraps(view)
    def visited(request: HttpRequest, lang: str, **more: str) -> HttpResponse:
        if lang not in spoken_languages():
            raise Http404
        return view(Visit(request, lang), **more)

    return visited


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Show the start page in the language the browser prefers."""
    lang = preferred(request.headers.get("Accept-Language", ""))
    response = _home(Visit(request, lang))
    response["Vary"] = "Accept-Language"
    return response


@require_safe
@in_language
def home(visit: Visit) -> HttpResponse:
    """Show the start page."""
    return _home(visit)


def _home(visit: Visit) -> HttpResponse:
    return visit.show(
        "home",
        look=asking.first_of("look"),
        ways=asking.first_of("ways"),
        calls=phone_lines("talk", None)[:1],
    )


@require_http_methods(["GET", "HEAD", "POST"])
@in_language
def question(visit: Visit, part: str, page: str) -> HttpResponse:
    """Show one page of questions, or the warning before it; take what was answered."""
    number, at = int(part), int(page)
    found = asking.part_at(number)
    if found is None or not 0 < at <= len(found.pages):
        raise Http404
    if visit.request.method == "POST":
        return _answered(visit, number, at)
    facts, _ = book().assess(visit.draft.answers, visit.today)
    asked = asking.questions(found, at, visit.draft, facts, visit.today)
    warned = not found.warning or found.key in visit.draft.warned
    return visit.show(
        "question" if warned else "warning",
        part=found, number=number, page=at, total=len(book().interview), questions=asked,
        first_page=number in {asking.first_of("look"), asking.first_of("ways")} and at == 1,
    )  # fmt: skip


def _answered(visit: Visit, number: int, page: int) -> HttpResponse:
    part, posted = book().interview[number - 1], visit.request.POST.dict()
    here = f"/{visit.lang}/q/{number}/{page}/"
    move = posted.get("move", "next")
    if move == "shown":
        visit.draft.warned.append(part.key)
        if part.shows:
            visit.draft.answers[part.shows] = True
        return visit.keep(here)
    facts, _ = book().assess(visit.draft.answers, visit.today)
    if not part.warning or part.key in visit.draft.warned:
        asked = asking.questions(part, page, visit.draft, facts, visit.today)
        if not take(visit.draft, [q.fact for q in asked], posted) and move != "skip":
            return visit.keep(here)
    return visit.keep(_onward(visit, number, page, move))


def _onward(visit: Visit, number: int, page: int, move: str) -> str:
    part = book().interview[number - 1]
    results = {"look": f"/{visit.lang}/s/", "ways": f"/{visit.lang}/o/"}
    if move == "show":
        return results[part.door]
    facts, _ = book().assess(visit.draft.answers, visit.today)
    last = len(part.pages) if move == "skip" else page
    then = asking.following(number, last, visit.draft, facts, visit.today)
    return f"/{visit.lang}/q/{then[0]}/{then[1]}/" if then else results[part.door]


@require_safe
@in_language
def so_far(visit: Visit) -> HttpResponse:
    """Say what the rules here say of what was told; no level, no label."""
    seen = seeing.see(visit)
    return visit.show(
        "so_far",
        seen=seen,
        calls=phone_lines(seen.need, visit.province),
        look=asking.first_of("look"),
    )


@require_safe
@in_language
def ways(visit: Visit) -> HttpResponse:
    """Show every way out, in groups."""
    outlook = visit.outlook()
    return visit.show(
        "ways",
        groups=deal(outlook),
        outlook=outlook,
        calls=phone_lines("immigration", visit.province),
        ways=asking.first_of("ways"),
        elsewhere=visit.province not in {None, "on"},
    )


@require_safe
@in_language
def way(visit: Visit, code: str) -> HttpResponse:
    """Show one way out, open."""
    key = by_code().get(code)
    if key is None:
        raise Http404
    card = card_of(key, visit.outlook())
    asked = {k: asking.place_of(k) for k in card.pathway.missing}
    return visit.show(
        "way",
        card=card,
        calls=card.contacts(visit.province),
        asked=asked,
        facts=book().vocabulary.facts,
        sources=book().sources,
        have=visit.draft.answers,
    )


@require_safe
@in_language
def practitioner(visit: Visit) -> HttpResponse:
    """Show the same answer for a practitioner: definitions, trail, citations."""
    return visit.show(
        "practitioner",
        seen=seeing.for_practitioner(visit),
        defs=book().definitions,
        sources=book().sources,
        calls=phone_lines("legal", visit.province),
    )


@require_safe
@in_language
def rights(visit: Visit) -> HttpResponse:
    """Show the rights, by topic, without a question."""
    named = [
        (right, seeing.remedies_named(right.remedies, visit))
        for right in book().rights.topics.values()
    ]
    return visit.show(
        "rights", rights=named, sources=book().sources, calls=phone_lines("wages", visit.province)
    )


@require_safe
@in_language
def someone_else(visit: Visit) -> HttpResponse:
    """Give information to who asks for somebody else; nothing about the other person is asked."""
    return visit.show("someone_else", calls=phone_lines("talk", None))


@require_safe
@in_language
def contacts(visit: Visit) -> HttpResponse:
    """Show everyone a person can call."""
    return visit.show("contacts", groups=seeing.contacts_by_region(), calls=[])


@require_safe
@in_language
def protects(visit: Visit) -> HttpResponse:
    """Say how the page protects, and where it cannot."""
    return visit.show("protects", calls=phone_lines("talk", None)[:1])


@require_safe
@in_language
def went_wrong(visit: Visit) -> HttpResponse:
    """Say that something failed on our side."""
    return visit.show(
        "sorry",
        heading="went_wrong_heading",
        text="went_wrong",
        calls=phone_lines("talk", None)[:1],
    )


@require_safe
@in_language
def no_cookie(visit: Visit) -> HttpResponse:
    """Say that this browser does not hold the answers."""
    return visit.show(
        "sorry", heading="no_cookie_heading", text="no_cookie", calls=phone_lines("talk", None)[:1]
    )


def missing(request: HttpRequest) -> HttpResponse:
    """Say that there is no page here, in the language of the address or of the browser."""
    lang = request.path[1:3]
    if request.path[3:4] != "/" or lang not in spoken_languages():
        lang = preferred(request.headers.get("Accept-Language", ""))
    visit = Visit(request, lang)
    calls = phone_lines("talk", None)[:1]
    return visit.show("sorry", 404, heading="not_found_heading", text="not_found", calls=calls)


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Destroy the answers and go at once to an ordinary page."""
    return Visit(request, "en").forget("/n/")


@require_http_methods(["GET", "HEAD", "POST"])
@in_language
def start_over(visit: Visit) -> HttpResponse:
    """Destroy the answers and go to the start page. Nothing is destroyed by following a link."""
    home_page = f"/{visit.lang}/"
    return visit.forget(home_page) if visit.request.method == "POST" else see_other(home_page)


@require_safe
def neutral(request: HttpRequest) -> HttpResponse:
    """Show an ordinary page that says nothing of this one."""
    lang = preferred(request.headers.get("Accept-Language", ""))
    return Visit(request, lang).show("neutral")


@require_safe
def icon(_request: HttpRequest) -> HttpResponse:
    """Answer the browsers that ask for an icon by themselves: there is none to see."""
    return HttpResponse(status=204)
