"""Helping: services as a page shows them, with how each stands to this person and what to ask first."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from alongside.domain.directory import firewall_stands
from alongside.doors.showing.speaking import PageSpeaker, book
from alongside.library.directory.file import DirectoryFile
from alongside.library.directory.index.finding import Index
from alongside.library.directory.serving import service_of
from alongside.library.directory.shapes import FRESH_DAYS, MANY
from alongside.library.directory.supply import supply
from alongside.library.hsds.rows import ReadError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from alongside.library.contacts import Contact
    from alongside.library.directory.needs import Need
    from alongside.library.directory.seeking import Hit
    from alongside.library.directory.shapes import Phone, Service
    from alongside.library.reading import Cite
    from alongside.library.vocabulary import FactEntry

LOGGER = logging.getLogger(__name__)
OF_SERVICE = "service."
FIRST = ("open", "status", "place", "cost", "language", "proof")
"""What is asked before the rest: what would make somebody go in vain, or dread to go."""
SHOWN, OF_EACH = 2, 4
"""Questions on a card, and those that stand once above all cards."""
KNOWN_ASKS = frozenset({
    "open", "status", "place", "cost", "language", "proof", "conditions", "gender", "age", "capacity", "authority",
    "sobriety", "no_paid_work", "stay_limit", "faith_participation", "guardian_consent",
    "cooperation_with_authorities_required",
})  # fmt: skip
REFUSALS = frozenset(
    {"open", "place", "status", "age", "gender", "proof", "cost", "authority", "capacity"}
)
GROUPS = {"status.service_group": "status.now"}
"""Facts that are worked out, by the one that a person is asked."""
AUTONYMS = {
    "eng": "en", "fra": "fr", "spa": "es", "ara": "ar", "hin": "hi", "pan": "pa", "tha": "th", "zho": "zh",
    "vie": "vi", "ukr": "uk", "tgl": "tl", "fil": "tl", "fas": "fa", "tam": "ta", "por": "pt", "hat": "ht",
}  # fmt: skip
OWN_NAMES = {"cmn": "普通话", "yue": "廣東話", "kor": "한국어", "nep": "नेपाली", "urd": "اردو"}
"""Names, in the language itself, of languages that the words of needs are not in."""
TAGS = {"kor": "ko", "nep": "ne", "urd": "ur"}
"""How a page names a language that has a tag of two letters (BCP 47: the shortest)."""


class Supply:
    """All help there is to find, read again when the file of the directory has changed or a day is over."""

    def __init__(self) -> None:
        """Read nothing yet."""
        self._of: tuple[int, date] | None = None
        self._index: Index | None = None

    def index(self, today: date) -> Index:
        """Return every service that helps, to find in: the starter directory, and what was imported."""
        try:
            file = DirectoryFile()
            of = (file.edition, today)
            if self._index is None or of != self._of:
                self._index, self._of = Index(supply(book(), file).help, book().needs, today), of
        except ReadError:
            LOGGER.exception("The directory could not be read")
            if self._index is None:  # what the content says is there all the same
                self._index = Index(book().directory.help, book().needs, today)
        return self._index


SUPPLY = Supply()


@dataclass(frozen=True, slots=True)
class Help:
    """One service on a page. ``asks``: keys of words to ask it; ``tells``: facts that would settle it.

    ``refuses``: keys of words for what shuts the person out. ``fear``: the key of what is known of access
    without fear. ``least`` and ``most``: kilometres, or None where nobody may know, or can say.
    """

    service: Service
    kind: str
    contact: Contact | None
    phones: tuple[Phone, ...]
    asks: tuple[str, ...]
    tells: tuple[FactEntry, ...]
    refuses: tuple[str, ...]
    fear: str
    least: int | None
    most: int | None
    languages: tuple[str, ...]
    any_language: bool
    looked_on: date
    old: bool
    cites: tuple[Cite, ...]

    def beside(self, others: tuple[str, ...]) -> tuple[str, ...]:
        """Return what to ask this one before anything else, besides what is asked of each."""
        return tuple(key for key in self.asks if key not in others)[:SHOWN]


def as_help(hit: Hit, contacts: Mapping[str, Contact], today: date) -> Help:
    """Return a service that was found as a page shows it; ``contacts``: as they stand today."""
    one = hit.service
    looked = one.assured_date
    away = hit.away
    least = round(away.at_least) if away else None
    most = round(away.at_most) if away and away.at_most is not None else None
    facts = book().vocabulary.facts
    tells = (GROUPS.get(key, key) for key in hit.match.ask if not key.startswith(OF_SERVICE))
    return Help(
        service=one,
        kind=hit.match.kind,
        contact=contacts.get(one.contact),
        phones=one.phones if one.checked.get("phones") else (),
        asks=tuple(_asks(hit.match.ask)),
        tells=tuple(facts[key] for key in dict.fromkeys(tells) if key in facts),
        refuses=tuple(dict.fromkeys(map(_refused, hit.match.failed))),
        fear=_fear(one, today),
        least=least,
        most=most,
        languages=tuple(names_of(one)),
        any_language=any(each.code == MANY for each in one.language_access),
        looked_on=looked,
        old=(today - looked).days > FRESH_DAYS,
        cites=tuple(dict.fromkeys(c for fact in one.checked.values() for c in fact.cites)),
    )


def asks_of_each(many: tuple[Help, ...]) -> tuple[str, ...]:
    """Return what is to be asked of each of several, what matters most first; of one alone nothing is common."""
    if len(many) <= 1:
        return ()
    return tuple(key for key in many[0].asks if all(key in one.asks for one in many))[:OF_EACH]


def _asks(asked: tuple[str, ...]) -> Iterator[str]:
    """Name what to ask the service, what matters most first."""
    keys = [key.removeprefix(OF_SERVICE) for key in asked if key.startswith(OF_SERVICE)]
    known = [key for key in keys if key in KNOWN_ASKS]
    for key in sorted(known, key=lambda key: FIRST.index(key) if key in FIRST else len(FIRST)):
        yield f"help_ask_{key}"


def _refused(key: str) -> str:
    return f"help_no_{key if key in REFUSALS else 'other'}"


def _fear(one: Service, today: date) -> str:
    """Return the key of what may be said of access without fear, and never more than is known."""
    wall = one.firewall
    if wall is None or not one.certain("firewall", today):
        return "help_fear_unknown" if wall is None or wall.basis == "none" else _said(one, today)
    return _said(one, today)


def _said(one: Service, today: date) -> str:
    wall = one.firewall
    if wall is None or wall.shares_with_immigration in {"unknown", ""}:
        return "help_fear_unknown"
    if wall.shares_with_immigration == "may_share":
        return "help_fear_shares"
    stands = firewall_stands(service_of(one, today).firewall, today)
    return "help_fear_written" if stands else "help_fear_declared"


def names_of(one: Service) -> Iterator[str]:
    """Name the languages of a service, each in itself."""
    spoken = book().needs.languages
    for each in one.language_access:
        if each.code in AUTONYMS and AUTONYMS[each.code] in spoken:
            yield spoken[AUTONYMS[each.code]].name
        elif each.code in OWN_NAMES:
            yield OWN_NAMES[each.code]


def languages() -> list[tuple[str, str, str]]:
    """Return the languages that somebody can ask for: ISO 639-3, its tag on a page, and its name in itself."""
    spoken = book().needs.languages
    found = {code: spoken[own].name for code, own in AUTONYMS.items() if code not in {"zho", "fil"}}
    rows = (
        (code, AUTONYMS.get(code, TAGS.get(code, code)), name)
        for code, name in (found | OWN_NAMES).items()
    )
    return sorted(rows, key=lambda row: row[2].casefold())


def name_of(need: Need, speaks: PageSpeaker) -> str:
    """Return a need as an option: its name, or a word for it where the language has words and no names."""
    words = need.words.get(speaks.lang, ())
    return words[0] if words and not speaks.language.authored else speaks.plain(need.name)
