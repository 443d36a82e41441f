"""`manage.py roles`: the rights of each door's process in PostgreSQL, printed or applied."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from alongside.config.roles import statements

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """Print the SQL, or run it as the owner of the tables."""

    help = "Print the SQL that gives each door its role in PostgreSQL; run it with --apply, after migrate"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take whether to run it, and whether the roles connect by themselves."""
        parser.add_argument("--apply", action="store_true", help="run it instead of printing it")
        parser.add_argument("--login", action="store_true", help="let the roles connect")

    def handle(self, *_args: Any, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Do it whole or not at all: a running door never meets half of its rights."""
        if connection.vendor != "postgresql":
            msg = "SQLite has no roles: who reads the file reads all of it. Roles need PostgreSQL."
            raise CommandError(msg)
        written = list(statements(connection.settings_dict["NAME"], login=options["login"]))
        if not options["apply"]:
            self.stdout.write(";\n".join(["BEGIN", *written, "COMMIT"]) + ";")
            return
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in written:
                cursor.execute(statement)
