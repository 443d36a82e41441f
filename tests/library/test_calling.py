"""Whom to call about a way out: the national line first, and never an office that inspects unasked."""

import pytest

from alongside.library.calling import HOTLINE, call_about, need_of, trusted
from alongside.library.vocabulary import REGIONS

PLACES = (None, *REGIONS)


def needs_of(book):
    return sorted({need for contact in book.contacts.values() for need in contact.needs})


@pytest.mark.parametrize("province", PLACES)
def test_the_national_line_comes_first_and_at_most_one_more_with_a_number(book, province):
    for need in needs_of(book):
        found = call_about(book.contacts, need, province)
        assert found[0].key == HOTLINE
        assert len(found) <= 2
        assert all(contact.phone and contact.serves(province) for contact in found)


@pytest.mark.parametrize("province", PLACES)
def test_a_government_office_is_named_only_beside_what_is_asked_for_there(book, province):
    offices = {c.key for c in book.contacts.values() if c.office_of}
    assert {"tel.tipline", "tel.on_es"} <= offices, "so that the rest can fail"
    for need in needs_of(book):
        assert not offices & {c.key for c in call_about(book.contacts, need, province)}
    for key in book.remedies:
        for contact in call_about(book.contacts, need_of(key), province, key):
            assert not contact.office_of or key.startswith(contact.office_of)


def test_the_office_that_takes_the_request_stands_beside_it(book):
    wages = call_about(book.contacts, "wages", "on", "on.es.esa")
    assert [c.key for c in wages] == [HOTLINE, "tel.on_es"]
    tip = call_about(book.contacts, "wages", "qc", "fed.tfw.tipline")
    assert [c.key for c in tip] == [HOTLINE, "tel.tipline"]


def test_a_number_nobody_could_check_comes_only_from_the_persons_own_province(book):
    for province in PLACES:
        for need in needs_of(book):
            for contact in call_about(book.contacts, need, province)[1:]:
                assert trusted(contact) or province in contact.regions


def test_a_group_for_one_community_or_trade_is_named_to_nobody_unasked(book):
    some = {c.key for c in book.contacts.values() if c.for_some}
    assert "tel.mwac_farm" in some, "so that the rest can fail"
    for province in PLACES:
        for need in needs_of(book):
            assert not some & {c.key for c in call_about(book.contacts, need, province)}
