"""Erasing without the second word: closed at once, destroyed days later, and nobody but that word stops it."""

from datetime import date, timedelta

import pytest

from alongside.records.agencies.actions.mailing import take_in
from alongside.records.agencies.content import State
from alongside.records.agencies.queries import cards
from alongside.records.casefile.actions.answering import NotOpenedToUsError, look, reply
from alongside.records.casefile.actions.keeping import come_back, kept_answers
from alongside.records.casefile.actions.securing import (
    SecondWordError,
    erase,
    second_word,
    sweep_casefiles,
)
from alongside.records.casefile.actions.sharing import withdraw, write
from alongside.records.casefile.actions.waiting import (
    bring_back,
    destroyed_on,
    erase_later,
    keep_after_all,
)
from alongside.records.casefile.content import NoCasefileError
from alongside.records.casefile.models import Casefile, Entry
from alongside.records.casefile.queries import binder_of, conversations, erase_asked, who_opened
from alongside.records.gone.models import Gone
from alongside.records.journal.content import Deed
from alongside.records.journal.models import Line
from alongside.sealed.derived import fingerprint
from alongside.sealed.envelopes import Bound, unseal
from alongside.sealed.things import BINDER
from tests.agencies import CLINIC, at, founded
from tests.people import MATEO
from tests.records.test_budget import overdrawn
from tests.records.test_casefile import NOW, TODAY, kept, shared

pytestmark = pytest.mark.django_db
SECOND = "blue kettle"
DAY = timedelta(days=1)


@pytest.fixture
def clinic():
    return founded(CLINIC, "amara", NOW)


def back(mine, now=NOW):
    """Who comes back with number and words."""
    return come_back(number=mine.number, secret=mine.secret, now=now)


def brought(mine, second=SECOND, now=NOW):
    """Who comes back with number, words and second word."""
    return bring_back(number=mine.number, secret=mine.secret, second=second, now=now)


def asked(mine, now=NOW):
    """Somebody with number and words asks to erase everything."""
    return erase_later(keys=back(mine, now), now=now)


def deeds(keys):
    return [line.deed for line in who_opened(keys)]


def test_everything_is_closed_at_once_to_who_has_number_and_words(clinic):
    mine = kept()
    note = shared(mine.keys, clinic, "work")
    thief = back(mine)
    asked(mine)
    assert back(mine) is None
    for act in (
        lambda: conversations(thief, TODAY),
        lambda: who_opened(thief),
        lambda: write(keys=thief, own=note.id, text="me again", now=NOW),
        lambda: withdraw(keys=thief, own=note.id, now=NOW),
        lambda: second_word(keys=thief, word=SECOND, now=NOW) and binder_of(thief),
    ):
        with pytest.raises(NoCasefileError):
            act()


def test_the_phrase_alone_reaches_no_key_and_no_name_while_it_is_closed(clinic):
    """Not hidden by a page: sealed. Whoever has the paper and the disk reads no message any more."""
    mine = kept()
    note = shared(mine.keys, clinic, "work")

    def reached():
        row = Casefile.objects.get()
        return unseal(BINDER, mine.keys.phrase, bytes(row.binder), Bound(bytes(row.id)))

    from alongside.records.packing import pack  # noqa: PLC0415 - used once

    secrets = [pack(note.conversation[0])[6:-2], CLINIC.name.encode(), b"river"]
    assert [s for s in secrets if s in reached()] == secrets
    asked(mine)
    assert [s for s in secrets if s in reached()] == []


def test_the_agency_opens_nothing_any_more_and_is_told_that_it_may_be_somebody_else(clinic):
    mine = kept()
    note = shared(mine.keys, clinic, "work")
    look(keys=clinic.keys, own=note.id, now=NOW)
    asked(mine)
    seen = look(keys=clinic.keys, own=note.id, now=NOW)
    assert (seen.grant_open, seen.sections, seen.conversation) == (False, {}, [])
    assert (seen.card.state, seen.card.unsure) == (State.ERASED, True)
    with pytest.raises(NotOpenedToUsError):
        reply(keys=clinic.keys, own=note.id, text="But", now=NOW)


