"""The real server, pressed hard: two tabs at once, a store that is locked, what is no request at all."""

import os
import re
import socket
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from contextlib import closing
from urllib.parse import urlencode

import pytest

from alongside.config.middleware import HEADERS
from tests.doors.addresses import at
from tests.doors.forms_seen import Seen
from tests.journeys.serving import ROOT, SECRET, get, post, serve

WORD = b"zanzibar"
PAIRS = 20
FIRST, SECOND = at("en", "pay.unpaid_part"), at("en", "wrk.excess_hours")


def told(server, path, token):
    _, body = get(server, path, Cookie=f"d={token}")
    return Seen(body.decode()).chosen()


def both_at_once(server, token):
    """Send two pages of one draft at the same moment."""
    gate = threading.Barrier(2)

    def send(path, key):
        gate.wait()
        assert post(server, path, {key: "yes"}, token)[0] == 303

    pair = ((FIRST, "pay.unpaid_part"), (SECOND, "wrk.excess_hours"))
    threads = [threading.Thread(target=send, args=one) for one in pair]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_two_tabs_that_send_at_once_lose_no_answer(server):
    lost = 0
    for _ in range(PAIRS):
        _, token = post(server, at("en", "hou.poor"), {"hou.poor": "yes"})
        both_at_once(server, token)
        kept = told(server, FIRST, token) | told(server, SECOND, token)
        lost += not {"pay.unpaid_part", "wrk.excess_hours"} <= kept.keys()
    assert lost == 0


def rows(server):
    with closing(sqlite3.connect(server.store)) as store:
        return store.execute("select hex(slot), sealed from drafts_draft").fetchall()


@pytest.fixture
def locked(server):
    """Hold the store so that nobody can write, for as long as the test runs."""
    with closing(sqlite3.connect(server.store, isolation_level=None)) as store:
        store.execute("begin immediate")
        yield
        store.execute("rollback")


