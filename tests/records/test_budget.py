"""What stays readable in the store is what the metadata budget says, byte by byte."""

from datetime import date

import pytest
from django.db import connection

from alongside.records.agencies.actions import recovering
from alongside.records.agencies.actions.between import keep_between
from alongside.records.agencies.actions.carrying import export_box
from alongside.records.agencies.actions.joining import invite
from alongside.records.agencies.actions.leaving import leave
from alongside.records.agencies.actions.signing import keep_session
from alongside.records.agencies.content import Role
from alongside.records.budget import BUDGET
from alongside.records.casefile.actions.answering import look, reply
from alongside.records.casefile.actions.sharing import withdraw
from alongside.records.casefile.models import Casefile, Entry
from alongside.records.drafts.actions import keep_draft
from alongside.records.drafts.content import Draft
from tests import abroad
from tests.agencies import CLINIC, SETTLEMENT, at, beside, founded, with_passkey
from tests.devices import Device
from tests.records.test_casefile import kept, shared

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)
NOW = at(TODAY, 600)
DJANGO = {"django_migrations"}


def overdrawn():
    """Every value in the store that is not within the budget, with its table and column."""
    found = []
    for table in connection.introspection.table_names():
        if table in DJANGO:
            continue
        with connection.cursor() as cursor:
            cursor.execute(f'select * from "{table}"')
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                found += [
                    (table, name, value)
                    for name, value in zip(columns, row, strict=True)
                    if not within(table, name, value)
                ]
    return found


def within(table, column, value):
    if isinstance(value, memoryview):
        value = bytes(value)
    known = BUDGET.get(table, {}).get(column)
    return known is not None and (value is None or known.keeps(value))


@pytest.fixture
def full():
    """A store with at least one row in every table."""
    clinic, house = founded(CLINIC, "amara", NOW), founded(SETTLEMENT, "bruno", NOW)
    clinic = with_passkey(clinic, Device(), now=NOW)
    leaver = beside(clinic, "chidi", NOW)
    recovering.appoint(keys=clinic.keys)
    export_box(agency=abroad.admitted(clinic, house, NOW).id)
    mine, other = kept(), kept()
    note, taken = shared(mine.keys, clinic, "work", "story"), shared(mine.keys, house, "work")
    shared(other.keys, clinic, "health")
    look(keys=clinic.keys, own=note.id, now=NOW)
    reply(keys=clinic.keys, own=note.id, text="yes " * 900, now=NOW)
    withdraw(keys=mine.keys, own=taken.id, now=NOW)
    leave(keys=clinic.keys, member=leaver.keys.member, minute=NOW.minute)
    invite(keys=clinic.keys, role=Role.MEMBER, today=TODAY, minute=NOW.minute)
    keep_session(keys=clinic.keys, minute=NOW.minute)
    keep_between(token=None, name="reply", table={"text": "dear"}, minute=NOW.minute)
    keep_draft(token=None, draft=Draft(), minute=NOW.minute)
    with connection.cursor() as cursor:
        for table in BUDGET:
            cursor.execute(f'select count(*) from "{table}"')
            assert cursor.fetchone()[0], f"{table} has no row to look at"


@pytest.mark.usefixtures("full")
def test_every_byte_of_the_store_is_within_the_budget():
    assert overdrawn() == []


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize(
    "change",
    [
        {"ends_on": date(2026, 11, 25).toordinal()},  # a Wednesday
        {"binder": b"{}"},
        {"salt": b"a name"},
        {"binder": b"\x01" + b"x" * 900},
    ],
    ids=["a day instead of a week", "clear content", "a word", "a length that tells"],
)
def test_what_is_not_in_the_budget_is_found_out(change):
    Casefile.objects.update(**change)
    assert {(t, c) for t, c, _ in overdrawn()} == {("casefile_casefile", *change)}


def test_no_table_and_no_column_is_missing_from_the_budget():
    tables = {t for t in connection.introspection.table_names() if t not in DJANGO}
    assert tables == set(BUDGET)
    for table in tables:
        with connection.cursor() as cursor:
            described = connection.introspection.get_table_description(cursor, table)
        assert {column.name for column in described} == set(BUDGET[table])


@pytest.mark.usefixtures("full")
def test_entries_of_one_casefile_do_not_show_which_section_they_are_of():
    """Nothing but identity, casefile and ciphertext, all of the smallest length alike."""
    sizes = {len(bytes(sealed)) for sealed in Entry.objects.values_list("sealed", flat=True)}
    assert len(sizes) <= 4
    assert {field.name for field in Entry._meta.fields} == {"id", "casefile", "sealed"}
