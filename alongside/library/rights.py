"""Rights: what the rules here say, by topic and by sign, in a worker's words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from alongside.domain.facts import Truth, all_of
from alongside.library.reading import Cite, Entry, Text, entries, nearest, read_page
from alongside.library.reviewing import Review, review_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from alongside.domain.facts import Facts
    from alongside.domain.lines import Lines
    from alongside.library.sources import Sources
    from alongside.library.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Right:
    """One topic of rights, and the remedies that act on it."""

    key: str
    order: int
    name: Text
    text: Text
    limits: Text
    confidence: str
    cites: tuple[Cite, ...]
    review: Review
    remedies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What the rules here say of one sign. ``against``: it breaks a rule by itself.

    ``province``: the one whose law it is that it breaks; empty when it is all of Canada's.
    ``when``: what must be so for the rule to hold; None when it always does.
    """

    rule: Text
    topic: str
    against: bool
    confidence: str
    province: str
    when: Lines | None

    def breaks(self, facts: Facts, on: date, province: str | None) -> Truth:
        """Say whether it breaks a rule for this person: not known while its condition is not."""
        if not self.against or (self.province and province not in {None, self.province}):
            return Truth.NO
        here = Truth.UNKNOWN if self.province and province is None else Truth.YES
        return all_of((here, self.when.truth(facts, on) if self.when else Truth.YES))


@dataclass(frozen=True, slots=True)
class Rights:
    """The topics in their order, and the sentence for each sign."""

    topics: Mapping[str, Right]
    said: Mapping[str, Said]


def load_rights(root: Path, vocabulary: Vocabulary, sources: Sources) -> Rights:
    """Read ``content/rights.toml``; refuse a sign without a sentence, or a sentence without a topic."""
    page, table = read_page(root / "rights.toml", root)
    topics: dict[str, Right] = {}
    said: dict[str, Said] = {}
    signs = [sign.key for sign in vocabulary.catalogue.signs]
    for name, entry in entries(page, table, "right", "said"):
        if name == "right":
            right = _right(entry, sources)
            topics[right.key] = right
            continue
        key, entry.key = entry.key, f"said.{entry.key}"
        if entry.word("key") not in signs:
            entry.refuse(
                "key", f"there is no sign {key!r}.", f"Did you mean {nearest(key, signs)}?"
            )
        said[key] = Said(
            entry.text("rule"),
            entry.one_of("topic", topics),
            entry.flag("against"),
            entry.word("confidence", ""),
            entry.word("province", ""),
            entry.lines("when"),
        )
        vocabulary.check_lines(entry, "when", said[key].when)
        entry.done()
    if silent := [key for key in signs if key not in said]:
        page.refuse(f"nothing is said of {silent[0]!r}.", "Write a [[said]] for every sign.")
    return Rights(dict(sorted(topics.items(), key=lambda item: item[1].order)), said)


def _right(entry: Entry, sources: Sources) -> Right:
    cites = sources.check(entry, entry.cites())
    right = Right(
        key=entry.word("key"),
        order=entry.number("order"),
        name=entry.text("name"),
        text=entry.text("text"),
        limits=entry.text("limits"),
        confidence=entry.word("confidence"),
        cites=cites,
        review=review_of(entry, cites, sources),
        remedies=entry.words("remedies"),
    )
    entry.done()
    return right
