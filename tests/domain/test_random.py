"""Any answers at all, to the whole book: what must hold for everybody, whatever was told."""

import itertools
from datetime import date, timedelta

import pytest
from build import TODAY
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.domain.facts import Conflict, Kind, Silence, Span, Truth
from alongside.domain.pathways import TIP_OFF, Verdict
from alongside.domain.predicates import CLOCK_READS
from alongside.library.book import Book

BOOK = Book()
FACTS = BOOK.vocabulary.facts
CARDS = {**BOOK.remedies, **BOOK.ways}
REGIONS = ["on", "qc", "bc"]
TEXTS = {Kind.POSTAL_AREA: "M5V", Kind.COUNTRY: "PH", Kind.LANGUAGE: "spa", Kind.TEXT: "words"}


SOURCES = {
    "status.now", "status.expires_on", "status.renewal_filed_on", "status.renewal_pending",
    "job.federal_work", "place.work_province", "place.province", "hc.state", "permit.programme",
    "filed.es_claim_withdrawn", "filed.es_claim_withdrawn_on", "filed.es_claim_on",
    "trp.from_on", "trp.until_on", "pay.below_min", "wrk.excess_hours", "sex.assault",
}  # fmt: skip


def read_by(card):
    """Every fact that the rule of a card reads, and what the common derived facts come from."""
    rule, keys = card.rule, set(SOURCES)
    lines = [n.lines for n in rule.needs] + list(rule.lawyer_first)
    lines += [some.when for some in (*rule.dangers, *rule.produces) if some.when]
    for bar in rule.bars:
        keys |= {*bar.operands, bar.likely} - {""}
    for clock in rule.clocks:
        keys |= {*clock.starts, *CLOCK_READS.get(clock.predicate, ())}
        lines += [some for some in (clock.when, clock.unless) if some]
    return keys | {key for some in lines for key in some.operands}


SIGNS = {sign.key for sign in BOOK.vocabulary.catalogue.signs}
KEYS = sorted(SIGNS.union(*(read_by(card) for card in CARDS.values()), {"claim.made_on"}))
DAYS = st.integers(-2600, 400).map(lambda n: TODAY + timedelta(days=n))
SPANS = st.one_of(DAYS.map(Span.on), st.tuples(DAYS, DAYS).map(lambda two: Span(*sorted(two))))


def values(key):
    fact = FACTS[key]
    by_kind = {
        Kind.YES_NO: st.booleans(),
        Kind.DATE: SPANS,
        Kind.REGION: st.sampled_from(REGIONS),
        Kind.CHOICE: st.sampled_from(
            [o for o in fact.options or ("x",) if o != "unknown"] or ["x"]
        ),
    }
    if fact.kind in TEXTS:
        return st.just(TEXTS[fact.kind])
    return by_kind.get(fact.kind, st.one_of(st.integers(0, 2100), st.floats(0, 1000)))


def answers_to(key):
    told = values(key)
    two = st.tuples(told, told).map(Conflict)
    return st.one_of(told, told, told, st.sampled_from(Silence), two)


FEWER = settings(max_examples=60)  # a whole book each time
ONE_ANSWER = st.sampled_from(KEYS).flatmap(lambda k: st.tuples(st.just(k), answers_to(k)))
ANYTHING = st.lists(ONE_ANSWER, max_size=40).map(dict)
ABOUT = {key: {k: answers_to(k) for k in sorted(read_by(card))} for key, card in CARDS.items()}
ABOUT_ONE_WAY = st.sampled_from(sorted(k for k in CARDS if CARDS[k].rule.needs)).flatmap(
    lambda key: st.fixed_dictionaries({}, optional=ABOUT[key])
)
ANSWERS = st.one_of(ABOUT_ONE_WAY, ABOUT_ONE_WAY, ANYTHING)


def seen(outlook):
    """All that a page or a program is told, as one value."""
    found = outlook.assessment
    pathways = {**outlook.remedies, **outlook.ways}
    return (
        outlook.facts, found.found, found.definitions, found.trail, found.lower, found.upper,
        {
            key: (p.verdict, p.until, p.until_kind, p.lawyer_first, p.dangers, p.clocks, p.missing,
                  p.produces, p.standing, p.trail)
            for key, p in pathways.items()
        },
    )  # fmt: skip


