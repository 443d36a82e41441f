"""The journal is read from its newest line on, no more of it than is shown, and lines too old to matter go."""

from datetime import timedelta

import pytest

from alongside.domain.consent import LONGEST
from alongside.records.agencies.actions.leaving import turn_epoch
from alongside.records.agencies.queries import agency_book, agency_lines
from alongside.records.casefile.actions.answering import look, reply
from alongside.records.casefile.actions.keeping import JOURNAL_DAYS, come_back
from alongside.records.casefile.queries import lines_of, who_opened
from alongside.records.journal import actions, queries
from alongside.records.journal.actions import bring_lines, prune_book, write_line
from alongside.records.journal.content import Deed, Line
from alongside.records.journal.models import Line as Row
from alongside.records.journal.queries import read_book, sealed_lines
from alongside.sealed.pairs import Pair
from tests.agencies import CLINIC, at, founded
from tests.records.test_casefile import NOW, TODAY, kept, shared

pytestmark = pytest.mark.django_db
BOOK, OTHER = b"b" * 16, b"o" * 16
DAY = timedelta(days=1)


@pytest.fixture
def pair():
    return Pair.new()


def written(pair, many, book=BOOK, first=0):
    """Write so many lines into a book, one each minute."""
    for minute in range(first, first + many):
        write_line(book=book, public=pair.public, line=Line(Deed.CAME_BACK, minute))


def minutes(lines):
    return [line.minute for line in lines]


@pytest.fixture
def opened(monkeypatch):
    """Count how often a line is tried to be opened."""
    tries = []
    unseal = queries.unseal_from

    def counted(thing, private, sealed, bound):
        tries.append(bound.item)
        return unseal(thing, private, sealed, bound)

    monkeypatch.setattr(queries, "unseal_from", counted)
    return tries


def test_a_page_opens_its_own_lines_and_no_other(pair, opened):
    written(pair, 30)
    written(pair, 5, OTHER, first=100)
    assert minutes(read_book(book=BOOK, privates=[pair.private], first=0, most=10)) == [
        *range(29, 19, -1)
    ]
    assert len(opened) == 10
    assert minutes(read_book(book=BOOK, privates=[pair.private], first=20, most=20)) == [
        *range(9, -1, -1)
    ]
    assert len(opened) == 20
    assert minutes(read_book(book=BOOK, privates=[pair.private])) == [*range(29, -1, -1)]


def test_pages_together_are_the_whole_book_each_line_once(pair):
    written(pair, 23)
    pages = []
    for first in range(0, 25, 5):
        pages += minutes(read_book(book=BOOK, privates=[pair.private], first=first, most=5))
    assert pages == [*range(22, -1, -1)]


def test_the_half_that_fitted_last_is_tried_first(opened):
    old, new = Pair.new(), Pair.new()
    written(old, 10)
    written(new, 10, first=10)
    found = read_book(book=BOOK, privates=[new.private, old.private])
    assert minutes(found) == [*range(19, -1, -1)]
    assert len(opened) == 21, "once more where the halves change, and not for each line"


def test_an_agency_whose_keys_were_turned_often_reads_page_by_page(opened):
    lead = founded(CLINIC, "amara", NOW)
    keys = lead.keys
    note = shared(kept().keys, lead, "work")
    for day in range(6):
        look(keys=keys, own=note.id, now=at(TODAY + day * DAY))
        keys = turn_epoch(keys=keys)
    assert agency_lines(keys) == len(agency_book(keys)) > 6
    opened.clear()
    agency_book(keys, first=0, most=1)
    assert len(opened) <= len(keys.epochs)


def test_a_line_that_was_written_elsewhere_is_brought_in_once_and_stands_at_its_time(pair):
    written(pair, 3)
    carried = sealed_lines(books=[BOOK])
    Row.objects.all().delete()
    written(pair, 2, first=10)
    assert bring_lines(lines=carried) == 3
    assert bring_lines(lines=carried) == 0
    assert minutes(read_book(book=BOOK, privates=[pair.private])) == [11, 10, 2, 1, 0]
    assert sorted(Row.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5]


def test_lines_brought_together_stand_behind_those_of_their_own_books(pair, monkeypatch):
    monkeypatch.setattr(actions, "MOST_WRITTEN", 3)
    written(pair, 4)
    written(pair, 3, OTHER)
    carried = sealed_lines(books=[BOOK, OTHER])
    Row.objects.all().delete()
    written(pair, 2, first=10)
    assert bring_lines(lines=carried) == 7
    for book, many in ((BOOK, 6), (OTHER, 3)):
        numbers = Row.objects.filter(book=book).order_by("number").values_list("number", flat=True)
        assert list(numbers) == list(range(1, many + 1))


def test_lines_of_before_a_minute_go_and_it_is_mostly_one_that_is_opened_for_it(pair, opened):
    written(pair, 20)
    assert prune_book(book=BOOK, private=pair.private, before=0) == 0
    assert len(opened) == 1
    assert prune_book(book=BOOK, private=pair.private, before=15) == 15
    assert minutes(read_book(book=BOOK, privates=[pair.private])) == [19, 18, 17, 16, 15]


def test_what_is_pruned_is_ones_own_book_alone(pair):
    written(pair, 3)
    written(pair, 3, OTHER)
    prune_book(book=BOOK, private=pair.private, before=100)
    assert set(Row.objects.values_list("book", flat=True)) == {OTHER}


def test_a_line_that_nobody_can_open_keeps_no_other_from_going(pair):
    written(Pair.new(), 2)
    written(pair, 2, first=5)
    prune_book(book=BOOK, private=pair.private, before=6)
    assert minutes(read_book(book=BOOK, privates=[pair.private])) == [6]
    assert Row.objects.count() == 1


def test_no_line_goes_while_a_grant_that_it_is_about_can_hold():
    assert JOURNAL_DAYS > LONGEST


def test_who_comes_back_after_long_finds_what_is_not_too_old():
    clinic, mine = founded(CLINIC, "amara", NOW), kept()
    note = shared(mine.keys, clinic, "work")
    reply(keys=clinic.keys, own=note.id, text="Yes.", now=at(TODAY + 80 * DAY))
    for days in (100, 300, JOURNAL_DAYS, JOURNAL_DAYS + 1):
        back = come_back(number=mine.number, secret=mine.secret, now=at(TODAY + days * DAY, 700))
        seen = {line.deed for line in who_opened(back)}
        assert Deed.REPLIED in seen
        assert (Deed.SHARED in seen) == (days < JOURNAL_DAYS)
    assert lines_of(back) == len(who_opened(back))
