"""Forms in a real browser, scripts on and off: they arrive, each POST answers 303, Back is harmless."""

import re
import sqlite3
from contextlib import closing, contextmanager

from alongside.doors.showing.speaking import book
from tests.doors.addresses import at
from tests.journeys.serving import follow, get, post, tell
from tests.people import MATEO

WORD = "zanzibar"


def watched(page):
    """Note the status of every answer to a POST."""
    posts = []
    page.on("response", lambda r: posts.append(r.status) if r.request.method == "POST" else None)
    return posts


def test_every_post_of_a_journey_answers_303(visit, js):
    page = visit(js=js)
    posts = watched(page)
    page.goto("/en/q/7/1/")
    follow(page, "Show me these questions")
    page.get_by_label("I don't know").first.check()
    follow(page, "Next")
    follow(page, "Skip this part")
    page.goto(at("en", "job.last_day_on"))
    page.locator('[name="job.last_day_on.day"]').fill(WORD)
    follow(page, "Next")
    follow(page, "Erase and start over")
    page.wait_for_url("**/en/")
    assert posts == [303] * 5


def test_a_form_is_sent_with_its_origin_and_arrives(visit, js):
    page = visit(js=js)
    sent = []
    page.on("request", lambda r: sent.append(r.all_headers()) if r.method == "POST" else None)
    page.goto("/en/q/1/1/")
    page.get_by_label("Yes").first.check()
    follow(page, "Next")
    page.wait_for_url("**/en/q/1/2/")
    assert sent[0]["origin"] == page.url.split("/en/")[0]
    page.goto("/en/q/1/1/")
    assert page.locator("input:checked").count() == 1


def test_a_form_whose_cookies_were_lost_says_so_and_answers_303(visit, js):
    page = visit(js=js)
    posts = watched(page)
    page.goto("/fr/q/1/1/")
    page.context.clear_cookies()
    follow(page, "Suivant")
    page.wait_for_url("**/fr/c/")
    assert posts == [303]
    assert (
        page.get_by_role("heading", level=1).inner_text()
        == "Vos réponses n'ont pas pu être gardées"
    )


def test_what_was_written_without_a_network_can_be_sent_when_it_is_back(visit):
    page = visit()
    page.goto("/ar" + at("ar", "job.months")[3:])
    page.locator('[name="job.months"]').fill("7")
    page.context.set_offline(True)
    page.get_by_role("button", name="التالي").click()
    page.locator("#offline").wait_for()
    said = page.locator("#offline").inner_text()
    assert said == book().words.voice("ar").find(book().words.texts["offline"])
    page.context.set_offline(False)
    follow(page, "التالي")
    page.goto(at("ar", "job.months"))
    assert page.locator('[name="job.months"]').input_value() == "7"
    assert page.locator("#offline").is_hidden()


def test_a_failure_on_our_side_keeps_what_was_written_on_the_page(visit):
    """Where scripts run: the server's gentle page would be right, and what was written gone."""
    page = visit()
    page.goto(at("en", "job.months"))
    page.locator('[name="job.months"]').fill("7")
    page.locator('[name="csrfmiddlewaretoken"]').first.evaluate(
        "field => { for (let n = 0; n < 300; n++) field.after(field.cloneNode()); }"
    )
    page.get_by_role("button", name="Next").click()
    page.locator("#offline").wait_for()
    assert page.locator('[name="job.months"]').input_value() == "7"
    assert page.url.endswith(at("en", "job.months"))


def test_a_button_that_stands_outside_its_form_sends_it_and_its_own_name(visit, js):
    page = visit(js=js)
    page.goto(at("en", "job.months"))
    page.locator('[name="job.months"]').fill("7")
    with page.expect_event("load"):
        page.locator('button[value="lang-fr"]').click()
    assert page.url.endswith(at("fr", "job.months"))
    assert page.locator('[name="job.months"]').input_value() == "7"


def test_a_form_that_leads_to_its_own_page_shows_that_page_anew(visit, js):
    page = visit(js=js)
    page.goto(at("en", "job.last_day_on") + "#q1")
    page.locator('[name="job.last_day_on.day"]').fill(WORD)
    follow(page, "Next")
    assert page.locator("[role=alert]").count() == 1
    assert page.locator('[name="job.last_day_on.day"]').input_value() == WORD


def test_leaving_hides_the_page_before_the_next_one_has_come(visit):
    page = visit()
    page.goto(at("en", "job.months"))
    page.route("**/leave/", lambda route: route.fulfill(status=204))  # so that this page stays
    page.get_by_role("link", name="Leave this page").click(no_wait_after=True)
    page.locator("html[hidden]").wait_for(state="attached")
    assert not page.locator("h1").is_visible()


def test_reloading_after_a_form_sends_nothing_again(visit, js):
    page = visit(js=js)
    page.goto("/en/q/1/1/")
    follow(page, "Next")
    posts = watched(page)
    page.reload()
    assert posts == []


