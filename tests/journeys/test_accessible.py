"""axe finds nothing on any kind of page, in any language, with answers and without, light and dark."""

import re
from importlib.resources import files

import pytest

from tests.doors.addresses import LANGUAGES, one_of_each
from tests.journeys.serving import get

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
RUN = """async (only) => {
  document.querySelectorAll("details").forEach((part) => { part.open = true; });
  const options = { resultTypes: ["violations"] };
  if (only) options.runOnly = { type: "rule", values: only };
  const found = await axe.run(document, options);
  return found.violations.map((v) => v.id + ": " + v.nodes.slice(0, 2).map((n) => n.html).join(" "));
}"""


def faults(page, only=None):
    page.evaluate(AXE)
    return page.evaluate(RUN, only)


def look(page, paths, only=None):
    """Return what axe says of pages, by address; pages it says nothing of are left out."""
    found = {}
    for path in paths:
        status = page.goto(path).status
        assert status == (404 if path.endswith("/nowhere/") else 200), path
        if said := faults(page, only):
            found[path] = said
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_axe_is_silent_for_who_has_answered_much(visit, told, lang):
    assert look(visit(bypass_csp=True, token=told), one_of_each(lang)) == {}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_axe_is_silent_for_who_has_answered_nothing(visit, lang):
    """On the pages that answers change; the others were looked at with answers."""
    changed = [f"/{lang}/{page}" for page in ("", "s/", "o/", "q/1/1/", "q/7/1/")]
    assert look(visit(bypass_csp=True), changed) == {}


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_colours_stand_out_in_the_dark_too(visit, told, lang):
    page = visit(bypass_csp=True, token=told, color_scheme="dark")
    page.goto(f"/{lang}/")
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert sum(int(part) for part in re.findall(r"\d+", paper)) < 150, "the page is dark"
    assert look(page, one_of_each(lang), ["color-contrast"]) == {}


def test_the_pages_looked_at_hold_the_parts_that_matter(server, told):
    html = "".join(get(server, path, Cookie=f"d={told}")[1].decode() for path in one_of_each("en"))
    for part in ("<fieldset", "<select", "<details", "<table", 'role="alert"', 'class="warn"'):
        assert part in html


def test_axe_does_find_what_is_wrong(visit):
    page = visit(bypass_csp=True)
    page.set_content(
        '<html><img src="a"><p style="color:#aaa;background:#fff">pale</p><input></html>'
    )
    found = " ".join(faults(page))
    for rule in ("image-alt", "color-contrast", "label", "html-has-lang"):
        assert rule in found
