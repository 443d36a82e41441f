"""What an account supports (assessment 4.2 to 4.7): bounds, never a score; every fault once made."""

import itertools
import random

import pytest
from build import TODAY
from hypothesis import given
from hypothesis import strategies as st

from alongside.domain.assessment import Definition, Element, Support, assess
from alongside.domain.facts import Conflict, Facts, Silence, Truth
from alongside.domain.signs import BLOCKS, FEEDING, Blocks, feeding
from alongside.library.book import Book

YES, NO, UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN
BOOK = Book()
CATALOGUE = BOOK.vocabulary.catalogue
KEYS = tuple(sign.key for sign in CATALOGUE.signs)
SIGN = {sign.key: sign for sign in CATALOGUE.signs}


def account(*yes: str, unknown=(), rest=False):
    """Everything is told: these signs are so, those are not known, the rest is not so."""
    answers = dict.fromkeys(KEYS, rest) if rest is not None else {}
    answers |= dict.fromkeys(yes, True) | dict.fromkeys(unknown, Silence.UNKNOWN)
    return BOOK.assess(answers, TODAY)[1]


def levels(assessment):
    return assessment.lower, assessment.upper


# The four faults found while drafting (assessment 4.7)


def test_unpaid_overtime_with_missing_pay_slips_is_a_breach_and_not_exploitation():
    """Fault 1: dimension 4 of the Delphi grid alone."""
    found = account("pay.unpaid_part", "wrk.no_records", "wrk.reprisal", "wrk.unsafe")
    bits = CATALOGUE.bits(("pay.unpaid_part", "wrk.no_records", "wrk.reprisal", "wrk.unsafe"))
    assert Blocks(CATALOGUE, bits).delphi_exploitation, "the published grid does fire"
    assert levels(found) == (1, 1)
    assert found.found["found.exploitation"] is NO
    kind = account("wrk.degrading", "wrk.unsafe", "pay.below_min")
    assert levels(kind) == (2, 2), "with one fact of exploitation in kind it counts"


def test_staying_from_fear_of_a_threat_of_removal_is_not_free():
    """Fault 2: exploitation, a threat of deportation and staying from fear are forced labour."""
    found = account("wrk.excess_hours", "pay.deductions", "imm.deport_threat", "thr.afraid_refuse")
    assert found.found["found.forced_labour"] is YES
    assert levels(found) == (3, 3)


def test_coerced_sexual_acts_at_a_decent_job_are_level_three():
    """Fault 3: forced labour was found and the level stayed at 1."""
    found = account("sex.cannot_refuse", "imm.deport_threat")
    assert found.found["found.forced_labour"] is YES
    assert levels(found) == (3, 3)


def test_debt_on_arrival_alone_is_no_abuse_of_vulnerability():
    """Fault 4: context alone never counts as a means."""
    assert account("rec.debt_at_start").found["found.means"] is NO
    assert account("rec.debt_at_start", "rec.recruited").found["found.palermo"] is NO
    assert account("rec.debt_at_start", "rec.hardship_used").found["found.means"] is YES


# Principles


def test_all_context_together_is_level_zero_with_no_means_and_no_abuse():
    """A tied permit, no status, a debt, a strange town: who a person is never scores."""
    context = [sign.key for sign in CATALOGUE.signs if sign.tier == "X"]
    found = account(*context)
    assert len(context) >= 5
    assert levels(found) == (0, 0)
    assert [found.found[k] for k in ("found.means", "found.abuse", "found.coercion")] == [NO] * 3


def test_fear_alone_is_no_control_and_its_absence_changes_nothing():
    """Assessment 0.5: it becomes coercion when somebody uses it."""
    assert account("thr.afraid_refuse").found["found.coercion"] is NO
    assert account("thr.afraid_refuse", "doc.held").found["found.coercion"] is YES
    assert account("thr.afraid_refuse", "thr.belief").found["found.coercion"] is YES


def test_nothing_told_is_nothing_found_and_nothing_excluded():
    found = account(rest=None)
    assert levels(found) == (0, 3)
    assert set(found.found.values()) == {UNKNOWN}
    assert set(found.definitions.values()) == {Support.UNKNOWN}
    everything_no = account()
    assert levels(everything_no) == (0, 0)
    assert set(everything_no.definitions.values()) == {Support.UNSUPPORTED}


def test_two_versions_of_a_sign_are_unknown():
    answers = {**dict.fromkeys(KEYS, False), "thr.violence": Conflict((True, False))}
    assert levels(BOOK.assess(answers, TODAY)[1]) == (0, 1)


def sets(most=10):
    return st.sets(st.sampled_from(KEYS), max_size=most)


