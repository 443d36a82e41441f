"""A whole journey by keyboard alone, and an outline that shows where one is."""

import re

import pytest

from tests.doors.addresses import at

FOCUS = """() => {
  const at = document.activeElement, style = getComputedStyle(at), box = at.getBoundingClientRect();
  return {
    tag: at.tagName, text: at.innerText || at.value || "", href: at.getAttribute("href"),
    name: at.name || "", value: at.value || "",
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    seen: box.width > 0 && box.left >= 0 && box.right <= innerWidth && box.bottom > 0 && box.top < innerHeight,
  };
}"""


def tab_to(page, **wanted: str):
    """Press Tab until something is focused; every stop on the way must be seen and outlined."""
    for _ in range(80):
        page.keyboard.press("Tab")
        found = page.evaluate(FOCUS)
        if found["tag"] == "BODY":
            continue
        assert found["seen"], found
        assert found["outlined"], found
        if all(found[name] == value for name, value in wanted.items()):
            return found
    pytest.fail(f"no way to {wanted} by keyboard")


def test_the_first_stop_skips_to_the_text(visit, js):
    page = visit(js=js)
    page.goto("/en/")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS)["text"] == "Go to the text"
    assert page.evaluate(FOCUS)["seen"]
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_a_whole_journey(visit, js):
    page = visit(js=js)
    # Given the start page, the person opens the questions
    page.goto("/en/")
    tab_to(page, href="/en/q/1/1/")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/q/1/1/")
    # When two questions are answered with the space bar and an arrow
    tab_to(page, name="pay.unpaid_part")
    page.keyboard.press("Space")
    tab_to(page, name="pay.below_min")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    chosen = page.locator("input:checked").evaluate_all("all => all.map((e) => e.name + e.value)")
    assert chosen == ["pay.unpaid_partyes", "pay.below_minno"]
    # And the person asks to see what follows
    tab_to(page, tag="BUTTON", value="show")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/s/")
    # Then the ways out are one step away, and one of them opens
    tab_to(page, href="/en/o/")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/o/")
    tab_to(page, text="Do nothing legal for now")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/en/o/\w{5}/$"))
    # And a folded part opens, a number can be reached, and leaving is the third stop of a page
    tab_to(page, tag="SUMMARY")
    page.keyboard.press("Enter")
    assert page.locator("details[open]").count() == 1
    tab_to(page, href="tel:18339001010")
    page.goto("/en/o/")
    for _ in range(3):
        page.keyboard.press("Tab")
    assert page.evaluate(FOCUS)["href"] == "/leave/"
    page.keyboard.press("Enter")
    page.wait_for_url("**/n/")


def test_a_date_is_written_by_keyboard_and_its_fault_is_reached_by_a_link(visit):
    page = visit()
    page.goto(at("en", "job.last_day_on"))
    tab_to(page, name="job.last_day_on.day")
    page.keyboard.type("zanzibar")
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=alert]")
    link = page.locator("[role=alert] a").first
    link.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    reached = page.evaluate("document.activeElement.closest('fieldset').id")
    assert link.get_attribute("href") == f"#{reached}"
    assert page.locator("[id='" + reached + "'] [name='job.last_day_on.day']").count() == 1


def test_nothing_hides_behind_the_bar_at_the_top(visit):
    page = visit(width=320)
    page.goto("/en/q/1/1/")
    for _ in range(30):
        page.keyboard.press("Tab")
        top = page.evaluate("document.activeElement.getBoundingClientRect().bottom")
        in_bar = page.evaluate("!!document.activeElement.closest('header')")
        bar = page.evaluate("document.querySelector('header').getBoundingClientRect().bottom")
        assert in_bar or top > bar


def test_escape_twice_leaves_where_scripts_run(visit):
    page = visit()
    page.goto("/en/o/")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.wait_for_url("**/n/")
