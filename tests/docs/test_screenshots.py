"""The pictures in the docs are of the demo as it is served, and small enough for a slow line.

Everybody and everything on them is fictional.

``ALONGSIDE_SCREENSHOTS=1 .venv/bin/python -m pytest tests/docs/test_screenshots.py`` takes them anew;
otherwise they are checked and left alone.
"""

from __future__ import annotations

import io
import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image

from alongside.config.demo_agencies import PASSPHRASE
from alongside.library.calling import code_of
from alongside.library.phrases import digits_of
from alongside.sealed.onetime import SECONDS, code_at

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs" / "screenshots"
WAY = code_of("fed.imm.owp_vulnerable")
PAGES = {
    "home": "/{lang}/",
    "questions": "/{lang}/q/1/1/",
    "ways": "/{lang}/o/",
    "way": f"/{{lang}}/o/{WAY}/",
    "contacts": "/{lang}/t/",
    "practitioner": "/{lang}/p/",
}
KEPT, DESK = ("words", "messages"), ("inbox", "casefile", "preview")
LANGUAGES = ("en", "fr", "ar")
BACK = {"en": "Divya", "fr": "Mateo", "ar": "Hassan"}
"""Who comes back, in which language of the pages."""
IN_README = [
    (page, lang)
    for page in ("home", "questions", "ways", "words", "messages", "casefile")
    for lang in ("en", "ar")
]
PHONE, COMPUTER = (390, 844, 2), (1280, 844, 1)
"""Width, height, and how many points of a picture for each of them."""
COLOURS = 32
MOST_BYTES = 120_000
RETAKEN = os.environ.get("ALONGSIDE_SCREENSHOTS") == "1"


def pictures():
    return [(page, lang) for page in (*PAGES, *KEPT, *DESK) for lang in LANGUAGES]


def size_of(page):
    return COMPUTER if page in DESK else PHONE


