"""`manage.py code NAME`: the present one-time password of a fictional member of the demo, and of nobody else."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from alongside.config.demo_store import code_at_present, read

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """Say the code to sign in with now. Outside the demo there is no seed to make one from."""

    help = "Say the present one-time password of a fictional member (demo only)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the sign-in name."""
        parser.add_argument("name", help="amara, chidi or bruno")

    def handle(self, *_args: Any, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Say it, or why not."""
        demo = read(settings.DEMO_SIGN_IN)
        if demo is None:
            msg = "There are codes in the demo alone, once `make demo` ran; elsewhere each member's app has theirs."
            raise CommandError(msg)
        if options["name"] not in demo.seeds:
            msg = f"Nobody in the demo signs in as {options['name']}; there are {', '.join(demo.seeds)}."
            raise CommandError(msg)
        code, seconds = code_at_present(demo.seeds[options["name"]], int(time.time()))
        self.stdout.write(f"{code} for {seconds} seconds; good once")