def pathways_of(answers, on=TODAY):
    outlook = BOOK.look(answers, on)
    return {**outlook.remedies, **outlook.ways}


@FEWER
@given(ANSWERS)
def test_whatever_was_told_every_way_out_has_a_verdict(answers):
    outlook = BOOK.look(answers, TODAY)
    assert set(outlook.remedies) | set(outlook.ways) == set(CARDS)
    for pathway in (*outlook.remedies.values(), *outlook.ways.values()):
        assert (pathway.verdict is Verdict.ASK) is bool(pathway.missing), "missing only with ask"
        assert pathway.until is None or pathway.verdict is Verdict.BLOCKED
        assert (pathway.until is None) is (pathway.until_kind is None)
        assert pathway.until is None or pathway.until >= TODAY, "never a day that has passed"
        assert bool(pathway.standing) or pathway.verdict is not Verdict.BLOCKED
    assert 0 <= outlook.assessment.lower <= outlook.assessment.upper <= 3


@FEWER
@given(ANSWERS)
def test_a_danger_is_shown_unless_a_known_fact_switches_it_off(answers):
    outlook = BOOK.look(answers, TODAY)
    citizen = outlook.facts.truth("status.foreign_national") is Truth.NO
    for pathway in outlook.remedies.values():
        for danger in pathway.rule.dangers:
            off = danger.when and danger.when.truth(outlook.facts, TODAY) is Truth.NO
            shown = danger.key in pathway.dangers
            assert shown or off or (citizen and danger.key == TIP_OFF)
            twice = [d for d in pathway.rule.dangers if d.key == danger.key]
            assert not shown or not off or len(twice) > 1 or danger.key == "risk.late_filing"
        assert len(set(pathway.dangers)) == len(pathway.dangers)


@FEWER
@given(ANSWERS)
def test_a_limit_that_passed_calls_for_a_lawyer_and_closes_nothing(answers):
    for pathway in pathways_of(answers).values():
        for ticking in pathway.clocks:
            passed = ticking.days_left is not None and ticking.days_left < 0
            if passed and ticking.clock.filing:
                assert pathway.lawyer_first
                assert ticking.clock.hard or "risk.late_filing" in pathway.dangers
            assert ticking.ends_on is None or ticking.clock.confidence not in {"G", "C", "GK"}
            assert ticking.ends_on is not None or not passed


@FEWER
@given(ANSWERS, st.integers(1, 4000))
def test_after_its_review_day_every_rule_says_see_a_lawyer_first(answers, late):
    for key, pathway in pathways_of(answers, date(2026, 1, 1) + timedelta(days=late)).items():
        if date(2026, 1, 1) + timedelta(days=late) > CARDS[key].rule.review_by:
            assert pathway.lawyer_first, key


@FEWER
@given(ANSWERS, st.randoms(use_true_random=False))
def test_the_order_of_telling_changes_nothing(answers, dice):
    shuffled = list(answers.items())
    dice.shuffle(shuffled)
    assert seen(BOOK.look(dict(shuffled), TODAY)) == seen(BOOK.look(answers, TODAY))


@FEWER
@given(ANSWERS, st.lists(st.integers(0, 60), max_size=4))
def test_a_story_told_over_several_sittings_is_the_same_story(answers, cuts):
    """Assessment 4.9: answers merge piece by piece, and a weighing in between leaves no trace."""
    pairs, kept = list(answers.items()), {}
    ends = sorted({min(cut, len(pairs)) for cut in cuts} | {len(pairs)})
    for first, last in itertools.pairwise([0, *ends]):
        kept = {**kept, **dict(pairs[first:last])}
        BOOK.look(kept, TODAY)
    assert kept == answers, "weighing changes no answer"
    assert seen(BOOK.look(kept, TODAY)) == seen(BOOK.look(answers, TODAY))


# Two absences that the vocabulary reads on purpose (``derives`` of place.labour_law, permit.live).
READ_AS_SAID = {"place.work_province", "status.renewal_filed_on"}


