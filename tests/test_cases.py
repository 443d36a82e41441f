"""The worked cases: what people who know the law expect, run as anyone would run them."""

import subprocess
import sys
from pathlib import Path

import pytest

from alongside.library.answers import parse
from alongside.library.book import Book
from alongside.library.cases import run_cases

ROOT = Path(__file__).parent.parent
FILES = sorted((ROOT / "tests" / "cases").glob("*.toml"))
PLANTED = """
[[case]]
id = "P1"
title = "Amina, who has said nothing"
on = 2026-11-21

[[case.expect]]
remedy = "fed.imm.vtip_trp"
verdict = "closed"
why = "planted: silence never closes"
"""


def passed():
    """The number of cases there are: all of them pass."""
    return f"{len(list(each_case()))} passed"


def cases(*files: Path):
    command = [sys.executable, "-m", "alongside.command", "cases", *map(str, files)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def each_case():
    for path in FILES:
        for case in parse(path.read_text(encoding="utf-8"))["case"]:
            yield pytest.param(path, case["id"], id=case["id"])


@pytest.fixture(scope="module")
def outcomes():
    book = Book()
    return {
        (path, outcome.id): outcome
        for path in FILES
        for outcome in run_cases(path.read_text(encoding="utf-8"), book, None)
    }


@pytest.mark.parametrize(("path", "case"), list(each_case()))
def test_a_worked_case_comes_out_as_expected(path, case, outcomes):
    assert outcomes[path, case].differences == ()


def test_the_cases_that_came_with_the_law_are_all_there_and_pass():
    """Twenty of options and sixteen of assessment; none may be dropped."""
    given = [path for path in FILES if path.name in {"law-cases.toml", "assess-cases.toml"}]
    assert cases(*given).stdout.strip() == "36 passed, 0 failed"


def test_every_worked_case_passes_from_the_command_line():
    run = cases(*FILES)
    assert run.stderr == ""
    assert run.stdout.strip() == f"{passed()}, 0 failed"
    assert run.returncode == 0


def test_a_case_that_differs_says_what_and_why_and_fails_the_command(tmp_path):
    planted = tmp_path / "planted.toml"
    planted.write_text(PLANTED, encoding="utf-8")
    run = cases(*FILES, planted)
    *differences, summary = run.stdout.strip().splitlines()
    assert run.returncode == 1
    assert summary == f"{passed()}, 1 failed"
    (difference,) = differences
    assert difference.startswith("planted.toml P1 (Amina, who has said nothing): fed.imm.vtip_trp")
    assert "verdict should be closed, is ask (because: planted: silence never closes)" in difference
    assert "need: place.in_canada is yes = unknown [" in difference, "the line that decided it"


def test_a_file_that_cannot_be_read_is_no_failed_case_but_an_error(tmp_path):
    broken = tmp_path / "broken.toml"
    broken.write_text("[[case]\n", encoding="utf-8")
    run = cases(broken)
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.startswith("alongside: The file is not TOML")
