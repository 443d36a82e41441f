"""Somebody who can write to the store moves, swaps and plants rows: nothing opens that would not have opened."""

from datetime import date, timedelta

import pytest

from alongside.records.agencies.actions import recovering
from alongside.records.agencies.actions.joining import InvitationError
from alongside.records.agencies.actions.leaving import leave, turn_epoch
from alongside.records.agencies.actions.mailing import deliver
from alongside.records.agencies.actions.signing import SignInError, keep_session, sign_in
from alongside.records.agencies.models import Custodian, Delivery, Epoch, Member, Session
from alongside.records.agencies.queries import cards, colleagues, profile_of, signed_in
from alongside.records.casefile.actions.answering import NotOpenedToUsError, look
from alongside.records.casefile.actions.keeping import Telling, come_back, keep_more, kept_answers
from alongside.records.casefile.actions.securing import SecondWordError, erase, second_word
from alongside.records.casefile.actions.sharing import widen, withdraw, write
from alongside.records.casefile.content import NoCasefileError
from alongside.records.casefile.models import Casefile, Entry, Turn
from alongside.records.casefile.queries import conversations, who_opened
from alongside.records.journal.models import Line
from alongside.sealed.envelopes import new_id
from alongside.sealed.onetime import code_at
from alongside.sealed.pairs import Pair
from tests.agencies import CLINIC, PASSPHRASE, SETTLEMENT, at, beside, founded, joined
from tests.records.test_casefile import FACTS, kept, shared

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)
NOW = at(TODAY, 600)


@pytest.fixture
def clinic():
    return founded(CLINIC, "amara", NOW)


@pytest.fixture
def house(clinic):  # noqa: ARG001 - founded second
    return founded(SETTLEMENT, "bruno", NOW)


def swap(model, column, one, other):
    """Exchange one column of two rows."""
    rows = {own: getattr(model.objects.get(pk=own), column) for own in (one, other)}
    model.objects.filter(pk=one).update(**{column: rows[other]})
    model.objects.filter(pk=other).update(**{column: rows[one]})


def test_entries_moved_to_another_casefile_are_no_entries_of_it():
    mine, other = kept({"doc.held": True}), kept({"hou.poor": True})
    Entry.objects.filter(casefile=mine.keys.casefile).update(casefile=other.keys.casefile)
    assert kept_answers(keys=other.keys) == {"hou.poor": True}
    assert kept_answers(keys=mine.keys) == {}


def test_a_message_moved_into_another_conversation_is_no_message_of_it(clinic):
    mine, other = kept(), kept()
    shared(mine.keys, clinic, "work", text="mine"), shared(other.keys, clinic, text="theirs")
    Entry.objects.filter(casefile=mine.keys.casefile).update(casefile=other.keys.casefile)
    (talk,) = conversations(other.keys, TODAY)
    assert [entry.text for entry in talk.entries] == ["theirs"]


def test_an_entry_under_another_identity_does_not_open():
    mine = kept({"doc.held": True})
    entry = Entry.objects.get(casefile=mine.keys.casefile)
    Entry.objects.create(id=new_id(), casefile=entry.casefile, sealed=entry.sealed)
    entry.delete()
    assert kept_answers(keys=mine.keys) == {}


@pytest.mark.parametrize("column", ["binder", "ring", "salt"])
def test_parts_of_one_casefile_do_not_serve_another(column):
    mine, other = kept(), kept()
    swap(Casefile, column, mine.keys.casefile, other.keys.casefile)
    back = come_back(number=mine.number, secret=mine.secret, now=NOW)
    if column == "ring":
        with pytest.raises(SecondWordError):
            second_word(keys=back, word="blue kettle", now=NOW)
        with pytest.raises(NoCasefileError):
            kept_answers(keys=mine.keys)
    else:
        assert back is None


