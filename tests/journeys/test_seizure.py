"""The machine is taken after everything: nothing that anybody typed is on it, in any way of writing.

A fictional person and a fictional clinic go through the whole of it on a real server: words are typed
into every box there is, wrong ones too. Then the store, its log, the server's log, the temporary
folders and a backup are read byte by byte.
"""

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
import zlib
from base64 import b64encode
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest

from alongside.sealed.onetime import code_at
from benchmarks.keep import Browser
from tests.journeys.seizing import COLLEAGUE, PASSPHRASE, SIGN_IN, seized
from tests.journeys.serving import ROOT, serve

WORDS = {
    "message": "quokka parade at dawn",
    "later": "zebra finch umbrella",
    "second": "capybara lantern",
    "wrong second": "ocelot trombone",
    "number that is none": "55519870413",
    "words that are none": "axolotl bassoon",
    "date": "narwhal tuesday",
    "file": "iguana saxophone payslip",
    "file name": "lemur-photo.jpg",
    "reply": "marmoset velvet answer",
    "ask": "heron copper question",
    "wrong passphrase": "meerkat wrong passphrase",
    "unsent": "gecko unsent sentence",
    "search": "puffin violin",
    "proposed": "Toucan Fictional Centre",
}
MEMBER = (SIGN_IN, PASSPHRASE, COLLEAGUE)


@pytest.fixture(scope="module")
def come():
    """Open a visit on one host: ``come(port, "localhost")``; all are closed at the end."""
    opened = []

    def browser(port, host):
        opened.append(Browser(port, host))
        return opened[-1]

    yield browser
    for one in opened:
        one.close()


def program(store, *words: str):
    env = os.environ | {
        "ALONGSIDE_DATABASE": str(store),
        "DJANGO_SETTINGS_MODULE": "alongside.config.settings.testing",
    }
    done = subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=env, check=True, capture_output=True, text=True
    )
    return done.stdout


def multipart(browser, path, fields, name, body):
    """Send a form with a file."""
    secret = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', browser.page)
    rows = [
        f'--cut\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'.encode()
        for k, v in (fields | {"csrfmiddlewaretoken": secret[1]}).items()
    ]
    head = f'--cut\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
    rows += [head.encode(), b"Content-Type: image/jpeg\r\n\r\n", body, b"\r\n--cut--\r\n"]
    return browser._ask(
        "POST", path, b"".join(rows), {"Content-Type": "multipart/form-data; boundary=cut"}
    )


def person_sends(come, port):
    one = come(port, "localhost")
    one.get("/en/q/1/1/")
    one.post("/en/q/1/1/", {"pay.unpaid_part": "yes", "move": "next"})
    one.get("/en/q/12/1/")
    one.post("/en/q/12/1/", {"wage.due_on.day": WORDS["date"], "move": "next"})
    one.get("/en/w/")
    agency = re.search(r'name="agency" value="([^"]+)"', one.page)[1]
    one.post("/en/w/", {"agency": agency})
    one.get("/en/w/1/")
    one.post("/en/w/1/", {"section": "work", "purpose": "advice", "days": "90", "move": "next"})
    one.get("/en/w/2/")
    body = (WORDS["file"] + " ").encode() * 60_000
    fields = {"message": WORDS["message"], "second": WORDS["second"], "move": "send"}
    multipart(one, "/en/w/2/", fields, WORDS["file name"], body)
    assert one.where == "/en/k/"
    one.get("/en/k/")
    big = re.search(r'class="big"><bdi dir="ltr">(\d{4}) (\d{4})<', one.page)
    phrase = re.findall(r"<li><bdi lang=\"en\">([^<]+)</bdi>", one.page)
    one.post("/en/k/", {"move": "have"})
    one.get("/leave/")
    assert len(phrase) == 8
    return big[1] + big[2], " ".join(phrase)


def person_returns(come, port, number, phrase):
    one = come(port, "localhost")
    one.get("/en/b/")
    wrong = {"number": WORDS["number that is none"], "words": WORDS["words that are none"]}
    one.post("/en/b/", wrong | {"move": "show"})
    one.get("/en/b/")
    one.post("/en/b/", {"number": number, "words": phrase, "move": "show"})
    assert one.where == "/en/m/"
    one.get("/en/m/")
    return one


def person_reads(come, port, number, phrase):
    one = person_returns(come, port, number, phrase)
    assert WORDS["reply"] in one.page
    talk = re.search(r'name="message\.(\w+)"', one.page)[1]
    one.post("/en/m/", {"second": WORDS["wrong second"], "move": "tell"})
    one.get("/en/m/")
    one.post("/en/m/", {"second": WORDS["second"], "move": "tell"})
    one.get("/en/m/")
    one.post("/en/m/", {f"message.{talk}": WORDS["later"], "move": f"write.{talk}"}, files=True)
    one.get("/en/m/")
    assert WORDS["later"] in one.page
    one.get("/en/j/")
    assert "(fictional)" in one.page


