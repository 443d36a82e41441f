"""The report on the content: every dated entry once, in the published shape, the late ones said."""

import json
import shutil
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from alongside.library.book import CONTENT, Book
from alongside.library.report import listed, report_json, report_lines

ROOT = Path(__file__).resolve().parents[2]
SHAPE = {
    "key", "kind", "jurisdiction", "confidence", "sources", "as_of", "review_by", "reviewed_by",
}  # fmt: skip


def _command(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "alongside.command", "content", "report", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def entries():
    return listed(Book())


def test_every_dated_entry_is_listed_once_under_its_kind(entries, book):
    there = {
        "remedy": book.remedies,
        "way": book.ways,
        "danger": book.dangers,
        "warning": book.dangers,
        "contact": book.contacts,
        "definition": book.definitions.by_key,
        "standard": book.standards,
        "topic": book.topics,
        "named": book.named,
        "resource": book.resources,
        "case": book.cases,
        "outline": book.outlines,
        "form": book.forms,
        "right": book.rights.topics,
        "indicator": [sign.key for sign in book.vocabulary.catalogue.signs],
        "said": [f"said.{key}" for key in book.rights.said],
    }
    for kind, keys in there.items():
        assert sorted(one.key for one in entries if one.kind == kind) == sorted(keys), kind
    assert {one.kind for one in entries} == {*there}


def test_the_json_has_the_published_shape_and_nothing_else():
    done = _command("--json")
    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    assert {*found} == {"entries"}
    for one in found["entries"]:
        assert {*one} == SHAPE
        assert date.fromisoformat(one["as_of"]) < date.fromisoformat(one["review_by"]), one["key"]
        assert all(isinstance(key, str) for key in one["sources"])


def test_what_nobody_signed_says_so_by_an_empty_name(entries):
    assert {one["reviewed_by"] for one in report_json(entries)["entries"]} == {""}


def test_a_remedy_stands_under_its_place_with_its_own_confidence_and_sources(entries, book):
    remedy = book.remedies["nb.es.esa"]
    (one,) = [one for one in entries if one.key == "nb.es.esa"]
    assert (one.jurisdiction, one.confidence) == ("nb", "T/R")
    assert one.sources == list(dict.fromkeys(cite.source for cite in remedy.cites))
    assert one.review.review_by == remedy.review_by


def test_the_days_left_are_counted_to_the_last_fresh_day(entries):
    """The oldest law decides: on its last day nothing is past, on the next day it is."""
    due = min(one.review.review_by for one in entries)
    keys = {one.key for one in entries if one.review.review_by == due}
    fresh = list(report_lines(entries, due))
    late = list(report_lines(entries, due + timedelta(days=1)))
    assert ", 0 past their date." in fresh[0]
    assert f", {sum(one.review.review_by == due for one in entries)} past their date." in late[0]
    assert sum("PAST by 1 days" in line for line in late) == sum("  0 days" in x for x in fresh)
    assert {line.split()[-1] for line in late if "PAST" in line} == keys


def test_places_come_in_one_order_and_groups_say_confidence_and_who_signed(entries):
    heads = [line for line in report_lines(entries, date(2026, 11, 30)) if " · " in line]
    assert heads == list(dict.fromkeys(heads)), "each group once"
    places = list(dict.fromkeys(head.split(" · ")[0] for head in heads))
    assert places[:3] == ["ca", "fed", "on"]
    assert places[-1] == "way"
    assert all(head.endswith("signed by nobody") for head in heads)


def test_a_signature_is_listed_apart(tmp_path):
    root = Path(shutil.copytree(CONTENT, tmp_path / "content"))
    path = root / "remedies" / "nb" / "es.esa.toml"
    told = path.read_text(encoding="utf-8")
    signed = told.replace('reviewed_by = ""', 'reviewed_by = "A. Lawyer (fictional), 2026-12-15"')
    path.write_text(signed, encoding="utf-8")
    lines = list(report_lines(listed(Book(root)), date(2026, 12, 15)))
    assert ", 1 signed, " in lines[0]
    head = lines.index("nb · T/R · A. Lawyer (fictional), 2026-12-15")
    assert lines[head + 1].split()[-1] == "nb.es.esa"
    assert lines[head + 2] == "", "nothing else was signed"


def test_the_command_prints_it_for_the_day_asked_about():
    done = _command("--on", "2027-01-24")
    assert done.stdout.startswith("On 2027-01-24. ")
    assert "PAST by 1 days" in done.stdout


def test_a_day_that_is_none_is_met_with_one_sentence():
    done = _command("--on", "soon")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("alongside: argument --on: 'soon' is not a day of the calendar")
