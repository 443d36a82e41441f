"""Somebody who can write to the store moves, swaps and plants rows: nothing opens that would not have opened."""

from datetime import date, timedelta

import pytest

from alongside.records.agencies.actions import recovering
from alongside.records.agencies.actions.joining import turn_epoch
from alongside.records.agencies.actions.mailing import take_in
from alongside.records.agencies.actions.signing import SignInError, keep_session, sign_in
from alongside.records.agencies.models import Custodian, Delivery, Epoch, Member, Session
from alongside.records.agencies.queries import cards, colleagues, signed_in
from alongside.records.casefile.actions.answering import NotOpenedToUsError, look
from alongside.records.casefile.actions.keeping import come_back, kept_answers
from alongside.records.casefile.actions.securing import SecondWordError, second_word
from alongside.records.casefile.actions.sharing import withdraw
from alongside.records.casefile.content import NoCasefileError
from alongside.records.casefile.models import Casefile, Entry, Turn
from alongside.records.casefile.queries import conversations, who_opened
from alongside.records.journal.models import Line
from alongside.sealed.envelopes import NotOpenedError, new_id
from alongside.sealed.onetime import code_at
from alongside.sealed.pairs import Pair
from tests.agencies import CLINIC, PASSPHRASE, SETTLEMENT, at, beside, founded, joined
from tests.records.test_casefile import kept, shared

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


def test_turned_keys_of_one_casefile_do_not_serve_another(clinic):
    mine, other = kept(), kept()
    for keys in (mine.keys, other.keys):
        withdraw(keys=keys, own=shared(keys, clinic, "work").id, now=NOW)
    one, two = Turn.objects.all()
    swap(Turn, "sealed", one.pk, two.pk)

    with pytest.raises(NotOpenedError):
        kept_answers(keys=mine.keys)


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
    turn_epoch(keys=clinic.keys)
    assert not Epoch.objects.filter(member=planted).exists()
    assert [name for _, name, _ in colleagues(clinic.keys)] == ["amara"]


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

    back = joined(secret, "fay", NOW)
    assert back.keys.newest == 1
    assert take_in(keys=back.keys) == 0, "nobody was given the second epoch"
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