def signs_in(come, port, seed):
    """Sign in at the desk, first with a passphrase that is wrong."""
    desk = come(port, "desk.localhost")
    desk.get("/en/")
    for passphrase in (WORDS["wrong passphrase"], PASSPHRASE):
        code = code_at(bytes.fromhex(seed), int(time.time()))
        desk.post("/en/", {"name": SIGN_IN, "passphrase": passphrase, "code": code})
        desk.get("/en/")
    desk.get("/en/i/")
    return desk


def desk_answers(come, port, seed):
    desk = signs_in(come, port, seed)
    case = re.search(r'href="(/en/k/[a-z2-7]{26}/)"', desk.page)[1]
    desk.get(case)
    assert WORDS["message"] in desk.page
    for what, move, word in (("w", "", "reply"), ("q", "", "ask"), ("w", None, "unsent")):
        desk.get(case)
        desk.post(f"{case}{what}/", {"text": WORDS[word], "section": "health", "move": "see"})
        if move is not None:
            desk.get(f"{case}{what}/")
            assert WORDS[word] in desk.page
            mark = re.search(r'name="mark" value="(\w+)"', desk.page)
            desk.post(f"{case}{what}/", {"move": "send", "mark": mark[1] if mark else ""})
    desk.get(case)
    desk.get(re.search(r'href="(/en/k/[a-z2-7]{26}/f/[a-z2-7]{26}/)"', desk.page)[1])
    assert WORDS["file"] in desk.page
    desk.get(case)
    desk.post(f"{case}c/", {"word": WORDS["search"]})


@pytest.fixture(scope="module")
def taken(tmp_path_factory, come):
    """Everything is done, some of it taken back; then the machine is taken, still warm."""
    folder, before = tmp_path_factory.mktemp("seized"), os.environ.get("TMPDIR")
    (folder / "tmp").mkdir()
    os.environ["TMPDIR"] = str(folder / "tmp")
    try:
        with serve(folder) as served, closing(sqlite3.connect(served.store)) as held:
            held.execute("begin")  # somebody reads all along, so that the log is never emptied
            held.execute("select * from casefile_entry").fetchall()
            made = json.loads(program(served.store, "-m", "tests.journeys.seizing", "found"))
            number, phrase = person_sends(come, served.port)
            other = person_sends(come, served.port)
            desk_answers(come, served.port, made["seed"])
            person_reads(come, served.port, number, phrase)
            gone = person_returns(come, served.port, *other)
            gone.get("/en/d/")
            gone.post("/en/d/", {"move": "erase"})
            program(served.store, "manage.py", "backup", str(folder / "backup"))
            over = json.loads(program(served.store, "-m", "tests.journeys.seizing", "budget"))
            copy = tmp_path_factory.mktemp("copy") / "all"
            shutil.copytree(folder, copy)
    finally:
        os.environ.pop("TMPDIR") if before is None else os.environ.update(TMPDIR=before)
    return {"folder": folder, "copy": copy, "over": over, "said": [number, phrase, *other], **made}


def test_nothing_that_was_typed_is_found(taken):
    typed = [*WORDS.values(), *MEMBER, *taken["said"], taken["clinic"]]
    assert seized([taken["copy"], taken["folder"]], typed) == {}


def test_nothing_is_left_in_the_machines_own_places(taken):
    places = [Path("/dev/shm")]
    assert seized(places, WORDS.values()) == {}
    assert list((taken["copy"] / "tmp").rglob("*")) == []


def test_there_was_something_to_be_found(taken, tmp_path):
    assert (taken["copy"] / "store.sqlite3-wal").stat().st_size > 0, "the log was taken too"
    shutil.copytree(taken["copy"], tmp_path / "all")
    with closing(sqlite3.connect(tmp_path / "all" / "store.sqlite3")) as store:
        entries = store.execute(
            "select count(*), sum(length(sealed)) from casefile_entry"
        ).fetchone()
    assert entries[0] >= 5
    assert entries[1] > 1_000_000, "the file is in it"
    assert (taken["copy"] / "backup").stat().st_size > 1_000_000


def test_the_metadata_budget_holds_after_everything(taken):
    assert taken["over"] == []


def deflated(text):
    maker = zlib.compressobj(wbits=-15)
    return maker.compress(text) + maker.flush()


WRITTEN = {
    "utf-8": lambda t: t.encode(),
    "utf-16": lambda t: t.encode("utf-16-le"),
    "base64": lambda t: b64encode(b"a" + t.encode() + b"b"),
    "base64 later": lambda t: b64encode(b"aa" + t.encode() + b"b"),
    "url-encoded": lambda t: quote(t).encode(),
    "hexadecimal": lambda t: t.encode().hex().encode(),
    "zlib": lambda t: zlib.compress(t.encode()),
    "deflated": lambda t: deflated(t.encode()),
}


@pytest.mark.parametrize("how", WRITTEN)
def test_one_word_stored_in_clear_would_be_found(taken, tmp_path, how):
    for path in taken["copy"].glob("store.sqlite3*"):
        shutil.copy(path, tmp_path)
    with closing(sqlite3.connect(tmp_path / "store.sqlite3")) as store:
        value = WRITTEN[how](WORDS["message"])
        store.execute("update casefile_entry set sealed = ? where rowid = 1", (value,))
        store.commit()
    assert WORDS["message"] in seized([tmp_path], [WORDS["message"]])
