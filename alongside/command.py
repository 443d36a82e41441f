"""The command line: weigh, assess, plan, run cases, try reforms and build the Book. No Django, no database."""

from __future__ import annotations

import argparse
import json
import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from alongside.domain.rules import Goal
from alongside.library.answers import AnswerError, nearest_day, read_facts_file
from alongside.library.book import Book
from alongside.library.cases import run_cases
from alongside.library.directory.command import add_directory
from alongside.library.hsds.rows import ReadError
from alongside.library.paper.command import add_outline
from alongside.library.planned import Asked, plan_json, plan_lines, planned
from alongside.library.printed import (
    assessment_json,
    assessment_lines,
    outlook_json,
    outlook_lines,
)
from alongside.library.reading import ContentError, nearest
from alongside.library.report import listed, report_json, report_lines
from alongside.library.rule_reading import JURISDICTIONS

if TYPE_CHECKING:
    from collections.abc import Sequence


USAGE_ERROR = 2
DIFFERENT = 1


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Returns 0, 1 when a case differs, 2 when something cannot be read."""
    arguments = _parser().parse_args(argv)
    try:
        return int(arguments.run(arguments))
    except BrokenPipeError:  # whoever read has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (AnswerError, ContentError, ReadError, OSError) as error:
        print(f"alongside: {_sentence(error)}", file=sys.stderr)  # noqa: T201 - this is a command line
        return USAGE_ERROR


def _sentence(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"{error.filename} cannot be read: {error.strerror}."
    return str(error)


class _Parser(argparse.ArgumentParser):
    """A parser that refuses in one sentence; ``--help`` shows the usage."""

    def error(self, message: str) -> NoReturn:
        """End with 2 and the sentence alone."""
        self.exit(USAGE_ERROR, f"alongside: {message.rstrip('.')}.\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="alongside", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    weigh = commands.add_parser("weigh", help="every way out for a file of facts")
    weigh.add_argument("--jurisdiction", type=_jurisdiction, help="federal law plus this province")
    weigh.set_defaults(run=_weigh)
    assess = commands.add_parser(
        "assess", help="what a file of facts supports, and what would settle it"
    )
    assess.set_defaults(run=_assess)
    plan = commands.add_parser("plan", help="which step first, and what each would close")
    _ordering(plan)
    for command in (weigh, assess, plan):
        command.add_argument("facts", metavar="FACTS.toml", type=Path)
        _asking(command)
    cases = commands.add_parser("cases", help="run files of worked cases")
    cases.add_argument("files", metavar="FILE", nargs="+", type=Path)
    cases.set_defaults(run=_cases)
    book = commands.add_parser("book", help="the Book to carry").add_subparsers(
        required=True, metavar="ACTION"
    )
    build = book.add_parser("build", help="write the whole Book as plain pages and pamphlets")
    build.add_argument("folder", metavar="DIR", type=Path)
    build.set_defaults(run=_build)
    reform = commands.add_parser("reform", help="whom a change of the law would open what for")
    reform.add_argument("file", metavar="REFORM.toml", type=Path)
    reform.add_argument("--cases", metavar="FILE", nargs="+", type=Path, required=True)
    reform.add_argument("--json", action="store_true", help="print JSON")
    reform.set_defaults(run=_reform)
    add_outline(commands, _read, _day)
    add_directory(commands, _day)
    content = commands.add_parser("content", help="what the content rests on").add_subparsers(
        required=True, metavar="ACTION"
    )
    report = content.add_parser(
        "report", help="every dated entry, by place, confidence, review and days left"
    )
    report.set_defaults(run=_report)
    _asking(report)
    return parser


def _ordering(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--jurisdiction", type=_jurisdiction, help="federal law plus this province"
    )
    command.add_argument(
        "--wanted", metavar="KEY", nargs="+", default=(), help="the steps, at most 8"
    )
    command.add_argument(
        "--first", metavar="KEY", default="", help="what is left if this goes first"
    )
    command.add_argument(
        "--matters", metavar="NEED", nargs="+", type=_goal, default=(), help="what counts most"
    )
    command.set_defaults(run=_plan)


def _asking(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--on", type=_day, default=None, help="the day asked about, like 2026-11-21"
    )
    command.add_argument("--json", action="store_true", help="print JSON")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        near = nearest_day(text) or date.today().isoformat()  # noqa: DTZ011 - the reader's own day
        msg = f"{text!r} is not a day of the calendar; the nearest one is {near}."
        raise argparse.ArgumentTypeError(msg) from None


def _jurisdiction(text: str) -> str:
    if text in JURISDICTIONS:
        return text
    begins = (text.lower()[:length] for length in (3, 2))
    near = next((code for code in begins if code in JURISDICTIONS), None)
    cure = f"the nearest one is {near!r}" if near else f"use one of {', '.join(JURISDICTIONS)}"
    msg = f"{text!r} is no jurisdiction; {cure}."
    raise argparse.ArgumentTypeError(msg)


def _goal(text: str) -> Goal:
    try:
        return Goal(text)
    except ValueError:
        msg = f"{text!r} is nothing that can matter here; the nearest one is {nearest(text, Goal)}."
        raise argparse.ArgumentTypeError(msg) from None


def _today(arguments: argparse.Namespace) -> date:
    on: date | None = getattr(arguments, "on", None)  # worked cases name their own days
    return on or date.today()  # noqa: DTZ011 - the edge of the program, the reader's own day


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        msg = f"{path} is not UTF-8 text; save it as UTF-8."
        raise AnswerError(msg) from error


def _weigh(arguments: argparse.Namespace) -> int:
    book = Book()
    answers = read_facts_file(_read(arguments.facts), book.vocabulary.facts)
    outlook = book.look(answers, _today(arguments), arguments.jurisdiction)
    _print(
        outlook_json(outlook, book) if arguments.json else "\n".join(outlook_lines(outlook, book))
    )
    return 0


def _assess(arguments: argparse.Namespace) -> int:
    book = Book()
    answers = read_facts_file(_read(arguments.facts), book.vocabulary.facts)
    on = _today(arguments)
    _, found = book.assess(answers, on)
    _print(assessment_json(found, on) if arguments.json else "\n".join(assessment_lines(found, on)))
    return 0


def _plan(arguments: argparse.Namespace) -> int:
    book = Book()
    answers = read_facts_file(_read(arguments.facts), book.vocabulary.facts)
    outlook = book.look(answers, _today(arguments), arguments.jurisdiction)
    asked = Asked(tuple(arguments.wanted), arguments.first, tuple(arguments.matters))
    found = planned(book, answers, outlook, asked)
    _print(plan_json(found, book) if arguments.json else "\n".join(plan_lines(found, book)))
    return 0


def _cases(arguments: argparse.Namespace) -> int:
    book, passed, failed = Book(), 0, 0
    for path in arguments.files:
        for outcome in run_cases(_read(path), book, _today(arguments)):
            passed, failed = passed + (not outcome.differences), failed + bool(outcome.differences)
            for difference in outcome.differences:
                _print(f"{path.name} {outcome.id} ({outcome.title}): {difference}")
    _print(f"{passed} passed, {failed} failed")
    return DIFFERENT if failed else 0


def _build(arguments: argparse.Namespace) -> int:
    from alongside.library.carry import build  # noqa: PLC0415 - heavy, and only this command needs it

    written = build(Book(), arguments.folder)
    _print(f"{written} files written under {arguments.folder}")
    return 0


def _reform(arguments: argparse.Namespace) -> int:
    from alongside.library.reform_report import lines_of, try_reform  # noqa: PLC0415 - only here

    texts = [_read(path) for path in arguments.cases]
    found = try_reform(arguments.file, texts, _today(arguments))
    _print(found if arguments.json else "\n".join(lines_of(found)))
    return 0


def _report(arguments: argparse.Namespace) -> int:
    entries = listed(Book())
    lines = report_lines(entries, _today(arguments))
    _print(report_json(entries) if arguments.json else "\n".join(lines))
    return 0


def _print(what: str | dict[str, Any]) -> None:
    text = what if isinstance(what, str) else json.dumps(what, ensure_ascii=False, indent=1)
    print(text)  # noqa: T201 - this is a command line


if __name__ == "__main__":
    sys.exit(main())
