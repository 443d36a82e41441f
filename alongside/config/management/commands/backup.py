"""`manage.py backup FILE`: everything that lasts, in one file, while people go on writing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from alongside.records.backing.writing import write_backup

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """Write a backup. It holds no key, and opens to nobody who does not hold one already."""

    help = "Write everything that lasts, as it is sealed, into one file; drafts and sessions are left out"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take where to write it."""
        parser.add_argument("file", type=Path, help="the file; one of this name is replaced")

    def handle(self, *_args: Any, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Write it, and say how much there is."""
        path: Path = options["file"]
        try:
            head = write_backup(path)
        except OSError as error:
            msg = f"{path} cannot be written ({error.strerror})."
            raise CommandError(msg) from error
        rows = sum(table.rows for table in head.tables)
        self.stdout.write(f"{path}: {rows} rows. Destroy it after 30 days at the latest.")
