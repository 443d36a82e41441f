"""The report on the content: every dated entry, how far it may be trusted, and how long it counts as fresh."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from alongside.domain.lengths import months
from alongside.library.reading import read_page
from alongside.library.reviewing import FRESH_MONTHS, Review
from alongside.library.rule_reading import JURISDICTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from alongside.library.book import Book
    from alongside.library.reading import Cite

ALL_OF_CANADA = "ca"
ORDER = (ALL_OF_CANADA, *JURISDICTIONS, "way")
NO_CODE = "no code"
NOBODY = "signed by nobody"


@dataclass(frozen=True, slots=True)
class Listed:
    """One dated entry. ``jurisdiction`` is ``ca`` where it holds everywhere; ``confidence`` may be empty."""

    key: str
    kind: str
    jurisdiction: str
    confidence: str
    cites: tuple[Cite, ...]
    review: Review

    @property
    def sources(self) -> list[str]:
        """The keys of its sources, each once."""
        return list(dict.fromkeys(cite.source for cite in self.cites))

    @property
    def standing(self) -> tuple[int, str, str]:
        """What it is listed under: where it holds, how far it is trusted, who has signed it."""
        return (
            ORDER.index(self.jurisdiction),
            self.confidence or NO_CODE,
            self.review.reviewed_by or NOBODY,
        )


def listed(book: Book) -> list[Listed]:
    """Return every dated entry of the Book: by place, then confidence, who signed, and the day it is due."""
    said = (*_cards(book), *_said(book), *_words(book), *_called(book), *_papers(book))
    found = [*said, *_warnings(book)]
    return sorted(found, key=lambda one: (*one.standing, one.review.review_by, one.kind, one.key))


def report_json(entries: Iterable[Listed]) -> dict[str, Any]:
    """Return the report in the published shape (docs/reference/command-line.md)."""
    return {
        "entries": [
            {
                "key": one.key,
                "kind": one.kind,
                "jurisdiction": one.jurisdiction,
                "confidence": one.confidence,
                "sources": one.sources,
                "as_of": one.review.as_of.isoformat(),
                "review_by": one.review.review_by.isoformat(),
                "reviewed_by": one.review.reviewed_by,
            }
            for one in entries
        ]
    }


def report_lines(entries: Sequence[Listed], on: date) -> Iterator[str]:
    """Write the report for a person: what is past its date first said, then all of it in groups."""
    signed = sum(bool(one.review.reviewed_by) for one in entries)
    late = sum(one.review.stale(on) for one in entries)
    yield f"On {on}. {len(entries)} dated entries, {signed} signed, {late} past their date."
    kinds = Counter(one.kind for one in entries)
    yield ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    for (place, confidence, signer), group in groupby(entries, key=lambda one: one.standing):
        yield ""
        yield f"{ORDER[place]} · {confidence} · {signer}"
        for one in group:
            left = (one.review.review_by - on).days
            due = f"{left} days" if left >= 0 else f"PAST by {-left} days"
            yield f"{due:>18}  {one.review.review_by}  {one.kind:10}  {one.key}"


def _cards(book: Book) -> Iterator[Listed]:
    for kind, cards in (("remedy", book.remedies), ("way", book.ways)):
        for card in cards.values():
            place = card.rule.jurisdiction
            yield Listed(card.key, kind, place, card.confidence, card.cites, card.review)


def _said(book: Book) -> Iterator[Listed]:
    """Topics of rights, and the sentence for each sign, which rests on its topic."""
    for right in book.rights.topics.values():
        yield Listed(right.key, "right", ALL_OF_CANADA, right.confidence, right.cites, right.review)
    for key, said in book.rights.said.items():
        topic = book.rights.topics[said.topic]
        place = said.province or ALL_OF_CANADA
        yield Listed(f"said.{key}", "said", place, said.confidence, topic.cites, topic.review)


def _words(book: Book) -> Iterator[Listed]:
    for key, words in book.definitions.by_key.items():
        yield Listed(key, "definition", ALL_OF_CANADA, "", words.cites, words.review)
    for danger in book.dangers.values():
        yield Listed(danger.key, "danger", ALL_OF_CANADA, "", danger.cites, danger.review)
    kept = (
        ("standard", book.standards),
        ("topic", book.topics),
        ("named", book.named),
        ("resource", book.resources),
        ("case", book.cases),
    )
    for kind, found in kept:
        for one in found.values():
            yield Listed(one.key, kind, ALL_OF_CANADA, one.confidence, one.cites, one.review)
    whole = book.wholes["indicator"]
    for sign in book.vocabulary.catalogue.signs:
        yield Listed(
            sign.key, "indicator", ALL_OF_CANADA, whole.confidence, whole.cites, whole.review
        )


def _called(book: Book) -> Iterator[Listed]:
    for contact in book.contacts.values():
        trust = "unverified" if contact.unverified else "in its source"
        yield Listed(
            contact.key, "contact", contact.regions[0], trust, contact.cites, contact.review
        )


def _papers(book: Book) -> Iterator[Listed]:
    """Go through the papers that a lawyer finishes, and the official forms they name."""
    for one in book.outlines.values():
        place = one.jurisdiction
        yield Listed(one.key, "outline", place, one.confidence, one.cited, one.review)
    for form in book.forms.values():
        place = form.jurisdiction
        yield Listed(form.key, "form", place, form.confidence, form.cites, form.review)


def _warnings(book: Book) -> Iterator[Listed]:
    """Go through the ledger of what the dangers say: the last setting of each, and its one source."""
    _, ledger = read_page(book.root / "warnings.toml", book.root)
    last = {entry["key"]: entry for entry in ledger["warning"] if entry["key"] in book.dangers}
    for key, entry in last.items():
        cites = book.dangers[key].cites if entry["source"] else ()
        own = tuple(cite for cite in cites if cite.source == entry["source"])
        review = Review(entry["set_on"], months(FRESH_MONTHS).after(entry["set_on"]))
        yield Listed(key, "warning", ALL_OF_CANADA, "", own, review)