@given(sets(), sets())
def test_the_lower_bound_is_never_above_the_upper_one(yes, unknown):
    found = account(*(yes - unknown), unknown=unknown)
    assert found.lower <= found.upper
    lower, upper = account(*(yes - unknown)), account(*(yes | unknown))
    assert (found.lower, found.upper) == (lower.lower, upper.upper)
    for key, truth in found.found.items():
        bounds = lower.found[key], upper.found[key]
        assert truth is (bounds[0] if bounds[0] is bounds[1] else UNKNOWN), key


@given(sets(), st.sampled_from(KEYS))
def test_one_more_sign_never_takes_anything_away(yes, more):
    bits = CATALOGUE.bits(yes)
    before, after = (Blocks(CATALOGUE, b) for b in (bits, bits | CATALOGUE.bit[more]))
    assert before.level <= after.level
    for name, block in BLOCKS.items():
        assert block(before) <= block(after), name
    assert before.delphi_exploitation <= after.delphi_exploitation


@given(sets(14))
def test_the_definitions_stand_in_the_order_the_law_puts_them(yes):
    found = account(*yes).found
    assert found["found.forced_labour"] is not YES or account(*yes).lower == 3
    assert found["found.criminal_code_direct"] <= found["found.criminal_code_arguable"]
    assert found["found.palermo_strict"] <= found["found.palermo"]
    grounds = [found[f"found.abuse_{name}"] for name in
               ("physical", "sexual", "psychological", "financial", "reprisal")]  # fmt: skip
    assert found["found.abuse"] is max(grounds), "IRPR s. 196.2: any ground"


# How it is explained, in assessment 4.6


def test_every_sign_that_can_turn_a_block_is_among_those_that_explain_it():
    dice = random.Random(21)
    for _ in range(3_000):
        bits = CATALOGUE.bits(dice.sample(KEYS, dice.choice((0, 1, 2, 3, 4, 6))))
        turning = dice.choice(KEYS)
        without, with_it = (Blocks(CATALOGUE, b) for b in (bits, bits | CATALOGUE.bit[turning]))
        for name, block in BLOCKS.items():
            if block(without) is not block(with_it):
                assert CATALOGUE.bit[turning] & feeding(CATALOGUE, name), (name, turning)


@given(sets(), sets())
def test_an_element_that_holds_shows_its_facts_and_an_open_one_what_would_tell(yes, unknown):
    for reading in account(*(yes - unknown), unknown=unknown).trail:
        assert set(reading.facts) <= yes - unknown
        assert set(reading.unknown) <= unknown
        assert reading.facts or reading.truth is not YES
        assert bool(reading.unknown) is (reading.truth is UNKNOWN)
        assert reading.source


def test_a_sign_of_one_block_alone_explains_no_other():
    """Reading an element must not borrow facts that have nothing to do with it."""
    found = account("chi.under18", "rec.recruited", "hou.tied", "thr.violence")
    facts = {(r.definition, r.element): r.facts for r in found.trail}
    assert facts["found.palermo", "act"] == ("rec.recruited",)
    assert facts["found.palermo", "means_or_child"] == (
        "chi.under18",
        "hou.tied",
        "thr.violence",
    )
    assert facts["found.abuse", "ground"] == ("thr.violence",)
    assert facts["found.irpa118", "organising"] == ("rec.recruited",)
    assert set(FEEDING) == set(BLOCKS)


# Support for a definition, in rules map 12.10


@pytest.mark.parametrize(
    ("act", "means", "support"),
    [
        (YES, YES, Support.SUPPORTED), (YES, NO, Support.UNSUPPORTED),
        (NO, UNKNOWN, Support.UNSUPPORTED), (YES, UNKNOWN, Support.PARTLY),
        (UNKNOWN, YES, Support.PARTLY), (UNKNOWN, UNKNOWN, Support.UNKNOWN),
        (NO, NO, Support.UNSUPPORTED),
    ],
)  # fmt: skip
def test_a_definition_is_supported_in_whole_in_part_or_not_known_yet(act, means, support):
    made = Definition("d", (Element("a", ("act",)), Element("m", ("means", "child"))), "a law")
    answers = dict.fromkeys(KEYS, False)
    for key, truth in (("rec.recruited", act), ("thr.threat", means)):
        answers[key] = {YES: True, NO: False, UNKNOWN: Silence.UNKNOWN}[truth]
    found = assess(CATALOGUE, (made,), Facts.told(answers))
    assert found.definitions == {"d": support}
    assert found.found["d"] is min(act, means)
    assert [r.element for r in found.trail] == ["a", "m"]


