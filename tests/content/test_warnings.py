"""A warning never changes in passing: its words bring the source they follow and the day they were set."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tools.warnings_check import complaints

CONTENT = Path(__file__).resolve().parents[2] / "content"
READ = ("dangers.toml", "sources.toml", "warnings.toml", "edition.toml")
KEY = "risk.bars_12m"


@pytest.fixture
def content(tmp_path):
    for name in READ:
        shutil.copy(CONTENT / name, tmp_path / name)
    return tmp_path


def change(content, name, old, new):
    path = content / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def entry_of(content, key):
    text = (content / "dangers.toml").read_text(encoding="utf-8")
    return next(part for part in text.split("[[danger]]") if f'key = "{key}"' in part)


def printed_entry(sentence, source, day):
    """The entry that the complaint asks for, with the source and the day filled in."""
    lines = [line for line in sentence.splitlines() if line.startswith(("[[", "key", "finger"))]
    return "\n".join(["", *lines, f'source = "{source}"', 'at = "s. 24(4)"', f"set_on = {day}", ""])


def add(content, entry):
    with (content / "warnings.toml").open("a", encoding="utf-8") as ledger:
        ledger.write(entry)


def test_every_warning_has_its_source_and_date():
    assert "\n".join(complaints(CONTENT)) == ""


@pytest.mark.parametrize("field", ["text.en", "text.fr", "softer.en", "note.fr", "level"])
def test_a_changed_warning_is_asked_for_source_and_date(content, field):
    entry = entry_of(content, KEY)
    line = next(x for x in entry.splitlines() if x.startswith(f"{field} ="))
    other = 'level = "R1"' if field == "level" else f'{field} = "Other words."'
    change(content, "dangers.toml", entry, entry.replace(line, other))
    found = list(complaints(content))
    assert len(found) == 1
    assert found[0].startswith(f"{KEY}: ")
    assert "source" in found[0]
    assert "set_on" in found[0]


def test_a_changed_citation_is_asked_for_too(content):
    change(content, "dangers.toml", '"ss. 24(4), 25(1.2)(c)', '"ss. 24(5), 25(1.2)(c)')
    assert [sentence.split(":")[0] for sentence in complaints(content)] == [KEY]


def test_source_and_date_are_enough(content):
    change(content, "dangers.toml", "other steps are closed", "other steps close")
    (sentence,) = complaints(content)
    add(content, printed_entry(sentence, "fed.l1", "2026-11-22"))
    assert list(complaints(content)) == []


@pytest.mark.parametrize(
    ("source", "day", "said"),
    [
        ("fed.l2", "2026-11-22", "the danger cites another"),
        ("", "2026-11-22", "the danger cites another"),
        ("fed.l1", "2026-11-01", "dated before"),
        ("fed.l1", "2062-11-22", "after the edition"),
    ],
)
def test_a_wrong_source_or_date_is_not(content, source, day, said):
    change(content, "dangers.toml", "other steps are closed", "other steps close")
    (sentence,) = complaints(content)
    add(content, printed_entry(sentence, source, day))
    (again,) = complaints(content)
    assert again.startswith("warnings.toml:")
    assert said in again


def test_an_old_entry_does_not_speak_for_new_words(content):
    change(content, "dangers.toml", "other steps are closed", "other steps close")
    (sentence,) = complaints(content)
    add(content, printed_entry(sentence, "fed.l1", "2026-11-22"))
    change(content, "dangers.toml", "other steps close", "other steps are closed")
    assert len(list(complaints(content))) == 1


def test_a_new_warning_is_asked_for_source_and_date(content):
    whole = entry_of(content, KEY).replace(KEY, "risk.made_up_for_a_test")
    with (content / "dangers.toml").open("a", encoding="utf-8") as dangers:
        dangers.write(f"\n[[danger]]{whole}")
    (sentence,) = complaints(content)
    assert sentence.startswith("risk.made_up_for_a_test: ")


def test_a_warning_does_not_vanish_unexplained(content):
    change(content, "dangers.toml", f"[[danger]]{entry_of(content, KEY)}", "")
    (sentence,) = complaints(content)
    assert KEY in sentence
    add(content, f'\n[[warning]]\nkey = "{KEY}"\nfingerprint = "removed"\nsource = "fed.l1"\n'
        'set_on = 2026-11-22\n')  # fmt: skip
    assert list(complaints(content)) == []


def test_a_day_that_is_no_date_is_refused_with_its_line(content):
    add(content, f'\n[[warning]]\nkey = "{KEY}"\nfingerprint = "x"\nsource = "fed.l1"\n'
        'set_on = "soon"\n')  # fmt: skip
    with pytest.raises(Exception, match=r"warnings\.toml:\d+: .*is not a day"):
        list(complaints(content))
