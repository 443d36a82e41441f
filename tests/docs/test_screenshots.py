"""The pictures in the docs are of the pages as they are served, and small enough for a slow line.

``ALONGSIDE_SCREENSHOTS=1 .venv/bin/python -m pytest tests/docs/test_screenshots.py`` takes them anew;
otherwise they are checked and left alone.
"""

from __future__ import annotations

import io
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

from alongside.library.calling import code_of

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
LANGUAGES = ("en", "fr", "ar")
IN_README = [(page, lang) for page in ("home", "questions", "ways") for lang in ("en", "ar")]
WIDTH, HEIGHT, SHARPNESS, COLOURS = 390, 844, 2, 32
MOST_BYTES = 120_000
RETAKEN = os.environ.get("ALONGSIDE_SCREENSHOTS") == "1"


def pictures():
    return [(page, lang) for page in PAGES for lang in LANGUAGES]


@contextmanager
def served(folder):
    """The real server, on a port of its own, with a database of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {
        "PORT": str(port),
        "ALONGSIDE_DATABASE": str(folder / "drafts.sqlite3"),
        "DJANGO_SETTINGS_MODULE": "alongside.config.settings.testing",
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
        yield f"http://127.0.0.1:{port}"
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


@pytest.fixture(scope="module", autouse=True)
def _pictures_anew(tmp_path_factory):
    """Take the pictures before they are checked, when that is asked for."""
    if not RETAKEN:
        return
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only when asked for

    PICTURES.mkdir(exist_ok=True)
    with served(tmp_path_factory.mktemp("served")) as address, sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        phone = browser.new_context(
            viewport={"width": WIDTH, "height": HEIGHT}, device_scale_factor=SHARPNESS
        )
        for page, lang in pictures():
            tab = phone.new_page()
            answer = tab.goto(address + PAGES[page].format(lang=lang))
            assert answer is not None
            assert answer.ok
            (PICTURES / f"{page}-{lang}.png").write_bytes(taken(tab.screenshot()))
            tab.close()
        browser.close()


@pytest.mark.parametrize(("page", "lang"), pictures())
def test_a_picture_is_there_small_and_of_a_phone(page, lang):
    path = PICTURES / f"{page}-{lang}.png"
    assert path.stat().st_size < MOST_BYTES
    with Image.open(path) as image:
        assert image.format == "PNG"
        assert image.size == (WIDTH * SHARPNESS, HEIGHT * SHARPNESS)
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
