"""`manage.py carry`: files to and from hosts that share no database with this one.

What is written holds no name of anybody who wrote, and no word of theirs that is not sealed.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from alongside.records.agencies.actions.carrying import export_box, import_box, import_receipt
from alongside.records.agencies.actions.introducing import export_card
from alongside.records.agencies.content import Standing
from alongside.records.agencies.queries import host_number, key_number, profiles
from alongside.records.armour import FileKind, NotReadError, kind_of
from alongside.records.casefile.actions.carrying import export_answers, hosts, import_answers

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from alongside.records.agencies.content import Profile

SHORT = 8


class Command(BaseCommand):
    """Write a file for another host, or take one in."""

    help = "Carry deliveries and answers between hosts that share no database"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take which way."""
        way = parser.add_mutually_exclusive_group(required=True)
        way.add_argument("--card", type=Path, help="write the card of an agency here (--of NAME)")
        way.add_argument(
            "--out", type=Path, help="write what waits for an agency elsewhere (--to NAME)"
        )
        way.add_argument("--answers", type=Path, help="write the answers for a host (--host CODE)")
        way.add_argument("--in", type=Path, dest="came", help="take in a box, a receipt or answers")
        parser.add_argument("--of", help="the agency whose card it is")
        parser.add_argument("--to", help="the agency it is for")
        parser.add_argument("--host", default="", help="the host, where there are several")
        parser.add_argument("--receipt", type=Path, help="with --in: where to write the receipt")
        parser.add_argument(
            "--number",
            default="",
            help="with the first box of a host: its number, as its operator read it out by phone",
        )
        parser.add_argument(
            "--again", action="store_true", help="with --out: also what arrived, where it was lost"
        )

    def handle(self, *_args: Any, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Do it, or say why not."""
        try:
            said = self._carry(options)
        except NotReadError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            msg = f"{error.filename}: {error.strerror}."
            raise CommandError(msg) from error
        self.stdout.write(said)

    def _carry(self, options: dict[str, Any]) -> str:
        if options["card"]:
            profile = _agency(options["of"], remote=False)
            text = export_card(profile=profile)
            said = f"To compare by phone, the number of its key: {key_number(profile)}"
            return f"{_written(options['card'], text)} {said}"
        if options["out"]:
            profile = _agency(options["to"], remote=True)
            text = export_box(agency=profile.id, again=options["again"])
            said = f"Its first box is taken in with the number of this host: {host_number()}"
            return f"{_written(options['out'], text)} {said}"
        if options["answers"]:
            return _written(options["answers"], export_answers(host=_host(options["host"])))
        return _taken_in(_read(options["came"]), options["receipt"], options["number"])


def _read(path: Path) -> str:
    return path.read_bytes().decode("utf-8", errors="replace")  # what is no text is none of ours


def _taken_in(text: str, receipt: Path | None, number: str) -> str:
    kind = kind_of(text)
    if kind is FileKind.BOX:
        with transaction.atomic():  # a box whose receipt cannot be written is not taken in
            came = import_box(text=text, today=datetime.now(tz=UTC).date(), number=number)
            said = f"{came.new} deliveries are new, {came.ended} grants ended."
            return f"{said} {_written(receipt, came.receipt)}" if receipt else said
    if kind is FileKind.RECEIPT:
        return f"{import_receipt(text=text)} deliveries have arrived."
    if kind is FileKind.ANSWERS:
        home = import_answers(text=text)
        return f"{home.entries} answers and {home.lines} lines of journals are new."
    msg = "A card is brought in at the desk, under Agency, by a lead who compared its number by phone."
    raise NotReadError(msg)


def _written(path: Path, text: str) -> str:
    with open(
        path, "x", encoding="utf-8", opener=lambda name, flags: os.open(name, flags, 0o600)
    ) as file:
        file.write(text)
    return f"{path} is written."


def _agency(name: str | None, *, remote: bool) -> Profile:
    there = [p for p in profiles() if p.remote is remote]
    if remote:  # nothing waits for one that is only proposed
        there = [p for p in there if p.standing is Standing.ADMITTED]
    found = [profile for profile in there if profile.name == name]
    if len(found) != 1:
        names = "; ".join(profile.name for profile in there) or "none"
        msg = f"Which agency? There are: {names}."
        raise NotReadError(msg)
    return found[0]


def _host(code: str) -> bytes:
    there = hosts()
    found = [host for host in there if host.hex().startswith(code.lower())]
    if len(found) != 1:
        codes = ", ".join(host.hex()[:SHORT] for host in there) or "none"
        msg = f"Which host? There are: {codes}."
        raise NotReadError(msg)
    return found[0]
