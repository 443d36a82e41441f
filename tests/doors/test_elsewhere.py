"""What another province offers is not held out to somebody who never said to have been there."""

from datetime import date

import pytest

from alongside.doors.showing.groups import deal
from alongside.doors.showing.ordering import Ordering
from alongside.doors.showing.speaking import book

ON = date(2026, 12, 1)
HURT = {"crime.violent": True, "injury.happened": True, "place.in_canada": True}


def held_out(answers):
    """Return the ways that stand near, and those that ask something further down."""
    groups = {group.heading: group for group in deal(book().look(HURT | answers, ON))}
    return [
        {card.remedy.key for card in groups[heading].cards} if heading in groups else set()
        for heading in ("group_near", "group_ask")
    ]


@pytest.mark.parametrize("fact", ["place.province", "place.work_province"])
def test_harm_is_taken_to_have_happened_where_somebody_is_until_they_say(fact):
    near, further = held_out({fact: "bc"})
    assert "bc.cv.cvap" in near
    assert not {key for key in near if key.split(".")[1] in {"cv", "wc"}} - {
        "bc.cv.cvap",
        "bc.wc.worksafebc",
    }
    assert "ab.cv.voca" in further, "silence closes nothing"


def test_who_says_where_it_happened_is_shown_the_way_of_that_province():
    near, further = held_out({"place.province": "bc", "crime.province": "ab"})
    assert "ab.cv.voca" in near
    assert "bc.cv.cvap" not in near | further, "it is closed: the other province's way is the one"


def test_nothing_is_taken_for_granted_of_who_said_no_place():
    near, _ = held_out({})
    assert {"ab.cv.voca", "bc.cv.cvap"} <= near


def test_where_somebody_works_is_taken_for_where_they_live_until_they_say():
    harmed = {"safe.danger_now": True, "place.work_province": "on"}
    near, further = held_out(harmed)
    assert not {"ab.ht.psht_order", "sk.ht.order"} & near
    assert {"ab.ht.psht_order", "sk.ht.order"} <= further, "silence closes nothing"
    _, further = held_out(harmed | {"place.province": "ab"})
    assert "ab.ht.psht_order" not in further, "it is open to who lives there"


def test_the_steps_looked_at_first_are_of_here_and_what_most_told_speaks_for_is_among_them():
    threatened = {
        "place.work_province": "on", "status.now": "out_of_status_no_order", "job.ended": True,
        "thr.threat": True, "thr.cannot_leave": True, "pay.held_to_keep": True, "safe.danger_now": True,
    }  # fmt: skip
    looked = Ordering(threatened, book().look(threatened, ON), {}).wanted
    assert "fed.imm.vtip_trp" in looked
    assert {key.split(".")[0] for key in looked} <= {"fed", "on"}


def test_what_is_for_another_place_is_named_apart_after_everything_of_here():
    answers = HURT | {"place.work_province": "on", "pay.unpaid_part": True}
    group = next(g for g in deal(book().look(answers, ON)) if g.heading == "group_ask")
    *here, (last, away) = group.folded
    assert last == "subject_elsewhere"
    assert {"ab.es.code", "ab.ht.psht_order"} & {card.remedy.key for card in away}
    assert not any(card.elsewhere for _, cards in here for card in cards)
    assert sum(len(cards) for _, cards in group.folded) == len(group.cards), "nobody's way is lost"