@FEWER
@given(ANSWERS, st.data())
def test_one_fact_forgotten_never_closes_a_door(answers, data):
    known = [k for k, v in answers.items() if not isinstance(v, Silence | Conflict)]
    known = sorted(k for k in known if k not in READ_AS_SAID and not FACTS[k].derives)
    if not known:
        return
    forgotten = data.draw(st.sampled_from(known))
    more = pathways_of(answers)
    for way in ({**answers, forgotten: Silence.RATHER_NOT_SAY},
                {k: v for k, v in answers.items() if k != forgotten}):  # fmt: skip
        for key, less in pathways_of(way).items():
            assert less.verdict is not Verdict.CLOSED or more[key].verdict is Verdict.CLOSED, key
            assert less.verdict is not Verdict.OPEN or more[key].verdict is not Verdict.CLOSED, key


def test_who_names_no_province_of_work_is_taken_to_work_where_they_are():
    """The first of the two: the vocabulary says so, and the page asks both on one screen."""
    at = {"place.province": "on", "job.federal_work": False, "pay.below_min": True}
    assert pathways_of(at)["qc.es.lnt"].verdict is Verdict.CLOSED
    elsewhere = {**at, "place.work_province": "qc"}
    assert pathways_of(elsewhere)["qc.es.lnt"].verdict is Verdict.OPEN
    torn = {**at, "place.work_province": Conflict(("on", "qc"))}
    assert pathways_of(torn)["qc.es.lnt"].verdict is Verdict.ASK


def test_who_waits_for_no_renewal_and_names_no_day_of_one_is_taken_to_have_asked_for_none():
    """The second: the permit's day is past, and *not waiting* was said."""
    past = {"status.expires_on": Span.on(TODAY - timedelta(days=9)), "place.in_canada": True}
    waiting = {**past, "status.renewal_pending": False}
    assert pathways_of(past)["fed.imm.owp_vulnerable"].verdict is Verdict.ASK
    assert pathways_of(waiting)["fed.imm.owp_vulnerable"].verdict is Verdict.CLOSED
    answered = {**waiting, "status.renewal_filed_on": Span.on(TODAY - timedelta(days=20))}
    assert pathways_of(answered)["fed.imm.owp_vulnerable"].verdict is Verdict.ASK


@FEWER
@given(ANSWERS)
def test_a_told_fact_is_never_overwritten(answers):
    facts, _ = BOOK.assess(answers, TODAY)
    for key, answer in answers.items():
        if isinstance(answer, Conflict):
            assert facts.get(key) is None, "two versions stay two versions"
            assert key in facts.conflicted
        elif not isinstance(answer, Silence):
            assert facts.get(key) == answer


@FEWER
@given(ANSWERS, st.data())
def test_a_conflict_in_any_fact_brings_back_unknown(answers, data):
    """To every rule it is as if nothing had been said, and no derivation settles it either."""
    key = data.draw(st.sampled_from(sorted(answers) or KEYS))
    versions = Conflict((data.draw(values(key)), data.draw(values(key))))
    torn = BOOK.look({**answers, key: versions}, TODAY)
    assert torn.facts.get(key) is None
    assert key in torn.facts.conflicted
    if FACTS[key].derives or key in READ_AS_SAID:
        return
    silent = BOOK.look({**answers, key: Silence.UNKNOWN}, TODAY)
    assert seen(torn)[1:] == seen(silent)[1:]


@FEWER
@given(ANSWERS)
def test_the_bounds_hold_around_any_account(answers):
    """Whatever the open signs turn out to be, the level lands between the two ends shown."""
    found = BOOK.assess(answers, TODAY)[1]
    open_signs = found.catalogue.keys(found.unknown)
    for value, level in ((False, found.lower), (True, found.upper)):
        settled = BOOK.assess({**answers, **dict.fromkeys(open_signs, value)}, TODAY)[1]
        assert (settled.lower, settled.upper) == (level, level)


@pytest.mark.parametrize("jurisdiction", ["on", "qc", "bc", "fed"])
def test_a_province_shows_federal_law_and_its_own(jurisdiction):
    shown = {key.split(".")[0] for key in BOOK.look({}, TODAY, jurisdiction).remedies}
    assert shown <= {"fed", jurisdiction}
    assert "fed" in shown
    everything = BOOK.look({}, TODAY).remedies
    assert {key for key in everything if key.split(".")[0] in {"fed", jurisdiction}} == set(
        BOOK.look({}, TODAY, jurisdiction).remedies
    )
