"""Five fictional people in four provinces and two languages: from the first page to the card of one step.

Each must meet, in a real browser and in words of their own language, the last day, the danger, what a
step would close and whether a lawyer comes first, before anything is filed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from alongside.domain.facts import Span
from alongside.domain.lengths import months
from alongside.doors.showing.speaking import book, speaker
from alongside.library.calling import code_of
from tests.doors.addresses import place
from tests.doors.visiting import words
from tests.journeys.serving import follow
from tests.people import ANA, GRACE, MATEO, PAOLO, SAMUEL, Person, as_fields

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from alongside.domain.facts import Answer

TODAY = datetime.now(tz=UTC).date()
CLAIM, PERMIT, HUMANE = "fed.imm.refugee_claim", "fed.imm.vtip_trp", "fed.imm.hc"


def ago(days: int) -> Span:
    return Span.on(TODAY - timedelta(days=days))


def after(span: Span, length: int) -> date:
    return months(length).after(span.earliest)


@dataclass(frozen=True)
class Journey:
    """One person, their days, the steps they look at, and what must stand at the step that is opened.

    ``by``: its last day. ``closes``: what it would close, by the key of the words. ``first``: the
    steps that have to stand before it. ``tried``: what it closes if it goes first.
    ``lawyer``: whether a lawyer comes first.
    """

    who: Person
    lang: str
    scripts: bool
    days: dict[str, Answer]
    steps: tuple[str, ...]
    opened: str
    dangers: tuple[str, ...]
    by: date | None = None
    closes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    first: tuple[str, ...] = ()
    tried: str = ""
    lawyer: bool = True


EXPIRES = Span.on(TODAY + timedelta(days=120))
JOURNEYS = (
    Journey(
        MATEO, "en", scripts=False,
        days={"wage.due_on": ago(40), "status.expires_on": EXPIRES},
        steps=("fed.imm.owp_vulnerable", "fed.imm.renew", "on.es.esa"),
        opened="on.es.esa", by=after(ago(40), 24), dangers=("risk.employer_told", "risk.claim_shuts_court"),
        lawyer=False,
    ),
    Journey(
        PAOLO, "en", scripts=True,
        days={"job.last_day_on": ago(60)},
        steps=("bc.es.esa", "fed.cra.ruling"),
        opened="bc.es.esa", by=after(ago(60), 6), dangers=("risk.employer_told",),
    ),
    Journey(
        ANA, "en", scripts=False,
        days={"job.last_day_on": ago(20), "suit.matter": "wages"},
        steps=("ab.es.code", "ab.civil.court"),
        opened="ab.civil.court", dangers=("risk.public_court",),
        first=("ab.es.code",), tried="ab.es.code",
    ),
    Journey(
        GRACE, "fr", scripts=True,
        days={"job.ended": True, "job.dismissed": True, "job.last_day_on": ago(10), "pay.below_min": True},
        steps=("qc.es.lnt", "fed.imm.owp_vulnerable"),
        opened="qc.es.lnt", dangers=("risk.employer_told",),
    ),
    Journey(
        SAMUEL, "fr", scripts=False,
        days={"claim.state": "none", "hc.state": "none"},
        steps=(CLAIM, PERMIT),
        opened=CLAIM, dangers=("risk.disclosure",), first=(PERMIT,),
        closes={"plan_closes": (HUMANE,), "plan_could": ("fed.imm.trp_ordinary",)},
    ),
)  # fmt: skip


@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda journey: journey.who.name)
def test_from_the_first_page_to_the_card_of_one_step(visit, journey):
    page = visit(js=journey.scripts)
    # Given a person who opens the first page, begins to answer and goes on page by page
    page.goto(f"/{journey.lang}/")
    follow(page, said(journey, "door_look"), "link")
    assert page.url.endswith(f"/{journey.lang}/q/1/1/")
    tell(page, journey)
    # When they look at the ways out and put a few steps in order
    page.goto(f"/{journey.lang}/o/")
    follow(page, said(journey, "plan_link"), "link")
    choose(page, journey)
    # Then what the step does stands at it, before anything is filed
    look_at_the_step(page, journey)
    if journey.tried:
        try_first(page, journey)
    # And its own card says the same, with every danger
    page.locator("#orders h4 a", has_text=name(journey, journey.opened)).first.click()
    page.wait_for_url(f"**/o/{code_of(journey.opened)}/")
    look_at_the_card(page, journey)


def said(journey: Journey, key: str, **fill: object) -> str:
    return words("<main>" + str(speaker(journey.lang).w(key, **fill)))


def name(journey: Journey, key: str) -> str:
    return words("<main>" + str(speaker(journey.lang).say(book().remedies[key].words.name)))


def day(journey: Journey, on: date) -> str:
    return words("<main>" + str(speaker(journey.lang).day(on)))


def tell(page: Page, journey: Journey) -> None:
    """Answer on the pages as a thumb does: a row, a list, a day."""
    pages: dict[tuple[int, int], dict[str, str]] = {}
    for key, answer in (journey.who.answers | journey.days).items():
        pages.setdefault(place(key), {}).update(as_fields(key, answer))
    for (number, part), fields in sorted(pages.items()):
        page.goto(f"/{journey.lang}/q/{number}/{part}/")
        if page.locator("button[value=shown]").count():
            press(page, "shown")
        for field_name, value in fields.items():
            fill(page, field_name, value)
        press(page, "next")


def fill(page: Page, field_name: str, value: str) -> None:
    row = page.locator(f'input[type=radio][name="{field_name}"][value="{value}"]')
    if row.count():
        row.check()
        return
    written = page.locator(f'[name="{field_name}"]:not([type=radio])')
    if written.evaluate("field => field.tagName") == "SELECT":
        written.select_option(value)
    else:
        written.fill(value)


def press(page: Page, move: str) -> None:
    with page.expect_event("load"):
        page.locator(f"main button[name=move][value={move}]").first.click()


def choose(page: Page, journey: Journey) -> None:
    boxes = page.locator("input[name=step]")
    for at in range(boxes.count()):
        boxes.nth(at).set_checked(boxes.nth(at).get_attribute("value") in codes(journey))
    assert page.locator("input[name=step]:checked").count() == len(journey.steps)
    follow(page, said(journey, "plan_show"))


def codes(journey: Journey) -> set[str]:
    return {code_of(key) for key in journey.steps}


def look_at_the_step(page: Page, journey: Journey) -> None:
    step = page.locator(
        "#orders article", has=page.locator("h4", has_text=name(journey, journey.opened))
    )
    text = " ".join(step.last.inner_text().split())
    if journey.by:
        assert said(journey, "plan_by", date=day(journey, journey.by)) in text
    for word, keys in journey.closes.items():
        closed = text.split(said(journey, word), 1)[1]
        assert all(name(journey, key) in closed for key in keys)
    assert (said(journey, "see_lawyer_first") in text) == journey.lawyer
    for wait in book().remedies[journey.opened].wait:
        if wait.kind == "does_not":
            assert words(f"<main>{speaker(journey.lang).say(wait.text)}") in text
    whole = " ".join(page.locator("#orders").inner_text().split())
    for key in journey.first:
        assert whole.index(name(journey, key)) < whole.rindex(name(journey, journey.opened))


def try_first(page: Page, journey: Journey) -> None:
    with page.expect_event("load"):
        page.locator(f"button[name=first][value='{code_of(journey.opened)}']").last.click()
    text = " ".join(page.locator("#tried").inner_text().split())
    closed = text.split(said(journey, "plan_closes"), 1)[1]
    assert name(journey, journey.tried) in closed
    assert said(journey, "plan_filed_nothing") in closed


def look_at_the_card(page: Page, journey: Journey) -> None:
    text = " ".join(page.locator("main").inner_text().split())
    assert name(journey, journey.opened) in text
    for key in journey.dangers:
        assert words(f"<main>{speaker(journey.lang).say(book().dangers[key].text)}") in text
    if journey.by:
        assert day(journey, journey.by) in text
    assert (said(journey, "see_lawyer_first") in text) == journey.lawyer
