"""`manage.py tick`: end everything whose time is over. Running servers do it too, except for VACUUM."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand

from alongside.config.sweeping import empty_behind, sweep_each_hour, sweep_each_minute


class Command(BaseCommand):
    """Sweep what has ended."""

    help = "Destroy what is over: drafts, sessions, invitations, grants, casefiles; on PostgreSQL, VACUUM behind it"

    def handle(self, *_args: Any, **_options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Sweep once."""
        minute = int(time.time() // 60)
        empty_behind(sweep_each_minute(minute) | sweep_each_hour(minute))
