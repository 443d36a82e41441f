"""A casefile: kept, opened to one agency, answered, taken back, erased. Nobody else opens anything."""

from datetime import date, timedelta

import pytest

from alongside.domain.consent import COMPARTMENTS, Purpose
from alongside.domain.facts import Silence
from alongside.library.book import Book
from alongside.records.agencies.actions.mailing import sweep_deliveries, take_in
from alongside.records.agencies.content import State
from alongside.records.agencies.models import Delivery
from alongside.records.agencies.queries import accepting, cards
from alongside.records.casefile.actions.answering import (
    NotOpenedToUsError,
    ask,
    confirm,
    look,
    reply,
)
from alongside.records.casefile.actions.keeping import (
    Choices,
    Telling,
    come_back,
    keep,
    keep_more,
    kept_answers,
)
from alongside.records.casefile.actions.securing import (
    SecondWordError,
    erase,
    second_word,
    sweep_casefiles,
)
from alongside.records.casefile.actions.sharing import (
    Attached,
    NoAgencyError,
    Opening,
    share,
    widen,
    withdraw,
    write,
)
from alongside.records.casefile.content import EntryKind, NoCasefileError
from alongside.records.casefile.models import Casefile, Entry
from alongside.records.casefile.queries import binder_of, conversations, who_opened
from alongside.records.journal.content import Deed
from alongside.records.journal.models import Line
from tests.agencies import CLINIC, SETTLEMENT, at, beside, founded
from tests.people import MATEO

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)
NOW = at(TODAY, 600)
UNTIL = TODAY + timedelta(days=90)
FACTS = Book().vocabulary.facts


def kept(answers=MATEO.answers, second="blue kettle", now=NOW):
    telling = Telling(answers, FACTS)
    return keep(telling=telling, choices=Choices(second, "river", "es"), now=now)


def opening(agency, *sections: str, until=UNTIL):
    return Opening(agency.keys.agency, frozenset(sections), Purpose.ADVICE, until, "es")


@pytest.fixture
def clinic():
    return founded(CLINIC, "amara", NOW)


@pytest.fixture
def house(clinic):  # noqa: ARG001 - founded second
    return founded(SETTLEMENT, "bruno", NOW)


def shared(keys, agency, *sections: str, text="Can you help me?"):
    return share(keys=keys, opening=opening(agency, *sections), text=text, now=NOW)


def test_who_comes_back_reads_what_they_kept():
    mine = kept()
    back = come_back(number=mine.number, secret=mine.secret, now=NOW)
    assert back is not None
    whole = second_word(keys=back, word="  Blue KETTLE ", now=NOW)
    assert kept_answers(keys=whole) == MATEO.answers


def test_number_and_phrase_alone_open_messages_and_not_what_was_told():
    mine = kept()
    back = come_back(number=mine.number, secret=mine.secret, now=NOW)
    assert conversations(back, TODAY) == []
    for act in (
        lambda: kept_answers(keys=back),
        lambda: keep_more(keys=back, telling=Telling({"doc.held": False}, FACTS), now=NOW),
    ):
        with pytest.raises(PermissionError):
            act()


def test_a_wrong_number_and_a_wrong_phrase_are_the_same_nothing():
    mine, other = kept(), kept()
    assert come_back(number="00000000", secret=mine.secret, now=NOW) is None
    assert come_back(number=mine.number, secret=other.secret, now=NOW) is None


def test_a_second_word_is_guessed_five_times_then_each_try_waits_longer():
    mine = kept()
    keys = mine.keys.messages_only()
    waits = []
    for word in ("a", "b", "c", "d", "e"):
        with pytest.raises(SecondWordError) as refused:
            second_word(keys=keys, word=word, now=NOW)
        waits.append(refused.value.minutes)
    assert waits == [0, 0, 0, 0, 15]
    with pytest.raises(SecondWordError):
        second_word(keys=keys, word="blue kettle", now=NOW)
    later = at(TODAY, 615)
    with pytest.raises(SecondWordError) as refused:
        second_word(keys=keys, word="f", now=later)
    assert refused.value.minutes == 30
    assert second_word(keys=keys, word="blue kettle", now=at(TODAY, 645)).whole
    with pytest.raises(SecondWordError) as refused:
        second_word(keys=keys, word="g", now=at(TODAY, 646))
    assert refused.value.minutes == 0


