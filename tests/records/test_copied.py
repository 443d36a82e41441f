"""Who left with copies of keys, and has the store later, opens nothing written since the person's next visit."""

from datetime import date, timedelta

import pytest

from alongside.records.agencies.actions import mailing
from alongside.records.agencies.actions.leaving import leave, turn_epoch
from alongside.records.agencies.actions.mailing import deliver, proof_of, take_in
from alongside.records.agencies.models import Agency, Delivery
from alongside.records.agencies.queries import profile_of
from alongside.records.casefile.actions.answering import look, reply
from alongside.records.casefile.actions.keeping import (
    Telling,
    come_back,
    keep_more,
    kept_answers,
)
from alongside.records.casefile.actions.securing import second_word
from alongside.records.casefile.actions.sharing import Attached, widen, withdraw, write
from alongside.records.casefile.models import Turn
from alongside.records.casefile.queries import binder_of, conversations
from alongside.sealed.envelopes import new_key
from tests.agencies import CLINIC, SETTLEMENT, at, beside, founded
from tests.records.copied import Copied
from tests.records.test_casefile import FACTS, kept, shared

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)
NOW, LATER = at(TODAY, 600), at(TODAY + timedelta(days=1), 600)
WORK = FACTS["pay.unpaid_part"].section


@pytest.fixture
def clinic():
    return founded(CLINIC, "amara", NOW)


@pytest.fixture
def house(clinic):  # noqa: ARG001 - founded second
    return founded(SETTLEMENT, "bruno", NOW)


@pytest.fixture
def leaver(clinic):
    return beside(clinic, "chidi", NOW)


def go(clinic, leaver):
    """Let them go, with a copy of all that opens to them; return that, and the keys of who stays."""
    take_in(keys=clinic.keys)
    copied = Copied(leaver.keys)
    return copied, leave(keys=clinic.keys, member=leaver.keys.member, minute=NOW.minute)


def words_of(copied, mine):
    """What who left opens of one casefile: messages, names of files, and answers."""
    found = copied.opens().get(mine.keys.casefile, [])
    return {e.text or e.name or tuple(sorted(e.answers.items())) for e in found}


UNPAID, PAID = (("pay.unpaid_part", True),), (("pay.unpaid_part", False),)


def test_who_left_with_every_key_opens_nothing_written_after_the_next_visit(clinic, leaver):
    mine = kept({"pay.unpaid_part": True})
    note = shared(mine.keys, clinic, WORK, text="first")
    copied, stays = go(clinic, leaver)
    reply(keys=stays, own=note.id, text="between", now=NOW)
    assert words_of(copied, mine) == {"first", "between", UNPAID}, (
        "this stays open: it was written before"
    )
    back = come_back(number=mine.number, secret=mine.secret, now=LATER)
    write(keys=back, own=note.id, text="later", files=[Attached("slip", "", b"x")], now=LATER)
    reply(keys=stays, own=note.id, text="answered", now=LATER)
    keep_more(keys=mine.keys, telling=Telling({"pay.unpaid_part": False}, FACTS), now=LATER)
    seen = look(keys=stays, own=note.id, now=LATER)
    assert words_of(copied, mine) == {"first", "between", UNPAID}
    assert seen.answers == kept_answers(keys=mine.keys) == {"pay.unpaid_part": False}
    talk = ["first", "between", "later", "slip", "answered"]
    assert [e.text or e.name for e in seen.conversation] == talk
    (own,) = conversations(mine.keys, TODAY)
    assert [e.text or e.name for e in own.entries] == talk


@pytest.mark.parametrize("visit", ["back", "second word", "letter", "answer", "more"])
def test_any_visit_that_uses_the_key_is_the_next_visit(clinic, leaver, visit):
    mine = kept({"pay.unpaid_part": True})
    note = shared(mine.keys, clinic, WORK, text="first")
    copied, stays = go(clinic, leaver)
    telling = Telling({"pay.unpaid_part": False}, FACTS)
    {
        "back": lambda: come_back(number=mine.number, secret=mine.secret, now=LATER),
        "second word": lambda: second_word(keys=mine.keys, word="blue kettle", now=LATER),
        "letter": lambda: write(keys=mine.keys, own=note.id, text="later", now=LATER),
        "answer": lambda: keep_more(keys=mine.keys, telling=telling, now=LATER),
        "more": lambda: widen(
            keys=mine.keys, own=note.id, sections=frozenset({"health"}), now=LATER
        ),
    }[visit]()
    reply(keys=stays, own=note.id, text="answered", now=LATER)
    assert words_of(copied, mine) == {"first", UNPAID}
    assert "answered" in {e.text for e in look(keys=stays, own=note.id, now=LATER).conversation}


def test_a_conversation_that_opens_no_section_gets_a_new_key_too(clinic, leaver):
    mine = kept()
    note = shared(mine.keys, clinic, text="first")
    copied, stays = go(clinic, leaver)
    write(keys=mine.keys.messages_only(), own=note.id, text="later", now=LATER)
    assert words_of(copied, mine) == {"first"}
    assert [e.text for e in look(keys=stays, own=note.id, now=LATER).conversation] == [
        "first",
        "later",
    ]


