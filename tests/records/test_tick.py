"""What ends by its time is swept by whose it is: each minute, each hour, and all of it by `tick`."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import connection

from alongside.config.sweeping import TABLES, sweep_each_hour, sweep_each_minute
from alongside.records.agencies.actions.joining import invite
from alongside.records.agencies.actions.signing import keep_session
from alongside.records.agencies.content import Role
from alongside.records.agencies.models import Delivery, Invitation, Session
from alongside.records.casefile.actions.answering import look
from alongside.records.casefile.actions.keeping import Choices, Telling, keep
from alongside.records.casefile.models import Casefile
from alongside.records.drafts.actions import keep_draft
from alongside.records.drafts.content import Draft
from alongside.records.drafts.models import Draft as DraftRow
from alongside.records.gone import actions as gone
from alongside.records.gone.models import Gone
from alongside.sealed.derived import fingerprint
from tests.agencies import CLINIC, at, founded, present
from tests.records.test_casefile import NOW, TODAY, kept, shared

DAY = 24 * 60
ENTRY, DESK = {"drafts", "casefiles", "gone"}, {"sessions", "deliveries"}


@pytest.fixture(autouse=True)
def withdrawals(settings, tmp_path):
    settings.WITHDRAWALS_FILE = tmp_path / "withdrawals"
    return settings.WITHDRAWALS_FILE


def everything():
    """One of each kind of thing that ends."""
    clinic = founded(CLINIC, "amara", NOW)
    invite(keys=clinic.keys, role=Role.MEMBER, today=TODAY, minute=NOW.minute)
    keep_session(keys=clinic.keys, minute=NOW.minute)
    keep_draft(token=None, draft=Draft(), minute=NOW.minute)
    note = shared(kept().keys, clinic, "work")
    look(keys=clinic.keys, own=note.id, now=NOW)


def left():
    return [m.objects.count() for m in (DraftRow, Session, Invitation, Delivery, Casefile)]


@pytest.mark.django_db
def test_everything_ends_when_its_time_is_over_and_not_before():
    everything()
    for minute, expected in (
        (NOW.minute + 29, [1, 1, 1, 1, 1]),
        (NOW.minute + 60, [0, 0, 1, 1, 1]),
        (NOW.minute + 4 * DAY, [0, 0, 0, 1, 1]),
        (NOW.minute + 130 * DAY, [0, 0, 0, 0, 1]),
        (NOW.minute + 410 * DAY, [0, 0, 0, 0, 0]),
    ):
        sweep_each_minute(minute)
        sweep_each_hour(minute)
        assert left() == expected, minute - NOW.minute


@pytest.mark.django_db
@pytest.mark.parametrize(("door", "swept"), [("entry", ENTRY), ("desk", DESK), ("", ENTRY | DESK)])
def test_the_process_of_a_door_sweeps_what_its_database_role_may_touch(settings, door, swept):
    settings.DOOR = door
    everything()
    minute = NOW.minute + 500 * DAY
    found = sweep_each_minute(minute) | sweep_each_hour(minute)
    assert set(found) == swept <= set(TABLES)
    assert DraftRow.objects.exists() == ("drafts" not in swept)
    assert Session.objects.exists() == ("sessions" not in swept)


@pytest.mark.django_db(transaction=True)
def test_tick_ends_everything_and_writes_into_the_file_what_a_crash_kept_from_it(
    withdrawals, monkeypatch
):
    long_ago = at(present().today - timedelta(days=600))
    monkeypatch.setattr(gone, "_write", lambda _prints: None)  # killed before the file
    clinic = founded(CLINIC, "amara", long_ago)
    shared_long_ago(clinic, long_ago)
    monkeypatch.undo()
    assert not withdrawals.exists()
    call_command("tick")
    assert left() == [0, 0, 0, 0, 0]
    assert gone.gone_in_file() == gone.gone_in_store() != set()
    before = withdrawals.read_text()
    call_command("tick")
    assert withdrawals.read_text() == before


def shared_long_ago(clinic, now):
    keep(telling=Telling({}, {}), choices=Choices("a", "b", "en"), now=now)
    keep_draft(token=None, draft=Draft(), minute=now.minute)
    keep_session(keys=clinic.keys, minute=now.minute)


@pytest.mark.django_db
def test_fingerprints_older_than_any_backup_are_forgotten():
    gone.remember(b"a" * 16)
    this = datetime.now(tz=UTC)
    Gone.objects.create(print=b"b" * 32, month=this.year * 12 + this.month - gone.MONTHS - 1)
    assert sweep_each_hour(present().minute)["gone"] == 1
    assert Gone.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_line_that_a_crash_cut_short_takes_no_other_with_it(withdrawals):
    gone.remember(b"a" * 16)
    whole = withdrawals.read_text()
    withdrawals.write_text(whole + "0123456789abcdef")
    gone.remember(b"b" * 16)
    assert gone.gone_in_file() == gone.gone_in_store()
    assert len(gone.gone_in_file()) == 2


@pytest.mark.django_db(transaction=True)
def test_a_withdrawal_stands_though_the_file_cannot_be_written(settings, tmp_path):
    settings.WITHDRAWALS_FILE = tmp_path / "nowhere" / "withdrawals"
    gone.remember(b"a" * 16)
    assert gone.gone_in_store() == {fingerprint(b"a" * 16)}


@pytest.mark.django_db
def test_every_table_behind_which_is_cleaned_exists():
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
    assert {table for tables in TABLES.values() for table in tables} <= there