def test_the_person_sees_that_somebody_tried_a_wrong_second_word():
    mine = kept()
    with pytest.raises(SecondWordError):
        second_word(keys=mine.keys, word="no", now=NOW)
    assert Deed.SECOND_WORD_WRONG in {line.deed for line in who_opened(mine.keys)}


def test_an_agency_sees_what_was_opened_and_not_a_word_more(clinic):
    mine = kept({"pay.unpaid_part": True, "doc.held": True, "status.now": "claimant"})
    note = shared(mine.keys, clinic, "work", "evidence")
    seen = look(keys=clinic.keys, own=note.id, now=NOW)
    section = FACTS["pay.unpaid_part"].section
    told = {FACTS[k].section for k in ("pay.unpaid_part", "doc.held", "status.now")}
    assert set(seen.sections) == {"work", "evidence"}
    assert set(seen.closed) == set(COMPARTMENTS) - {"work", "evidence"}
    assert seen.answers == ({"pay.unpaid_part": True} if section == "work" else {})
    assert told - {"work", "evidence"} <= set(seen.closed)
    assert [entry.text for entry in seen.conversation] == ["Can you help me?"]


def test_opened_and_not_answered_is_told_apart_from_not_opened(clinic):
    mine = kept({"doc.held": True})
    seen = look(keys=clinic.keys, own=shared(mine.keys, clinic, "health").id, now=NOW)
    assert seen.sections == {"health": []}
    assert "story" in seen.closed


def test_another_agency_opens_nothing_of_it(clinic, house):
    note = shared(kept().keys, clinic, "work")
    take_in(keys=house.keys)
    assert cards(house.keys) == []
    with pytest.raises(NotOpenedToUsError):
        look(keys=house.keys, own=note.id, now=NOW)
    look(keys=clinic.keys, own=note.id, now=NOW)
    with pytest.raises(NotOpenedToUsError):
        reply(keys=house.keys, own=note.id, text="mine now", now=NOW)


def test_an_answer_is_there_when_the_person_comes_back_and_who_opened_is_told(clinic):
    mine = kept()
    note = shared(mine.keys, clinic, "work", "plans")
    look(keys=clinic.keys, own=note.id, now=NOW)
    reply(keys=clinic.keys, own=note.id, text="Yes. Write when you can.", now=at(TODAY, 700))
    back = come_back(number=mine.number, secret=mine.secret, now=at(TODAY, 800))
    (talk,) = conversations(back, TODAY)
    assert [e.text for e in talk.entries] == ["Can you help me?", "Yes. Write when you can."]
    opened = [line for line in who_opened(back) if line.deed is Deed.OPENED]
    assert [(line.who, line.places) for line in opened] == [(CLINIC.name, ("work", "plans"))]


def test_looking_again_the_same_day_tells_the_person_nothing_new(clinic):
    mine = kept()
    note = shared(mine.keys, clinic, "work")
    for minute in (600, 601, 900):
        look(keys=clinic.keys, own=note.id, now=at(TODAY, minute))
    assert [line.deed for line in who_opened(mine.keys)].count(Deed.OPENED) == 1
    widen(keys=mine.keys, own=note.id, sections=frozenset({"health"}), now=at(TODAY, 901))
    look(keys=clinic.keys, own=note.id, now=at(TODAY, 902))
    look(keys=clinic.keys, own=note.id, now=at(TODAY + timedelta(days=1)))
    assert [line.deed for line in who_opened(mine.keys)].count(Deed.OPENED) == 3