def test_the_words_for_support_are_those_that_are_published():
    """docs/reference/command-line.md: a program reads these."""
    assert [s.value for s in Support] == ["supported", "partly", "unknown", "unsupported"]


def test_any_one_block_of_an_element_is_enough():
    found = account("chi.under18", "chi.sent", "chi.hazard")
    assert found.found["found.means"] is NO
    assert found.definitions["found.palermo"] is Support.SUPPORTED, "Palermo Protocol art. 3(c)"


# Decisive sets


def test_the_example_of_the_prototype_is_offered_gentlest_first():
    """Assessment 4.2: fee, long hours, deductions, bad housing known; four things not."""
    found = account(
        "rec.recruited", "rec.fee_charged", "wrk.excess_hours", "pay.deductions", "hou.poor",
        unknown=("thr.cannot_leave", "pay.held_to_keep", "thr.afraid_refuse", "doc.held",
                 "imm.deport_threat", "thr.shame"),
    )  # fmt: skip
    assert found.decisive == (
        ("pay.held_to_keep",), ("thr.cannot_leave",), ("doc.held", "thr.afraid_refuse"),
    )  # fmt: skip


@given(sets(8), sets(30))
def test_each_decisive_set_raises_the_level_is_minimal_and_never_hurts_to_offer(yes, unknown):
    known = yes - unknown
    found = account(*known, unknown=unknown)
    assert len(found.decisive) <= 3
    assert len(set(found.decisive)) == len(found.decisive)
    for group in found.decisive:
        assert set(group) <= unknown
        assert account(*known, *group, unknown=unknown - set(group)).lower > found.lower
        assert not any(SIGN[key].sexual or SIGN[key].only_lawyer for key in group)
        for size in range(len(group)):
            for part in itertools.combinations(group, size):
                assert account(*known, *part).lower == found.lower, "nothing in it is idle"


@given(sets(8), sets(20))
def test_no_decisive_set_is_kept_back_while_there_is_room(yes, unknown):
    known = yes - unknown
    found = account(*known, unknown=unknown)
    if len(found.decisive) < 3:
        offered = {key for group in found.decisive for key in group if len(group) == 1}
        fit = [k for k in unknown if not (SIGN[k].sexual or SIGN[k].only_lawyer)]
        for key in fit:
            raises = account(*known, key).lower > found.lower
            assert raises is (key in offered)
        for pair in itertools.combinations([k for k in KEYS if k in fit and k not in offered], 2):
            assert pair in found.decisive or account(*known, *pair).lower == found.lower


def test_what_settles_most_comes_first_then_the_gentlest():
    settled = account(unknown=("pay.unpaid_part", "wrk.excess_hours", "pay.none_long"))
    assert settled.decisive == (("pay.none_long",), ("pay.unpaid_part",), ("wrk.excess_hours",))
    gentle = account(unknown=("thr.threat", "doc.held", "pay.below_min", "chi.burden"))
    assert gentle.decisive == (("pay.below_min",), ("doc.held",), ("thr.threat",))


def test_at_the_top_nothing_more_is_asked():
    assert account("thr.cannot_leave", unknown=KEYS[:5]).decisive == ()
    assert account("doc.held", "wrk.excess_hours", unknown=("thr.cannot_leave",)).lower == 1
    top = account("imm.deport_threat", "thr.afraid_refuse", unknown=("thr.violence",))
    assert (top.lower, top.decisive) == (3, ())


@pytest.mark.parametrize("size", [1, 2, 3])
def test_sexual_violence_and_what_only_a_lawyer_asks_are_never_offered(size):
    hidden = [key for key in KEYS if SIGN[key].sexual or SIGN[key].only_lawyer]
    assert {"sex.assault", "mar.no_consent", "mar.service", "hlt.self_harm"} <= set(hidden)
    for group in itertools.combinations(hidden, size):
        assert account(unknown=group).decisive == ()


# What is flagged


def test_urgent_safety_comes_first_and_needs_no_other_fact():
    found = account("wrk.forced_crime", "imm.made_to_breach", "thr.threat", "thr.violence")
    assert found.flags == ("thr.violence", "thr.threat", "wrk.forced_crime", "imm.made_to_breach")


@pytest.mark.parametrize(
    ("finding", "sign"),
    [("found.urgent", "thr.violence"), ("found.exposed_to_blame", "doc.false_identity")],
)
def test_a_flag_is_a_finding_with_two_bounds(finding, sign):
    assert account(sign).found[finding] is YES
    assert account(unknown=(sign,)).found[finding] is UNKNOWN
    assert account("thr.worse").found[finding] is NO
    assert account(unknown=(sign,)).flags == (), "only what is so is flagged"
