"""A backup brings back nothing that was closed or erased since; and nothing that was kept after all is lost."""

from datetime import timedelta

import pytest
from django.core.management import call_command

from alongside.domain.consent import Purpose
from alongside.records.agencies.models import Delivery
from alongside.records.casefile.actions.answering import look
from alongside.records.casefile.actions.keeping import come_back, kept_answers
from alongside.records.casefile.actions.securing import second_word, sweep_casefiles
from alongside.records.casefile.actions.sharing import Opening, share
from alongside.records.casefile.actions.waiting import (
    bring_back,
    destroyed_on,
    erase_later,
    keep_after_all,
)
from alongside.records.casefile.models import Casefile
from alongside.records.casefile.queries import conversations
from tests.agencies import CLINIC, at, founded, present
from tests.people import MATEO
from tests.records.test_casefile import kept

pytestmark = pytest.mark.django_db
NOW = present()  # a restore reckons from the present day
TODAY = NOW.today
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def withdrawals(settings, tmp_path):
    settings.WITHDRAWALS_FILE = tmp_path / "withdrawals"
    return settings.WITHDRAWALS_FILE


class Quiet:
    """Hears what a command says."""

    def write(self, _said):
        """Hear it."""


@pytest.fixture
def file(tmp_path):
    return tmp_path / "backup"


@pytest.fixture
def mine():
    return kept(now=NOW)


def saved(file):
    call_command("backup", file, stdout=Quiet())


def restored(file):
    call_command("restore", file, "--replace", stdout=Quiet())


def back(mine, now=NOW):
    return come_back(number=mine.number, secret=mine.secret, now=now)


def brought(mine, now=NOW):
    return bring_back(number=mine.number, secret=mine.secret, second="blue kettle", now=now)


def ask(mine):
    return erase_later(keys=back(mine), now=NOW)


def keep(mine, now=NOW):
    keep_after_all(keys=brought(mine, now), now=now)


def test_what_was_closed_after_the_backup_is_closed_again_and_destroyed_in_time(mine, file):
    other = kept(now=NOW)
    saved(file)
    ask(mine)
    restored(file)
    assert back(mine) is None
    assert brought(mine), "the second word still brings it back"
    assert back(other)
    on = destroyed_on(TODAY)
    assert sweep_casefiles(today=on - DAY) == 0
    assert sweep_casefiles(today=on) == 1
    assert back(other, at(on))


def test_it_is_destroyed_in_time_though_nobody_comes(mine, file):
    saved(file)
    ask(mine)
    restored(file)
    assert sweep_casefiles(today=destroyed_on(TODAY)) == 1
    assert not Casefile.objects.exists()


def test_the_agency_opens_nothing_again_of_what_was_closed(mine, file):
    clinic = founded(CLINIC, "amara", NOW)
    note = shared_now(mine, clinic)
    look(keys=clinic.keys, own=note.id, now=NOW)
    saved(file)
    ask(mine)
    restored(file)
    assert not bytes(Delivery.objects.get(id=note.id).sealed)
    assert not look(keys=clinic.keys, own=note.id, now=NOW).grant_open
    assert back(mine) is None
    keep(mine)
    assert [talk.open for talk in conversations(back(mine), TODAY)] == [False]


def shared_now(mine, clinic):
    until = TODAY + 30 * DAY
    opening = Opening(clinic.keys.agency, frozenset({"work"}), Purpose.ADVICE, until, "en")
    return share(keys=mine.keys, opening=opening, text="?", now=NOW)


def test_what_was_kept_after_all_stays_open(mine, file):
    saved(file)
    for _ in range(2):
        ask(mine)
        keep(mine)
    restored(file)
    assert back(mine)
    assert sweep_casefiles(today=destroyed_on(TODAY)) == 0
    ask(mine)
    assert back(mine) is None, "and can be closed again"
    restored(file)
    assert back(mine) is None, "which holds as well"
    keep(mine)
    assert (
        kept_answers(keys=second_word(keys=back(mine), word="blue kettle", now=NOW))
        == MATEO.answers
    )


def test_a_backup_made_while_it_waited_is_closed_and_ends_on_the_day_that_was_said(mine, file):
    on = ask(mine)
    saved(file)
    restored(file)
    assert back(mine) is None
    assert brought(mine, at(on - DAY))
    assert back(mine, at(on)) is None
    assert not Casefile.objects.exists()


def test_a_backup_made_while_it_waited_takes_nothing_from_who_kept_it_since(mine, file):
    on = ask(mine)
    saved(file)
    keep(mine)
    restored(file)
    assert sweep_casefiles(today=on) == 0
    later = at(on + DAY)
    assert back(mine, later) is None, "its binder is of before, and closed"
    keep(mine, later)
    assert back(mine, later)


def test_what_was_destroyed_in_its_time_does_not_come_back(mine, file):
    saved(file)
    on = ask(mine)
    sweep_casefiles(today=on)
    restored(file)
    assert brought(mine, at(on)) is None
    assert not Casefile.objects.exists()


def test_what_ran_out_does_not_come_back_either(mine, file):
    saved(file)
    sweep_casefiles(today=TODAY + 40 * DAY)
    restored(file)
    assert back(mine) is None
