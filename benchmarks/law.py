"""Figures of the law book: orders of steps, many people at once, and how little an interview asks.

For each fictional person of :mod:`benchmarks.cast` three interviews are held until every option and
definition is as settled as the whole questionnaire would settle it: the gentlest one; the whole one in
the order of the file; and one in the best fixed order, found on people that are not measured. For
some of them it is also found what the gentlest could have left out, had the answers been known before.
"""

from __future__ import annotations

import os
import random
import time
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any

from alongside.domain.asking import in_order, worth
from alongside.domain.derivation import derive
from alongside.domain.facts import Facts, Truth
from alongside.domain.pathways import MOST, STARTABLE, judge
from alongside.domain.pathways.at_once import weigh_everybody
from alongside.library.book import Book
from alongside.library.gentle import Gentle
from benchmarks.cast import STRATA, cast

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from alongside.domain.facts import Answer

ON = date(2026, 11, 30)
PEOPLE = int(os.environ.get("PEOPLE", "2400"))
LEARNT_FROM = 60
IN_HINDSIGHT = 240
"""So many people are looked at in hindsight: that takes a whole weighing for each question."""
SITUATIONS = 100_000
TARGETS = {
    "law.eight_steps_p95": ("ms", 50),
    "law.100000_situations": ("s", 60),
    "law.questions_of_all": ("%", 40),
    "law.intrusiveness_of_all": ("%", 25),
    "law.options_lost": ("people", 0),
    **{
        f"law.{what}_{stratum.replace(' ', '_')}": ("%", most)
        for stratum in STRATA
        for what, most in (("questions", 40), ("intrusiveness", 25))
    },
    "law.questions_of_fixed_order": ("%", 40),
    "law.intrusiveness_of_fixed_order": ("%", 25),
    "law.questions_in_hindsight_of_all": ("%", 40),
    "law.intrusiveness_in_hindsight_of_all": ("%", 25),
    "law.questions_of_hindsight": ("%", 125),
}


@dataclass(frozen=True, slots=True)
class Held:
    """One person's interviews: questions and intrusiveness of each; whether anything was lost.

    The gentlest, the whole, the fixed order and, 0 where nobody looked, the gentlest in hindsight.
    """

    stratum: str
    asked: tuple[int, ...]
    intrusiveness: tuple[float, ...]
    lost: bool


def figures() -> dict[str, float]:
    """Measure everything of the law book."""
    return {
        "law.eight_steps_p95": eight_steps(),
        "law.100000_situations": many_at_once(),
        **interviews(PEOPLE),
    }


def eight_steps() -> float:
    """Put eight steps that can be taken in order: the 95th percentile in milliseconds."""
    book, chance, times = Book(), random.Random(8), []
    for _, answers in cast(book, 120, ON):
        look = book.look(answers, ON)
        able = sorted(key for key, path in look.remedies.items() if path.verdict in STARTABLE)
        wanted = chance.sample(able, min(MOST, len(able)))
        began = time.perf_counter()
        book.plan(answers, look, wanted)
        times.append((time.perf_counter() - began) * 1000)
    return quantiles(times, n=20)[-1]


