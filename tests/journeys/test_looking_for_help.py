"""Somebody alone at night looks for who can help, on a borrowed phone: found, asked, and nothing is left of it."""

import re

import pytest

from tests.journeys.profile_search import traces
from tests.journeys.serving import follow
from tests.journeys.test_left_on_disk import SETTLE, leave

WORD = "zanzibar"
WORDS = {"en": "lawyer", "fr": "avocat", "ar": "محامي"}


@pytest.mark.parametrize("lang", ["en", "fr", "ar"])
def test_from_the_first_page_to_a_number_and_what_to_ask(visit, js, lang):
    page = visit(js=js)
    page.goto(f"/{lang}/")
    page.locator(f'main a[href="/{lang}/i/"]').first.click()
    page.locator("#words").fill(WORDS[lang])
    page.locator("#near").fill("Windsor")
    page.locator("button.main").click()
    page.wait_for_selector(".err")
    assert page.locator("#words").input_value() == WORDS[lang]
    page.locator('input[value="Windsor, ON"]').check()
    page.locator("button.main").click()
    page.wait_for_selector("#found")
    assert re.search(rf"/{lang}/i/(#found)?$", page.url)
    first = page.locator("article").first
    assert first.locator("a.tel, code").count() > 0, "the first one can be reached"
    page.locator("article details summary").first.click()
    assert first.locator("li").count() > 0, "and says what to ask"
    assert page.locator("#near").input_value() == "Windsor, ON"
    assert page.locator('section[aria-labelledby="calls"] a.tel').count() == 1, (
        "and somebody answers tonight"
    )


def test_what_was_looked_for_is_on_no_disk_after_leaving(profile, tmp_path, js):
    with profile(js=js) as page:
        page.goto("/en/i/")
        page.locator("#words").press_sequentially(WORD)
        follow(page, "Look")
        page.wait_for_selector("#found")
        page.wait_for_timeout(SETTLE)
        leave(page)
        assert page.context.cookies() == []
    assert traces(tmp_path / "profile", [WORD]) == {}


def test_by_keyboard_alone_to_the_first_card(visit, js):
    page = visit(js=js)
    page.goto("/fr/i/")
    page.locator("#words").focus()
    page.keyboard.type("avocate")
    page.keyboard.press("Enter")
    page.wait_for_selector("#found")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('article a, article summary')"):
            return
    pytest.fail("no card is reached by Tab")


@pytest.mark.parametrize("lang", ["en", "fr", "es", "ar"])
def test_what_was_found_fits_a_narrow_phone(visit, lang):
    page = visit(js=False, width=320)
    page.goto(f"/{lang}/i/")
    page.locator("#need").select_option("legal")
    page.locator("button.main").click()
    page.wait_for_selector("article")
    assert "4755" in page.locator("main").inner_text(), "a long address stands there"
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
