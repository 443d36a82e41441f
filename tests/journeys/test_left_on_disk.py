"""What a person typed is on no disk after leaving, after closing, nor after a kill -9 while typing.

Proved by reading every file of the browser's profile. A careless page, made without the rules,
shows each time that the search would have found something.
"""

import re
import sqlite3
from contextlib import closing

import pytest

from tests.doors.addresses import at
from tests.journeys.careless import BODY_MARKER, careless
from tests.journeys.deskside import found
from tests.journeys.profile_search import kill, traces
from tests.journeys.serving import follow

NUMBER, WORD, DIGITS = "7391846", "zanzibar", "55519870413"
MARKERS = (NUMBER, WORD, DIGITS)
DAY, YEAR, HOURS = (
    f'[name="{name}"]' for name in ("job.last_day_on.day", "job.last_day_on.year", "ei.hours")
)
# Chromium writes its session files about 2.5 seconds after a change; a shorter look would prove nothing.
SETTLE = 3_500


def type_dates(page):
    page.goto(at("en", "job.last_day_on"))
    page.locator(DAY).press_sequentially(WORD)
    page.locator(YEAR).press_sequentially(DIGITS)


def type_and_send(page):
    type_dates(page)
    follow(page, "Next")
    assert page.locator(DAY).input_value() == WORD, "what was written is shown again"
    page.goto(at("en", "ei.hours"))
    page.locator(HOURS).press_sequentially(NUMBER)
    follow(page, "Next")
    page.wait_for_url(lambda url: not url.endswith(at("en", "ei.hours")))


def leave(page):
    follow(page, "Leave this page", "link")
    assert page.url.endswith("/n/")


def rows(path, query):
    with closing(sqlite3.connect(path)) as store:
        return store.execute(query).fetchall()


def test_leaving_leaves_neither_words_nor_the_cookie_nor_a_telling_address(profile, tmp_path, js):
    with profile(js=js) as page:
        type_and_send(page)
        page.goto(at("en", "doc.held"))
        page.get_by_label("Yes").first.check()
        follow(page, "Show me")
        follow(page, "Change", "link")
        type_dates(page)
        page.wait_for_timeout(SETTLE)
        assert "d" in {cookie["name"] for cookie in page.context.cookies()}
        leave(page)
        assert page.context.cookies() == []
    kept = tmp_path / "profile" / "Default"
    assert traces(tmp_path / "profile", [*MARKERS, "doc.held"]) == {}
    assert rows(kept / "Cookies", "select name from cookies") == []
    seen = rows(kept / "History", "select url, title from urls")
    assert {title for _, title in seen} <= {"Notes", ""}
    assert all(re.fullmatch(r"http://localhost:\d+[a-z0-9/]*", url) for url, _ in seen), seen


def test_closing_the_browser_leaves_nothing(profile, tmp_path):
    with profile() as page:
        type_and_send(page)
        type_dates(page)
        page.wait_for_timeout(SETTLE)
    assert traces(tmp_path / "profile", MARKERS) == {}


def test_a_kill_while_typing_leaves_nothing(profile, tmp_path, js):
    with profile(js=js) as page:
        type_and_send(page)
        type_dates(page)
        page.wait_for_timeout(SETTLE)
        assert kill(tmp_path / "profile") > 0
    assert traces(tmp_path / "profile", MARKERS) == {}


def keep_and_send(page, server):
    """Keep, write to an agency, and come back: return what was typed and what the page showed."""
    found(server)
    page.goto(at("en", "doc.held"))
    page.get_by_label("Yes").first.check()
    follow(page, "Next")
    page.goto("/en/w/")
    follow(page, "Choose this one")
    follow(page, "Next")
    page.locator("[name=message]").press_sequentially(f"{WORD} is what I ask")
    page.locator("[name=second]").press_sequentially(NUMBER)
    follow(page, "Send")
    number = page.locator(".mine .big").first.inner_text()
    spelled = page.locator(".words bdi").all_inner_texts()
    html = page.content()
    start = html.index(f">{spelled[0]}<")
    shown = [
        number,
        html[start : html.index(f">{spelled[2]}<", start + 1)],
    ]  # a word can come twice
    page.locator("details summary").first.click()
    shown += [" ".join(page.locator(".digits bdi").all_text_contents()[:2])]
    return number, " ".join(spelled), [*MARKERS, *shown, " ".join(spelled[:3])]


def come_back(page, number, phrase):
    page.goto("/en/b/")
    page.locator("[name=number]").press_sequentially(number)
    page.locator("[name=words]").press_sequentially(phrase)


