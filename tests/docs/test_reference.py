"""The reference says what is there: generated pages are current, and nothing is left unexplained."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import tomli

from alongside import command
from alongside.library import printed
from alongside.library.book import Book
from alongside.library.planned import Asked, plan_json, planned
from alongside.library.vocabulary import Caution
from benchmarks.__main__ import table
from tools.write_reference import pages

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "docs" / "reference"


def read(name):
    return (REFERENCE / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["remedies.md", "facts.md", "dangers.md", "contacts.md"])
def test_a_generated_page_is_what_the_content_says(book, name):
    assert read(name) == pages(book)[name], "the content has changed: run `make docs`"


def test_nothing_of_the_content_is_missing_from_its_page(book):
    said = pages(book)
    for name, keys in {
        "remedies.md": [*book.remedies, *book.ways],
        "facts.md": book.vocabulary.facts,
        "dangers.md": book.dangers,
        "contacts.md": book.contacts,
    }.items():
        assert [key for key in keys if key not in said[name]] == []


def fields(folder):
    """Every field that content of one kind uses: tables and sub-tables, not what they are called."""
    found = set()
    for path in [folder] if folder.is_file() else folder.rglob("*.toml"):
        found |= names(tomli.loads(path.read_text(encoding="utf-8")))
    return found


def names(table):
    found = set()
    for key, value in table.items():
        found.add(key)
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict) and key not in {"option", "delphi"}:
                found |= names(item)
    return found


@pytest.mark.parametrize(
    "kind",
    ["facts", "indicators", "remedies", "ways", "contacts", "dangers.toml", "definitions.toml",
     "interview.toml", "languages.toml", "rights.toml", "same.toml", "sources.toml",
     "warnings.toml", "edition.toml", "review.toml",
     "standards.toml", "topics.toml",
     "thirteen.toml", "resources.toml", "cases.toml", "synonyms.toml"],
)  # fmt: skip
def test_every_field_of_the_content_is_explained(kind):
    page = read("content-format.md")
    assert sorted(f for f in fields(ROOT / "content" / kind) if f"`{f}`" not in page) == []


def test_every_question_the_content_cites_can_be_looked_up():
    cited = {
        found
        for path in (ROOT / "content").rglob("*.toml")
        for found in re.findall(r"LR-\d\d", path.read_text(encoding="utf-8"))
    }
    assert cited
    assert sorted(one for one in cited if f"| {one} |" not in read("open-questions.md")) == []


def test_every_caution_is_explained():
    page = read("content-format.md")
    assert [c for c in Caution if c and f"`{c}`" not in page] == []


def test_every_command_and_option_is_explained(capsys):
    page = read("command-line.md")
    for words in (["--help"], ["weigh", "--help"], ["assess", "--help"], ["plan", "--help"], ["cases", "--help"],
                  ["reform", "--help"], ["book", "build", "--help"],
                  ["content", "report", "--help"]):  # fmt: skip
        with pytest.raises(SystemExit):
            command.main(words)
        shown = capsys.readouterr().out
        options = set(re.findall(r"--[a-z]+", shown)) - {"--help"}
        assert [option for option in options if option not in page] == []
        if words[0] != "--help":
            assert f"alongside {' '.join(words[:-1])}" in page


def test_the_published_shapes_are_the_ones_printed(book):
    page = read("command-line.md")
    on = tomli.loads("d = 2026-11-21")["d"]
    outlook = book.look({"doc.held": True}, on)
    weighed = printed.outlook_json(outlook, book)
    some = next(p for p in weighed["remedies"].values() if p["clocks"])
    keys = {*weighed, *some, *some["clocks"][0], *some["trail"][0]}
    won = weighed["remedies"]["fed.es.clc3"]
    keys |= {*won["after"][0], *won["wait"][0], *won["after"][0]["cite"][0]}
    assessed = printed.assessment_json(outlook.assessment, on)
    keys |= {*assessed, *assessed["level"], *assessed["trail"][0]}
    asked = Asked(("fed.imm.refugee_claim", "fed.imm.hc", "on.es.esa", "on.civil.small"), "", ())
    told = {"hc.state": "none", "claim.state": "none", "suit.matter": "wages"}
    told |= {"place.in_canada": True, "place.work_province": "on", "job.federal_work": False}
    put = plan_json(planned(book, told, book.look(told, on), asked), book)
    turn = next(t for t in put["turns"]["fed.imm.refugee_claim"] if t["because"])
    keys |= {*put, *put["orders"][0], *put["orders"][0]["stages"][0][0], *turn}
    keys |= {*put["orders"][0]["left_out"][0], *put["relations"][0], *turn["because"][0]}
    assert sorted(key for key in keys if f'"{key}"' not in page) == []


def test_every_setting_from_the_environment_is_explained():
    code = "\n".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "alongside" / "config").rglob("*.py")
    )
    read_there = set(re.findall(r'os\.environ(?:\.get\(|\[)\s*"([A-Z_]+)"', code))
    assert {"ALONGSIDE_SECRET_KEY", "PORT"} <= read_there
    assert [name for name in read_there if f"`{name}`" not in read("settings.md")] == []


def test_every_part_of_a_page_is_shown():
    made = {
        name
        for path in (ROOT / "alongside/doors").glob("*/templates/*/*.html")
        for name in re.findall(r"{% macro (\w+)\(", path.read_text(encoding="utf-8"))
    }
    assert made
    assert sorted(name for name in made if f"`{name}`" not in read("parts-of-a-page.md")) == []


def test_the_reference_reads_the_books_own_root(tmp_path):
    """A page is written from the Book it is given, not from this repository's content."""
    for path in (ROOT / "content").rglob("*.toml"):
        target = tmp_path / path.relative_to(ROOT / "content")
        target.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text(encoding="utf-8")
        target.write_text(text.replace("Alberta", "Elsewhere"), encoding="utf-8")
    assert pages(Book(tmp_path))["contacts.md"] != read("contacts.md")


def test_the_page_of_figures_is_the_last_measured_run():
    latest = json.loads((ROOT / "benchmarks/latest.json").read_text(encoding="utf-8"))
    assert table(latest) in read("speed.md"), "run `make bench`"
    assert all(set(row) == {"value", "unit", "target"} for row in latest.values())
