"""``alongside gaps``: from a list of those who need help, who is without it, and what shut them out.

The list is a CSV with a place in each line. It is read, counted and forgotten; nothing of it is kept, and
no count below six is printed.
"""

from __future__ import annotations

import csv
import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

from alongside.domain.directory import match
from alongside.domain.gaps import Cell, Reached, Standing, counted, row, shown, standing, table
from alongside.library.answers import AnswerError
from alongside.library.book import Book
from alongside.library.directory.file import DirectoryFile
from alongside.library.directory.from_hsds import directory_of
from alongside.library.directory.serving import service_of
from alongside.library.directory.supply import supply
from alongside.library.directory.telling import the_need, told
from alongside.library.geography.places import PlaceError, distance, near
from alongside.library.hsds.mapping import mapping_of
from alongside.library.hsds.taking_in import take_in

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Mapping

    from alongside.domain.directory import Match
    from alongside.domain.directory import Service as Matched
    from alongside.domain.facts import Facts
    from alongside.domain.gaps import Row
    from alongside.library.directory.shapes import Directory, Service
    from alongside.library.geography.places import Place

POSTAL = re.compile(r"\b([A-Za-z]\d[A-Za-z])[ -]?(?:\d[A-Za-z]\d)\b")
SPREAD = {True: "spread-out area", False: "compact area"}
CODEC = "utf-8-sig"


@dataclass(frozen=True, slots=True)
class Ask:
    """Those of one line: where they are, what they need, in which language, and what is told of them."""

    place: Place
    need: str
    language: str
    facts: tuple[str, ...]


class Standings:
    """How those who ask stand to the services of a directory; each ask and each distance is worked out once."""

    def __init__(self, book: Book, directory: Directory, km: float, today: date) -> None:
        """Hold the services against people on a day; ``km``: what is farther is out of reach."""
        self._book, self._km = book, km
        self._now = datetime.combine(today, time(), tzinfo=UTC)
        self._services = [(one, service_of(one, today)) for one in directory.help]
        self._areas: dict[str, Place | None] = {}
        self._far: dict[tuple[str, str], bool | None] = {}
        self._stood: dict[Ask, Standing] = {}
        self._facts: dict[tuple[str, ...], Facts] = {}
        self._matches: dict[tuple[object, ...], Match] = {}

    def of(self, ask: Ask) -> Standing:
        """Say how one ask stands."""
        found = self._stood.get(ask)
        if found is None:
            found = self._stood[ask] = standing(list(self._reached(ask)))
        return found

    def _reached(self, ask: Ask) -> Iterator[Reached]:
        wanted = set(self._book.needs.under(ask.need)) if ask.need else None
        for listed, service in self._services:
            if wanted is None or wanted.intersection(service.needs):
                near_by = self._near(listed, ask.place)
                if near_by is not None:  # where it is, nobody can say: it is within nobody's reach
                    yield Reached(self._matched(service, ask), near_by)

    def _matched(self, service: Matched, ask: Ask) -> Match:
        """Hold a service against an ask; the postal area counts only for a service of postal areas."""
        narrow = any(not area.islower() for area in service.areas)
        key = (service.id, ask.facts, ask.language, ask.place.key if narrow else ask.place.province)
        found = self._matches.get(key)
        if found is None:
            found = self._matches[key] = match(service, self._known(ask), self._now)
        return found

    def _known(self, ask: Ask) -> Facts:
        facts = self._facts.get(ask.facts)
        if facts is None:
            answers = told(ask.facts, self._book)
            facts, _ = self._book.assess(answers, self._now.date())
            self._facts[ask.facts] = facts
        added = {
            "place.province": ask.place.province,
            "place.area": ask.place.areas[0] if len(ask.place.areas) == 1 else "",
            "lang.speak": ask.language,
        }
        return facts.adding({k: v for k, v in added.items() if v and not facts.knows(k)})

    def _near(self, listed: Service, place: Place) -> bool | None:
        """Say whether a service is within reach: by its nearest place, or by telephone where it serves all there."""
        codes = [one.location.postal_code[:3] for one in listed.service_at_locations]
        if not codes:
            return True if listed.service_areas and listed.phones else None
        found = [self._within(code, place) for code in codes]
        return True if True in found else None if None in found else False

    def _within(self, code: str, place: Place) -> bool | None:
        key = (code, place.key)
        if key not in self._far:
            other = self._areas.get(code)
            if other is None and code not in self._areas:
                other = self._areas[code] = _place(code)
            self._far[key] = None if other is None else distance(place, other).km <= self._km
        return self._far[key]


