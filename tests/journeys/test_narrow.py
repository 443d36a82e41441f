"""A phone 320 pixels wide: nothing to scroll sideways, nothing cut off, nothing left untranslated."""

import re

import pytest

from alongside.library.words import PSEUDO
from tests.doors.addresses import LANGUAGES, every_page, one_of_each, questions, ways
from tests.journeys.deskside import AGENCY

# Text that sticks out of the window or of a box that would cut it, after everything folded is opened.
# What is meant for screen readers alone stands far outside on purpose: the skip link and table heads.
CLIPPED = """() => {
  document.querySelectorAll("details").forEach((part) => { part.open = true; });
  const out = [], root = document.documentElement;
  if (root.scrollWidth > innerWidth) out.push("the page is " + root.scrollWidth + " wide");
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode, parent = node.parentElement;
    if (!node.data.trim() || parent.closest(".skip, thead, option, script, style")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      if (box.left < -0.5 || box.right > innerWidth + 0.5) { out.push(node.data.trim()); break; }
    }
    const style = getComputedStyle(parent);
    if (style.overflow !== "visible" && parent.scrollWidth > parent.clientWidth + 1) out.push("cut: " + node.data);
  }
  for (const field of document.querySelectorAll("input, select, button, a")) {
    const box = field.getBoundingClientRect();
    if (!field.closest(".skip") && (box.left < -0.5 || box.right > innerWidth + 0.5)) out.push(field.outerHTML);
  }
  return out.slice(0, 3);
}"""


def clipped(page, paths):
    found = {}
    for path in paths:
        status = page.goto(path, wait_until="domcontentloaded").status
        assert status == (404 if path.endswith("/nowhere/") else 200), path
        if out := page.evaluate(CLIPPED):
            found[path] = out
    return found


@pytest.mark.parametrize("lang", [*LANGUAGES, PSEUDO])
def test_every_kind_of_page_fits(visit, told, lang):
    assert clipped(visit(width=320, token=told), one_of_each(lang)) == {}


def test_every_question_and_every_way_out_fits_from_right_to_left(visit, told):
    assert clipped(visit(width=320, token=told), [*questions("ar"), *ways("ar")]) == {}


def test_a_page_too_wide_is_noticed(visit):
    page = visit(width=320)
    page.goto("/en/")
    page.evaluate("document.querySelector('h1').innerHTML = '<span>' + 'a'.repeat(80) + '</span>'")
    page.evaluate("document.querySelector('h1').style.overflowWrap = 'normal'")
    assert page.evaluate(CLIPPED)


def test_targets_are_big_enough_for_a_thumb(visit, told):
    page = visit(width=320, token=told)
    for path in ("/en/", "/en/q/1/1/", "/en/o/"):
        page.goto(path)
        for target in page.locator("button, .go, .leave, .rows label, .doors a").all():
            assert target.bounding_box()["height"] >= 44, target.inner_text()


# Runs of visible text, without what may stay as it is: numbers, keys, places in a law, marked languages.
READABLE = """() => {
  document.querySelectorAll("details").forEach((part) => { part.open = true; });
  const out = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode, parent = node.parentElement;
    if (parent.closest("bdi, code, script, style, [lang]:not(html), span[dir=ltr], .tel")) continue;
    if (parent.tagName === "OPTION" || parent.checkVisibility()) out.push(node.data);
  }
  for (const part of document.querySelectorAll("[aria-label], [alt], [placeholder], [title]")) {
    out.push(part.getAttribute("aria-label") || part.alt || part.placeholder || part.title || "");
  }
  return out;
}"""
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
KEYS = "on|fed|yes|no|unknown"  # keys of content and truth values, as they are written in the files
PLAIN = re.compile(rf"\b(?!(?:{MONTHS}|{KEYS})\b)[A-Za-z]*[a-z][A-Za-z]+\b")  # initials may stay


def untranslated(texts):
    """Return the words that stand outside the brackets of the pseudo-locale."""
    joined = re.sub(r"⟦[^⟧]*⟧", " ", " ".join(texts)).replace(AGENCY, " ")  # a name stays as it is
    return [*dict.fromkeys(PLAIN.findall(joined))]


@pytest.fixture(scope="module")
def pseudo(browser, server, told):
    """Every page in the pseudo-locale, looked at once: what is cut off, and what is not translated."""
    context = browser.new_context(base_url=server.url, viewport={"width": 320, "height": 700})
    context.add_cookies([{"name": "d", "value": told, "url": server.url}])
    page, found = context.new_page(), {}
    for path in set(every_page(PSEUDO)) - {"/", "/n/"}:  # these two are in the browser's language
        cut = clipped(page, [path]).get(path, [])
        found[path] = (cut, untranslated(page.evaluate(READABLE)))
    context.close()
    return found


def test_every_page_fits_where_all_words_are_a_third_longer(pseudo):
    assert {path: cut for path, (cut, _) in pseudo.items() if cut} == {}


def test_no_word_of_any_page_was_left_untranslated(pseudo):
    assert len(pseudo) > 100
    assert {path: plain for path, (_, plain) in pseudo.items() if plain} == {}


def test_an_untranslated_word_is_noticed():
    assert untranslated(["⟦Ñéxt··⟧", "Next", " 12 "]) == ["Next"]
    assert untranslated(["⟦Ñéxt··⟧ ⟦Skip⟧", "7"]) == []
