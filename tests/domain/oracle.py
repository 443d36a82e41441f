"""A slow and literal reading of rules map 1: what a verdict must be, from the words of a rule alone.

It shares no logic with alongside.domain: it reads the text of a rule itself, counts days one by
one, reads every possible day of an uncertain date, and works with plain words instead of truths.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta

ONE = timedelta(days=1)
AFTER, FIRST = "entry.first_after_2020_06_24_on", "entry.first_on"
BEFORE, MINOR = "entry.all_before_2020_06_25", "person.unaccompanied_minor"
BETWEEN, CROSSED = "entry.us_between_offices", "entry.us_between_offices_on"
FAMILY, FROM_US, BORDER = "entry.us_exception", "entry.from_us", "place.at_border"


def later(day, length):
    """The last day of "12 months" from a day (1.4), walking the calendar."""
    count, unit = length.split()
    if unit == "days":
        for _ in range(int(count)):
            day += ONE
        return day
    year, month = day.year, day.month
    for _ in range(int(count) * (12 if unit == "years" else 1)):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    last = calendar.monthrange(year, month)[1]
    return date(year, month, min(day.day, last))


def every_day(span):
    day, found = span.earliest, []
    while day <= span.latest:
        found.append(day)
        day += ONE
    return found


def one_answer(answers):
    """Yes or no when every possible world says so, else unknown."""
    found = set(answers)
    if found == {True}:
        return "yes"
    return "no" if found == {False} else "unknown"


def said(values, fact):
    if fact not in values:
        return "unknown"
    return "yes" if values[fact] is True else "no"


def read_line(text, values, today):
    if text.startswith("predicate "):
        return {
            "one_year_clock": one_year, "not_irregular_entry": from_the_united_states,
            "ei_hours": insurance_hours,
        }[text.split()[1]](values, today)  # fmt: skip
    fact, operator, value = text.split()
    if fact not in values:
        return "unknown"
    known = values[fact]
    word = {True: "yes", False: "no"}.get(known, known)
    readings = {
        "is": lambda: [word == value],
        "is_not": lambda: [word != value],
        "in": lambda: [word in value.split(",")],
        "at_least": lambda: [known >= float(value)],
        "after": lambda: [day > date.fromisoformat(value) for day in every_day(known)],
        "within_days": lambda: [today <= later(d, f"{value} days") for d in every_day(known)],
        "older_than_months": lambda: [
            later(d, f"{value} months") < today for d in every_day(known)
        ],
    }
    return one_answer(readings[operator]())


def read_groups(text, values, today):
    groups = []
    for group in text.split(" | "):
        found = [read_line(part, values, today) for part in group.split(" & ")]
        if "no" in found:
            groups.append("no")
        else:
            groups.append("unknown" if "unknown" in found else "yes")
    if "yes" in groups:
        return "yes"
    return "unknown" if "unknown" in groups else "no"


def contradicts(values):
    """Whether two answers about an entry cannot both be so (1.2, rules 4 and 5)."""
    cut = date(2020, 6, 24)
    told = every_day(values[AFTER]) if AFTER in values else None
    first = every_day(values[FIRST]) if FIRST in values else None
    counted = told is not None and max(told) > cut
    counted_first = first is not None and min(first) > cut
    if said(values, BEFORE) == "yes" and (counted or counted_first):
        return True
    if told is not None and counted_first and not set(told) & set(first):
        return True
    return said(values, BETWEEN) == "yes" and said(values, FROM_US) == "no"


def one_year(values, today):
    """A101(1)(b.1), (1.1): closed when today is after the first counted entry and one year."""
    if said(values, MINOR) == "yes":
        return "yes"
    without = {key: value for key, value in values.items() if key not in {BETWEEN, FROM_US}}
    if contradicts(without):
        return "unknown"
    days = []
    for fact in (FIRST, AFTER):
        if fact in values:
            counted = [day for day in every_day(values[fact]) if day > date(2020, 6, 24)]
            whole = len(counted) == len(every_day(values[fact]))
            if counted and (whole or fact == AFTER):
                days = counted
    if not days:
        return "yes" if said(values, BEFORE) == "yes" else "unknown"
    in_time = one_answer(today <= later(day, "1 years") for day in days)
    return "unknown" if in_time == "no" and said(values, MINOR) == "unknown" else in_time


def by_an_office(values, family):
    """R159.4: who came by an office is outside the rule inland, or with an exception."""
    border, came = said(values, BORDER), said(values, FROM_US)
    if family == "yes" or border == "no":
        return "yes"
    return "no" if (border, came, family) == ("yes", "yes", "no") else "unknown"


def from_the_united_states(values, today):
    """A101(1)(b.2), (e), R159.4: after fourteen days only a known no closes, a lawyer settles it."""
    between, family = said(values, BETWEEN), said(values, FAMILY)
    if said(values, FROM_US) == "no":
        return "unknown" if between == "yes" else "yes"
    if between != "yes":
        return "unknown" if between == "unknown" else by_an_office(values, family)
    if family == "no" or CROSSED not in values:
        return "no" if family == "no" else "unknown"
    within = one_answer(today <= later(day, "14 days") for day in every_day(values[CROSSED]))
    return "yes" if (within, family) == ("yes", "yes") else "unknown"


def insurance_hours(values, _today):
    hours = values.get("ei.hours")
    if hours is None or 420 <= hours < 700:
        return "unknown"
    return "yes" if hours >= 700 else "no"


def facts_in(text):
    """The facts that lines name; of a predicate only its word, which no list of facts holds."""
    parts = (part for group in text.split(" | ") for part in group.split(" & "))
    return {part.split()[0] for part in parts}


def read_bar(bar, values, today, never):
    """How a bar stands, and until when: "stands", "unknown" or "clear" (1.2, 1.3, 12.4, 12.6)."""
    when = read_groups(bar.when.text, values, today)
    lifted = read_groups(bar.unless.text, values, today) if bar.unless else "no"
    last_day = None
    if bar.until and bar.until[0] in values:
        last_day = max(later(d, str(bar.until[1])) for d in every_day(values[bar.until[0]]))
        if last_day < today:
            return "clear", None
    if when == "no" or lifted == "yes":
        return "clear", None
    wanted = facts_in(bar.when.text) if when == "unknown" else set()
    if when == "yes":
        wanted |= facts_in(bar.unless.text) if lifted == "unknown" else set()
        wanted |= {bar.until[0]} if bar.until and last_day is None else set()
    if wanted := {fact for fact in wanted if fact not in values}:
        return ("clear", None) if wanted & never else ("unknown", None)
    if last_day is None and bar.likely in values:
        likely = max(every_day(values[bar.likely]))
        last_day = likely if likely >= today else None
    return "stands", last_day


def weigh(rule, values, today, never):
    """The verdict and the day it lasts until, by 1.1 and 1.3."""
    needs = [read_groups(need.lines.text, values, today) for need in rule.needs]
    bars = [read_bar(bar, values, today, never) for bar in rule.bars]
    if not rule.intake or "no" in needs:
        return "closed", None
    ends = [day for stands, day in bars if stands == "stands"]
    if ends:
        return "blocked", None if None in ends else max(ends)
    if "unknown" in needs or "unknown" in [stands for stands, _ in bars]:
        return "ask", None
    return "open", None