@pytest.mark.parametrize("sure", [True, False])
def test_taking_back_is_as_quick_with_and_without_the_second_word_and_the_agency_knows_which(
    clinic, sure
):
    mine = kept()
    note = shared(mine.keys, clinic, "work")
    look(keys=clinic.keys, own=note.id, now=NOW)
    withdraw(keys=mine.keys if sure else mine.keys.messages_only(), own=note.id, now=NOW)
    assert not look(keys=clinic.keys, own=note.id, now=NOW).grant_open
    assert [(card.state, card.unsure) for card in cards(clinic.keys)] == [
        (State.TAKEN_BACK, not sure)
    ]


@pytest.mark.parametrize("sure", [True, False])
def test_erasing_at_once_tells_the_agency_that_it_was_the_person(clinic, sure):
    mine = kept()
    shared(mine.keys, clinic, "work")
    take_in(keys=clinic.keys)
    if sure:
        erase(keys=mine.keys, now=NOW)
    else:  # also by who holds the second word: it can still come back
        erase_later(keys=mine.keys, now=NOW)
    take_in(keys=clinic.keys)
    assert [card.unsure for card in cards(clinic.keys)] == [not sure]


def test_the_second_word_brings_all_of_it_back_but_the_grants(clinic):
    mine = kept()
    note = shared(mine.keys, clinic, "work", text="Can you help?")
    reply(keys=clinic.keys, own=note.id, text="Yes.", now=NOW)
    asked(mine)
    keys = brought(mine)
    assert erase_asked(keys).on == TODAY
    keep_after_all(keys=keys, now=NOW)
    assert kept_answers(keys=keys) == MATEO.answers
    (talk,) = conversations(back(mine), TODAY)
    assert [e.text for e in talk.entries] == ["Can you help?", "Yes."]
    assert not talk.open
    assert look(keys=clinic.keys, own=shared(keys, clinic, "work").id, now=NOW).grant_open
    assert erase_asked(keys) is None
    assert sweep_casefiles(today=TODAY + 30 * DAY) == 0


def test_the_person_sees_that_somebody_asked_and_tried(clinic):
    mine = kept()
    shared(mine.keys, clinic, "work")
    asked(mine)
    assert back(mine) is None
    assert brought(mine, "a guess") is None
    keep_after_all(keys=brought(mine), now=NOW)
    seen = deeds(back(mine))
    assert Deed.ERASE_ASKED in seen
    assert Deed.ERASE_STOPPED in seen
    assert seen.count(Deed.SECOND_WORD_WRONG) == 1


def test_nothing_tells_what_is_closed_from_what_is_not_there_but_the_second_word():
    mine, other = kept(), kept()
    asked(mine)
    assert brought(mine, "red kettle") is None
    assert bring_back(number="00000000", secret=mine.secret, second=SECOND, now=NOW) is None
    assert bring_back(number=mine.number, secret=other.secret, second=SECOND, now=NOW) is None
    assert brought(other) is None, "what is open is not brought back"
    assert back(other)


def test_guesses_at_the_second_word_are_counted_as_ever():
    mine = kept()
    with pytest.raises(SecondWordError):
        second_word(keys=mine.keys, word="no", now=NOW)
    asked(mine)
    for word in ("a", "b", "c", "d"):
        assert brought(mine, word) is None
    assert brought(mine) is None, "five were wrong, and one before it was closed counts"
    later = at(TODAY, 615)
    keys = brought(mine, now=later)
    keep_after_all(keys=keys, now=later)
    with pytest.raises(SecondWordError) as refused:
        second_word(keys=keys, word="f", now=later)
    assert refused.value.minutes == 0, "the right one is forgiving"


