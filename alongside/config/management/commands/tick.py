"""`manage.py tick`: destroy drafts that have ended, as each running server does every minute by itself."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand

from alongside.records.drafts.actions import empty_log, sweep


class Command(BaseCommand):
    """Sweep what has ended."""

    help = "Destroy drafts that have ended"

    def handle(self, *_args: Any, **_options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Sweep once."""
        sweep(minute=int(time.time() // 60))
        empty_log()