def test_a_turn_that_was_moved_or_taken_away_gives_no_old_key_back(clinic):
    """What is written after taking back stays closed to who held the key before, whatever was done to the store."""
    mine, other = kept({"pay.unpaid_part": True}), kept()
    notes = [shared(keys, clinic, "work") for keys in (mine.keys, other.keys)]
    look(keys=clinic.keys, own=notes[0].id, now=NOW)
    copied = Delivery.objects.get(id=notes[0].id)
    for keys, note in zip((mine.keys, other.keys), notes, strict=True):
        withdraw(keys=keys, own=note.id, now=NOW)
    assert not look(keys=clinic.keys, own=notes[0].id, now=NOW).grant_open
    one, two = Turn.objects.all()
    swap(Turn, "sealed", one.pk, two.pk)
    assert kept_answers(keys=mine.keys) == {"pay.unpaid_part": True}
    Turn.objects.all().delete()
    keep_more(keys=mine.keys, telling=Telling({"pay.unpaid_part": False}, FACTS), now=NOW)
    Delivery.objects.filter(id=notes[0].id).update(sealed=copied.sealed, card=copied.card)
    seen = look(keys=clinic.keys, own=notes[0].id, now=NOW)
    assert seen.answers == {"pay.unpaid_part": True}
    assert kept_answers(keys=mine.keys) == {"pay.unpaid_part": False}


def test_no_notice_of_a_grant_outlives_it(clinic):
    mine = kept()
    for end in (
        lambda note: withdraw(keys=mine.keys, own=note.id, now=NOW),
        lambda _: erase(keys=mine.keys, now=NOW),
    ):
        earlier = set(Delivery.objects.values_list("id", flat=True))
        note = shared(mine.keys, clinic, "work")
        widen(keys=mine.keys, own=note.id, sections=frozenset({"story"}), now=NOW)
        write(keys=mine.keys, own=note.id, text="and this", now=NOW)
        before = set(Delivery.objects.values_list("id", flat=True)) - earlier
        assert len(before) == 3
        end(note)
        left = Delivery.objects.filter(id__in=before).exclude(sealed=b"")
        assert not left.exists(), "only the notice that it ended is in the box"


def test_what_is_sealed_to_an_agency_and_is_nothing_does_not_close_its_box(clinic):
    note = shared(kept().keys, clinic, "work")
    profile = profile_of(clinic.keys.agency)
    for content in ({"kind": "grant"}, {"at": 1}, {"kind": "keys", "grant": 7, "at": "x"}):
        deliver(to=profile, content=content, until=TODAY)
    assert look(keys=clinic.keys, own=note.id, now=NOW).grant_open
    assert len(cards(clinic.keys)) == 1


@pytest.mark.parametrize("column", ["sealed", "card"])
def test_what_one_grant_opens_is_not_opened_by_another(clinic, column):
    mine, other = kept({"doc.held": True}), kept({"doc.held": False})
    one, two = (shared(k.keys, clinic, "story") for k in (mine, other))
    assert {look(keys=clinic.keys, own=n.id, now=NOW).card.number for n in (one, two)}
    swap(Delivery, column, one.id, two.id)
    try:
        seen = look(keys=clinic.keys, own=one.id, now=NOW)
    except NotOpenedToUsError:
        assert column == "card"
        assert cards(clinic.keys) == []
    else:
        assert (column, seen.grant_open, seen.sections) == ("sealed", False, {})


def test_a_held_grant_moved_to_another_agency_opens_to_neither(clinic, house):
    note = shared(kept().keys, clinic, "work")
    look(keys=clinic.keys, own=note.id, now=NOW)
    Delivery.objects.filter(id=note.id).update(agency=house.keys.agency)
    for keys in (clinic.keys, house.keys):
        with pytest.raises(NotOpenedToUsError):
            look(keys=keys, own=note.id, now=NOW)
        assert cards(keys) == []


