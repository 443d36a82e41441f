"""`make demo`: the product on this machine, on an embedded database."""

from __future__ import annotations

import os
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

from alongside.config.serving import Server, free_port


class Command(BaseCommand):
    """Prepare the database, say where to go, and serve."""

    help = "Serve the product on PORT (8000) of this machine"

    def handle(self, *_args: Any, **_options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Run until stopped."""
        port = free_port()
        os.umask(0o077)
        call_command("migrate", verbosity=0, interactive=False)
        connection.close()
        self.stdout.write(
            f"\nAlongside is at http://localhost:{port}/\n\n"
            "Open it in a private window; leave with the button at the top of every page.\n"
            "Nothing you type is kept. Stop with Ctrl+C.\n"
        )
        self.stdout.flush()
        Server(f"127.0.0.1:{port}").run()