def gaps(arguments: argparse.Namespace) -> int:
    """Print who is without help, and what shut them out."""
    book, today = Book(), arguments.on or datetime.now(tz=UTC).date()
    if arguments.km < 0:
        msg = "--km is 0 or more."
        raise AnswerError(msg)
    standings = Standings(book, _directory(arguments, book), arguments.km, today)
    asks, unplaced = _asks(arguments, book)
    stood = [(by, ask, standings.of(ask), weight) for by, ask, weight in asks]
    cells = counted((by, one, weight) for by, _, one, weight in stood)
    spread = counted(
        ((SPREAD[ask.place.spread_out],), one, weight) for _, ask, one, weight in stood
    )
    whole = counted(((), one, weight) for _, _, one, weight in stood).get((), Cell())
    answer = {
        "km": arguments.km,
        "by": arguments.by,
        "total": row_json(row((), whole)),
        "without_a_place": shown(unplaced),
        "spread": [row_json(one) for one in table(spread)],
        "rows": [row_json(one) for one in table(cells)],
    }
    print(  # noqa: T201 - this is a command line
        json.dumps(answer, ensure_ascii=False, indent=1) if arguments.json else _text(answer)
    )
    return 0


def _directory(arguments: argparse.Namespace, book: Book) -> Directory:
    if not arguments.path:
        return supply(book, DirectoryFile())
    mapping = mapping_of(arguments.mapping) if arguments.mapping else None
    bundle, _ = take_in(arguments.path, arguments.path.stem, mapping)
    return directory_of(bundle, book.needs)


Line = tuple[tuple[str, ...], Ask, int]


def _asks(arguments: argparse.Namespace, book: Book) -> tuple[list[Line], int]:
    """Read the list; return its lines, and how many people are where nobody can say."""
    needs = {the_need(arguments.need, book)} if arguments.need else {""}
    places: dict[str, Place | None] = {}
    found, unplaced = [], 0
    with arguments.demand.open(encoding=CODEC, newline="") as opened:
        reader = csv.DictReader(opened)
        _columns(arguments, reader.fieldnames or ())
        for line in reader:
            weight = _weight(line, arguments.count_column)
            written = line[arguments.near_column] or ""
            if written not in places:
                places[written] = _place(written)
            place = places[written]
            if place is None:
                unplaced += weight
                continue
            need = line[arguments.need_column] if arguments.need_column else next(iter(needs))
            if need and need not in book.needs.by_key:
                the_need(need, book)
            by = tuple((line[column] or "").strip() for column in arguments.by)
            found.append((by, _ask(arguments, line, place, need), weight))
    return found, unplaced


def _ask(arguments: argparse.Namespace, line: Mapping[str, str], place: Place, need: str) -> Ask:
    language = line[arguments.language_column] if arguments.language_column else arguments.language
    facts = [*arguments.fact]
    for one in arguments.fact_column:
        key, _, column = one.partition("=")
        if line[column]:
            facts.append(f"{key}={line[column]}")
    return Ask(place, need, language or "", tuple(facts))


def _columns(arguments: argparse.Namespace, names: object) -> None:
    """Refuse a column that is not there, before anything is counted."""
    wanted = [arguments.near_column, *arguments.by]
    wanted += [arguments.count_column, arguments.need_column, arguments.language_column]
    wanted += [one.partition("=")[2] for one in arguments.fact_column]
    known = list(names) if isinstance(names, list | tuple) else []
    for name in wanted:
        if name is not None and name not in known:
            msg = f"{arguments.demand.name} has no column {name!r}; it has {', '.join(known)}."
            raise AnswerError(msg)


def _weight(line: Mapping[str, str], column: str | None) -> int:
    if column is None:
        return 1
    digits = (line[column] or "").replace(",", "").replace(" ", "")
    return int(digits) if digits.isdigit() else 0


def _place(written: str) -> Place | None:
    """Return the place of a postal code anywhere in an address, or of what is written; None for none."""
    code = POSTAL.search(written)
    try:
        return near(code[1] if code else written)
    except PlaceError:
        return None


def row_json(one: Row) -> dict[str, Any]:
    """Return a row as the command prints it; None for what is too small to show."""
    return {
        "by": list(one.by),
        "total": one.total,
        "served": one.served,
        "ask": one.ask,
        "without": one.without,
        "share_without": None if one.share is None else round(one.share, 4),
        "first_condition": one.first,
        "services_failing_only_on_it": one.only,
    }


def _text(answer: Mapping[str, Any]) -> str:
    few = "fewer than 6"
    left = few if answer["without_a_place"] is None else answer["without_a_place"]
    lines = [f"Without a service within {answer['km']:g} km ({left} without a place left out)"]
    rows = [("all", answer["total"])]
    rows += [(" · ".join(one["by"]), one) for one in (*answer["spread"], *answer["rows"])]
    for name, one in rows:
        share = "-" if one["share_without"] is None else f"{one['share_without']:.1%}"
        total = few if one["total"] is None else one["total"]
        because = f"  {one['first_condition']}" if one["first_condition"] else ""
        lines.append(f"{name or '(empty)'}: {total} people, {share} without{because}")
    return "\n".join(lines)
