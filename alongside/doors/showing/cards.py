"""Cards: every way out as a tired person can compare it, dangers first."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

from alongside.domain.clocks import State, Ticking
from alongside.domain.facts import Truth
from alongside.doors.showing.placing import Missing, missing
from alongside.doors.showing.speaking import book, people, saying
from alongside.library.calling import call_about, code_of, family_of, need_of
from alongside.library.pointing import for_elsewhere, spoken_for

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
LEGAL_AID = "legalaid"
OF_OTHERS = {"clk.employer_record"}
"""Days that bind somebody else than the person."""
STATUS_HELD = ("status.held",)


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

    @cached_property
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
    def gravest_comes(self) -> bool:
        """Say whether that danger comes with the step itself, or only could matter."""
        return self.gravest is not None and self._will(self.gravest)

    @property
    def face(self) -> tuple[str, bool, str, bool]:
        """What the fixed part of the closed card depends on; nothing of it is anybody's own."""
        gravest = self.gravest.key if self.gravest else ""
        return self.code, self.lawyer_first, gravest, self.gravest_comes

    @cached_property
    def dates(self) -> list[Ticking]:
        """The clocks worth showing: with a date, or without one and running."""
        known = [t for t in self.pathway.clocks if t.state is not State.START_UNKNOWN]
        return sorted(known, key=lambda t: (t.ends_on is None, t.ends_on or self.outlook.on))

    @cached_property
    def nearest(self) -> Ticking | None:
        """The clock of the closed card: the next filing limit, another day ahead, or a missed limit."""
        own = [t for t in self.dates if t.clock.key not in OF_OTHERS]
        ahead = [t for t in own if t.state is not State.PASSED]
        filing = [t for t in ahead if t.clock.filing]
        return next(iter([*filing, *ahead, *(t for t in own if t.late)]), None)

    @property
    def unknown_start(self) -> bool:
        """Say whether a filing limit is running for which the starting day is not known."""
        return any(
            t.state is State.START_UNKNOWN and t.clock.filing and t.started
            for t in self.pathway.clocks
        )

    @cached_property
    def missing(self) -> Missing:
        """What is still to know: what the person can tell here, and what only a lawyer needs to ask."""
        return missing(self.pathway.missing, self.outlook.facts.values)

    @cached_property
    def spoken_for(self) -> bool:
        """Say whether something told speaks for it: a need that a *yes* or a value already meets."""
        return spoken_for(self.remedy.rule, self.outlook.facts, self.outlook.on)

    @cached_property
    def elsewhere(self) -> bool:
        """Say whether it is for another place than, for all that was told, this person's."""
        return for_elsewhere(self.remedy.rule, self.outlook.facts)

    @property
    def blocks(self) -> list[Text]:
        """Why not now: the reasons of the bars that stand."""
        return [self.remedy.words.bars[key] for key in self.pathway.standing]

    @property
    def unmet(self) -> list[Text]:
        """Which needs are known not to be met, by the known facts they read."""
        facts = book().vocabulary.facts
        keys = [
            key
            for need, truth in self.pathway.judged.needs
            if truth is Truth.NO
            for key in need.lines.operands
            if self.outlook.facts.knows(key)
        ]
        return [facts[key].name for key in dict.fromkeys(keys)]

    @cached_property
    def lawyer_first(self) -> bool:
        """Say whether to say *see a lawyer first*: not where there is no step, or the step is the lawyer.

        Beyond the verdict, the page says so too where somebody without status shows themselves.
        """
        rule = self.remedy.rule
        shown = self.outlook.facts.truth("status.held") is Truth.NO and bool(self._exposures)
        first = self.pathway.lawyer_first or shown
        return first and rule.intake and family_of(rule.key) != LEGAL_AID

    @property
    def _exposures(self) -> list[DangerWords]:
        return [d for d in self.will_happen if d.level == LEVELS[-1]]

    @property
    def for_status_unsaid(self) -> bool:
        """Say whether a lawyer comes first only because it is not known if the papers are still good."""
        rule, found = self.remedy.rule, self.pathway.readings.reasons
        other = rule.always_lawyer or rule.unverified or self.stale
        late = any(t.asks_lawyer for t in self.pathway.clocks)
        unsaid = not self.outlook.facts.knows("status.held")
        return unsaid and not other and not late and {r.operands for r in found} == {STATUS_HELD}

    @property
    def ages(self) -> tuple[str, str] | None:
        """The years of its oldest and its newest dated source, where they differ."""
        table = book().sources.table
        years = sorted(
            table[c.source].dated[:4] for c in self.remedy.cites if table[c.source].dated
        )
        return (years[0], years[-1]) if years and years[0] != years[-1] else None

    @property
    def stale(self) -> bool:
        """Say whether its review date has passed."""
        return self.outlook.on > self.remedy.rule.review_by

    @property
    def calm(self) -> bool:
        """Say whether its gravest danger is a small one."""
        return all(d.level in CALM for d in self.dangers)

    def contacts(self, province: str | None) -> list[Contact]:
        """Who to call tonight about it: the national line, and one for the need and the province.

        Where a lawyer comes first, the national line is asked for one, in words of its own.
        """
        key = self.remedy.key
        if not self.lawyer_first:
            return call_about(people(self.outlook.on), need_of(key), province, key)
        line, *near = call_about(people(self.outlook.on), "legal", province)
        near = near or call_about(people(self.outlook.on), need_of(key), province)[1:]
        return [saying(line, "lawyer_say"), *near]


def offered(remedy: Remedy, facts: Facts, today: date) -> bool:
    """Say whether a page may show it at all: some are never offered until something is known."""
    lines = remedy.shown_when
    return lines is None or lines.truth(facts, today) is Truth.YES


def card_of(key: str, outlook: Outlook) -> Card:
    """Return the card of one way."""
    if key in book().ways:
        return Card(book().ways[key], outlook.ways[key], outlook)
    return Card(book().remedies[key], outlook.remedies[key], outlook)
