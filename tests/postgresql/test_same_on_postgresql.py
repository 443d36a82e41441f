"""The records keep on PostgreSQL what they promise on SQLite: the same tests, and the product served on it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import psycopg

from tests.doors.addresses import at
from tests.doors.forms_seen import Seen
from tests.journeys.serving import get, post, serve
from tests.postgresql.reading import read_whole
from tests.postgresql.running import QUIET
from tests.records.test_at_once import BEFORE

ROOT = Path(__file__).resolve().parents[2]
KEEP = """
import django; django.setup()
from alongside.records.drafts.actions import keep_draft
from alongside.records.drafts.content import Draft
print(keep_draft(token=None, draft=Draft({}, {"job.started_on": {"job.started_on.year": "okapi tuba"}}), minute=1))
"""
LOOK = """
from alongside.records.drafts.looking import keep_looked
print(keep_looked(token=None, words="zebu mirliton", minute=1))
"""

HELD = """
from alongside.records.drafts.room import sweep
held = kept()
kept()
def sweep_beside():
    try:
        return sweep(minute=NOW + 30)
    finally:
        connection.close()
with one_change(token=held), ThreadPoolExecutor(1) as pool:
    print(pool.submit(sweep_beside).result(), open_draft(token=held, minute=NOW) is not None)
print(sweep(minute=NOW + 30))
"""


def ran(address: str, *command: str) -> str:
    """Run Python on a database; return what it said."""
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=os.environ | {"ALONGSIDE_DATABASE": address, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-8000:]
    return done.stdout


def test_the_tests_of_the_records_pass_on_postgresql(postgres):
    tests = ["tests/records", "tests/sealed", "tests/doors/test_posts.py"]
    plugins = ["-p", "no:cacheprovider", "-p", "tests.postgresql.counting"]
    said = ran(postgres.new_database("same"), "-m", "pytest", *tests, *plugins)
    used = {vendor: int(n) for n, vendor in re.findall(r"(\d+) tests used (\w+)", said)}
    assert set(used) == {"postgresql"}
    assert used["postgresql"] >= 150


def test_the_product_is_served_and_keeps_a_draft_though_the_server_was_restarted(
    postgres, tmp_path
):
    address = postgres.new_database("served")
    months = at("en", "job.months")
    with serve(tmp_path, demo=True, store=address) as served:
        assert get(served, "/en/")[0].status == 200
        status, token = post(served, months, {"job.months": "7", "move": "next"})
        assert status == 303
        with postgres.connect("served") as inside:
            ended = inside.execute(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                " WHERE datname = 'served' AND pid <> pg_backend_pid()"
            ).fetchone()
            assert ended[0] > 0, "somebody stayed connected, and was cut off"
        gate = threading.Barrier(2)
        wanted = {months: {"job.months": "9"}, at("en", "ei.hours"): {"ei.hours": "910"}}

        def send(path: str, fields: dict[str, str]) -> None:
            gate.wait()
            assert post(served, path, fields | {"move": "next"}, token) == (303, token)

        threads = [threading.Thread(target=send, args=pair) for pair in wanted.items()]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for path, fields in wanted.items():
            page = Seen(get(served, path, Cookie=f"d={token}")[1].decode())
            assert fields.items() <= page.values().items()


def test_a_sweep_passes_over_a_draft_that_is_held_and_waits_for_nobody(postgres):
    """Otherwise two who answer in the minute both drafts end could each wait for the other's."""
    said = ran(postgres.new_database("held"), "-c", BEFORE + HELD)
    assert said.split() == ["1", "True", "1"]


def test_an_error_leaves_nothing_of_a_row_in_the_log(postgres):
    """The log of a server set up as the docs say; and of one that is not, to see that it would be found."""
    ran(postgres.new_database("errors"), "manage.py", "migrate", "-v", "0")
    row = "INSERT INTO drafts_draft VALUES ('zanzibar', 'lisbon', 1)"
    with postgres.connect("errors") as inside:
        for setup in ("", "SET log_min_error_statement = error; SET log_error_verbosity = default"):
            before = (postgres.folder / "log").read_text()
            assert not re.search(rf"zanzibar|{b'zanzibar'.hex()}|lisbon", before)
            inside.execute(setup)
            for _ in range(2):
                with suppress(psycopg.errors.UniqueViolation):
                    inside.execute(row)
    assert "lisbon" in (postgres.folder / "log").read_text()


def test_the_docs_say_how_its_log_is_kept_quiet():
    said = (ROOT / "docs" / "how-to" / "deploy.md").read_text(encoding="utf-8")
    assert [name for name, value in QUIET.items() if f"`{name} = {value}`" not in said] == []


def test_a_draft_and_what_was_looked_for_leave_no_word_on_the_disk_and_nothing_in_the_log(postgres):
    address = postgres.new_database("disk")
    ran(address, "manage.py", "migrate", "-v", "0")
    tokens = ran(address, "-c", KEEP + LOOK).split()
    with postgres.connect("disk") as inside:
        kept = inside.execute("SELECT slot, sealed FROM drafts_draft").fetchall()
        inside.execute("CREATE TABLE planted AS SELECT 'a planted word' AS word")
    with postgres.connect("postgres") as inside:  # copying a database writes all of it to the disk
        inside.execute("CREATE DATABASE copied TEMPLATE disk STRATEGY file_copy")
    disk = read_whole(postgres.folder / "data")
    log = b"".join(body for path, body in disk.items() if "pg_wal" in path.parts)
    everything = b"".join(disk.values())
    assert b"planted word" in log, "the log was read"
    assert (len(kept), len(tokens)) == (2, 2)
    for slot, sealed in kept:
        assert slot in everything, "the row is on the disk"
        assert slot not in log
        assert sealed[:64] not in log
    for told in (b"okapi tuba", b"zebu mirliton", *(token.encode() for token in tokens)):
        assert told not in everything
