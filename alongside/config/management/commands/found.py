"""`manage.py found`: one of the first two agencies. From then on agencies admit one another."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from alongside.domain.consent import HolderKind
from alongside.library.phrases import digits_of
from alongside.records.agencies.actions.admitting import Described, found
from alongside.records.agencies.actions.joining import INVITATION_DAYS
from alongside.records.agencies.content import (
    LONGEST_ABOUT,
    LONGEST_NAME,
    MOST_DAYS,
    NotAllowedError,
)

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """Found an agency, and say once how its first member comes in."""

    help = "Found one of the first two agencies, and print the invitation of its first member once"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what people read before they choose it."""
        parser.add_argument("--name", required=True, help=f"at most {LONGEST_NAME} characters")
        kinds = [kind.value for kind in HolderKind]
        parser.add_argument("--kind", required=True, choices=kinds, help="who holds what is opened")
        parser.add_argument("--tongues", required=True, help="languages it answers in: en,fr,es")
        parser.add_argument("--about-en", required=True, help="what it does, one sentence")
        parser.add_argument("--about-fr", required=True, help="the same in French")
        parser.add_argument("--days", type=int, default=3, help="within how many days it answers")

    def handle(self, *_args: Any, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Found it."""
        now = datetime.now(tz=UTC).date()
        try:
            secret = found(described=_described(options), today=now)
        except NotAllowedError as error:
            msg = (
                "Two agencies are there already. The next is proposed at the desk by one of them, and "
                "admitted by the other."
            )
            raise CommandError(msg) from error
        host = next(iter(settings.DESK_HOSTS), "the desk")
        page = reverse("invited", "alongside.config.urls_desk", kwargs={"lang": "en"})
        self.stdout.write(
            f"{options['name']} is founded. Its first member, who leads it, comes in with this code:\n\n"
            f"    {digits_of(secret)}\n\n"
            f"It is typed at {host}{page} within {INVITATION_DAYS} days, works once, and is not shown again. "
            "Say it to that one person, in person or by phone."
        )


def _described(options: dict[str, Any]) -> Described:
    name = " ".join(options["name"].split())
    tongues = tuple(t.strip() for t in options["tongues"].split(",") if t.strip())
    about = {"en": options["about_en"].strip(), "fr": options["about_fr"].strip()}
    if not 0 < len(name) <= LONGEST_NAME or not all(about.values()):
        msg = f"A name has 1 to {LONGEST_NAME} characters, and says in English and French what it does."
        raise CommandError(msg)
    if max(map(len, about.values())) > LONGEST_ABOUT or not 0 < options["days"] <= MOST_DAYS:
        msg = f"What it does is said in {LONGEST_ABOUT} characters, and it answers within 1 to {MOST_DAYS} days."
        raise CommandError(msg)
    if not tongues or not all(t.isalpha() and t.islower() and len(t) in {2, 3} for t in tongues):
        msg = "Languages are given by their codes with commas between: en,fr,es"
        raise CommandError(msg)
    return Described(name, HolderKind(options["kind"]), tongues, about, options["days"])
