"""A word is found in what was opened to the agency, and in nothing else."""

from datetime import date, timedelta

import pytest

from alongside.records.agencies.actions.mailing import take_in
from alongside.records.casefile.actions.answering import look, reply
from alongside.records.casefile.actions.sharing import withdraw, write
from alongside.records.casefile.searching import search
from tests.agencies import CLINIC, SETTLEMENT, at, founded
from tests.records.test_casefile import kept, shared

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)
NOW = at(TODAY, 600)


@pytest.fixture
def clinic():
    return founded(CLINIC, "amara", NOW)


def found(agency, text, today=TODAY):
    take_in(keys=agency.keys)
    return {card.id for card in search(keys=agency.keys, text=text, today=today)}


def test_a_word_of_a_message_is_found_without_accents_or_case(clinic):
    mine, other = kept(), kept()
    note = shared(mine.keys, clinic, text="Mi patrón guarda el PASAPORTE")
    shared(other.keys, clinic, text="horas sin pagar")
    assert found(clinic, "patron") == found(clinic, "Pasaporte") == {note.id}
    assert found(clinic, "quokka") == set()
    reply(keys=clinic.keys, own=note.id, text="We wrote back", now=NOW)
    write(keys=mine.keys, own=note.id, text="gracias", now=NOW)
    assert found(clinic, "wrote back") == found(clinic, "GRACIAS") == {note.id}


def test_a_value_is_found_where_its_section_is_open_and_not_where_it_is_not(clinic):
    mine, other = kept({"job.months": 4177}), kept({"job.months": 4177})
    note = shared(mine.keys, clinic, "work")
    shared(other.keys, clinic, "health")
    assert found(clinic, "4177") == {note.id}


def test_another_agency_finds_nothing_and_what_was_taken_back_or_is_over_is_not_found(clinic):
    house = founded(SETTLEMENT, "bruno", NOW)
    mine, other = kept(), kept()
    note, over = (shared(k.keys, clinic, text="zanzibar") for k in (mine, other))
    assert found(house, "zanzibar") == set()
    assert found(clinic, "zanzibar") == {note.id, over.id}
    withdraw(keys=mine.keys, own=note.id, now=NOW)
    assert found(clinic, "zanzibar") == {over.id}
    assert found(clinic, "zanzibar", TODAY + timedelta(days=91)) == set()


def test_a_card_is_found_by_its_number_and_too_short_a_word_finds_nothing(clinic):
    note = shared(kept().keys, clinic, text="x")
    number = look(keys=clinic.keys, own=note.id, now=NOW).card.number
    assert found(clinic, number) == {note.id}
    assert found(clinic, "x") == set()
    assert found(clinic, "  ") == set()
