"""Named predicates: the few rules that flat lines cannot say, each with the law it restates.

A predicate in a *need* gives a truth and the facts that would settle it; a predicate in a *clock*
gives the day it ends. The budget is one remedy in four; see docs/reference/remedies.md for the count.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import MAXYEAR, date
from typing import TYPE_CHECKING

from alongside.domain.facts import Facts, Span, Truth
from alongside.domain.lengths import Length, days, years

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Settled = tuple[Truth, tuple[str, ...]]
End = tuple[Span | None, tuple[str, ...]]

YES: Settled = (Truth.YES, ())
NO: Settled = (Truth.NO, ())

FIRST_AFTER = "entry.first_after_2020_06_24_on"
FIRST = "entry.first_on"
ALL_BEFORE = "entry.all_before_2020_06_25"
MINOR = "person.unaccompanied_minor"
ONE_YEAR_CUT_OFF = date(2020, 6, 24)
FULL_EI_HOURS = 700
LEAST_EI_HOURS = 420


def _needs(*facts: str) -> Settled:
    return Truth.UNKNOWN, facts


def entry_after(facts: Facts) -> Span | None:
    """Return the first entry after June 24, 2020 when told as such; an earlier day does not count."""
    told = facts.day(FIRST_AFTER)
    return told if told is not None and told.latest > ONE_YEAR_CUT_OFF else None


def first_entry(facts: Facts) -> Span | None:
    """Return the first entry after June 24, 2020, told as such or as the first entry of all."""
    told = entry_after(facts)
    if told is not None:
        return told
    first = facts.day(FIRST)
    return first if first is not None and first.earliest > ONE_YEAR_CUT_OFF else None


def one_year(facts: Facts, today: date) -> Settled:
    """Read IRPA s. 101(1)(b.1) and (1.1): a claim within one year of the first entry.

    Only entries after June 24, 2020 count. A person under 18 without a parent or guardian is
    spared by a public policy of May 19, 2026 (secondary source, to be verified).
    """
    before, minor = facts.truth(ALL_BEFORE), facts.truth(MINOR)
    if minor is Truth.YES:
        return YES
    if disagreeing := _disagreeing_entries(facts):
        return _needs(*disagreeing)
    entry = first_entry(facts)
    if entry is None:
        return YES if before is Truth.YES else _missing_entry(before)
    if today <= years(1).after(entry.earliest):
        return YES
    if today <= years(1).after(entry.latest):
        return _needs(FIRST_AFTER)
    return NO if minor is Truth.NO else _needs(MINOR)


def _disagreeing_entries(facts: Facts) -> tuple[str, ...]:
    """Name the answers about entries that cannot all be so (rules map 1.2, rule 4)."""
    if facts.truth(ALL_BEFORE) is Truth.YES and first_entry(facts) is not None:
        return ALL_BEFORE, FIRST_AFTER
    told, first = facts.day(FIRST_AFTER), facts.day(FIRST)
    if told is None or first is None or first.earliest <= ONE_YEAR_CUT_OFF:
        return ()
    apart = told.latest < first.earliest or first.latest < told.earliest
    return (FIRST_AFTER, FIRST) if apart else ()


def _missing_entry(before: Truth) -> Settled:
    return _needs(FIRST_AFTER, *((ALL_BEFORE,) if before is Truth.UNKNOWN else ()))


def not_irregular_entry(facts: Facts, today: date) -> Settled:
    """Read IRPA s. 101(1)(b.2), (e) and IRPR s. 159.4: entries from the United States.

    At a border office the Safe Third Country rule applies, with family exceptions; between offices
    it applies for 14 days, with the same exceptions; after that the claim is ineligible unless an
    exception of another kind applies (to be verified), so only a known *no* closes it.
    """
    from_us = facts.truth("entry.from_us")
    between = facts.truth("entry.us_between_offices")
    family = facts.truth("entry.us_exception")
    if from_us is Truth.NO:
        disagree = between is Truth.YES
        return _needs("entry.from_us", "entry.us_between_offices") if disagree else YES
    if between is Truth.YES:
        return _between_offices(facts, family, today)
    at_border = facts.truth("place.at_border")
    if between is Truth.NO and (at_border is Truth.NO or family is Truth.YES):
        return YES
    if between is Truth.NO and at_border is from_us is Truth.YES and family is Truth.NO:
        return NO
    return _needs(*_unknown_of_entry(facts))


def _unknown_of_entry(facts: Facts) -> tuple[str, ...]:
    asked = ["entry.us_between_offices", "place.at_border"]
    if facts.truth("place.at_border") is Truth.YES:
        asked += ["entry.from_us", "entry.us_exception"]
    return tuple(key for key in asked if not facts.knows(key))


def _between_offices(facts: Facts, family: Truth, today: date) -> Settled:
    if family is Truth.NO:
        return NO
    entered = facts.day("entry.us_between_offices_on")
    if entered is None:
        return _needs(
            "entry.us_between_offices_on",
            *(("entry.us_exception",) if family is Truth.UNKNOWN else ()),
        )
    if today > days(14).after(entered.latest):
        # Later claims have exceptions of their own, which no fact carries: a lawyer settles it.
        return _needs("entry.us_exception")
    if today > days(14).after(entered.earliest):
        return _needs("entry.us_between_offices_on")
    return YES if family is Truth.YES else _needs("entry.us_exception")


def ei_hours(facts: Facts, _today: date) -> Settled:
    """Read Employment Insurance Act s. 7(2): 420 to 700 hours, by the unemployment of the region.

    Between the two the region decides; its table is not in the sources, so it stays unknown.
    """
    hours = facts.get("ei.hours")
    if not isinstance(hours, int | float):
        return _needs("ei.hours")
    if hours >= FULL_EI_HOURS:
        return YES
    return NO if hours < LEAST_EI_HOURS else _needs("place.area")


def one_year_end(facts: Facts) -> End:
    """Return the anniversary of the first entry (the year starts the day after, IRPA s. 101(1.1))."""
    entry = first_entry(facts)
    if entry is None:
        return None, (FIRST_AFTER, *(() if facts.knows(FIRST) else (FIRST,)))
    return Span(years(1).after(entry.earliest), years(1).after(entry.latest)), ()


def before_june_30(facts: Facts) -> End:
    """Read Employment Insurance Act s. 90(2): before June 30 of the next year, so June 29 at the latest."""
    year = facts.get("job.last_year_worked")
    if not isinstance(year, int | float) or not 0 <= year < MAXYEAR:  # outside the calendar
        return None, ("job.last_year_worked",)
    return Span.on(date(int(year) + 1, 6, 29)), ()


def prra_notice(facts: Facts) -> End:
    """Read IRPR ss. 160(4) and 162: 15 days from notice, and 7 more when it came by mail.

    An unknown way of notice takes the earlier day.
    """
    notified = facts.day("prra.notified_on")
    if notified is None:
        return None, ("prra.notified_on",)
    length = days(22 if facts.get("prra.notice_by") == "mail" else 15)
    return Span(length.after(notified.earliest), length.after(notified.latest)), ()


def exclusion_ban(facts: Facts) -> End:
    """Read IRPR s. 225: one year, or five for misrepresentation.

    The end of a ban never counts as past on a guess: not knowing which it is gives the longer one.
    """
    enforced = facts.day("order.enforced_on")
    if enforced is None:
        return None, ("order.enforced_on",)
    misrep = facts.truth("order.for_misrep")
    shortest: Length = years(5 if misrep is Truth.YES else 1)
    longest: Length = years(1 if misrep is Truth.NO else 5)
    return Span(shortest.after(enforced.earliest), longest.after(enforced.latest)), ()


@dataclass(frozen=True, slots=True)
class NamedNeed:
    """A predicate that a need may name: how it is read, and every fact it reads."""

    read: Callable[[Facts, date], Settled]
    reads: tuple[str, ...]


NEEDS: Mapping[str, NamedNeed] = {
    "one_year_clock": NamedNeed(one_year, (FIRST_AFTER, FIRST, ALL_BEFORE, MINOR)),
    "not_irregular_entry": NamedNeed(
        not_irregular_entry,
        (
            "entry.us_between_offices",
            "entry.us_between_offices_on",
            "entry.us_exception",
            "entry.from_us",
            "place.at_border",
        ),
    ),
    "ei_hours": NamedNeed(ei_hours, ("ei.hours", "place.area")),
}

CLOCK_ENDS: Mapping[str, Callable[[Facts], End]] = {
    "one_year_clock": one_year_end,
    "before_june_30": before_june_30,
    "prra_notice": prra_notice,
    "exclusion_ban": exclusion_ban,
}

CLOCK_READS: Mapping[str, tuple[str, ...]] = {
    "one_year_clock": (FIRST_AFTER, FIRST),
    "before_june_30": ("job.last_year_worked",),
    "prra_notice": ("prra.notified_on", "prra.notice_by"),
    "exclusion_ban": ("order.enforced_on", "order.for_misrep"),
}