@contextmanager
def served(folder):
    """The demo, on a port of its own, with a database of its own, and how to be one of its people."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {
        "PORT": str(port),
        "ALONGSIDE_DATABASE": str(folder / "drafts.sqlite3"),
        "DJANGO_SETTINGS_MODULE": "alongside.config.settings.demo",
    }
    server = subprocess.Popen(
        [sys.executable, "manage.py", "demo"],
        cwd=ROOT,
        env=os.environ | settings,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/", server)
        people = json.loads((folder / "demo-sign-in").read_text(encoding="utf-8"))
        yield port, people
    finally:
        server.terminate()
        server.wait(timeout=20)


def wait_for(address, server):
    for _ in range(100):
        assert server.poll() is None, "the server stopped"
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
        else:
            return
    pytest.fail("the server did not answer")


def taken(raw):
    """A picture with few colours: text stays sharp and the file stays small."""
    image = Image.open(io.BytesIO(raw)).convert("RGB")
    few = image.quantize(COLOURS, dither=Image.Dither.NONE)
    kept = io.BytesIO()
    few.save(kept, "PNG", optimize=True)
    return kept.getvalue()


def press(tab, button):
    with tab.expect_event("load"):
        tab.locator(button).first.click()


def keep(tab, lang, _people):
    """Somebody who answered one thing keeps it, and is shown number and words."""
    tab.goto(f"/{lang}/q/1/1/")
    tab.locator("input[value=yes]").first.check()
    press(tab, "button[value=next]")
    tab.goto(f"/{lang}/k/")
    tab.locator("[name=second]").fill("blue kettle")
    press(tab, "button[value=keep]")


def come_back(tab, lang, people):
    """One of the fictional people comes back to their messages."""
    person = next(one for one in people["people"] if one["name"] == BACK[lang])
    tab.goto(f"/{lang}/b/")
    tab.locator("[name=number]").fill(person["number"])
    tab.locator("[name=words]").fill(digits_of(bytes.fromhex(person["secret"])))
    press(tab, "button[value=show]")


def sign_in(tab, people):
    """Amara of the clinic signs in at the desk; return the address of the first card, after the language."""
    tab.goto("/en/")
    tab.locator("[name=name]").fill("amara")
    tab.locator("[name=passphrase]").fill(PASSPHRASE)
    while time.time() % SECONDS > SECONDS - 10:  # a code that would end while it is sent
        time.sleep(1)
    code = code_at(bytes.fromhex(people["seeds"]["amara"]), int(time.time()))
    tab.locator("[name=code]").fill(code)
    press(tab, "main button.main")
    return tab.locator(".box tbody a").first.get_attribute("href").removeprefix("/en/")


def at_desk(tab, page, lang, card):
    tab.goto(f"/{lang}/{card if page != 'inbox' else 'i/'}")
    if page == "preview":
        tab.locator("#f-reply").fill("Thank you for writing. Come to the library at 3 pm.")
        press(tab, "#w button")


def look(browser, host, page):
    width, height, sharpness = size_of(page)
    return browser.new_context(
        base_url=host, viewport={"width": width, "height": height}, device_scale_factor=sharpness
    )


def take_of_phone(browser, host, people):
    ways = {"words": keep, "messages": come_back}
    for page, lang in pictures():
        if page in DESK:
            continue
        tab = look(browser, host, page).new_page()
        if page in KEPT:
            ways[page](tab, lang, people)
        else:
            answer = tab.goto(PAGES[page].format(lang=lang))
            assert answer is not None
            assert answer.ok
        (PICTURES / f"{page}-{lang}.png").write_bytes(taken(tab.screenshot()))
        tab.context.close()


def take_of_desk(browser, host, people):
    tab = look(browser, host, "inbox").new_page()
    card = sign_in(tab, people)
    for page in DESK:
        for lang in LANGUAGES:
            at_desk(tab, page, lang, card)
            (PICTURES / f"{page}-{lang}.png").write_bytes(taken(tab.screenshot()))


@pytest.fixture(scope="module", autouse=True)
def _pictures_anew(tmp_path_factory):
    """Take the pictures before they are checked, when that is asked for."""
    if not RETAKEN:
        return
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only when asked for

    PICTURES.mkdir(exist_ok=True)
    folder = tmp_path_factory.mktemp("served")
    with served(folder) as (port, people), sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        take_of_phone(browser, f"http://localhost:{port}", people)
        take_of_desk(browser, f"http://desk.localhost:{port}", people)
        browser.close()


@pytest.mark.parametrize(("page", "lang"), pictures())
def test_a_picture_is_there_small_and_of_a_phone_or_of_the_desks_computer(page, lang):
    width, height, sharpness = size_of(page)
    path = PICTURES / f"{page}-{lang}.png"
    assert path.stat().st_size < MOST_BYTES
    with Image.open(path) as image:
        assert image.format == "PNG"
        assert image.size == (width * sharpness, height * sharpness)
        assert len(image.convert("RGB").getcolors(1 << 24) or []) > 5, "an empty page"


@pytest.mark.parametrize(
    ("document", "folder", "shown"),
    [
        ("README.md", "docs/screenshots", IN_README),
        ("docs/reference/parts-of-a-page.md", "../screenshots", pictures()),
    ],
)
def test_a_document_shows_its_pictures_with_words_for_each(document, folder, shown):
    text = (ROOT / document).read_text(encoding="utf-8")
    for page, lang in shown:
        name = f"{folder}/{page}-{lang}.png"
        before, _, after = text.partition(f'src="{name}"')
        assert after, f"{document} does not show {name}"
        tag = before[before.rindex("<img") :] + after[: after.index(">")]
        assert len(tag.partition('alt="')[2].partition('"')[0]) > 10, f"{name} has no words"


def test_no_other_picture_lies_about():
    assert {path.name for path in PICTURES.iterdir()} == {
        f"{p}-{lang}.png" for p, lang in pictures()
    }
