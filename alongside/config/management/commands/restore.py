"""`manage.py restore FILE`: a backup in the place of the store, without what was destroyed since."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from alongside.records.backing.content import NotABackupError
from alongside.records.backing.restoring import NotEmptyError, restore_backup

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """Bring a backup back. Stop the service first."""

    help = "Bring a backup back, and destroy again what was withdrawn, erased or let go since it was made"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take which, and whether to replace what is there."""
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--replace", action="store_true", help="replace what is in the store now"
        )

    def handle(self, *_args: Any, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Bring it back, and say what was done."""
        call_command("migrate", verbosity=0, interactive=False)
        try:
            done = restore_backup(options["file"], replace=options["replace"])
        except NotABackupError as error:
            raise CommandError(str(error)) from error
        except NotEmptyError as error:
            msg = "There is something in the store. To put the backup in its place: --replace"
            raise CommandError(msg) from error
        except OSError as error:
            msg = f"{options['file']} cannot be read ({error.strerror})."
            raise CommandError(msg) from error
        rows, again = sum(table.rows for table in done.head.tables), done.agencies
        self.stdout.write(
            f"{rows} rows are back. Of these were destroyed again, because they had been since: "
            f"{again.grants} grants, {done.casefiles} casefiles, {again.members} members, "
            f"{again.invitations} invitations, {again.custodians} custodians.\n"
            "Everybody signs in anew. Tell the agencies to which day the store went back."
        )
        call_command("tick")
