"""``alongside directory`` and ``alongside gaps``: what they may be asked. Each is read in when it is run.

Weighing needs neither a database nor schemas, and waits for none.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from datetime import date

AUTHORED = ("en", "fr")


def _later(module: str, name: str) -> Callable[[argparse.Namespace], int]:
    """Return a command that is read in when it is run."""

    def run(arguments: argparse.Namespace) -> int:
        found = import_module(f"alongside.library.directory.{module}")
        return int(getattr(found, name)(arguments))

    return run


def add_directory(commands: Any, day: Callable[[str], date]) -> None:  # noqa: ANN401 - argparse names no type for it
    """Add the commands to a parser, that of the gaps too; ``day`` reads a day, with an error of its own."""
    _add_gaps(commands, day)
    directory = commands.add_parser("directory", help="who can help, in the words of HSDS")
    actions = directory.add_subparsers(required=True, metavar="ACTION")
    _add_exchange(actions, day)
    search = actions.add_parser("search", help="services for a need, a place and what is known")
    search.add_argument("--need", action="append", default=[], metavar="KEY", help="as legal.work")
    search.add_argument("--text", default="", metavar="WORDS", help="in the person's own words")
    search.add_argument("--near", metavar="M5V|TOWN|LAT,LON", help="three signs, a town, a point")
    search.add_argument("--km", type=float, metavar="N", help="no farther than this from --near")
    search.add_argument("--language", default="", metavar="xxx", help="ISO 639-3, as spa")
    search.add_argument("--fact", action="append", default=[], metavar="KEY=VALUE")
    search.add_argument("--page", type=int, default=1, metavar="N", help="twenty a page")
    search.add_argument("--json", action="store_true")
    search.add_argument("--on", type=day, default=None, help="the day asked about")
    search.set_defaults(run=_later("searching", "search"))


def _add_exchange(actions: Any, day: Callable[[str], date]) -> None:  # noqa: ANN401 - argparse names no type for it
    taking = actions.add_parser("import", help="take in a directory; say what became of each row")
    taking.add_argument("path", metavar="PATH", type=Path, help="folder, zip, JSON or CSV")
    _reading(taking)
    taking.add_argument(
        "--report", metavar="FILE", type=Path, help="write the whole report as JSON"
    )
    taking.add_argument("--dry-run", action="store_true", help="say what would become of each row")
    taking.set_defaults(run=_later("exchanging", "take"))
    giving = actions.add_parser("export", help="write the directory as HSDS 3.1, JSON and CSV")
    giving.add_argument("folder", metavar="DIR", type=Path)
    giving.add_argument("--lang", choices=AUTHORED, default="en", help="of our own texts")
    giving.set_defaults(run=_later("exchanging", "give"))
    looking = actions.add_parser("quality", help="what would send a person to the wrong place")
    looking.add_argument(
        "--from", dest="path", metavar="PATH", type=Path, help="of this, not of what is kept"
    )
    _reading(looking)
    looking.add_argument("--on", type=day, default=None, help="the day asked about")
    looking.add_argument("--json", action="store_true", help="print JSON")
    looking.set_defaults(run=_later("exchanging", "look"))


def _reading(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--source", default=None, help="who gave it: ids follow from it (default: the file's name)"
    )
    command.add_argument(
        "--mapping", metavar="FILE", type=Path, help="what the columns of a plain CSV are"
    )
    command.add_argument("--weekday-zero", choices=("MO", "SU"), help="the day that weekday 0 is")


def _add_gaps(commands: Any, day: Callable[[str], date]) -> None:  # noqa: ANN401 - argparse names no type for it
    gaps = commands.add_parser(
        "gaps", help="who is without help near enough, and what shut them out"
    )
    gaps.add_argument("--demand", metavar="FILE.csv", type=Path, required=True)
    gaps.add_argument("--near-column", metavar="COL", required=True, help="where each line is")
    gaps.add_argument("--by", metavar="COL", nargs="+", action="extend", default=[])
    gaps.add_argument(
        "--km", type=float, metavar="N", required=True, help="farther is out of reach"
    )
    gaps.add_argument("--count-column", metavar="COL", help="how many people a line stands for")
    gaps.add_argument("--need", metavar="KEY", default="", help="of every line, as language.class")
    gaps.add_argument("--need-column", metavar="COL", help="the need of each line")
    gaps.add_argument("--language", metavar="xxx", default="", help="of every line, ISO 639-3")
    gaps.add_argument("--language-column", metavar="COL", help="the language of each line")
    gaps.add_argument(
        "--fact", action="append", default=[], metavar="KEY=VALUE", help="of every line"
    )
    gaps.add_argument("--fact-column", action="append", default=[], metavar="KEY=COL")
    gaps.add_argument(
        "--from", dest="path", metavar="PATH", type=Path, help="services of this list only"
    )
    gaps.add_argument(
        "--mapping", metavar="FILE", type=Path, help="its columns, if it is a plain CSV"
    )
    gaps.add_argument("--on", type=day, default=None, help="the day asked about")
    gaps.add_argument("--json", action="store_true", help="print JSON")
    gaps.set_defaults(run=_later("gaps", "gaps"))
