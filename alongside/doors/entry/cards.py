"""Cards: every way out as a tired person can compare it, dangers first."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

from alongside.domain.clocks import State, Ticking
from alongside.domain.facts import Truth
from alongside.domain.pathways import Verdict
from alongside.doors.entry.speaking import book
from alongside.library.calling import call_about, code_of, need_of

if TYPE_CHECKING:
    from datetime import date

    from alongside.domain.facts import Facts
    from alongside.domain.pathways import Pathway
    from alongside.library.book import Outlook
    from alongside.library.contacts import Contact
    from alongside.library.reading import Text
    from alongside.library.remedies import Remedy
    from alongside.library.sources import DangerWords

LEVELS = ("R0", "R1", "R2", "R3", "R4")
CALM = ("R0", "R1")
QUIET_SHOWN = 4
FEW = 2
MOST_SHOWN = 6


@cache
def by_code() -> dict[str, str]:
    """Return the key of each code. Two keys with one code would be an error in the content."""
    keys = [*book().ways, *book().remedies]
    codes = {code_of(key): key for key in keys}
    if len(codes) != len(keys):
        msg = "two ways share a code; lengthen it"
        raise RuntimeError(msg)
    return codes


@dataclass(frozen=True)
class Card:
    """One way for one person: the remedy's words beside what was weighed."""

    remedy: Remedy
    pathway: Pathway
    outlook: Outlook

    @property
    def code(self) -> str:
        """The code of its address."""
        return code_of(self.remedy.key)

    @property
    def is_way(self) -> bool:
        """Say whether it is no legal remedy."""
        return self.remedy.rule.jurisdiction == "way"

    @cached_property
    def dangers(self) -> list[DangerWords]:
        """Every danger shown, gravest first."""
        found = [book().dangers[key] for key in self.pathway.dangers]
        return sorted(found, key=lambda d: (-LEVELS.index(d.level), not self._will(d)))

    def _will(self, danger: DangerWords) -> bool:
        rules = [d for d in self.remedy.rule.dangers if d.key == danger.key]
        told = all(
            d.when is None or d.when.truth(self.outlook.facts, self.outlook.on) is Truth.YES
            for d in rules
        )
        return danger.certain and told

    @property
    def will_happen(self) -> list[DangerWords]:
        """Dangers that come with the step itself."""
        return [d for d in self.dangers if self._will(d)]

    @property
    def could_matter(self) -> list[DangerWords]:
        """Dangers that depend on something, without those a page folds away."""
        return [d for d in self.dangers if not self._will(d) and not d.sensitive]

    @property
    def folded(self) -> list[DangerWords]:
        """Dangers that name what a person may not want on a screen."""
        return [d for d in self.dangers if not self._will(d) and d.sensitive]

    @cached_property
    def gravest(self) -> DangerWords | None:
        """The danger of the closed card: the gravest that is not folded away."""
        shown = (book().dangers[key] for key in self.pathway.dangers)
        plain = [danger for danger in shown if not danger.sensitive]
        return max(plain, key=lambda d: (LEVELS.index(d.level), d.certain), default=None)

    @property
    def face(self) -> tuple[str, bool, str]:
        """What the fixed part of the closed card depends on; nothing of it is anybody's own."""
        gravest = self.gravest.key if self.gravest else ""
        return self.code, self.pathway.lawyer_first, gravest

    @cached_property
    def dates(self) -> list[Ticking]:
        """The clocks worth showing: with a date, or without one and running."""
        known = [t for t in self.pathway.clocks if t.state is not State.START_UNKNOWN]
        return sorted(known, key=lambda t: (t.ends_on is None, t.ends_on or self.outlook.on))

    @cached_property
    def nearest(self) -> Ticking | None:
        """The clock of the closed card: the next filing limit, else the next date of any kind."""
        ahead = [t for t in self.dates if t.ends_on is None or t.ends_on >= self.outlook.on]
        filing = [t for t in ahead if t.clock.filing]
        late = [t for t in self.dates if t.late]
        return next(iter([*filing, *late, *ahead]), None)

    @property
    def unknown_start(self) -> bool:
        """Say whether a filing limit is running for which the starting day is not known."""
        return any(
            t.state is State.START_UNKNOWN and t.clock.filing and t.started
            for t in self.pathway.clocks
        )

    @cached_property
    def missing(self) -> list[Text]:
        """What is still to know, in words; what only a lawyer may ask comes as it is."""
        facts = book().vocabulary.facts
        return [facts[key].name for key in self.pathway.missing]

    @property
    def blocks(self) -> list[Text]:
        """Why not now: the reasons of the bars that stand."""
        return [self.remedy.words.bars[key] for key in self.pathway.standing]

    @property
    def unmet(self) -> list[Text]:
        """Which needs are known not to be met, by the facts they read."""
        facts = book().vocabulary.facts
        keys = [
            key
            for step in self.pathway.trail
            if step.line.startswith("need:") and step.truth is Truth.NO
            for key in step.facts
        ]
        return [facts[key].name for key in dict.fromkeys(keys)]

    @property
    def stale(self) -> bool:
        """Say whether its review date has passed."""
        return self.outlook.on > self.remedy.rule.review_by

    @property
    def calm(self) -> bool:
        """Say whether its gravest danger is a small one."""
        return all(d.level in CALM for d in self.dangers)

    def contacts(self, province: str | None) -> list[Contact]:
        """Who to call tonight about it: the national line, and one for the need and the province."""
        return call_about(book().contacts, need_of(self.remedy.key), province)


@dataclass(frozen=True, slots=True)
class Group:
    """One group of cards, under the key of its heading."""

    heading: str
    cards: list[Card]
    near: int

    @property
    def shown(self) -> list[Card]:
        """The cards laid open on the page."""
        return self.cards[: self.near]

    @property
    def folded(self) -> list[Card]:
        """The cards under one more tap: there all the same, and in the same order."""
        return self.cards[self.near :]


def deal(outlook: Outlook) -> list[Group]:
    """Lay the cards out in groups; the quiet ways first when everything that is open is dangerous."""
    ways = [Card(book().ways[key], p, outlook) for key, p in outlook.ways.items()]
    cards = [
        card_of(key, outlook)
        for key in outlook.remedies
        if offered(book().remedies[key], outlook.facts, outlook.on)
    ]
    piles = {verdict: [c for c in cards if c.pathway.verdict is verdict] for verdict in Verdict}
    opened = Group("group_open", piles[Verdict.OPEN], len(piles[Verdict.OPEN]))
    quiet = Group("group_quiet", ways, QUIET_SHOWN)
    first = [opened, quiet] if any(card.calm for card in opened.cards) else [quiet, opened]
    asked = sorted(piles[Verdict.ASK], key=lambda card: len(card.pathway.missing) > FEW)
    few = sum(len(card.pathway.missing) <= FEW for card in asked)
    rest = [
        Group("group_ask", asked, min(few, MOST_SHOWN)),
        Group("group_blocked", piles[Verdict.BLOCKED], MOST_SHOWN),
        Group("group_closed", piles[Verdict.CLOSED], 0),
    ]
    return [group for group in (*first, *rest) if group.cards]


def offered(remedy: Remedy, facts: Facts, today: date) -> bool:
    """Say whether a page may show it at all: some are never offered until something is known."""
    lines = remedy.shown_when
    return lines is None or lines.truth(facts, today) is Truth.YES


def card_of(key: str, outlook: Outlook) -> Card:
    """Return the card of one way."""
    if key in book().ways:
        return Card(book().ways[key], outlook.ways[key], outlook)
    return Card(book().remedies[key], outlook.remedies[key], outlook)
