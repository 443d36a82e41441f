"""Short ways to write the facts, rules and clocks of a test."""

from __future__ import annotations

from datetime import date
from typing import Any

from alongside.domain.clocks import Clock
from alongside.domain.facts import Answer, Facts, Span, Value
from alongside.domain.lengths import Length, days
from alongside.domain.lines import Lines, read_lines
from alongside.domain.rules import Bar, Danger, Effect, Need, Outcome, Product, Rule

TODAY = date(2026, 11, 21)


def on(year: int, month: int, day: int) -> Span:
    return Span.on(date(year, month, day))


def between(first: date, last: date) -> Span:
    return Span(first, last)


def told(**answers: Answer) -> Facts:
    """Facts by key, a double underscore for the point: ``status__now="student"``."""
    return Facts.told({key.replace("__", "."): value for key, value in answers.items()})


def lines(text: str | None) -> Lines | None:
    return read_lines(text) if text else None


def bar(
    when: str, *, until: tuple[str, Length] | None = None, likely: str = "", unless: str = ""
) -> Bar:
    return Bar(f"bar {when}", read_lines(when), "a law", until, likely, lines(unless))


def rule(*needs: str, bars: tuple[Bar, ...] = (), **more: Any) -> Rule:
    """A rule from the words of its needs; the rest by the names of ``Rule``."""
    fields: dict[str, Any] = {
        "key": "fed.test.rule",
        "jurisdiction": "fed",
        "needs": tuple(Need(read_lines(need), "a law") for need in needs),
        "bars": bars,
        "lawyer_first": (),
        "dangers": (),
        "clocks": (),
        "produces": (),
        "source": "the law of the test",
        "review_by": TODAY,
    }
    fields["lawyer_first"] = tuple(read_lines(text) for text in more.pop("lawyer_first", ()))
    fields["dangers"] = tuple(Danger(k, lines(w)) for k, w in more.pop("dangers", ()))
    fields["produces"] = tuple(Product(k, lines(w)) for k, w in more.pop("produces", ()))
    fields["effects"] = tuple(effect(*e) for e in more.pop("effects", ()))
    return Rule(**{**fields, **more})


def effect(on: Outcome, sets: dict[str, Value | None], when: str = "") -> Effect:
    return Effect(on, tuple(sets.items()), lines(when))


def clock(
    *starts: str, length: Length | None = None, confidence: str = "LAW", **more: Any
) -> Clock:
    """A clock from date facts; 30 days unless told otherwise; ``when`` and ``unless`` as words."""
    for name in ("when", "unless"):
        more[name] = lines(more.get(name))
    end = None if more.get("predicate") else length or days(30)
    return Clock("clk.test", starts, end, confidence, **more)
