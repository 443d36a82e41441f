"""Looking something up in a real browser: by keyboard alone, with and without scripts, and nothing is left of it."""

import re

import pytest

from tests.journeys.profile_search import kill, traces
from tests.journeys.serving import follow
from tests.journeys.test_left_on_disk import SETTLE, leave

WORD = "zanzibar"
TYPED = f"{WORD} passport"


def look_up(page):
    page.goto("/en/z/")
    page.locator("#words").press_sequentially(TYPED)
    follow(page, "Look")
    assert page.url.endswith("/en/z/q/")
    assert page.locator("#words").input_value() == TYPED, "what was written is shown again"
    assert page.locator(".card h3 a").count() > 3
    assert page.locator("mark").first.inner_text()
    assert WORD in page.locator("main").inner_text(), "and what nothing says is told"


def test_what_was_looked_for_is_on_no_disk_after_leaving(profile, tmp_path, js):
    with profile(js=js) as page:
        look_up(page)
        assert "l" in {cookie["name"] for cookie in page.context.cookies()}
        page.wait_for_timeout(SETTLE)
        leave(page)
        assert page.context.cookies() == []
    assert traces(tmp_path / "profile", [WORD]) == {}


def test_nor_after_a_kill_while_the_results_are_shown(profile, tmp_path, js):
    with profile(js=js) as page:
        look_up(page)
        page.locator("#words").press_sequentially(WORD)
        page.wait_for_timeout(SETTLE)
        assert kill(tmp_path / "profile") > 0
    assert traces(tmp_path / "profile", [WORD]) == {}


def test_a_person_gets_to_an_answer_by_keyboard_alone(visit, js):
    page = visit(js=js)
    page.goto("/fr/z/")
    page.locator("#words").focus()
    page.keyboard.type("salaire impayé montréal")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/fr/z/q/$"))
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.card h3 a')"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/fr/z/(o/[a-z2-7]{5}/|d/#d\d+)$"))
    assert "CNESST" in page.locator("h1").inner_text()


@pytest.mark.parametrize("lang", ["en", "fr", "es", "ar"])
def test_the_results_fit_a_narrow_phone(visit, lang):
    page = visit(js=False, width=320)
    page.goto(f"/{lang}/z/q/")
    page.locator("#words").fill("harcèlement sexuel au travail")
    page.locator("button.main").click()
    page.wait_for_selector(".card")
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 320
