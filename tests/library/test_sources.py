"""A source is cited with its place and its age; none is made up, and none stands unquoted."""

import pytest

from alongside.library.reading import Cite, ContentError, Entry, Page, Text
from alongside.library.sources import Source, Sources


@pytest.fixture
def sources():
    """Two sources, made up for the test."""
    law = Source(
        "fed.l1",
        Text("fed.l1.title", "A law", "Une loi"),
        "statute",
        "",
        "2026-03-31",
        "2026-07-23",
    )
    page = Source(
        "fed.s1", Text("fed.s1.title", "A page", "Une page"), "government", "", "", "2026-11-21"
    )
    return Sources({"fed.l1": law, "fed.s1": page})


def test_a_citation_says_the_place_and_how_old_it_is(sources):
    cites = (Cite("fed.l1", "s. 24"), Cite("fed.s1", ""))
    assert sources.cited(cites) == "A law, s. 24 (2026-03-31); A page (2026-11-21)"
    assert sources.cited(cites, "fr") == "Une loi, s. 24 (2026-03-31); Une page (2026-11-21)"
    assert sources.cited(()) == ""


def test_what_nothing_cites_is_found(sources):
    assert sources.unquoted == ("fed.l1", "fed.s1")
    sources.check(Entry(Page("a.toml", ""), {}, "", "a"), [Cite("fed.s1", "")])
    assert sources.unquoted == ("fed.l1",)


def test_a_source_that_does_not_exist_is_refused_with_the_nearest(sources):
    entry = Entry(Page("a.toml", "cite = 1"), {}, "", "a")
    with pytest.raises(ContentError, match=r"no source 'fed\.l11'\. Did you mean 'fed\.l1'\?"):
        sources.check_key(entry, "fed.l11")


def test_every_remedy_every_bar_and_every_clock_cites_the_law(book):
    for key, remedy in (book.remedies | book.ways).items():
        assert remedy.cites, key
        assert remedy.rule.source, key
        assert all(remedy.bar_cites.values()), key
        assert all(remedy.clock_cites.values()), key


def test_every_source_says_when_it_was_read(book):
    for source in book.sources.table.values():
        assert len(source.read_on) == len("2026-07-23"), source.key
