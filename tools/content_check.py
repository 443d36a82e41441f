"""Check the whole content before it lands: sources, words, dates, dangers, catalogues, reading level.

``python tools/content_check.py [FOLDER]`` reads FOLDER/content and FOLDER/locale (here), prints each
breach as file:line with its cure, then the reading levels, and ends with 1 when there is a breach.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # run from anywhere without installing a package

from alongside.library.book import Book  # noqa: E402 - needs the line above
from alongside.library.reading import ContentError  # noqa: E402
from tools.content_catalogues import check_catalogue, english  # noqa: E402
from tools.content_grade import table, too_hard  # noqa: E402
from tools.content_texts import doubled_keys, placed_texts  # noqa: E402
from tools.content_unused import unused_words  # noqa: E402
from tools.content_words import french_spaces, never_said, still_english  # noqa: E402
from tools.warnings_check import complaints  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alongside.library.remedies import Remedy

ONE_IN = 4  # at most one remedy in four may need a predicate
FRESH_DAYS = range(170, 200)  # six months or so from the day the law was read
CERTAIN_YEARS = 3  # an older source makes no number, hour or language certain
SPOKEN = ("en", "fr", "es", "ar")  # in each of these every need can be asked for
# Dangers that no remedy names, and what shows them.
ENDED = re.compile(r"[.?!](?= |$)")
SHOWN_ELSEWHERE = {"risk.late_filing": "a filing limit that has passed (domain/pathways.py)"}


def breaches(folder: Path) -> Iterator[str]:
    """Go through every breach of the content under ``folder``."""
    root = folder / "content"
    book = Book(root)
    current = english(book)  # reads every part: from here on the sources know who quoted them
    for key in book.sources.unquoted:
        yield f"content/sources.toml: nothing quotes {key!r}. Cite it, or take it out."
    texts = tuple(placed_texts(root))
    yield from french_spaces(texts)
    yield from still_english(texts, root / "same.toml")
    yield from never_said(texts)
    yield from doubled_keys(root)
    yield from unused_words([*book.words.texts, *book.words.plurals], ROOT)
    yield from _remedies(book)
    yield from _names(book)
    yield from _dangers(book)
    yield from _standards(book)
    yield from _papers(book)
    yield from _directory(book)
    for path in sorted((folder / "locale").glob("*/LC_MESSAGES/alongside.po")):
        yield from check_catalogue(path, book, current)
    yield from complaints(root)
    yield from too_hard(texts)


def _remedies(book: Book) -> Iterator[str]:
    for card in (*book.remedies.values(), *book.ways.values()):
        place = f"content: {card.key}"
        if not card.cites:
            yield f"{place} cites nothing. Write cite = [...]."
        if not card.confidence:
            yield f"{place} has no confidence. Write confidence."
        if (card.review_by - card.as_of).days not in FRESH_DAYS:
            dates = f"read on {card.as_of}, reviewed by {card.review_by}"
            yield f"{place}: {dates}. Six months or so lie between."
    leaning = [key for key, card in book.remedies.items() if _leans_on_predicate(card)]
    if len(leaning) * ONE_IN > len(book.remedies):
        share = f"{len(leaning)} of {len(book.remedies)} remedies"
        yield f"content: {share} need a predicate; at most one in {ONE_IN}. Write flat lines."


def _leans_on_predicate(card: Remedy) -> bool:
    in_needs = any("predicate " in need.lines.text for need in card.rule.needs)
    return in_needs or any(clock.predicate for clock in card.rule.clocks)


def _names(book: Book) -> Iterator[str]:
    cards = {**book.remedies, **book.ways}
    named = [(c.key, key) for c in cards.values() for key in (*c.unlocks, *c.excludes)]
    topics = (*book.rights.topics.values(), *book.topics.values())
    named += [(topic.key, key) for topic in topics for key in topic.remedies]
    for namer, key in named:
        if key not in cards:
            yield f"content: {namer} names {key!r}, which is no remedy. Mend the key."
    for part in book.interview:
        if part.warning and part.warning not in book.words.texts:
            place = f"content/interview.toml: {part.key}"
            yield f"{place} wants the warning {part.warning!r}. Write it in content/words."


def _dangers(book: Book) -> Iterator[str]:
    cards = (*book.remedies.values(), *book.ways.values())
    used = {danger.key for card in cards for danger in card.rule.dangers}
    for key in book.dangers:
        if key not in used and key not in SHOWN_ELSEWHERE:
            yield f"content/dangers.toml: nothing uses {key!r}. Use it, or take it out."
    for key in SHOWN_ELSEWHERE:
        if key not in book.dangers or key in used:
            yield f"tools/content_check.py: {key!r} need not be listed. Take it out."


def _standards(book: Book) -> Iterator[str]:
    cards = (*book.remedies.values(), *book.ways.values())
    named = {key for card in cards for key in card.standards}
    for key, standard in book.standards.items():
        place = "content/standards.toml"
        if key not in named:
            yield f"{place}: no remedy names {key!r}. Name it, or take it out."
        if any(len(ENDED.findall(said)) != 1 for said in standard.meaning[1:]):
            yield f"{place}: {key} is to say what it means in one sentence. Shorten it, or split it."


def _papers(book: Book) -> Iterator[str]:
    """Check papers that a lawyer finishes, and official forms: cited, and read not too long ago."""
    for kind, found in (("outlines", book.outlines), ("forms", book.forms)):
        for one in found.values():
            place = f"content/{kind}: {one.key}"
            if not one.cites:
                yield f"{place} cites nothing. Write cite = [...]."
            if (one.review.review_by - one.review.as_of).days not in FRESH_DAYS:
                dates = f"read on {one.review.as_of}, reviewed by {one.review.review_by}"
                yield f"{place}: {dates}. Six months or so lie between."
    yield from _forms(book)


def _directory(book: Book) -> Iterator[str]:
    """Check who can help: nothing certain by an old source, networks that are there, needs to ask for."""
    organizations = book.directory.organizations
    facts = [(one.key, "organization", one.checked) for one in organizations.values()]
    for one in book.directory.services.values():
        facts += [(one.key, about, checked) for about, checked in one.checked.items()]
    for key, about, checked in facts:
        if checked.certain and int(checked.dated[:4]) + CERTAIN_YEARS < checked.on.year:
            old = f"{about} is certain by a source of {checked.dated}"
            yield f"content/services: {key}: {old}. Find a newer one, or write certain = false."
    for key, network in [
        (one.key, part) for one in organizations.values() for part in one.networks
    ]:
        if network not in organizations:
            yield f"content/services: {key} names {network!r}, which is none. Mend the key."
    for need in book.needs.by_key.values():
        if missing := [language for language in SPOKEN if not need.words.get(language)]:
            yield f"content/needs.toml: {need.key} has no words in {missing[0]}. Write them."


def _forms(book: Book) -> Iterator[str]:
    on_papers = {key for outline in book.outlines.values() for key in outline.forms}
    for key, form in book.forms.items():
        place = f"content/forms.toml: {key}"
        if key not in on_papers:
            yield f"{place}: no paper names it. Name it, or take it out."
        if not form.where.startswith(("https://", "http://")):
            yield f"{place}: {form.where!r} is no address. Write the whole of it."
        if not form.questions:
            yield f"{place} asks nothing. Write its questions, or take it out."


def main(folder: Path) -> int:
    """Print every breach and the reading levels; return 1 when there is a breach."""
    try:
        found = list(breaches(folder))
    except ContentError as error:
        print(error)
        return 1
    for breach in found:
        print(breach)
    print("\n".join(table(tuple(placed_texts(folder / "content")))))
    print(f"content: {len(found)} breaches" if found else "content: whole")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT))