def test_what_was_kept_sent_and_come_back_with_is_on_no_disk(profile, tmp_path, server, js):
    with profile(js=js) as page:
        number, phrase, markers = keep_and_send(page, server)
        page.wait_for_timeout(SETTLE)
        follow(page, "I have them")
        come_back(page, number, phrase)
        follow(page, "Show my messages")
        page.locator("[name^=message]").first.press_sequentially(f"more {WORD}")
        page.locator(".told [name=second]").press_sequentially(DIGITS)
        follow(page, "Open what I told")
        page.wait_for_timeout(SETTLE)
        leave(page)
    assert traces(tmp_path / "profile", markers) == {}


@pytest.mark.parametrize("shown", [True, False], ids=["words-shown", "words-typed"])
def test_a_kill_with_the_words_on_the_page_leaves_nothing(profile, tmp_path, server, js, shown):
    with profile(js=js) as page:
        number, phrase, markers = keep_and_send(page, server)
        if not shown:
            come_back(page, number, phrase)
        page.wait_for_timeout(SETTLE)
        assert kill(tmp_path / "profile") > 0
    assert traces(tmp_path / "profile", markers) == {}


def press_offline(page):
    type_dates(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Next").click()


def test_a_button_pressed_while_the_network_is_gone_leaves_nothing(profile, tmp_path):
    with profile() as page:
        press_offline(page)
        page.locator("#offline").wait_for()
        assert page.locator(DAY).input_value() == WORD, "what was written is still there"
        assert page.url.endswith(at("en", "job.last_day_on"))
        page.wait_for_timeout(SETTLE)
        assert kill(tmp_path / "profile") > 0
    assert traces(tmp_path / "profile", MARKERS) == {}


def test_a_form_that_a_browser_sends_by_itself_would_be_found_after_that(profile, tmp_path):
    """Without scripts there is no cure, which the pages say; and the search above would have seen it."""
    with profile(js=False) as page:
        press_offline(page)
        page.wait_for_timeout(SETTLE)
        kill(tmp_path / "profile")
    assert {WORD, DIGITS} & set(traces(tmp_path / "profile", MARKERS))


def test_leaving_while_the_network_is_gone_leaves_nothing(profile, tmp_path):
    with profile() as page:
        press_offline(page)
        page.locator("#offline").wait_for()
        page.get_by_role("link", name="Leave this page").click()
        page.wait_for_timeout(SETTLE)
        assert page.locator(DAY).count() == 0
        kill(tmp_path / "profile")
    assert traces(tmp_path / "profile", MARKERS) == {}


def test_going_back_after_leaving_shows_no_answer(visit, js):
    page = visit(js=js)
    type_and_send(page)
    page.goto(at("en", "ei.hours"))
    leave(page)
    for _ in range(6):
        if page.go_back(wait_until="load") is None:
            break
        seen = page.content()
        assert not [marker for marker in MARKERS if marker in seen]
        assert {field.input_value() for field in page.locator("input[type=text]").all()} <= {""}
        assert page.locator(":checked:not(option)").count() == 0


def careless_visit(page, address):
    page.goto(address)
    page.locator("input").press_sequentially(NUMBER)
    page.locator("textarea").press_sequentially(WORD)


@pytest.mark.parametrize("killed", [False, True], ids=["closed", "killed"])
def test_a_careless_page_is_found_out_when_it_was_sent(profile, tmp_path, killed):
    with careless() as address, profile() as page:
        careless_visit(page, address)
        follow(page, "Send")
        page.goto(address + "/away")
        if killed:
            page.wait_for_timeout(SETTLE)
            kill(tmp_path / "profile")
    assert set(traces(tmp_path / "profile", [NUMBER, WORD, BODY_MARKER])) == {
        NUMBER,
        WORD,
        BODY_MARKER,
    }


def test_a_careless_page_is_found_out_while_typing(profile, tmp_path):
    with careless() as address, profile() as page:
        careless_visit(page, address)
        page.wait_for_timeout(SETTLE)
        kill(tmp_path / "profile")
    assert {NUMBER, WORD} & set(traces(tmp_path / "profile", [NUMBER, WORD]))


def test_what_is_compressed_or_in_other_letters_is_found(tmp_path):
    import gzip  # noqa: PLC0415 - plants what a cache would hold
    import zlib  # noqa: PLC0415 - the same

    (tmp_path / "gz").write_bytes(b"head" + gzip.compress(b"<p>zanzibar") + b"tail")
    (tmp_path / "z").write_bytes(b"head" + zlib.compress(b"7391846"))
    (tmp_path / "utf16").write_bytes("quokkaparade".encode("utf-16-le"))
    assert traces(tmp_path, [WORD, NUMBER, BODY_MARKER, "absent"]) == {
        WORD: ["gz"],
        NUMBER: ["z"],
        BODY_MARKER: ["utf16"],
    }
