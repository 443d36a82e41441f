"""Reading content field by field: what is not as it should be is refused where it stands."""

from datetime import date

import pytest
import tomli

from alongside.library.reading import Cite, ContentError, Entry, Page, Text, nearest, read_page

RAW = """key = "a.first"
count = 3
open = true
names = ["one", "two"]
read_on = 2026-07-23
text.en = "Hello"
text.fr = "Bonjour"
when = "pay.unpaid_part is yes"
cite = [{ source = "fed.l1", at = "s. 24" }]

[[step]]
text.en = "First"
text.fr = "D'abord"

[[step]]
text.en = "Then"
"""


@pytest.fixture
def entry():
    return Entry(Page("a.toml", RAW), tomli.loads(RAW), "key", "a.first")


def test_each_field_is_read_as_its_kind(entry):
    assert entry.word("key") == "a.first"
    assert entry.word("absent", "else") == "else"
    assert entry.number("count") == 3
    assert entry.flag("open") is True
    assert entry.flag("absent") is False
    assert entry.words("names") == ("one", "two")
    assert entry.words("absent") == ()
    assert entry.day("read_on") == date(2026, 7, 23)
    assert entry.text("text") == Text("a.first.text", "Hello", "Bonjour")
    assert entry.text_or_none("absent") is None
    assert str(entry.lines("when")) == "pay.unpaid_part is yes"
    assert entry.lines("absent") is None
    assert entry.cites() == (Cite("fed.l1", "s. 24"),)


@pytest.mark.parametrize(
    ("read", "field", "line"),
    [
        ("word", "count", 2),
        ("number", "open", 3),
        ("flag", "count", 2),
        ("words", "count", 2),
        ("words", "open", 3),
        ("day", "count", 2),
        ("text", "names", 4),
        ("table_of", "names", 4),
        ("cites", "names", 4),
        ("lines", "read_on", 5),
    ],
)
def test_a_field_of_another_kind_is_refused_at_its_line(entry, read, field, line):
    with pytest.raises(ContentError, match=rf"^a\.toml:{line}: a\.first: .*Write "):
        getattr(entry, read)(field)


def test_true_is_no_number_and_an_instant_is_no_day():
    raw = "a = true\nb = 2026-07-23T10:00:00\n"
    entry = Entry(Page("b.toml", raw), tomli.loads(raw), "", "b")
    with pytest.raises(ContentError, match="not a whole number"):
        entry.number("a")
    with pytest.raises(ContentError, match=r"^b\.toml:2: .*not a day"):
        entry.day("b")


def test_a_part_without_a_key_is_refused_where_it_stands_itself(entry):
    first, second = entry.tables("step")
    assert first.text("text").fr == "D'abord"
    with pytest.raises(ContentError, match=r"^a\.toml:16: a\.first\.step\.1: "):
        second.text("text")


def test_what_nothing_reads_is_refused_with_the_nearest_that_is_read(entry):
    entry.word("kei", "")
    with pytest.raises(ContentError, match=r"nothing reads 'key'\. Did you mean 'kei'\?"):
        entry.done()


def test_an_entry_read_whole_is_done():
    raw = 'key = "a"\n'
    entry = Entry(Page("a.toml", raw), tomli.loads(raw), "key", "a")
    entry.word("key")
    entry.done()


def test_a_file_that_is_not_toml_is_refused_with_its_line(tmp_path):
    (tmp_path / "bent.toml").write_text('a = 1\nb = "open\n', encoding="utf-8")
    with pytest.raises(ContentError, match=r"^bent\.toml:2: this is not TOML"):
        read_page(tmp_path / "bent.toml", tmp_path)


def test_the_nearest_word_or_else_all_of_a_few():
    assert nearest("appel", ["orange", "apple"]) == "'apple'"
    assert nearest("ON", ["ab", "on"]) == "'on'"
    assert nearest("zz.top", [f"key.{n}" for n in range(50)] + ["yy.tot"]) == "'yy.tot'"
    assert nearest("zzz", ["orange", "apple"]) == "'orange', 'apple'"
