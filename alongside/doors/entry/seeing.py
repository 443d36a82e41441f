"""Seeing: what was told beside what the rules say, for the person; and everyone to call."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from alongside.domain.facts import Truth
from alongside.domain.pathways import Verdict
from alongside.doors.entry import asking
from alongside.doors.showing.cards import card_of, offered
from alongside.doors.showing.placing import Asked, asked_at, place_of
from alongside.doors.showing.speaking import book, people
from alongside.doors.showing.telling import Told
from alongside.doors.showing.urgency import urgent
from alongside.library.calling import code_of, trusted
from alongside.library.marking import isolate
from alongside.library.vocabulary import REGIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from markupsafe import Markup

    from alongside.doors.entry.visit import Visit
    from alongside.doors.showing.cards import Card
    from alongside.library.book import Outlook
    from alongside.library.contacts import Contact
    from alongside.library.reading import Text
    from alongside.library.remedies import Remedy
    from alongside.library.rights import Right
    from alongside.library.topics import Topic
    from alongside.library.words import Span

SENTENCE_END = re.compile(r"(?<=[.?!])[ \n]+(?![a-z0-9à-ÿ])")
MOST_HELP = 5


@dataclass(frozen=True, slots=True)
class Seen:
    """What the person's page shows. No level and no criminal label is in it."""

    signs: list[Told]
    others: list[Told]
    people_call: Text | None
    would_help: list[list[Asked]]
    urgent: bool
    help: list[Card]
    look: tuple[int, int]
    overdue: date | None

    @property
    def need(self) -> str:
        """What to call about first."""
        return "danger" if self.urgent else "talk"

    @property
    def against(self) -> int:
        """How many of the things told break a rule by themselves."""
        return sum(t.breaks is Truth.YES for t in self.signs)

    @property
    def maybe_against(self) -> bool:
        """Say whether one of them may break a rule, for all that is known."""
        return any(t.breaks is Truth.UNKNOWN for t in self.signs)


def see(visit: Visit) -> Seen:
    """Put what was told beside what the rules say."""
    facts, said = book().vocabulary.facts, book().rights.said
    outlook = visit.outlook()
    found = outlook.assessment
    told = [
        Told(facts[key], answer, said.get(key), place_of(key), _breaks(key, outlook, visit))
        for key, answer in visit.draft.answers.items()
        if key in facts and place_of(key)
    ]
    signs = [t for t in told if t.is_sign]
    return Seen(
        signs=signs,
        others=[t for t in told if not t.is_sign],
        people_call=book().definitions.ladder[found.lower].person if signs else None,
        would_help=[places for group in found.decisive if (places := _places(group))],
        urgent=urgent(outlook),
        help=_help(dict.fromkeys(t.said.topic for t in signs if t.said), outlook),
        look=onward(visit, "look", outlook),
        overdue=overdue([t.said.topic for t in signs if t.said], outlook.on) if signs else None,
    )


def overdue(topics: Iterable[str], on: date) -> date | None:
    """Return the day by which something that is said of these topics was due to be checked, if it has passed."""
    reviews = [book().wholes["indicator"].review]
    reviews += [words.review for words in book().definitions.by_key.values()]
    reviews += [book().rights.topics[topic].review for topic in topics]
    return min((review.review_by for review in reviews if review.stale(on)), default=None)


def _breaks(key: str, outlook: Outlook, visit: Visit) -> Truth:
    said = book().rights.said.get(key)
    return said.breaks(outlook.facts, outlook.on, visit.province) if said else Truth.NO


def _places(group: Iterable[str]) -> list[Asked]:
    """Return where the facts of a set are asked; nothing when one of them is asked nowhere."""
    found = [asked_at(key) for key in group]
    asked = {place.words: place for place in found if place}
    return list(asked.values()) if all(found) else []


def _help(topics: Iterable[str], outlook: Outlook) -> list[Card]:
    """Return a few ways about these topics that are not closed and that something told speaks for."""
    named = [key for topic in topics for key in book().rights.topics[topic].remedies]
    cards = [card_of(key, outlook) for key in dict.fromkeys(named) if key in outlook.remedies]
    fitting = [
        card
        for card in cards
        if card.spoken_for
        and not card.elsewhere
        and card.pathway.verdict is not Verdict.CLOSED
        and offered(card.remedy, outlook.facts, outlook.on)
    ]
    return fitting[:MOST_HELP]


def onward(visit: Visit, door: str, outlook: Outlook) -> tuple[int, int]:
    """Return the page on which a person goes on answering in a door."""
    return asking.onward_from(door, visit.draft, outlook.facts, visit.today)


def rights(visit: Visit) -> list[tuple[Right, list[tuple[Remedy, str]]]]:
    """Return the rights, each with the remedies about it that may be shown and their codes."""
    shown = _shown(visit)
    return [(right, _coded(right.remedies, shown)) for right in book().rights.topics.values()]


def about(keys: Iterable[str], visit: Visit) -> list[tuple[Remedy, str]]:
    """Return those of these remedies that may be shown, with their codes."""
    return _coded(keys, _shown(visit))


def _coded(keys: Iterable[str], shown: Mapping[str, Remedy]) -> list[tuple[Remedy, str]]:
    return [(shown[key], code_of(key)) for key in keys if key in shown]


def _shown(visit: Visit) -> dict[str, Remedy]:
    facts, _ = book().assess(visit.draft.answers, visit.today)
    return {k: r for k, r in book().remedies.items() if offered(r, facts, visit.today)}


def numbered_topics() -> list[tuple[int, Topic]]:
    """Return the topics of the book, each with the number that stands for it in its address."""
    return list(enumerate(book().topics.values(), 1))


def topics_about(key: str) -> list[tuple[int, Topic]]:
    """Return the topics that one way out leads to."""
    return [(number, topic) for number, topic in numbered_topics() if key in topic.remedies]


@dataclass(frozen=True, slots=True)
class Region:
    """Everyone to call in one place. ``folded``: without a number, or with one that may be old."""

    heading: str
    reached: list[Contact]
    folded: list[Contact]
    own: bool


def contacts_by_region(province: str | None, on: date) -> list[Region]:
    """Return everyone to call: all of Canada first, then the person's province, then the others."""
    own = [province] if province in REGIONS else []
    places = ["ca", *dict.fromkeys((*own, "on", *REGIONS))]
    regions = [_region(place, people(on).values(), own=place in own) for place in places]
    return [region for region in regions if region.reached or region.folded or region.own]


def _region(place: str, everyone: Iterable[Contact], *, own: bool) -> Region:
    found = [c for c in everyone if place in c.regions]
    return Region(
        "all_canada" if place == "ca" else f"region_{place}",
        [c for c in found if _reached(c)],
        [c for c in found if not _reached(c)],
        own,
    )


def _reached(contact: Contact) -> bool:
    """Say whether its number may be told plainly: it can be trusted, or everybody knows it."""
    return trusted(contact) or contact.well_known


def sentences(spans: Iterable[Span]) -> list[tuple[str, list[Markup]]]:
    """Cut what is said in each language into its sentences, so that a page can list them."""
    return [(s.lang, [isolate(cut) for cut in SENTENCE_END.split(s.text)]) for s in spans]
