"""What the process of each door may do in PostgreSQL: one role for each door, one table of rights.

A mistake in a page then meets a second wall: the desk's process cannot read a draft, whatever it asks.
The owner of the tables, who runs `migrate`, is neither of these roles.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

Columns = tuple[str, ...]
EVERY: Columns = ("*",)
NONE: Columns = ()


@dataclass(frozen=True)
class May:
    """Rights on one table: columns by name, EVERY or NONE.

    Three things PostgreSQL asks for beside the plain right: ``select`` on the columns by which rows are
    found to change or delete them; ``update`` on some column to hold a row (``select_for_update``);
    and ``select`` on a key that the database draws, because Django reads it back.
    """

    select: Columns = NONE
    insert: Columns = NONE
    update: Columns = NONE
    delete: bool = False


NOTHING = May()
ALL = May(EVERY, EVERY, EVERY, delete=True)

ENTRY, DESK = "alongside_entry", "alongside_desk"
ADDS = May(select=EVERY, insert=EVERY)
RIGHTS: dict[str, dict[str, May]] = {
    ENTRY: {
        "django_migrations": NOTHING,
        "drafts_draft": ALL,
        "gone_gone": May(EVERY, EVERY, delete=True),
        "casefile_casefile": ALL,
        "casefile_entry": May(EVERY, EVERY, delete=True),
        "casefile_turn": May(EVERY, EVERY, delete=True),
        "journal_line": May(EVERY, EVERY, delete=True),
        "agencies_agency": May(select=EVERY),
        "agencies_member": NOTHING,
        "agencies_epoch": NOTHING,
        "agencies_invitation": NOTHING,
        "agencies_session": NOTHING,
        "agencies_between": NOTHING,
        "agencies_delivery": May(EVERY, EVERY, ("sealed",)),
        "agencies_host": NOTHING,
        "agencies_custodian": NOTHING,
        "agencies_recovery": NOTHING,
    },
    DESK: {
        "django_migrations": NOTHING,
        "drafts_draft": NOTHING,
        "gone_gone": ADDS,
        "casefile_casefile": May(("id", "slot", "salt", "ends_on"), EVERY, ("ends_on",)),
        "casefile_entry": ADDS,
        "casefile_turn": NOTHING,
        "journal_line": ADDS,
        "agencies_agency": ALL,
        "agencies_member": ALL,
        "agencies_epoch": ALL,
        "agencies_invitation": ALL,
        "agencies_session": ALL,
        "agencies_between": ALL,
        "agencies_delivery": ALL,
        "agencies_host": NOTHING,
        "agencies_custodian": ALL,
        "agencies_recovery": ALL,
    },
}
"""Every table for every role, also where it may do nothing, so that a new one cannot be forgotten."""


def statements(database: str, *, login: bool) -> Iterator[str]:
    """Give the SQL that makes the roles and gives each its rights and no other; run again, it changes nothing.

    ``login``: the roles may connect by themselves; otherwise they are groups for roles that do.
    """
    name = _quoted(database)
    yield f"REVOKE ALL ON DATABASE {name} FROM PUBLIC"
    yield "REVOKE ALL ON SCHEMA public FROM PUBLIC"
    yield "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC"
    for role, rights in RIGHTS.items():
        yield (
            f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') "
            f"THEN CREATE ROLE {role}; END IF; END $$"
        )
        yield f"ALTER ROLE {role} {'LOGIN' if login else 'NOLOGIN'}"
        yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}"
        yield f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {role}"
        yield f"GRANT CONNECT ON DATABASE {name} TO {role}"
        yield f"GRANT USAGE ON SCHEMA public TO {role}"
        for table, may in rights.items():
            if granted := ", ".join(_granted(may)):
                yield f"GRANT {granted} ON {_quoted(table)} TO {role}"


def _granted(may: May) -> Iterator[str]:
    for verb, columns in (("SELECT", may.select), ("INSERT", may.insert), ("UPDATE", may.update)):
        if columns == EVERY:
            yield verb
        elif columns:
            yield f"{verb} ({', '.join(map(_quoted, columns))})"
    if may.delete:
        yield "DELETE"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