def test_no_second_tab_opens(visit, js):
    page = visit(js=js)
    page.goto("/en/o/")
    follow(page, "Leave this page", "link")
    assert page.url.endswith("/n/")
    assert len(page.context.pages) == 1


def test_back_does_not_return_once_left_where_scripts_run(visit):
    page = visit()
    page.goto("/en/")
    page.goto("/en/o/")
    follow(page, "Leave this page", "link")
    page.go_back()
    assert not page.url.endswith("/en/o/")


def test_a_body_too_large_reaches_a_page_all_the_same(server):
    status, _ = post(server, "/en/q/1/1/", {"job.months": WORD * 200_000})
    assert status == 303


def test_the_servers_log_holds_nothing_that_was_sent(server):
    tell(server, MATEO.answers, wrong_date=True)
    post(server, f"/en/{WORD}/", {WORD: WORD})
    get(server, f"/en/{WORD}/?{WORD}", Referer=WORD, Cookie=f"d={WORD}")
    log = server.log.read_text()
    assert WORD not in log
    assert "7391846" not in log
    assert not re.search(r"/(en|fr|es|ar)/", log)
    assert not re.search("127\\.0\\.0\\.1", log)


# The boxes of the digits of every telephone number, from left to right as they are drawn.
DRAWN = """() => {
  document.querySelectorAll("details").forEach((part) => { part.open = true; });
  const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode;
    for (const match of node.data.matchAll(/(?:1-)?\\d{3}-\\d{3}-\\d{4}|\\d-\\d-\\d/g)) {
      const drawn = [...match[0]].map((sign, i) => {
        const range = document.createRange();
        range.setStart(node, match.index + i);
        range.setEnd(node, match.index + i + 1);
        const box = range.getBoundingClientRect();
        return [Math.round(box.top / 8), box.left, sign];
      });
      drawn.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
      found.push([match[0], drawn.map((part) => part[2]).join("")]);
    }
  }
  return found;
}"""


def test_arabic_runs_from_right_to_left_and_its_numbers_from_left_to_right(visit, told, js):
    page = visit(token=told) if js else visit(token=told, width=320)
    numbers = set()
    for path in (
        "/ar/",
        "/ar/t/",
        "/ar/o/",
        "/ar/s/",
        "/ar/f/",
        "/ar/h/",
        at("ar", "pay.kickback"),
    ):
        page.goto(path)
        assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
        drawn = page.evaluate(DRAWN)
        assert [(written, seen) for written, seen in drawn if written != seen] == [], path
        numbers |= {written for written, _ in drawn}
    assert {"1-833-900-1010", "9-1-1"} <= numbers
    assert page.locator("a.leave").bounding_box()["x"] < 100, "mirrored: leaving is at the left"


def test_a_number_without_isolation_would_be_seen_to_run_backwards(visit):
    page = visit()
    page.goto("/ar/")
    page.evaluate("document.querySelector('h1').textContent = 'اتصل 1-833-900-1010 الآن'")
    assert [pair for pair in page.evaluate(DRAWN) if pair[0] != pair[1]]


def test_every_number_of_the_book_can_be_tapped(visit):
    page = visit()
    page.goto("/fr/t/")
    linked = page.locator("a.tel").evaluate_all("all => all.map((a) => a.getAttribute('href'))")
    phones = {c.phone for c in book().contacts.values() if c.phone}
    assert {f"tel:{re.sub(r'[^0-9]', '', phone)}" for phone in phones} == set(linked)


@contextmanager
def nobody_may_write(server):
    """Hold the right to write into the store, so that every form waits."""
    with closing(sqlite3.connect(server.store, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def test_who_leaves_while_a_form_is_on_its_way_has_left(visit, server):
    page = visit()
    page.goto("/en/q/1/1/")
    page.get_by_label("Yes").first.check()
    with nobody_may_write(server):
        with page.expect_request(lambda request: request.method == "POST"):
            page.get_by_role("button", name="Next").click(no_wait_after=True)
        follow(page, "Leave this page", "link")
        assert page.url.endswith("/n/")
    page.wait_for_timeout(1_000)  # by now the form would have been answered
    assert "d" not in {cookie["name"] for cookie in page.context.cookies()}
    assert page.url.endswith("/n/")


def test_who_goes_elsewhere_is_not_overtaken_by_a_form_and_buttons_stay_alive(visit, server):
    page = visit()
    page.goto("/en/q/1/1/")
    with nobody_may_write(server):
        with page.expect_request(lambda request: request.method == "POST"):
            page.get_by_role("button", name="Next").click(no_wait_after=True)
        follow(page, "What are my rights?", "link")
    page.wait_for_timeout(1_000)
    assert page.url.endswith("/en/r/")
    page.go_back()
    follow(page, "Next")
    assert page.url.endswith("/en/q/1/2/")
