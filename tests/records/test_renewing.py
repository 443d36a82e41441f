"""New number and new words: the old ones open nothing any more, and nothing else changes."""

import pytest
from django.db import IntegrityError, transaction

from alongside.records.casefile.actions.answering import look, reply
from alongside.records.casefile.actions.keeping import come_back, kept_answers
from alongside.records.casefile.actions.renewing import draw_new, renew
from alongside.records.casefile.actions.securing import second_word
from alongside.records.casefile.actions.sharing import withdraw, write
from alongside.records.casefile.content import NoCasefileError
from alongside.records.casefile.queries import conversations, who_opened
from alongside.records.journal.content import Deed
from tests.agencies import CLINIC, founded
from tests.people import MATEO
from tests.records.test_budget import overdrawn
from tests.records.test_casefile import NOW, TODAY, kept, shared

pytestmark = pytest.mark.django_db
SECOND = "blue kettle"


@pytest.fixture
def clinic():
    return founded(CLINIC, "amara", NOW)


def renewed(mine):
    new = draw_new(keys=mine.keys, second=SECOND)
    renew(keys=mine.keys, number=new.number, salt=new.salt, new=new.keys, now=NOW)
    return new


def back(words):
    return come_back(number=words.number, secret=words.secret, now=NOW)


def test_the_old_words_open_nothing_any_more_and_the_new_ones_everything(clinic):
    mine = kept()
    note = shared(mine.keys, clinic, "work")
    thief = back(mine)
    new = renewed(mine)
    assert back(mine) is None
    for act in (
        lambda: conversations(thief, TODAY),
        lambda: write(keys=thief, own=note.id, text="me", now=NOW),
        lambda: withdraw(keys=thief, own=note.id, now=NOW),
        lambda: kept_answers(keys=mine.keys),
    ):
        with pytest.raises(NoCasefileError):
            act()
    whole = second_word(keys=back(new), word=SECOND, now=NOW)
    assert kept_answers(keys=whole) == MATEO.answers


def test_messages_and_grants_go_on_and_the_journal_says_so(clinic):
    mine = kept()
    note = shared(mine.keys, clinic, "work", text="Can you help?")
    new = renewed(mine)
    assert look(keys=clinic.keys, own=note.id, now=NOW).grant_open
    reply(keys=clinic.keys, own=note.id, text="Yes.", now=NOW)
    keys = back(new)
    (talk,) = conversations(keys, TODAY)
    assert [e.text for e in talk.entries] == ["Can you help?", "Yes."]
    assert Deed.RENEWED in {line.deed for line in who_opened(keys)}
    withdraw(keys=keys, own=note.id, now=NOW)
    assert overdrawn() == []


def test_neither_an_old_number_with_new_words_nor_the_other_way_round_opens_anything():
    mine = kept()
    new = renewed(mine)
    assert come_back(number=mine.number, secret=new.secret, now=NOW) is None
    assert come_back(number=new.number, secret=mine.secret, now=NOW) is None


def test_what_is_drawn_and_not_put_in_place_changes_nothing():
    mine = kept()
    new = draw_new(keys=mine.keys, second=SECOND)
    assert back(new) is None
    assert back(mine)


def test_the_second_word_is_needed():
    mine = kept()
    new = draw_new(keys=mine.keys, second=SECOND)
    for old, fresh in (
        (mine.keys.messages_only(), new.keys),
        (mine.keys, new.keys.messages_only()),
    ):
        with pytest.raises(PermissionError):
            renew(keys=old, number=new.number, salt=new.salt, new=fresh, now=NOW)
    assert back(mine)


def test_a_number_that_somebody_was_given_meanwhile_changes_nothing():
    mine, other = kept(), kept()
    new = draw_new(keys=mine.keys, second=SECOND)
    with pytest.raises(IntegrityError), transaction.atomic():
        renew(keys=mine.keys, number=other.number, salt=new.salt, new=new.keys, now=NOW)
    assert back(mine)
    assert back(other)
