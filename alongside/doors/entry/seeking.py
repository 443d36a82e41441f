"""Seeking help: what was asked stays in the draft, sealed; what is found is worked out anew on each page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any

from alongside.doors.entry.writing import typed
from alongside.doors.showing.helping import SUPPLY, as_help, asks_of_each, languages, name_of
from alongside.doors.showing.speaking import book, people
from alongside.library.directory.seeking import Sought
from alongside.library.geography.areas import folded
from alongside.library.geography.places import PlaceError, Why, near

if TYPE_CHECKING:
    from django.http import HttpResponse

    from alongside.doors.entry.visit import Visit
    from alongside.doors.showing.helping import Help
    from alongside.library.geography.places import Place

FIELDS = {"need": 40, "words": 200, "near": 60, "language": 3}
"""What the form asks, and how much of it is kept."""
A_PAGE = 20
PAGE = "i/"


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what is found: ``open`` and ``shut`` count all; those that say no come last, in a fold."""

    open: int
    shut: int
    shown: tuple[Help, ...]
    refusing: tuple[Help, ...]
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are, those of the fold too."""
        return max(1, -(-(self.open + self.shut) // A_PAGE))

    @property
    def of_shut(self) -> int:
        """The page on which those that say no begin."""
        return self.open // A_PAGE + 1

    @property
    def of_each(self) -> tuple[str, ...]:
        """What to ask each of those shown."""
        return asks_of_each(self.shown)


@dataclass(frozen=True, slots=True)
class Asked:
    """The form as it stands. ``any``: somebody has asked.

    ``fault``: the key of what was not clear in the place; ``choices``: places of one name.
    """

    fields: dict[str, str]
    any: bool
    fault: str = ""
    choices: tuple[str, ...] = ()


def take(visit: Visit) -> HttpResponse:
    """Keep what was asked, and go to what it finds; of several places of one name, the one that was chosen counts."""
    fields = {name: typed(visit, name, longest) for name, longest in FIELDS.items()}
    choice = typed(visit, "choice", FIELDS["near"])
    if folded(choice).startswith(folded(fields["near"])):  # else another place was written since
        fields["near"] = choice or fields["near"]
    visit.draft.sought = {name: text for name, text in fields.items() if text} or {"all": "1"}
    return visit.go_on(PAGE + "#found")


def forget(visit: Visit) -> HttpResponse:
    """Forget what was asked."""
    visit.draft.sought = {}
    return visit.go_on(PAGE)


def asked(visit: Visit) -> tuple[Asked, Place | None]:
    """Return the form as it stands, and the place that it names."""
    sought = visit.draft.sought
    fields = dict.fromkeys(FIELDS, "") | sought
    if not fields["near"]:
        return Asked(fields, bool(sought)), None
    try:
        return Asked(fields, any=True), near(fields["near"])
    except PlaceError as error:
        several = error.reason is Why.SEVERAL
        fault = "help_near_several" if several else "help_near_unknown"
        return Asked(fields, any=True, fault=fault, choices=error.choices), None


def found(visit: Visit, place: Place | None, page: int) -> Found:
    """Return what is found on a page. Facts that were told count; what was asked stands beside them."""
    fields, needs = visit.draft.sought, book().needs
    need = fields.get("need", "")
    wanted = (need,) if need in needs.by_key and not needs.by_key[need].reports else ()
    sought = Sought(wanted, fields.get("words", ""), place, None, fields.get("language", ""))
    facts, _ = book().assess(visit.draft.answers, visit.today)
    now = datetime.combine(visit.today, time(), tzinfo=UTC)
    index, contacts = SUPPLY.index(visit.today), people(visit.today)
    part = index.find(sought, facts, now, _slice(page))
    if part.total and not part.hits:  # a page too far is the last
        page = -(-part.total // A_PAGE)
        part = index.find(sought, facts, now, _slice(page))
    cards = [as_help(hit, contacts, visit.today) for hit in part.hits]
    return Found(
        part.open,
        part.total - part.open,
        tuple(card for card in cards if card.kind != "no"),
        tuple(card for card in cards if card.kind == "no"),
        page,
    )


def _slice(page: int) -> slice:
    return slice((page - 1) * A_PAGE, page * A_PAGE)


def needs_to_choose(visit: Visit) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the needs of the form, by group: each with its key and its words in the language of the page."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for need in book().needs.help:
        if need.suggested:
            head = need.key.partition(".")[0]
            groups.setdefault(head, []).append((need.key, name_of(need, visit.speaker)))
    return [(rows[0][1], rows) for rows in groups.values()]


def form(visit: Visit) -> dict[str, Any]:
    """Return what the form needs besides what stands in it."""
    return {"groups": needs_to_choose(visit), "tongues_of_help": languages()}
