"""Several who write at once lose nothing and never wait for each other in a circle, on either store.

Threads need a store on the disk, and pytest's own is in memory: each test runs a process of its own.
"""

import os
import subprocess
import sys
from pathlib import Path

from tests.stores import own_store

ROOT = Path(__file__).resolve().parents[2]
NOW, MANY, ROUNDS = 29_900_000, 4, 10
BEFORE = f"""
import threading
import django; django.setup()
from concurrent.futures import ThreadPoolExecutor
from django.core.management import call_command
from django.db import connection
from alongside.records.drafts.actions import destroy_draft, keep_draft, one_change
from alongside.records.drafts.content import Draft
from alongside.records.drafts.queries import open_draft
call_command("migrate", verbosity=0)
NOW, MANY, ROUNDS = {NOW}, {MANY}, {ROUNDS}
gate = threading.Barrier(MANY)

def kept(minute=NOW):
    return keep_draft(token=None, draft=Draft(), minute=minute)

def at_once(work, *each):
    def run(number):
        gate.wait()
        try:
            return work(*(some[number] for some in each))
        finally:
            connection.close()
    with ThreadPoolExecutor(MANY) as pool:
        return list(pool.map(run, range(MANY)))
"""
ANSWERING = """
def answer(key, token):
    with one_change(token=token):
        draft = open_draft(token=token, minute=NOW)
        draft.answers[key] = True
        keep_draft(token=token, draft=draft, minute=NOW)

for _ in range(ROUNDS):
    token = kept()
    at_once(answer, [f"key{n}" for n in range(MANY)], [token] * MANY)
    print(len(open_draft(token=token, minute=NOW).answers))
"""
CARELESS = ANSWERING.replace("with one_change(token=token):", "if True:").replace(
    "draft.answers[key] = True", "draft.answers[key] = True; gate.wait()"
)
ENDING = """
def answer_late(token):
    with one_change(token=token):
        draft = open_draft(token=token, minute=NOW + 29)
        if draft is not None:  # another's sweep may have been there first
            return keep_draft(token=token, draft=draft, minute=NOW + 30)

for _ in range(ROUNDS):
    for _ in range(MANY):
        kept()
    late = [token for token in at_once(answer_late, [kept() for _ in range(MANY)]) if token]
    print(len(late) > 0, [open_draft(token=token, minute=NOW + 30) for token in late].count(None))
"""
LEAVING = """
def leave_or_answer(number, token):
    if number % 2:
        destroy_draft(token=token)
        return
    with one_change(token=token):
        draft = open_draft(token=token, minute=NOW)
        if draft is not None:
            keep_draft(token=token, draft=draft, minute=NOW)

for _ in range(ROUNDS):
    token = kept()
    at_once(leave_or_answer, range(MANY), [token] * MANY)
    print(open_draft(token=token, minute=NOW))
"""

PRESSING = """
from contextlib import nullcontext
from alongside.doors.desk import writing
from alongside.doors.desk.frame import Frame
from alongside.records.casefile.queries import conversations
from tests.agencies import present
from tests.doors.desking import MARK, Deskmate, clinic, somebody_wrote
from tests.people import MATEO

amara = clinic()
wrote = somebody_wrote(amara, MATEO.answers, "work")
mate = Deskmate(amara)
mate.get(wrote.at)

def press(other, mark):
    other.send(wrote.at + "w/", move="send", mark=mark)

for number in range(3):
    mate.send(wrote.at + "w/", text=f"Reply {number}", move="look")
    mark = MARK.search(mate.html(wrote.at + "w/"))[1]
    others = [Deskmate() for _ in range(MANY)]
    for other in others:
        other.client.cookies.update(mate.client.cookies)
    at_once(press, others, [mark] * MANY)
    (talk,) = conversations(wrote.keys, present().today)
    print([entry.text for entry in talk.entries].count(f"Reply {number}"))
"""
PRESSED_CARELESSLY = PRESSING.replace("amara = clinic()", """
Frame.alone = nullcontext
really = writing.reply
def slowly(**more):
    gate.wait()
    really(**more)
writing.reply = slowly
amara = clinic()""")  # fmt: skip


def said(tmp_path: Path, script: str) -> list[str]:
    """Run a script on a store of its own; return its lines."""
    env = os.environ | {"ALONGSIDE_DATABASE": own_store(tmp_path)}
    ran = subprocess.run(
        [sys.executable, "-c", BEFORE + script],
        env=env,
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.split("\n")[:-1]


def test_answers_sent_at_once_are_all_kept(tmp_path):
    assert said(tmp_path, ANSWERING) == [str(MANY)] * ROUNDS


def test_without_turns_answers_would_be_lost(tmp_path):
    assert said(tmp_path, CARELESS) == ["1"] * ROUNDS


def test_drafts_answered_in_the_minute_they_end_stay_and_nobody_waits_in_a_circle(tmp_path):
    assert said(tmp_path, ENDING) == ["True 0"] * ROUNDS


def test_who_leaves_leaves_nothing_behind_though_an_answer_is_on_its_way(tmp_path):
    assert said(tmp_path, LEAVING) == ["None"] * ROUNDS


def test_a_reply_that_is_pressed_several_times_at_once_arrives_once(tmp_path):
    assert said(tmp_path, PRESSING) == ["1"] * 3


def test_without_turns_it_would_arrive_as_often_as_it_was_pressed(tmp_path):
    assert said(tmp_path, PRESSED_CARELESSLY) == [str(MANY)] * 3
