"""What was not checked again in time says so on its page, whatever kind of entry it is."""

from datetime import date, timedelta

import pytest

from alongside.doors.entry.visit import Visit
from alongside.doors.showing.speaking import book
from alongside.library.calling import code_of
from tests.doors.visiting import Visitor, words
from tests.people import MATEO

pytestmark = pytest.mark.django_db
BEFORE = min(one.review.review_by for one in book().rights.topics.values())
LONG_AFTER = date(2028, 1, 1)
SAID = "This text was due to be checked again by"


@pytest.fixture
def come(monkeypatch):
    """Come on a day, with what Mateo (fictional) told."""

    def _come(on: date) -> Visitor:
        monkeypatch.setattr(Visit, "today", property(lambda _visit: on))
        return Visitor().tell(MATEO.answers)

    return _come


def _details(html: str) -> list[str]:
    return [words(f"<main>{part}") for part in html.split('<details class="topic">')[1:]]


def test_a_right_past_its_date_says_so_and_the_others_do_not(come):
    on = BEFORE + timedelta(days=1)
    topics = _details(come(on).get("r/").content.decode())
    for right, topic in zip(book().rights.topics.values(), topics, strict=True):
        assert (SAID in topic) == right.review.stale(on), right.key
    assert {right.review.stale(on) for right in book().rights.topics.values()} == {True, False}


@pytest.mark.parametrize("page", ["r/", "s/", "p/", "v/1/", f"o/{code_of('on.es.esa')}/"])
def test_every_page_says_it_long_after_and_none_on_the_last_fresh_day(come, page):
    fresh = min(
        BEFORE,
        book().wholes["indicator"].review.review_by,
        book().topics["witness"].review.review_by,
        *(remedy.rule.review_by for remedy in book().remedies.values()),
        *(words_.review.review_by for words_ in book().definitions.by_key.values()),
    )
    assert SAID not in come(fresh).text(page)
    assert SAID in come(LONG_AFTER).text(page)


def test_the_practitioner_reads_it_beside_each_definition_and_each_remedy(come):
    html = come(LONG_AFTER).get("p/").content.decode()
    on_page = words(html).count(SAID)
    remedies = [
        remedy
        for key, remedy in book().remedies.items()
        if f'<code class="small" dir="ltr">{key}</code>' in html
    ]
    here = {key for key in book().remedies if key.startswith(("fed.", "on."))}
    assert here <= {remedy.key for remedy in remedies}
    standards = sum(len(remedy.standards) for remedy in remedies)
    signs = 1
    assert on_page == signs + len(book().definitions.by_key) + len(remedies) + standards


def test_long_after_no_number_but_the_one_everybody_knows_is_told_plainly(come):
    fresh, late = (come(day).get("t/").content.decode() for day in (BEFORE, LONG_AFTER))
    plainly = "<b>You can say"
    assert fresh.count(plainly) > late.count(plainly)
    assert late.count(plainly) == sum(c.well_known for c in book().contacts.values())


def test_a_stale_remedy_is_never_more_than_a_lawyer_first(come):
    text = come(LONG_AFTER).text(f"o/{code_of('on.es.esa')}/")
    assert "See a lawyer first" in text