def test_leaving_clears_the_browser_although_nobody_can_write(server, locked):  # noqa: ARG001 - it holds
    answer, _ = get(server, "/leave/", Cookie=f"d={'A' * 43}")
    assert (answer.status, answer.headers["Location"]) == (303, "/n/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'


def test_a_form_that_cannot_be_written_is_answered_303(server, locked):  # noqa: ARG001 - it holds
    assert post(server, FIRST, {"pay.unpaid_part": "yes"})[0] == 303


def test_others_are_served_while_ten_wait_for_the_store(server, locked):  # noqa: ARG001 - it holds
    for _ in range(5):  # on a busy machine the ten may have given up before the other was served
        waiting = [
            threading.Thread(target=post, args=(server, FIRST, {"pay.unpaid_part": "yes"}))
            for _ in range(10)
        ]
        for thread in waiting:
            thread.start()
        answer, _ = get(server, "/n/")
        assert answer.status == 200
        held = any(thread.is_alive() for thread in waiting)
        for thread in waiting:
            thread.join()
        if held:
            return
    pytest.fail("nobody was served while the ten waited")


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """`make demo` itself, whose connections to the store stay open as they do in earnest."""
    with serve(tmp_path_factory.mktemp("demo"), first="/static/i.svg", demo=True) as served:
        yield served


def test_after_leaving_no_file_holds_the_slot_or_the_ciphertext(demo):
    before = {slot for slot, _ in rows(demo)}
    _, token = post(demo, FIRST, {"pay.unpaid_part": "yes"})
    slot, sealed = next((s, c) for s, c in rows(demo) if s not in before)
    pieces = bytes.fromhex(slot), sealed[-300:]
    files = sorted(demo.store.parent.glob("store.sqlite3*"))
    held = b"".join(path.read_bytes() for path in files)
    assert all(piece in held for piece in pieces), "the search would have found it"
    get(demo, "/leave/", Cookie=f"d={token}")
    held = b"".join(path.read_bytes() for path in files)
    assert [piece for piece in pieces if piece in held] == []


def test_what_has_ended_goes_without_a_visitor_and_without_a_timer(tmp_path):
    with serve(tmp_path) as served:
        pass  # makes the store
    with closing(sqlite3.connect(served.store)) as store:
        ended = int(time.time() // 60)
        store.execute("insert into drafts_draft values (x'aa', x'bb', ?)", (ended,))
        store.execute("insert into drafts_draft values (x'cc', x'dd', ?)", (ended + 30,))
        store.commit()
    with serve(tmp_path, first="/static/i.svg", demo=True) as served:
        until = time.monotonic() + 30
        while len(rows(served)) > 1 and time.monotonic() < until:
            time.sleep(0.1)
        assert [slot for slot, _ in rows(served)] == ["CC"]


def raw(server, sent):
    """Send bytes; return all that comes back."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as asked:
        asked.sendall(sent)
        return b"".join(iter(lambda: asked.recv(65_536), b""))


FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"
LENGTH = b"Content-Length: 10\r\n"
NO_REQUESTS = {
    "script name": b"SCRIPT_NAME: /zanzibar\r\n" + LENGTH,
    "coding": b"Transfer-Encoding: zanzibar\r\n",
    "expectation": b"Expect: zanzibar\r\n" + LENGTH,
    "cookies": b"Cookie: z=" + WORD * 2000 + b"\r\n" + LENGTH,
    "headers": b"".join(b"X-%d: zanzibar\r\n" % n for n in range(120)) + LENGTH,
    "name": b"Bad Name: zanzibar\r\n" + LENGTH,
    "two lengths": LENGTH + b"Content-Length: 4\r\n",
}


@pytest.mark.parametrize("name", NO_REQUESTS)
def test_what_the_server_refuses_by_itself_is_303_and_repeats_nothing(server, name):
    head = b"POST /en/q/1/1/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + FORM
    answer = raw(server, head + NO_REQUESTS[name] + b"\r\na=zanzibar")
    assert answer.startswith(b"HTTP/1.1 303 See Other\r\n")
    assert WORD not in answer
    assert b"Cache-Control: no-store\r\n" in answer
    assert re.search(rb"\r\nLocation: /en/[a-z]/\r\n", answer)


@pytest.mark.parametrize(
    "line",
    [
        b"POST /en/?" + b"a=" + WORD * 400 + b" HTTP/1.1",
        b"post /en/?zanzibar HTTP/1.1",
        b"POST /en/ HTTP/9.9",
        b"\x16\x03\x01zanzibar",
    ],
)
def test_a_line_that_is_no_request_is_answered_the_same(server, line):
    answer = raw(server, line + b"\r\nHost: localhost\r\n" + LENGTH + b"\r\na=zanzibar")
    assert answer.startswith(b"HTTP/1.1 303 See Other\r\n")
    assert WORD not in answer
    for name, value in HEADERS.items():
        assert f"\r\n{name}: {value}\r\n".encode() in answer


def test_cookies_too_large_are_cleared_so_that_the_page_can_be_reached_again(server):
    answer = raw(server, b"GET /en/ HTTP/1.1\r\nCookie: z=" + b"a" * 9000 + b"\r\n\r\n")
    assert b'\r\nClear-Site-Data: "cookies"\r\n' in answer


def test_the_site_has_the_name_it_has_whatever_a_header_says(server):
    body = urlencode({"csrfmiddlewaretoken": SECRET}).encode()
    head = (
        "POST /en/q/1/1/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nPATH_INFO: /zanzibar\r\n"
        f"X-Forwarded-Ssl: off\r\nX-Forwarded-Proto: https\r\nCookie: c={SECRET}\r\n"
        f"Content-Length: {len(body)}\r\n"
    )
    answer = raw(server, head.encode() + FORM + b"\r\n" + body)
    assert answer.startswith(b"HTTP/1.1 303 See Other\r\n")
    assert WORD not in answer


def test_the_store_of_the_demo_is_read_by_nobody_else(demo):
    post(demo, FIRST, {"pay.unpaid_part": "yes"})
    files = list(demo.store.parent.glob("store.sqlite3*"))
    assert len(files) > 1
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}


@pytest.mark.parametrize("command", ["demo", "serve"])
@pytest.mark.parametrize(
    ("port", "sentence"),
    [
        ("99999", "use a number from 1 to 65535"),
        ("abc", "use a number from 1 to 65535"),
        ("taken", "cannot be used"),
    ],
)
def test_a_port_that_cannot_be_served_on_is_said_in_one_sentence(server, command, port, sentence):
    asked = str(server.port) if port == "taken" else port
    done = subprocess.run(
        [sys.executable, "manage.py", command],
        cwd=ROOT,
        env=os.environ | {"PORT": asked},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout == "", "no address is promised"
    assert asked in done.stderr
    assert sentence in done.stderr
    assert done.stderr.count("\n") == 1