def many_at_once() -> float:
    """Weigh the whole book for 100,000 situations on every core: seconds, derivation and all."""
    parts = os.cpu_count() or 1
    began = time.perf_counter()
    with ProcessPoolExecutor(parts) as pool:
        list(pool.map(_weigh_many, [SITUATIONS // parts] * parts, range(parts)))
    return time.perf_counter() - began


def _weigh_many(count: int, seed: int) -> int:
    """Draw people, vary a few answers of each, and weigh them all. Returns how many rules were weighed."""
    book, chance = Book(), random.Random(seed)
    base = [answers for _, answers in cast(book, 400, ON)]
    keys = [fact.key for fact in book.vocabulary.facts.values() if fact.key in base[0]]
    many = []
    for number in range(count):
        answers = dict(base[number % len(base)])
        other = base[chance.randrange(len(base))]
        answers |= {key: other[key] for key in chance.sample(keys, 12)}
        many.append(book.assess(answers, ON)[0])
    return len(weigh_everybody(book.rules(), many, ON, book.vocabulary.never_asked))


def interviews(count: int) -> dict[str, float]:
    """Hold the interviews; return shares in percent of the whole questionnaire, medians of people."""
    book = Book()
    people = list(cast(book, count + LEARNT_FROM, ON))
    order = best_fixed_order([answers for _, answers in people[:LEARNT_FROM]])
    parts = os.cpu_count() or 1
    with ProcessPoolExecutor(parts) as pool:
        shares = [people[LEARNT_FROM + n :: parts] for n in range(parts)]
        back = [IN_HINDSIGHT // parts] * parts
        held = [one for some in pool.map(_hold_all, shares, [order] * parts, back) for one in some]
    found: dict[str, float] = {"law.options_lost": float(sum(one.lost for one in held))}
    found["law.questions_of_all"] = _share([one.asked for one in held], 1)
    found["law.intrusiveness_of_all"] = _share([one.intrusiveness for one in held], 1)
    found["law.questions_of_fixed_order"] = _share([one.asked for one in held], 2)
    found["law.intrusiveness_of_fixed_order"] = _share([one.intrusiveness for one in held], 2)
    looked_back = [one for one in held if one.asked[3]]
    found["law.questions_of_hindsight"] = _share([one.asked for one in looked_back], 3)
    found["law.questions_in_hindsight_of_all"] = _share([one.asked for one in looked_back], 1, 3)
    found["law.intrusiveness_in_hindsight_of_all"] = _share(
        [one.intrusiveness for one in looked_back], 1, 3
    )
    for stratum in STRATA:
        name, some = stratum.replace(" ", "_"), [one for one in held if one.stratum == stratum]
        found[f"law.questions_{name}"] = _share([one.asked for one in some], 1)
        found[f"law.intrusiveness_{name}"] = _share([one.intrusiveness for one in some], 1)
    return found


def _share(rows: Sequence[tuple[float, ...]], beside: int, part: int = 0) -> float:
    """Return the median of one interview's part of another, by their places in :class:`Held`."""
    return median(100 * row[part] / row[beside] for row in rows if row[beside])


def best_fixed_order(people: Iterable[Mapping[str, Answer]]) -> list[str]:
    """Return the questions by the mean place that the gentlest interviews gave them, unasked ones last."""
    gentle = Gentle(Book(), ON)
    places: dict[str, list[int]] = defaultdict(list)
    known = list(people)
    for answers in known:
        asked = list(_gently(gentle, answers))
        for key in gentle.questions:
            places[key].append(asked.index(key) if key in asked else len(gentle.questions))
    return sorted(gentle.questions, key=lambda key: sum(places[key]))


def _hold_all(
    people: list[tuple[str, dict[str, Answer]]], order: list[str], look_back: int
) -> list[Held]:
    gentle = Gentle(Book(), ON)
    return [
        _hold(gentle, person, order, look_back=number < look_back)
        for number, person in enumerate(people)
    ]


def _hold(
    gentle: Gentle, person: tuple[str, Mapping[str, Answer]], order: list[str], *, look_back: bool
) -> Held:
    stratum, answers = person
    asked = list(_gently(gentle, answers))
    whole = list(_one_by_one(gentle, answers, gentle.questions))
    fixed = list(_until_settled(gentle, answers, order))
    least = _in_hindsight(gentle, answers, asked) if look_back else []
    each = (asked, whole, fixed, least)
    return Held(
        stratum,
        tuple(len(keys) for keys in each),
        tuple(sum(gentle.burden[key] for key in keys) for keys in each),
        _outcome(gentle, {k: answers[k] for k in asked})
        != _outcome(gentle, {k: answers[k] for k in whole}),
    )


def _in_hindsight(gentle: Gentle, answers: Mapping[str, Answer], asked: list[str]) -> list[str]:
    """Leave out, the heaviest first, each question without which everything is as settled."""
    told = {key: answers[key] for key in asked}
    for key in sorted(asked, key=lambda key: -gentle.burden[key]):
        without = {k: answer for k, answer in told.items() if k != key}
        if not gentle.unsettled(gentle.standing(without)):
            told = without
    return list(told)


def _gently(gentle: Gentle, answers: Mapping[str, Answer]) -> Iterable[str]:
    told: dict[str, Answer] = {}
    among: list[str] | None = None
    while unsettled := gentle.unsettled(gentle.standing(told), among):
        among = [one.key for one in unsettled]
        key = in_order(worth(unsettled), gentle.burden)[0]
        told[key] = answers[key]
        yield key


def _one_by_one(
    gentle: Gentle, answers: Mapping[str, Answer], order: Iterable[str]
) -> Iterable[str]:
    """Go through every question that makes sense when its turn comes."""
    told: dict[str, Answer] = {}
    for key in order:
        only = gentle.book.vocabulary.facts[key].only_when
        if only is None or only.truth(derive(Facts.told(told), ON), ON) is not Truth.NO:
            told[key] = answers[key]
            yield key


def _until_settled(
    gentle: Gentle, answers: Mapping[str, Answer], order: Iterable[str]
) -> Iterable[str]:
    """Ask in a fixed order, until nothing is left that could change."""
    told: dict[str, Answer] = {}
    among: list[str] | None = None
    for key in _one_by_one(gentle, answers, order):
        unsettled = gentle.unsettled(gentle.standing(told), among)
        if not unsettled:
            return
        among = [one.key for one in unsettled]
        told[key] = answers[key]
        yield key


def _outcome(gentle: Gentle, told: Mapping[str, Answer]) -> dict[str, Any]:
    known = gentle.standing(told)
    never = gentle.book.vocabulary.never_asked
    judged = {key: judge(rule, known.facts, ON, never) for key, rule in gentle.rules.items()}
    verdicts = {key: (one.verdict, one.until[0]) for key, one in judged.items()}
    return {**verdicts, **known.assessment.definitions}
