"""The pages of the door. A view reads the visit, makes one call, and answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from alongside.doors.entry import asking, seeing
from alongside.doors.entry.moving import SO_FAR, Place, answered
from alongside.doors.entry.visit import Visit
from alongside.doors.showing.answering import coming_as, language_of, preferred, see_other
from alongside.doors.showing.cards import by_code, card_of
from alongside.doors.showing.groups import days_to_watch, deal
from alongside.doors.showing.placing import place_of
from alongside.doors.showing.practising import page_of
from alongside.doors.showing.speaking import book, people, saying
from alongside.doors.showing.urgency import urgent
from alongside.library.calling import HOTLINE, call_about
from alongside.records.drafts.actions import one_change

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest

    from alongside.library.contacts import Contact

in_language = coming_as(Visit)


def phone_lines(need: str, province: str | None, on: date) -> list[Contact]:
    """Return whom to call: the national line, and one more for the need and the province.

    In danger the line is asked for a plan and a bed, and the other number is 9-1-1.
    """
    if need == "danger":
        everyone = people(on)
        return [saying(everyone[HOTLINE], "danger_say"), everyone["tel.emergency"]]
    return call_about(people(on), need, province)


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Show the start page in the language the browser prefers."""
    response = _home(Visit(request, preferred(request)))
    response["Vary"] = "Accept-Language"
    return response


@require_safe
@in_language
def home(visit: Visit) -> HttpResponse:
    """Show the start page."""
    return _home(visit)


def _home(visit: Visit) -> HttpResponse:
    return visit.show("home", look=asking.first_of("look"), ways=asking.first_of("ways"))


@require_http_methods(["GET", "HEAD", "POST"])
@in_language
def question(visit: Visit, part: str, page: str, back: str | None = None) -> HttpResponse:
    """Show one page of questions, or the warning before it; take what was answered.

    ``back``: where the person came from and returns to: the code of a way out, or what was told so far.
    """
    place = Place(int(part), int(page), back)
    found = asking.part_at(place.part)
    known = back in {None, SO_FAR} or back in by_code()
    if found is None or not known or not 0 < place.page <= len(found.pages):
        raise Http404
    if visit.request.method == "POST":
        with one_change(token=visit.token):
            return answered(visit, place)
    facts, _ = book().assess(visit.draft.answers, visit.today)
    asked = asking.questions(found, place.page, visit.draft, facts, visit.today)
    warned = not found.warning or found.key in visit.draft.warned
    first = place.page == 1 and place.part in {asking.first_of("look"), asking.first_of("ways")}
    return visit.show(
        "question" if warned else "warning",
        part=found, place=place, step=asking.step_of(place.part), questions=asked,
        first_page=first,
    )  # fmt: skip


@require_safe
@in_language
def so_far(visit: Visit) -> HttpResponse:
    """Say what the rules here say of what was told; no level, no label."""
    seen = seeing.see(visit)
    return visit.show(
        "so_far",
        seen=seen,
        calls=phone_lines(seen.need, visit.province, visit.today),
        look=seen.look,
        gap=visit.gap,
    )


@require_safe
@in_language
def ways(visit: Visit) -> HttpResponse:
    """Show every way out, in groups."""
    outlook = visit.outlook()
    groups, pressing = deal(outlook), urgent(outlook)
    return visit.show(
        "ways",
        groups=groups,
        days=days_to_watch(groups),
        urgent=pressing,
        calls=phone_lines("danger" if pressing else "legal", visit.province, visit.today),
        ways=seeing.onward(visit, "ways", outlook),
        gap=visit.gap,
    )


@require_safe
@in_language
def way(visit: Visit, code: str) -> HttpResponse:
    """Show one way out, open."""
    key = by_code().get(code)
    if key is None:
        raise Http404
    outlook = visit.outlook()
    card = card_of(key, outlook)
    return visit.show(
        "way",
        card=card,
        calls=card.contacts(visit.province),
        urgent=urgent(outlook),
        look=seeing.onward(visit, "look", outlook),
        papers=place_of("status.expires_on"),
        facts=book().vocabulary.facts,
        sources=book().sources,
        have=visit.draft.answers,
        standards=book().standards,
        topics=seeing.topics_about(key),
    )


@require_safe
@in_language
def practitioner(visit: Visit) -> HttpResponse:
    """Show the same answer for a practitioner: what was told, definitions, trail, citations."""
    return visit.show(
        "practitioner",
        **page_of(visit.draft.answers, visit.today),
        calls=phone_lines("legal", visit.province, visit.today),
    )


@require_safe
@in_language
def rights(visit: Visit) -> HttpResponse:
    """Show the rights, by topic, without a question."""
    return visit.show(
        "rights",
        rights=seeing.rights(visit),
        topics=seeing.numbered_topics(),
        today=visit.today,
        sentences=seeing.sentences,
        sources=book().sources,
        calls=phone_lines("legal", visit.province, visit.today),
    )


@require_safe
@in_language
def topic(visit: Visit, number: str) -> HttpResponse:
    """Show one page of the book on what no single way out is about, such as being a witness."""
    topics = list(book().topics.values())
    if not 0 < int(number) <= len(topics):
        raise Http404
    return visit.show(
        "topic",
        topic=topics[int(number) - 1],
        ways=seeing.about(topics[int(number) - 1].remedies, visit),
        sources=book().sources,
        today=visit.today,
        calls=phone_lines("legal", visit.province, visit.today),
    )


@require_safe
@in_language
def someone_else(visit: Visit) -> HttpResponse:
    """Give information to who asks for somebody else; nothing about the other person is asked."""
    calls = [saying(contact, "friend_say") for contact in phone_lines("talk", None, visit.today)]
    return visit.show("someone_else", calls=calls)


@require_safe
@in_language
def contacts(visit: Visit) -> HttpResponse:
    """Show everyone a person can call."""
    groups = seeing.contacts_by_region(visit.province, visit.today)
    return visit.show("contacts", groups=groups, calls=[])


@require_safe
@in_language
def protects(visit: Visit) -> HttpResponse:
    """Say how the page protects, and where it cannot."""
    return visit.show("protects")


@require_safe
@in_language
def went_wrong(visit: Visit) -> HttpResponse:
    """Say that something failed on our side."""
    return visit.show("sorry", heading="went_wrong_heading", text="went_wrong")


@require_safe
@in_language
def no_cookie(visit: Visit) -> HttpResponse:
    """Say that this browser does not hold the answers."""
    return visit.show("sorry", heading="no_cookie_heading", text="no_cookie")


def no_page(request: HttpRequest) -> HttpResponse:
    """Say that there is no page here, in the language of the address or of the browser."""
    visit = Visit(request, language_of(request))
    return visit.show("sorry", 404, heading="not_found_heading", text="not_found")


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Destroy the answers and go at once to an ordinary page; no browser does so ahead of the person."""
    if "prefetch" in request.headers.get("Sec-Purpose", request.headers.get("Purpose", "")):
        return HttpResponse(status=503)
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
    return Visit(request, preferred(request)).show_apart("neutral")


@require_safe
def icon(_request: HttpRequest) -> HttpResponse:
    """Answer the browsers that ask for an icon by themselves: there is none to see."""
    return HttpResponse(status=204)