def test_what_the_person_writes_later_makes_the_card_wait_again(clinic):
    mine = kept()
    note = shared(mine.keys, clinic, "work")
    reply(keys=clinic.keys, own=note.id, text="Hello", now=NOW)
    assert [card.state for card in cards(clinic.keys)] == [State.ANSWERED]
    write(keys=mine.keys.messages_only(), own=note.id, text="More", now=at(TODAY, 650))
    take_in(keys=clinic.keys)
    (card,) = cards(clinic.keys)
    assert (card.state, card.since) == (State.WAITING, at(TODAY, 650).minute)


def test_a_file_goes_with_a_message_whole(clinic):
    mine = kept()
    body = bytes(range(256)) * 4000
    files = [Attached("slip.jpg", "image/jpeg", body)]
    note = share(keys=mine.keys, opening=opening(clinic, "work"), text="", files=files, now=NOW)
    (entry,) = look(keys=clinic.keys, own=note.id, now=NOW).conversation
    assert (entry.kind, entry.name, entry.body) == (EntryKind.FILE, "slip.jpg", body)


def test_an_agency_asks_for_a_section_and_only_the_person_opens_it(clinic):
    mine = kept({"permit.employer_specific": True})
    assert FACTS["permit.employer_specific"].section == "immigration"
    note = shared(mine.keys, clinic, "work")
    ask(keys=clinic.keys, own=note.id, section="immigration", text="To count days.", now=NOW)
    assert "immigration" in look(keys=clinic.keys, own=note.id, now=NOW).closed
    (talk,) = conversations(mine.keys, TODAY)
    assert [e.section for e in talk.entries if e.kind is EntryKind.ASK] == ["immigration"]
    widen(keys=mine.keys, own=note.id, sections=frozenset({"immigration"}), now=NOW)
    seen = look(keys=clinic.keys, own=note.id, now=NOW)
    assert seen.answers == {"permit.employer_specific": True}


def test_taking_it_back_closes_everything_at_once(clinic):
    mine = kept()
    note = shared(mine.keys, clinic, "work")
    look(keys=clinic.keys, own=note.id, now=NOW)
    withdraw(keys=mine.keys.messages_only(), own=note.id, now=NOW)
    assert bytes(Delivery.objects.get(id=note.id).sealed) == b""
    seen = look(keys=clinic.keys, own=note.id, now=NOW)
    assert not seen.grant_open
    assert (seen.sections, seen.conversation) == ({}, [])
    assert [card.state for card in cards(clinic.keys)] == [State.TAKEN_BACK]
    with pytest.raises(NotOpenedToUsError):
        reply(keys=clinic.keys, own=note.id, text="But", now=NOW)


def test_after_taking_back_what_is_written_opens_to_who_still_holds_and_not_to_who_held(
    clinic, house
):
    mine = kept({"pay.unpaid_part": True})
    section = FACTS["pay.unpaid_part"].section
    first, second = shared(mine.keys, clinic, section), shared(mine.keys, house, section)
    look(keys=clinic.keys, own=first.id, now=NOW)
    copied = bytes(Delivery.objects.get(id=first.id).sealed)
    withdraw(keys=mine.keys.messages_only(), own=first.id, now=NOW)
    keep_more(keys=mine.keys, telling=Telling({"pay.unpaid_part": False}, FACTS), now=NOW)
    # Who held it kept a copy of all they had, and puts it back: the new entry stays closed to them.
    assert not look(keys=clinic.keys, own=first.id, now=NOW).grant_open
    Delivery.objects.filter(id=first.id).update(sealed=copied)
    assert look(keys=clinic.keys, own=first.id, now=NOW).answers == {"pay.unpaid_part": True}
    assert look(keys=house.keys, own=second.id, now=NOW).answers == {"pay.unpaid_part": False}
    assert kept_answers(keys=mine.keys) == {"pay.unpaid_part": False}


