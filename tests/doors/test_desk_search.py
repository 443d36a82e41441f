"""Looking for a word at the desk: it finds what is open to the agency, and leaves no trace of what was looked for."""

import pytest

from alongside.records.agencies.models import Between
from tests.doors.desking import Deskmate, clinic, somebody_wrote
from tests.people import MATEO

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    amara = clinic()
    somebody_wrote(amara, MATEO.answers, "work", text="They keep my zanzibar passport")
    somebody_wrote(amara, MATEO.answers, "work", text="Hours not paid")
    mate = Deskmate(amara)
    mate.get("i/")
    return mate


def looked(desk, word):
    answer = desk.send("i/s/", word=word)
    assert (answer.status_code, answer["Location"]) == (303, "/en/i/s/")
    return desk.html("i/s/")


def test_a_word_finds_the_card_it_stands_in(desk):
    assert looked(desk, "ZANZIBAR").count("/en/k/") == 1
    assert looked(desk, "quokka").count("/en/k/") == 0
    assert "stands in nothing" in desk.text("i/s/")


def test_the_word_stands_in_no_address_and_sealed_in_the_store(desk):
    looked(desk, "zanzibar")
    for row in Between.objects.all():
        assert b"zanzibar" not in bytes(row.sealed)


def test_nobody_who_is_not_signed_in_finds_anything(desk):
    looked(desk, "zanzibar")
    desk.client.cookies.pop("s")
    assert desk.get("i/s/").status_code == 303


def test_nobody_who_is_not_signed_in_fills_the_store():
    answer = Deskmate().send("i/s/", word="zanzibar")
    assert (answer.status_code, answer["Location"]) == (303, "/en/")
    assert not Between.objects.exists()
