"""The pages to read. A view reads the address, makes one call, and answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.views.decorators.http import require_http_methods, require_safe

from alongside.doors.open import found, shelves
from alongside.doors.open.reader import Reader, telling
from alongside.doors.showing.answering import coming_as
from alongside.doors.showing.cards import by_code
from alongside.doors.showing.speaking import book, people
from alongside.library.calling import call_about, need_of
from alongside.library.doubts import doubts_of
from alongside.library.explaining import explained
from alongside.library.further import CASES, RESOURCES
from alongside.library.wording import sure_of

if TYPE_CHECKING:
    from django.http import HttpResponse

in_language = coming_as(Reader)


@require_safe
@in_language
def front(reader: Reader) -> HttpResponse:
    """Show where the Book can be entered: a word, a need, a place, a list."""
    return reader.show("front", needs=shelves.NEEDS, places=shelves.PLACES, word_of=shelves.word_of)


@require_safe
@in_language
def listed(reader: Reader, need: str, place: str) -> HttpResponse:
    """Show the ways out for one need, or all, at one place, or all."""
    wanted, where = int(need), int(place)
    if wanted > len(shelves.NEEDS) or where > len(shelves.PLACES):
        raise Http404
    goal = shelves.NEEDS[wanted - 1] if wanted else None
    at = shelves.PLACES[where - 1] if where else ""
    standing = shelves.shelves(goal, at)
    return reader.show(
        "list",
        shelves=standing,
        need=wanted,
        place=where,
        needs=shelves.NEEDS,
        places=shelves.PLACES,
        word_of=shelves.word_of,
        brief_list=sum(len(shelf.ways) for shelf in standing) > shelves.SHORT,
        gap=book().gap(at) if at and at != "fed" else "",
        own_here=any(shelf.heading == shelves.word_of(at) for shelf in standing),
    )


@require_safe
@in_language
def rule(reader: Reader, code: str) -> HttpResponse:
    """Show all that the Book says of one way out."""
    key = by_code().get(code)
    if key is None:
        raise Http404
    remedy = book().ways.get(key) or book().remedies[key]
    place = remedy.rule.jurisdiction
    province = None if place in {"fed", "way"} else place
    return reader.show(
        "rule",
        way=explained(remedy, book()),
        t=telling(reader.lang),
        doubts=doubts_of(remedy, book()),
        opens=shelves.by_keys(remedy.unlocks),
        shuts=shelves.by_keys(remedy.excludes),
        papers=shelves.papers_of(remedy),
        changes=[(e.on, list(shelves.changes_of(e)), e.when) for e in remedy.rule.effects],
        beside=shelves.numbered_standards(remedy.standards),
        topics=shelves.topics_about(key),
        calls=call_about(people(reader.today), need_of(key), province, key),
        standards=book().standards,
        facts=book().vocabulary.facts,
        sure_of=sure_of,
        place=shelves.word_of(place),
    )


@require_safe
@in_language
def named(reader: Reader) -> HttpResponse:
    """Show the thirteen remedies by the names that the consultation gives them."""
    return reader.show("named", named=book().named.values(), by_keys=shelves.by_keys)


@require_safe
@in_language
def standards(reader: Reader) -> HttpResponse:
    """Show the standards behind the rules, and the rules without one."""
    return reader.show(
        "standards",
        standards=book().standards.values(),
        bare=shelves.without_standard(),
    )


@require_safe
@in_language
def standard(reader: Reader, number: str) -> HttpResponse:
    """Show one standard, and the rules beside it."""
    found_here = list(book().standards.values())
    if not 0 < int(number) <= len(found_here):
        raise Http404
    shown = found_here[int(number) - 1]
    return reader.show("standard", standard=shown, shelves=shelves.beside(shown.key))


@require_safe
@in_language
def resources(reader: Reader) -> HttpResponse:
    """Show law, tools, guides and studies in one place."""
    groups = [(kind, shelves.resources_by_kind(kind)) for kind in RESOURCES]
    return reader.show("resources", groups=groups, by_keys=shelves.by_keys)


@require_safe
@in_language
def cases(reader: Reader) -> HttpResponse:
    """Show the cases told as examples."""
    groups = [(kind, shelves.cases_by_kind(kind)) for kind in CASES]
    return reader.show("cases", groups=groups, by_keys=shelves.by_keys)


@require_http_methods(["GET", "HEAD", "POST"])
@in_language
def look(reader: Reader) -> HttpResponse:
    """Take the words to look for, or show what they found."""
    if reader.request.method == "POST":
        words = reader.request.POST.get("words", "")
        return reader.look_for(found.tidied(words), f"/{reader.lang}/z/q/")
    words = reader.looked_for()
    return reader.show(
        "look",
        words=words,
        failed=reader.failed,
        seen=found.seen(words, reader.lang) if words else None,
        needs=shelves.NEEDS,
        tongue=found.tongue_of(reader.lang),
        examples=found.examples(reader.lang),
    )
