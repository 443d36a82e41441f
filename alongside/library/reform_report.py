"""What trying a reform found, as text and as JSON: whom it opens what for, and whom not."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING, Any

from alongside.library.book import Book
from alongside.library.reforms import load_reform
from alongside.library.trying import Effect, Tried, situations_of, statuses, try_everywhere
from alongside.library.vocabulary import REGIONS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    from alongside.library.trying import Found, Spot

MOST_NAMED = 5
SAID = {
    Effect.OPENED: "opens",
    Effect.EASED: "leaves nothing to prove for",
    Effect.SHUT: "shuts",
}


def try_reform(path: Path, cases: Iterable[str], today: date) -> dict[str, Any]:
    """Try one reform on the texts of case files, on every core. Returns the published shape.

    Raises ContentError or AnswerError where a file cannot be read.
    """
    book = Book()
    reform, texts = load_reform(path, book), tuple(cases)
    count = sum(1 for text in texts for _ in situations_of(text, book, today))
    parts = max(1, min(os.cpu_count() or 1, count // 40))
    work = [(path, texts, today, n, parts) for n in range(parts)]
    if parts == 1:
        tried = _part(*work[0])
    else:
        tried = Tried()
        with ProcessPoolExecutor(parts) as pool:
            for found in pool.map(_part, *zip(*work, strict=True)):
                tried.adding(found)
    return {
        "key": reform.key,
        "name": {"en": reform.name.en, "fr": reform.name.fr},
        "says": {"en": reform.says.en, "fr": reform.says.fr},
        "cases": tried.cases,
        "combinations": tried.combinations,
        "to_cases": [
            {"effect": effect, "key": key, "cases": sorted(spot.situation for spot in spots)}
            for (effect, key), spots in _filled(tried.to_cases)
        ],
        "everywhere": [
            {"effect": effect, "key": key, **_summed(spots, book)}
            for (effect, key), spots in _filled(tried.everywhere)
        ],
    }


def _part(path: Path, texts: tuple[str, ...], today: date, place: int, parts: int) -> Tried:
    """Try one share of the situations."""
    book = Book()
    situations = [one for text in texts for one in situations_of(text, book, today)]
    return try_everywhere(book, load_reform(path, book), situations[place::parts])


def _filled(found: Found) -> list[tuple[tuple[Effect, str], list[Spot]]]:
    order = list(Effect)
    kept = [(key, spots) for key, spots in found.items() if spots]
    return sorted(kept, key=lambda item: (order.index(item[0][0]), item[0][1]))


def _summed(spots: list[Spot], book: Book) -> dict[str, Any]:
    """Say which statuses and provinces are among them, and which statuses are not."""
    here = {spot.status for spot in spots}
    return {
        "combinations": len(spots),
        "situations": sorted({spot.situation for spot in spots}),
        "provinces": sorted({spot.province for spot in spots}),
        "statuses": [status for status in statuses(book) if status in here],
        "not_for": [status for status in statuses(book) if status not in here],
    }


def lines_of(report: dict[str, Any]) -> list[str]:
    """Return a report as lines to read."""
    lines = [
        f"{report['name']['en']} [{report['key']}]",
        report["says"]["en"],
        "A change that is tried, not the law. Information, not legal advice.",
        (
            f"Tried on {report['cases']} worked cases, and on what happened in them in every status and"
            f" province: {report['combinations']} combinations. No population: nobody is counted."
        ),
    ]
    if not report["everywhere"] and not report["to_cases"]:
        lines.append("It changes nothing for any of them.")
    for row in report["to_cases"]:
        named = row["cases"][:MOST_NAMED]
        more = (
            f" and {len(row['cases']) - len(named)} more" if len(row["cases"]) > len(named) else ""
        )
        lines += ["", f"{row['key']}: {SAID[row['effect']]} {len(row['cases'])} worked cases{more}"]
        lines += [f"    {name}" for name in named]
    for row in report["everywhere"]:
        places = (
            "every province"
            if len(row["provinces"]) == len(REGIONS)
            else ", ".join(row["provinces"])
        )
        lines += [
            "",
            (
                f"{row['key']}: {SAID[row['effect']]} {row['combinations']} combinations"
                f" of {len(row['situations'])} situations, in {places}"
            ),
            f"    for: {', '.join(row['statuses'])}",
        ]
        if row["not_for"]:
            lines.append(f"    not for: {', '.join(row['not_for'])}")
    return lines
