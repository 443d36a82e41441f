"""`manage.py serve`: the product behind a proxy that ends HTTPS, as docs/how-to/deploy.md sets up."""

from __future__ import annotations

import os
from typing import Any

from django.core.management.base import BaseCommand

from alongside.config.serving import Server, free_port


class Command(BaseCommand):
    """Serve; the database is prepared beforehand with `manage.py migrate`."""

    help = "Serve the product on PORT (8000) of this machine, for a proxy"

    def handle(self, *_args: Any, **_options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Run until stopped."""
        port = free_port()
        os.umask(0o077)
        Server(f"127.0.0.1:{port}").run()
