"""An agency on another host: who chooses it reads that taking back reaches it later, and again when it counts."""

from dataclasses import replace

import pytest

from tests import abroad
from tests.agencies import CLINIC, SETTLEMENT, founded, present
from tests.doors.keeping import said, told

pytestmark = pytest.mark.django_db
LANGUAGES = pytest.mark.parametrize("lang", ["en", "fr", "es", "ar"])


@pytest.fixture
def clinic():
    return founded(CLINIC, "amara", present())


@pytest.fixture
def far(clinic):
    """The agency on another host, as somebody whose agency can be chosen."""
    house = founded(SETTLEMENT, "bruno", present())
    profile = abroad.admitted(clinic, house, present())
    return replace(clinic, keys=replace(clinic.keys, agency=profile.id))


@LANGUAGES
def test_it_is_said_where_one_chooses_and_before_one_sends_and_of_that_agency_alone(
    clinic, far, lang
):
    keeper = told(lang)
    html, word = keeper.html("w/"), said(lang, "kept_far")
    assert keeper.text("w/").count(word) == 1
    cards = html.split('<section class="card"')
    assert [abroad.LIGHTHOUSE.name in card for card in cards if "warn" in card] == [True]
    assert word in keeper.choose(far, "work").text("w/2/")
    assert word not in keeper.choose(clinic, "work").text("w/2/")


@LANGUAGES
def test_it_is_said_again_where_one_takes_back_and_where_one_erases(far, lang):
    keeper = told(lang)
    keeper.send_to(far, "work")
    assert said(lang, "kept_take_far") in keeper.text("m/")
    assert said(lang, "kept_erase_far") in keeper.text("d/")
    assert said(lang, "kept_erase_copies") in keeper.text("d/")


@pytest.mark.usefixtures("far")
def test_who_wrote_to_agencies_of_this_host_alone_reads_nothing_of_it(clinic):
    keeper = told("en")
    keeper.send_to(clinic, "work")
    assert said("en", "kept_take_does") in keeper.text("m/")
    for page, key in (("m/", "kept_take_far"), ("d/", "kept_erase_far")):
        assert said("en", key) not in keeper.text(page)
