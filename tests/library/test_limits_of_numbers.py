"""A number that names a year says which ones there are; nothing else may have limits."""

import pytest
import tomli

from alongside.library.answers import limits
from alongside.library.reading import ContentError, Entry, Page
from alongside.library.vocabulary import _fact

FACT = """key = "job.a_year"
kind = "number"
section = "work"
name.en = "a year"
name.fr = "une année"
ask.en = "Which year?"
ask.fr = "Quelle année?"
least = 1900
most = 2199
"""


def read(text):
    return _fact(Entry(Page("job.toml", text), tomli.loads(text), "key", "job.a_year"))


def test_a_year_has_its_limits_and_any_other_number_those_of_all(book):
    assert limits(read(FACT)) == (1900, 2199)
    assert limits(book.vocabulary.facts["job.last_year_worked"]) == (1900, 2199)
    assert limits(book.vocabulary.facts["job.months"]) == (0, 100_000_000)


@pytest.mark.parametrize("field", ["least", "most"])
def test_limits_on_anything_but_a_number_are_refused(field):
    bare = "".join(
        line + "\n" for line in FACT.splitlines() if not line.startswith(("least", "most"))
    )
    with pytest.raises(ContentError, match="only a number"):
        read(bare.replace('"number"', '"yes_no"') + f"{field} = 1\n")


def test_a_limit_that_is_no_whole_number_is_refused():
    with pytest.raises(ContentError, match="whole number"):
        read(FACT.replace("1900", '"1900"'))