def test_who_holds_the_same_part_elsewhere_goes_on_reading(clinic, house, leaver):
    mine = kept({"pay.unpaid_part": True})
    shared(mine.keys, clinic, WORK)
    theirs = shared(mine.keys, house, WORK)
    copied, _ = go(clinic, leaver)
    keep_more(keys=mine.keys, telling=Telling({"pay.unpaid_part": False}, FACTS), now=LATER)
    assert look(keys=house.keys, own=theirs.id, now=LATER).answers == {"pay.unpaid_part": False}
    assert PAID not in words_of(copied, mine)


def test_keys_turn_once_for_an_epoch_and_only_of_what_was_open_to_it(clinic, house, leaver):
    mine = kept()
    shared(mine.keys, clinic, WORK)
    shared(mine.keys, house, "story")
    go(clinic, leaver)
    for _ in range(3):
        come_back(number=mine.number, secret=mine.secret, now=LATER)
    binder = binder_of(mine.keys)
    assert {s for s, version in binder.versions.items() if version > 1} == {WORK}
    assert [(len(n.conversation), n.epoch) for n in binder.grants] == [(1, 1), (2, 2)]
    assert Turn.objects.count() == 1


def test_where_nobody_left_nothing_turns(clinic):
    mine = kept()
    note = shared(mine.keys, clinic, WORK)
    for _ in range(2):
        write(keys=mine.keys, own=note.id, text="more", now=LATER)
    assert set(binder_of(mine.keys).versions.values()) == {1}
    assert len(binder_of(mine.keys).note(note.id).conversation) == 1


def test_what_is_over_is_not_renewed(clinic, leaver):
    mine = kept()
    note = shared(mine.keys, clinic, WORK)
    look(keys=clinic.keys, own=note.id, now=NOW)
    withdraw(keys=mine.keys, own=note.id, now=NOW)
    _, stays = go(clinic, leaver)
    come_back(number=mine.number, secret=mine.secret, now=LATER)
    assert binder_of(mine.keys).versions[WORK] == 2
    assert not look(keys=stays, own=note.id, now=LATER).grant_open


def test_who_left_makes_nobody_take_a_key_of_theirs_for_the_persons(clinic, leaver):
    """They can write into the box, and prove that they know the conversation; they cannot show what is asked for."""
    mine = kept()
    note = shared(mine.keys, clinic, text="first")
    copied, stays = go(clinic, leaver)
    theirs = new_key()
    forged = {
        "kind": "keys", "sections": {}, "conversation": theirs, "count": 2, "shows": b"guess",
        "lock": b"x" * 32, "grant": note.id, "at": NOW.minute,
    }  # fmt: skip
    forged["proof"] = proof_of(copied.talks[note.id][0], dict(forged))
    deliver(to=profile_of(stays.agency), content=forged, until=TODAY)
    come_back(number=mine.number, secret=mine.secret, now=LATER)
    look(keys=stays, own=note.id, now=LATER)
    reply(keys=stays, own=note.id, text="answered", now=LATER)
    copied.talks[note.id].append(theirs)
    assert words_of(copied, mine) == {"first"}
    (talk,) = conversations(mine.keys, TODAY)
    assert [e.text for e in talk.entries] == ["first", "answered"]


def test_two_renewals_are_taken_in_whichever_is_opened_first(clinic, monkeypatch):
    mine = kept()
    note = shared(mine.keys, clinic, WORK)
    look(keys=clinic.keys, own=note.id, now=NOW)
    stays = clinic.keys
    for text in ("one", "two"):
        stays = turn_epoch(keys=stays)
        write(keys=mine.keys, own=note.id, text=text, now=NOW)
    waiting = list(Delivery.objects.filter(card=b""))
    assert len(waiting) == 4
    Delivery.objects.filter(card=b"").delete()
    Delivery.objects.bulk_create(reversed(waiting))
    monkeypatch.setattr(mailing, "MOST_AT_ONCE", 2)
    for _ in range(8):
        take_in(keys=stays)
    assert not Delivery.objects.filter(card=b"").exists()
    talk = look(keys=stays, own=note.id, now=NOW).conversation
    assert [e.text for e in talk] == ["Can you help me?", "one", "two"]


def test_nothing_goes_to_a_key_of_before_that_was_put_back(clinic, leaver):
    mine = kept()
    note = shared(mine.keys, clinic, WORK)
    before = Agency.objects.get(id=clinic.keys.agency).sealed
    copied, _ = go(clinic, leaver)
    write(keys=mine.keys, own=note.id, text="later", now=LATER)
    Agency.objects.filter(id=clinic.keys.agency).update(sealed=before)
    boxes = Delivery.objects.count()
    write(keys=mine.keys, own=note.id, text="even later", now=LATER)
    keep_more(keys=mine.keys, telling=Telling({"pay.unpaid_part": False}, FACTS), now=LATER)
    assert Delivery.objects.count() == boxes
    assert words_of(copied, mine) & {"later", "even later", PAID} == set()