@pytest.mark.parametrize("day", range(7))
def test_it_waits_for_72_whole_hours_and_no_longer_than_ten_days(day):
    today = TODAY + day * DAY
    on = destroyed_on(today)
    assert on.weekday() == 0, "the store tells weeks alone"
    assert on - (today + DAY) >= 3 * DAY, "from the last minute of the day on"
    assert on - today <= 10 * DAY


def test_on_its_day_tick_destroys_it_and_not_before(clinic):
    mine, other = kept(), kept()
    shared(mine.keys, clinic, "work")
    on = asked(mine)
    assert sweep_casefiles(today=on - DAY) == 0
    assert brought(mine, now=at(on - DAY)), "until then the second word brings it back"
    assert sweep_casefiles(today=on) == 1
    assert brought(mine, now=at(on)) is None
    assert not Entry.objects.filter(casefile=mine.keys.casefile).exists()
    assert not Line.objects.filter(book=mine.keys.casefile).exists()
    assert back(other)


def test_a_visit_on_its_day_destroys_it_where_tick_was_late():
    mine = kept()
    on = asked(mine)
    assert back(mine, at(on)) is None
    assert not Casefile.objects.exists()


def test_a_visit_with_number_and_words_does_not_put_it_off():
    mine = kept()
    on = asked(mine)
    back(mine, at(on - DAY))
    assert sweep_casefiles(today=on) == 1


def test_who_has_the_second_word_erases_at_once_while_it_waits(clinic):
    mine = kept()
    shared(mine.keys, clinic, "work")
    asked(mine)
    erase(keys=brought(mine), now=NOW)
    assert not Casefile.objects.exists()
    assert not Entry.objects.exists()


def test_number_and_words_cannot_keep_what_somebody_asked_to_erase():
    mine = kept()
    thief = back(mine)
    asked(mine)
    for keys in (thief, mine.keys.messages_only()):
        with pytest.raises(PermissionError):
            keep_after_all(keys=keys, now=NOW)
    assert back(mine) is None


def test_keeping_twice_and_asking_again_is_no_harm():
    mine = kept()
    for _ in range(3):
        asked(mine)
        keys = brought(mine)
        for _ in range(2):
            keep_after_all(keys=keys, now=NOW)
        assert kept_answers(keys=keys) == MATEO.answers
    assert deeds(back(mine)).count(Deed.ERASE_STOPPED) == 3


# What the store tells


def lengths(row):
    return [len(bytes(value)) for value in (row.binder, row.ring, row.edition, row.slot)]


@pytest.mark.parametrize("grants", [0, 1, 5, 9, 13, 30])
def test_the_store_does_not_tell_that_it_waits(clinic, grants):
    """It looks like one whose grants were taken back, and whose last visit was long ago."""
    waiting, beside = kept(), kept()
    for mine in (waiting, beside):
        for note in [shared(mine.keys, clinic, "work") for _ in range(grants)]:
            if mine is beside:
                withdraw(keys=mine.keys, own=note.id, now=NOW)
    erase_later(keys=waiting.keys, now=NOW)
    one, two = (Casefile.objects.get(id=m.keys.casefile) for m in (waiting, beside))
    assert lengths(one) == lengths(two)
    assert date.fromordinal(one.ends_on).weekday() == 0
    assert overdrawn() == []


def test_no_fingerprint_belongs_to_a_row_that_is_there(clinic):
    mine = kept()
    shared(mine.keys, clinic, "work")
    for keep in (True, False):
        asked(mine)
        if keep:
            keep_after_all(keys=brought(mine), now=NOW)
        prints = {bytes(p) for p in Gone.objects.values_list("print", flat=True)}
        row = Casefile.objects.get()
        for known in (bytes(row.id), bytes(row.edition), bytes(row.salt), bytes(row.slot)):
            assert fingerprint(known) not in prints