def test_a_session_does_not_open_under_the_cookie_of_another(clinic, house):
    mine, other = (keep_session(keys=who.keys, minute=NOW.minute) for who in (clinic, house))
    one, two = Session.objects.values_list("slot", flat=True)
    swap(Session, "sealed", bytes(one), bytes(two))
    for cookies in (mine, other):
        assert signed_in(finds=cookies.finds, opens=cookies.opens, minute=NOW.minute) is None


def test_a_member_planted_in_the_store_gets_no_key_of_the_next_epoch(clinic):
    member, planted = Member.objects.get(id=clinic.keys.member), new_id()
    Member.objects.create(
        id=planted, agency=member.agency, slot=b"x" * 32, salt=member.salt, sign_in=member.sign_in,
        sealed=member.sealed, label=member.label,
    )  # fmt: skip
    turned = turn_epoch(keys=clinic.keys)
    assert not Epoch.objects.filter(member=planted).exists()
    assert [name for _, name, _ in colleagues(turned)] == ["amara"]


def test_who_left_plants_nobody_with_the_list_key_they_still_have(clinic):
    leaver = beside(clinic, "chidi", NOW)
    row = Member.objects.get(id=leaver.keys.member)
    turned = leave(keys=clinic.keys, member=leaver.keys.member, minute=NOW.minute)
    row.save(force_insert=True)  # as it was, with a label under the list key of then
    again = turn_epoch(keys=turned)
    assert not Epoch.objects.filter(member=leaver.keys.member).exists()
    assert [name for _, name, _ in colleagues(again)] == ["amara"]
    second = NOW.minute * 60 + 150
    with pytest.raises(SignInError):
        sign_in(
            name="chidi", passphrase=PASSPHRASE, code=code_at(leaver.seed, second),
            minute=second // 60, second=second,
        )  # fmt: skip


def test_labels_swapped_between_colleagues_give_neither_of_them_the_others_keys(clinic):
    other = beside(clinic, "chidi", NOW)
    swap(Member, "label", clinic.keys.member, other.keys.member)
    assert colleagues(clinic.keys) == []


def test_the_public_half_of_a_custodian_cannot_be_put_in_place(clinic):
    phrases = recovering.appoint(keys=clinic.keys)
    for row in Custodian.objects.all():
        Custodian.objects.filter(id=row.id).update(label=Pair.new().public)
    turn_epoch(keys=clinic.keys)
    note = shared(kept().keys, clinic, "work")
    secret = recovering.recover(secrets=(phrases[0], phrases[1]), today=TODAY, minute=NOW.minute)

    with pytest.raises(InvitationError):
        joined(secret, "fay", NOW)  # they hold the keys of the first epoch alone
    assert note.id


def test_the_vault_of_one_member_does_not_open_for_another(clinic):
    other = beside(clinic, "chidi", NOW)
    swap(Member, "sealed", clinic.keys.member, other.keys.member)
    second = NOW.minute * 60 + 150
    with pytest.raises(SignInError):
        sign_in(
            name="amara", passphrase=PASSPHRASE, code=code_at(clinic.seed, second),
            minute=second // 60, second=second,
        )  # fmt: skip


def test_a_line_moved_into_another_journal_is_not_in_it():

    mine, other = kept(), kept()
    Line.objects.filter(book=mine.keys.casefile).update(book=other.keys.casefile)
    assert len(who_opened(other.keys)) == 1
    assert who_opened(mine.keys) == []


def test_a_card_brought_back_from_before_opens_no_more_than_the_keys_of_before(clinic):
    mine = kept({"doc.held": True})
    note = shared(mine.keys, clinic, "story")
    look(keys=clinic.keys, own=note.id, now=NOW)
    before = Delivery.objects.get(id=note.id)
    withdraw(keys=mine.keys, own=note.id, now=NOW)
    Delivery.objects.filter(id=note.id).update(sealed=before.sealed, card=before.card)
    later = at(TODAY + timedelta(days=91))
    assert not look(keys=clinic.keys, own=note.id, now=later).grant_open
