"""`make demo`: the product on this machine, on an embedded database, with fictional people in it."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connections

from alongside.config.demo_agencies import PASSPHRASE, WORKERS
from alongside.config.demo_store import code_at_present, prepared
from alongside.config.serving import Server, free_port
from alongside.sealed.onetime import spelled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alongside.config.demo_store import Demo, Returning

CODE = ".venv/bin/python manage.py code"
LANGUAGES = {"ar": "Arabic", "en": "English", "es": "Spanish"}


class Command(BaseCommand):
    """Prepare the database, say where to go and how to sign in, and serve."""

    help = "Serve the product on PORT (8000) of this machine, with fictional people in it"

    def handle(self, *_args: Any, **_options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Run until stopped."""
        port = free_port()
        os.umask(0o077)
        call_command("migrate", verbosity=0, interactive=False)
        demo = prepared()
        connections.close_all()
        lines = [
            f"\nAlongside is at http://localhost:{port}/\n",
            "Open it in a private window; leave with the button at the top of every page.",
            "What you type is kept for thirty minutes, longer only if you choose to keep it.",
            *(_signing_in(demo, port) if demo else _not_ours()),
            "\nStop with Ctrl+C.\n",
        ]
        self.stdout.write("\n".join(lines))
        self.stdout.flush()
        Server(f"127.0.0.1:{port}").run()


def _not_ours() -> Iterator[str]:
    if settings.DEMO_SIGN_IN is not None:
        yield "\nThis store was not filled by the demo, or the file that says how to sign in is gone:"
        yield f"{settings.DEMO_SIGN_IN}. Take the store away to begin anew."


def _signing_in(demo: Demo, port: int) -> Iterator[str]:
    yield "\nEverybody and everything below is fictional. Put nothing about a real person into the demo."
    yield f"\nThe desk, for caseworkers and lawyers, is at http://desk.localhost:{port}/"
    yield f"  passphrase of each of them   {PASSPHRASE}"
    for worker in WORKERS:
        seed = demo.seeds[worker.sign_in]
        code, seconds = code_at_present(seed, int(time.time()))
        yield f"\n  {worker.name}, {worker.does} - {worker.agency.name}"
        yield f"    sign-in name        {worker.sign_in}"
        yield f"    code                {code} for {seconds} seconds; the next: {CODE} {worker.sign_in}"
        yield f"    for an app instead  {spelled(bytes.fromhex(seed))}"
    yield f"\nPeople who wrote. Come back as one of them at http://localhost:{port}/"
    for person in demo.people:
        yield from _coming_back(person)
    yield f"\nAll of this is also in {settings.DEMO_SIGN_IN}; take it away with the store to begin anew."


def _coming_back(person: Returning) -> Iterator[str]:
    yield f"\n  {person.name}, who {person.who}; wrote in {LANGUAGES[person.lang]} to {person.wrote_to}"
    yield f"    number       {person.number[:4]} {person.number[4:]}"
    if person.phrase.words:
        yield f"    phrase       {person.phrase.words}"
    yield f"    {'or in digits' if person.phrase.words else 'phrase      '} {person.phrase.digits}"
    yield f"    second word  {person.second}"
    yield f"    check-word   {person.check_word}"
