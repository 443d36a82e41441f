"""The inbox: cards without contents, who waits longest first, and fast for ten thousand."""

from datetime import date, timedelta

import pytest

from alongside.doors.desk.inbox import ON_A_PAGE, Only, box, days_since
from alongside.records.agencies.actions.mailing import seal_card, take_in
from alongside.records.agencies.content import Card, State
from alongside.records.agencies.models import Delivery
from alongside.records.casefile.actions.answering import confirm, look, reply
from alongside.records.casefile.actions.securing import erase
from alongside.records.casefile.actions.sharing import withdraw, write
from tests.agencies import at, present
from tests.doors.desking import Deskmate, clinic, house, somebody_wrote
from tests.people import MATEO

TODAY = date(2026, 11, 25)
NOW = at(TODAY, 600)


def card(number, state=State.NEW, ago=0, until=30):
    since = NOW.minute - ago * 24 * 60
    last = TODAY + timedelta(days=until)
    own = number.to_bytes(16)
    return Card(own, f"{number:04d}", "es", state, "advice", since, last)


def numbers(found):
    return [int(row.card.number) for row in found.rows]


def test_who_waits_longest_stands_first_then_what_was_answered_then_what_is_over():
    cards = [
        card(1, State.ERASED, 9), card(2, State.ANSWERED, 4), card(3, State.NEW, 1),
        card(4, State.WAITING, 8), card(5, State.TAKEN_BACK, 2), card(6, State.ANSWERED, 1),
        card(7, State.NEW, 3, until=-1),
    ]  # fmt: skip
    found = box(cards, Only.ALL, 1, NOW)
    assert numbers(found) == [4, 3, 6, 2, 5, 7, 1]
    assert found.counts == {Only.ALL: 7, Only.WAITING: 2, Only.ANSWERED: 2, Only.OVER: 3}
    assert [row.state for row in found.rows[-3:]] == [
        "desk_state_taken_back", "desk_state_ended", "desk_state_erased",
    ]  # fmt: skip


def test_each_kind_can_be_seen_alone():
    cards = [card(1), card(2, State.ANSWERED), card(3, State.ERASED)]
    assert [numbers(box(cards, only, 1, NOW)) for only in Only] == [[1, 2, 3], [1], [2], [3]]


def test_the_last_day_of_a_grant_is_not_over_yet():
    assert numbers(box([card(1, until=0)], Only.WAITING, 1, NOW)) == [1]


def test_pages_hold_twenty_five_and_a_page_that_is_not_there_is_none():
    cards = [card(n, ago=100 - n) for n in range(1, 60)]
    pages = [box(cards, Only.ALL, page, NOW) for page in (1, 2, 3)]
    assert [n for page in pages for n in numbers(page)] == list(range(1, 60))
    assert [(p.before, p.after) for p in pages] == [(None, 2), (1, 3), (2, None)]
    assert [box(cards, Only.ALL, page, NOW) for page in (0, 4)] == [None, None]
    assert box([], Only.ALL, 1, NOW).rows == []


def test_days_are_counted_by_the_calendar():
    assert days_since(NOW.minute - 601, NOW) == 1
    assert days_since(NOW.minute - 599, NOW) == 0
    assert days_since(NOW.minute + 5, NOW) == 0


@pytest.mark.django_db
def test_a_card_shows_what_is_needed_to_choose_and_no_contents():
    amara = clinic()
    somebody_wrote(amara, MATEO.answers, "work", "story", text="zanzibar is planted")
    mate = Deskmate(amara)
    page = mate.text("i/")
    for said in ("1 card in all", "1 waits for you", "Español", "New · waiting since today",
                 "Advice about rights or papers", "Identity not confirmed"):  # fmt: skip
        assert said in page
    assert "zanzibar" not in mate.html("i/")


@pytest.mark.django_db
def test_a_card_says_where_it_stands():
    amara, now = clinic(), present()
    mate = Deskmate(amara)
    wrote = somebody_wrote(amara, MATEO.answers, "work")
    look(keys=amara.keys, own=wrote.note.id, now=now)
    reply(keys=amara.keys, own=wrote.note.id, text="Hello", now=now)
    confirm(keys=amara.keys, own=wrote.note.id, word="river", now=now)
    assert "Answered · today" in mate.text("i/")
    assert "confirmed" in mate.text("i/")
    assert "not confirmed" not in mate.text("i/")
    write(keys=wrote.keys, own=wrote.note.id, text="More", now=now)
    assert "Wrote again · waiting since today" in mate.text("i/w/1/")
    withdraw(keys=wrote.keys, own=wrote.note.id, now=now)
    assert "Taken back · today" in mate.text("i/o/1/")
    other = somebody_wrote(amara, MATEO.answers, "work")
    take_in(keys=amara.keys)
    erase(keys=other.keys, now=now)
    assert "Erased · today" in mate.text("i/")
    assert "There is none of these now" in mate.text("i/w/1/")


@pytest.mark.django_db
def test_a_colleague_of_another_agency_sees_none_of_it():
    amara, bruno = clinic(), house()
    wrote = somebody_wrote(amara, MATEO.answers, "work")
    page = Deskmate(bruno).html("i/")
    assert wrote.code not in page
    assert "Nobody has written yet" in page
    assert Delivery.objects.filter(card=b"").count() == 1, "and it waits for whom it is for"


@pytest.mark.django_db
def test_a_page_of_ten_thousand_cards_is_as_small_as_any_other():
    amara = clinic()
    ends_on = present().today.toordinal() + 31
    Delivery.objects.bulk_create(
        Delivery(id=one.id, agency=amara.keys.agency, sealed=b"held", ends_on=ends_on,
                 card=seal_card(amara.keys, one))
        for one in (card(n, ago=n % 300, until=400) for n in range(10_000))
    )  # fmt: skip
    mate = Deskmate(amara)
    answer = mate.get("i/")
    assert answer.content.decode().count("<tr class=") == ON_A_PAGE
    assert len(answer.content) < 100_000 / 4
    assert "10000 wait for you" in mate.text("i/l/400/")
    assert mate.get("i/l/401/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["i/x/1/", "i/w/0/", "i/w/2/", "i/w/99999/", "i/w/-1/", "i/w/"])
def test_a_page_of_the_inbox_that_is_not_there_is_not_found(path):
    assert Deskmate(clinic()).get(path).status_code == 404
