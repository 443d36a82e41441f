"""Journeys: somebody writes what happened in pieces, comes back to it, opens it, and a lawyer has a chronology.

In a real browser, with and without scripts. Nobody told any of it: it is made up.
"""

from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.journeys.deskside import AGENCY, desk, found
from tests.journeys.serving import follow
from tests.journeys.test_accessible import faults
from tests.journeys.test_kept_journeys import SECOND, Phone, said
from tests.journeys.test_narrow import CLIPPED

TOLD = {
    "fr": (
        "Il a fermé la porte à clé.",
        "Nous sommes venus en autobus.",
        "C'était à pied.",
        "Rien.",
    ),
    "ar": ("أقفل الباب.", "وصلنا بالحافلة.", "ربما سيراً.", "لا شيء."),
}


class Writer(Phone):
    """A phone on which somebody writes in pieces."""

    def put(self, text, **fields: str):
        """Write a piece; whatever is folded is unfolded as a thumb does it."""
        for folded in reversed(self.page.locator("fieldset details:not([open]) summary").all()):
            folded.click()
        self.page.locator("[name=text]").fill(text)
        for name, value in fields.items():
            field = self.page.locator(f"[name={name}]")
            is_list = field.evaluate("field => field.tagName") == "SELECT"
            (field.select_option if is_list else field.fill)(value)
        return self.press("story_put")

    def on(self, text, key, kind="article"):
        """Press a button of the piece with these words."""
        piece = self.page.locator(kind, has_text=text)
        with self.page.expect_event("load"):
            piece.get_by_role("button", name=said(self.lang, key)).click()
        return self

    @property
    def pieces(self):
        """The words of the pieces, in the order of the page."""
        return self.page.locator("article .letter").all_inner_texts()


@pytest.fixture
def phone(visit, server):
    """Open a phone in a language, as narrow as they come: ``phone("fr", js=True)``."""
    found(server)
    return lambda lang, js: Writer(visit(js=js, width=320, bypass_csp=True), lang)


@pytest.fixture
def lawyer(browser, server):
    """Open the casefile that came since at the clinic's desk: ``lawyer(before, js=True)``."""
    opened = []

    def at_desk(before, *, js):
        cookies, codes = desk(server)
        (code,) = codes - before
        url = f"http://desk.localhost:{server.port}"
        opened.append(browser.new_context(base_url=url, java_script_enabled=js, bypass_csp=True))
        opened[-1].add_cookies([{"name": n, "value": v, "url": url} for n, v in cookies.items()])
        opened[-1].set_default_timeout(10_000)
        page = opened[-1].new_page()
        page.goto(f"/en/k/{code}/")
        follow(page, said("en", "desk_story_link"), "link")
        return page

    yield at_desk
    for context in opened:
        context.close()


def opened_to_the_clinic(writer):
    """Open the story, and nothing else, to the clinic."""
    writer.press("kept_send_link", "link").press("kept_choose_one")
    for box in writer.page.locator("[name=section]").all():
        box.set_checked(box.get_attribute("value") == "story")
    return writer.press("next").write("message", "?")


def fits(page, *, js):
    """Nothing is cut off on a narrow page; axe, which needs scripts, has nothing to say of it."""
    assert page.evaluate(CLIPPED) == []
    assert not js or faults(page) == []


def account(page):
    return page.locator("td .letter").all_inner_texts()


def written(phone, lang, js):
    """Given somebody who wrote four pieces as they came, one thing in two ways, kept them and left."""
    locked, came, walked, nothing = TOLD[lang]
    own = phone(lang, js).go("").press("story_link", "link").press("story_write")
    own.put(locked, month="winter", relation="after", other="entry.first_on")
    own.press("story_write").put(came, year="2022").press("story_write").put(nothing)
    own.on(came, "story_again").put(walked, year="2022", month="5")
    assert said(lang, "story_ways") in own.text
    assert set(own.pieces[:2]) == {came, walked}
    fits(own.page, js=js)
    own.press("kept_keep_link", "link").write("second", SECOND).press("kept_do_keep")
    mine = own.mine()
    own.press("kept_i_have").leave()
    return mine


def paper(page):
    """Take the paper along; return its words."""
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Get it as a PDF").click()
    assert waiting.value.suggested_filename == "1.pdf", "the name tells nothing"
    sheets = PdfReader(BytesIO(waiting.value.path().read_bytes())).pages
    return " ".join(" ".join(sheet.extract_text() for sheet in sheets).split())


@pytest.mark.parametrize(("lang", "js"), [("fr", True), ("ar", False)])
def test_in_pieces_from_the_first_word_to_a_lawyers_paper(phone, lawyer, server, lang, js):
    locked, came, walked, nothing = TOLD[lang]
    before = desk(server)[1]
    mine = written(phone, lang, js)
    # When they come back on another phone
    back = phone(lang, js).come_back(mine).go("a/")
    # Then number and words alone show none of it, and the second word all of it, as it was left
    assert back.pieces == []
    assert said(lang, "story_closed") in back.text
    back.go("m/").open().press("story_link")
    assert set(back.pieces) == {locked, came, walked, nothing}
    assert said(lang, "season_winter") in back.page.locator("article", has_text=locked).inner_text()
    # When they put two away, take one of them back, and open the story to the clinic
    back.on(nothing, "story_put_away").on(locked, "story_put_away")
    assert set(back.pieces) == {came, walked}
    back.on(locked, "story_back", ".card:not(article)")
    assert set(back.pieces) == {locked, came, walked}
    opened_to_the_clinic(back).press("kept_send")
    assert back.go("a/").pieces == [], "what they told has left the phone"
    # Then its lawyer has them in order of time, versions side by side, and what was put away nowhere
    page = lawyer(before, js=js)
    assert account(page) == [came, walked, locked]
    table = page.locator("table").inner_text()
    for told in ("Versions of one thing", "May 2022", "Before or after the row above: not known."):
        assert told in table
    assert nothing not in page.content()
    page.set_viewport_size({"width": 320, "height": 700})
    fits(page, js=js)
    # And the same on paper
    text = paper(page)
    assert "winter after I came to Canada" in text
    assert lang == "ar" or walked in text


def test_a_worker_writes_a_piece_down_and_the_person_puts_it_away(phone, lawyer, server):
    heard = "She said that they paid once."
    before = desk(server)[1]
    # Given somebody who opened one piece to the clinic
    own = phone("en", js=False).go("a/").press("story_write").put("We came by bus.", year="2022")
    opened_to_the_clinic(own).write("second", SECOND).press("kept_send")
    mine = own.mine()
    own.press("kept_i_have").leave()
    # When its worker writes down what they say on the phone, and forgets to ask
    page = lawyer(before, js=False)
    page.locator("[name=text]").fill(heard)
    page.locator("[name=year]").fill("2023")
    follow(page, "Write it down")
    # Then nothing is written, nothing is lost, and the page says what is missing
    assert said("en", "desk_story_agree_first") in page.inner_text("main")
    assert page.locator("[name=text]").input_value() == heard
    page.locator("[name=agreed]").check()
    follow(page, "Write it down")
    assert account(page) == ["We came by bus.", heard]
    # And the person reads it after their second word, with whose hand it is, and puts it away
    back = phone("en", js=False).come_back(mine).open().press("story_link")
    assert AGENCY in back.page.locator("article", has_text=heard).inner_text()
    back.on(heard, "story_put_away")
    page.reload()
    assert account(page) == ["We came by bus."]
