"""One role for each door: each may do what is written in one table, and a new table cannot be forgotten."""

from __future__ import annotations

import psycopg
import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db.migrations.recorder import MigrationRecorder

from alongside.config.roles import DESK, ENTRY, EVERY, RIGHTS, statements
from tests.postgresql.test_same_on_postgresql import KEEP, ran

TABLES = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
MIGRATIONS = MigrationRecorder.Migration._meta.db_table


@pytest.mark.parametrize("role", RIGHTS)
def test_every_table_is_named_for_every_role(role):
    assert set(RIGHTS[role]) == {MIGRATIONS, *TABLES}


@pytest.mark.parametrize("role", RIGHTS)
def test_every_column_named_is_one(role):
    for table, may in RIGHTS[role].items():
        named = {*may.select, *may.insert, *may.update} - set(EVERY)
        if named:
            assert named <= {field.column for field in TABLES[table]._meta.concrete_fields}


@pytest.fixture(scope="module")
def given(postgres):
    """A database whose roles were given twice, as after an upgrade."""
    with postgres.connect("postgres") as inside:
        inside.execute("CREATE ROLE builder LOGIN CREATEROLE")  # as in docs/how-to/deploy.md
    made = postgres.new_database("roles", "builder")
    ran(made, "manage.py", "migrate", "-v", "0")
    for _ in range(2):
        ran(made, "manage.py", "roles", "--apply", "--login")
    return made


@pytest.mark.usefixtures("given")
def test_the_door_of_the_person_keeps_reads_and_destroys_drafts(postgres):
    as_entry = postgres.address("roles", ENTRY)
    script = KEEP + (
        "from alongside.records.drafts.actions import destroy_draft, one_change\n"
        "from alongside.records.drafts.room import sweep\n"
        "from alongside.records.drafts.queries import open_draft\n"
        "token = keep_draft(token=None, draft=Draft(), minute=1)\n"
        "with one_change(token=token):\n"
        "    assert open_draft(token=token, minute=1) is not None\n"
        "    keep_draft(token=token, draft=Draft(), minute=1)\n"
        "destroy_draft(token=token)\n"
        "print('swept', sweep(minute=31))\n"
    )
    assert "swept 1" in ran(as_entry, "-c", script)


@pytest.mark.usefixtures("given")
@pytest.mark.parametrize("asked", ["SELECT 1 FROM {}", "DELETE FROM {}", "TRUNCATE {}"])
@pytest.mark.parametrize("table", ["drafts_draft", MIGRATIONS])
def test_the_desk_is_refused_drafts_whatever_it_asks(postgres, table, asked):
    with postgres.connect("roles") as inside:
        inside.execute(f"SET ROLE {DESK}")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            inside.execute(asked.format(table))
        inside.execute(f"SET ROLE {ENTRY}")
        inside.execute("SELECT slot FROM drafts_draft")


def test_each_door_does_all_it_has_to_with_the_role_it_has(postgres, given, tmp_path):
    for part, role in (("founding", None), ("entry", ENTRY), ("desk", DESK)):
        where = postgres.address("roles", role) if role else given
        assert "done" in ran(where, "-m", "tests.postgresql.as_a_door", part, str(tmp_path))


CLOSED = {
    ENTRY: (
        "agencies_member", "agencies_epoch", "agencies_session", "agencies_invitation",
        "agencies_between", "agencies_custodian", "agencies_recovery",
    ),
    DESK: ("casefile_turn",),
}  # fmt: skip


@pytest.mark.usefixtures("given")
@pytest.mark.parametrize(("role", "table"), [(r, t) for r in CLOSED for t in CLOSED[r]])
def test_neither_door_reads_what_only_the_other_opens(postgres, role, table):
    with postgres.connect("roles") as inside:
        inside.execute(f"SET ROLE {role}")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            inside.execute(f"SELECT 1 FROM {table}")


@pytest.mark.usefixtures("given")
@pytest.mark.parametrize("column", ["binder", "ring"])
def test_the_desk_reads_no_binder_and_no_ring(postgres, column):
    with postgres.connect("roles") as inside:
        inside.execute(f"SET ROLE {DESK}")
        inside.execute("SELECT id FROM casefile_casefile")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            inside.execute(f"SELECT {column} FROM casefile_casefile")


@pytest.mark.usefixtures("given")
def test_who_has_no_role_does_not_even_come_in(postgres):
    with postgres.connect("postgres") as inside:
        inside.execute("CREATE ROLE stranger LOGIN")
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        postgres.connect("roles", "stranger")


def test_what_is_printed_is_what_is_applied(given):
    printed = ran(given, "manage.py", "roles")
    for statement in statements("roles", login=False):
        assert f"{statement};\n" in printed


@pytest.mark.django_db
def test_sqlite_has_no_roles():
    with pytest.raises(CommandError, match="PostgreSQL"):
        call_command("roles")