def test_a_grant_ends_by_itself_and_its_keys_are_turned(clinic):
    mine = kept({"pay.unpaid_part": True})
    section = FACTS["pay.unpaid_part"].section
    until = TODAY + timedelta(days=3)
    note = share(keys=mine.keys, opening=opening(clinic, section, until=until), text="?", now=NOW)
    assert look(keys=clinic.keys, own=note.id, now=at(until)).grant_open
    after = until + timedelta(days=1)
    assert not look(keys=clinic.keys, own=note.id, now=at(after)).grant_open
    assert sweep_deliveries(today=after).emptied == 1
    assert bytes(Delivery.objects.get(id=note.id).sealed) == b""
    later = at(after, 5)
    keep_more(keys=mine.keys, telling=Telling({"pay.unpaid_part": False}, FACTS), now=later)
    assert binder_of(mine.keys).versions[section] == 2
    assert Deed.ENDED in {line.deed for line in who_opened(mine.keys)}


def test_erasing_leaves_nothing_but_a_card_that_says_so(clinic):
    mine = kept()
    note = shared(mine.keys, clinic, "work")
    look(keys=clinic.keys, own=note.id, now=NOW)
    lines = Line.objects.exclude(book=clinic.keys.agency).count()
    assert lines > 0
    with pytest.raises(PermissionError):
        erase(keys=mine.keys.messages_only(), now=NOW)
    erase(keys=mine.keys, now=NOW)
    assert not Casefile.objects.exists()
    assert not Entry.objects.exists()
    assert not Line.objects.exclude(book=clinic.keys.agency).exists()
    seen = look(keys=clinic.keys, own=note.id, now=NOW)
    assert (seen.card.state, seen.sections) == (State.ERASED, {})
    assert come_back(number=mine.number, secret=mine.secret, now=NOW) is None
    with pytest.raises(NoCasefileError):
        binder_of(mine.keys)


def test_what_was_never_shared_is_gone_thirty_days_after_the_last_visit(clinic):
    alone, shared_one = kept(), kept()
    shared(shared_one.keys, clinic, "work")
    assert sweep_casefiles(today=TODAY + timedelta(days=29)) == 0
    visited = TODAY + timedelta(days=29)
    assert come_back(number=alone.number, secret=alone.secret, now=at(visited))
    assert sweep_casefiles(today=visited + timedelta(days=29)) == 0
    assert sweep_casefiles(today=visited + timedelta(days=37)) == 1
    assert come_back(number=alone.number, secret=alone.secret, now=at(visited)) is None
    assert come_back(number=shared_one.number, secret=shared_one.secret, now=NOW)


def test_the_day_a_casefile_ends_is_always_a_monday():
    kept()
    for ends_on in Casefile.objects.values_list("ends_on", flat=True):
        assert date.fromordinal(ends_on).weekday() == 0


def test_a_check_word_confirms_who_writes(clinic):
    note = shared(kept().keys, clinic, "work")
    assert look(keys=clinic.keys, own=note.id, now=NOW).card.confirmed is None
    assert not confirm(keys=clinic.keys, own=note.id, word="lake", now=NOW)
    assert look(keys=clinic.keys, own=note.id, now=NOW).card.confirmed is None
    assert confirm(keys=clinic.keys, own=note.id, word=" River ", now=NOW)
    assert look(keys=clinic.keys, own=note.id, now=NOW).card.confirmed == TODAY


def test_nobody_sends_to_an_agency_that_is_not_there_or_takes_nobody(clinic):  # noqa: ARG001 - one is there
    nobody = Opening(b"x" * 16, frozenset({"work"}), Purpose.ADVICE, UNTIL, "es")
    with pytest.raises(NoAgencyError):
        share(keys=kept().keys, opening=nobody, text="?", now=NOW)
    assert [profile.name for profile in accepting()] == [CLINIC.name]


def test_an_answer_changed_is_appended_and_the_newest_counts():
    mine = kept({"doc.held": True, "hou.poor": True})
    more = {"doc.held": Silence.RATHER_NOT_SAY, "hou.poor": True}
    assert keep_more(keys=mine.keys, telling=Telling(more, FACTS), now=NOW) == 1
    assert kept_answers(keys=mine.keys) == more


def test_every_colleague_reads_the_same_box(clinic):
    other = beside(clinic, "chidi", NOW)
    note = shared(kept().keys, clinic, "work")
    look(keys=clinic.keys, own=note.id, now=NOW)
    assert look(keys=other.keys, own=note.id, now=NOW).grant_open
