"""The pages of what is sealed and what stays readable are what the code says."""

from pathlib import Path

import pytest

from alongside.sealed.things import THINGS
from tools.write_sealed import PAGES

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_what_the_code_says(name):
    there = (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8")
    assert there == PAGES[name](), "run `make docs`"


def test_everything_in_the_table_is_sealed_somewhere():
    code = "".join(path.read_text() for path in (ROOT / "alongside" / "records").rglob("*.py"))
    named = {thing.name: thing.name.upper() for thing in THINGS}
    budget = (ROOT / "alongside" / "records" / "budget.py").read_text()
    used = code.replace(budget, "")
    assert [name for name, word in named.items() if f"{word}, " not in used] == []
