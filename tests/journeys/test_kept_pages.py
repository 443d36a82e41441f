"""The pages of keeping, sending and coming back, as they stand on the way: narrow, dark, read aloud, by thumb."""

import pytest

from alongside.library.words import PSEUDO
from tests.doors.addresses import LANGUAGES
from tests.journeys.deskside import answer, found
from tests.journeys.serving import tell
from tests.journeys.test_accessible import faults
from tests.journeys.test_narrow import CLIPPED, READABLE, untranslated
from tests.people import MATEO

ROOM = """() => [...document.querySelectorAll("button, .go, .rows label, summary, .links a")]
  .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 44)
  .map((one) => one.outerHTML)"""
THEIRS = """() => {
  document.querySelectorAll("span[dir=auto], p[dir=auto]").forEach((part) => part.remove());
  document.querySelectorAll("textarea").forEach((field) => { field.textContent = ""; });
}"""
LONG = "Pneumonoultramicroscopicsilicovolcanoconiosis" * 2
ANSWER = f"Yes. https://example.org/{LONG} {LONG}"


def press(page, move):
    with page.expect_event("load"):
        page.locator(f"[name=move][value^={move}]:visible").first.click()


def walk(page, server, lang, look):
    """Go the whole way on one phone; ``look`` at every page as it stands, faults among them."""
    mine = send(page, lang, look)
    answer(server, ANSWER, asks="whereabouts")
    read_and_close(page, lang, look)
    keep_and_erase(page, lang, look, mine)


def send(page, lang, look):
    for path in ("s/", "o/", "k/", "b/", "w/"):
        page.goto(f"/{lang}/{path}")
        look(path)
    with page.expect_event("load"):
        page.locator("[name=agency]").first.click()
    look("w/1/")
    press(page, "next")
    look("w/2/")
    page.locator("[name=second]").fill("abc")
    press(page, "send")
    look("w/2/ with a fault")
    page.locator("[name=message]").fill(LONG)
    page.locator("[name=second]").fill("blue kettle")
    press(page, "send")
    look("k/ with words")
    digits = page.locator(".digits bdi").all_text_contents()
    mine = (page.locator(".mine .big").first.inner_text(), " ".join(digits))
    press(page, "have")
    return mine


def read_and_close(page, lang, look):
    page.goto(f"/{lang}/m/")
    look("m/ answered")
    page.locator(".told [name=second]").fill("wrong one")
    press(page, "tell")
    look("m/ with a fault")
    page.locator(".told [name=second]").fill("blue kettle")
    press(page, "tell")
    look("m/ open")
    for path in ("s/", "w/", "w/1/", "j/", "d/", "u/"):
        page.goto(f"/{lang}/{path}")
        look(f"{path} open")
    page.goto(f"/{lang}/m/")
    page.locator(".talk > details > summary").last.click()
    press(page, "take")
    look("m/ taken back")
    page.goto(f"/{lang}/b/")
    page.locator("[name=words]").fill("one two three four five six seven eightt")
    press(page, "show")
    look("b/ with a fault")
    page.goto(f"/{lang}/d/")
    press(page, "later")
    look("g/")


def come(page, lang, mine, second=""):
    page.goto(f"/{lang}/b/")
    for name, text in (("number", mine[0]), ("words", mine[1])):
        page.locator(f"[name={name}]").fill(text)
    press(page, "show")
    if second:
        page.locator("[name=second]").fill(second)
        press(page, "show")


def keep_and_erase(page, lang, look, mine):
    """Come back to what somebody closed, keep it, look at new words, and erase."""
    come(page, lang, mine)
    look("b/ closed")
    come(page, lang, mine, "blue kettle")
    look("d/ asked")
    press(page, "keep")
    look("k/ kept after all")
    page.locator("[name=second]").fill("blue kettle")
    press(page, "renew")
    look("k/ with new words")
    press(page, "old")
    for path in ("j/", "d/"):
        page.goto(f"/{lang}/{path}")
        look(f"{path} closed")
    press(page, "erase")
    look("d/ with a fault")
    page.locator("[name=second]").fill("blue kettle")
    press(page, "erase")
    look("g/ at once")


def seen(visit, server, lang, script, **more: str):
    """Return what a script finds on each page, where it finds anything."""
    found(server)
    page = visit(width=320, bypass_csp=True, token=tell(server, MATEO.answers), **more)
    wrong = {}

    def look(name):
        if said := script(page):
            wrong[name] = said

    walk(page, server, lang, look)
    return wrong


@pytest.mark.parametrize("lang", [*LANGUAGES, PSEUDO])
def test_every_page_on_the_way_fits_a_narrow_phone(visit, server, lang):
    assert seen(visit, server, lang, lambda page: page.evaluate(CLIPPED)) == {}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_axe_is_silent_on_every_page_on_the_way(visit, server, lang):
    assert seen(visit, server, lang, faults) == {}


def test_colours_stand_out_in_the_dark_and_everything_is_big_enough_for_a_thumb(visit, server):
    def look(page):
        return faults(page, ["color-contrast"]) + page.evaluate(ROOM)

    assert seen(visit, server, "ar", look, color_scheme="dark") == {}


def test_no_word_on_the_way_was_left_untranslated(visit, server):
    """What people and agencies wrote is marked by ``dir=auto``, and is nobody's to translate."""

    def look(page):
        page.evaluate(THEIRS)
        return untranslated(page.evaluate(READABLE))

    assert seen(visit, server, PSEUDO, look) == {}
