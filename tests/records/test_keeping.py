"""Drafts in the store: kept for thirty minutes, destroyed when asked, never readable on the disk."""

import os
import re
import sqlite3
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from django.db import DatabaseError

from alongside.domain.facts import Conflict, Kind, Silence, Span
from alongside.records.drafts import actions
from alongside.records.drafts.actions import destroy_draft, keep_draft
from alongside.records.drafts.content import Draft
from alongside.records.drafts.models import Draft as Row
from alongside.records.drafts.queries import open_draft
from alongside.records.drafts.room import MINUTES, FullError, NotReadError, sweep
from alongside.sealed.tokens import Token

pytestmark = pytest.mark.django_db
NOW = 29_900_000
ROOT = Path(__file__).resolve().parents[2]


def kept(**answers: bool) -> str:
    return keep_draft(token=None, draft=Draft(answers), minute=NOW)


def test_every_kind_of_answer_comes_back_as_it_was():
    told = Draft(
        {
            "doc.held": True,
            "pay.none_long": False,
            "thr.threat": Silence.UNKNOWN,
            "fear.return": Silence.RATHER_NOT_SAY,
            "place.province": "on",
            "job.months": 7,
            "ei.hours": 910.5,
            "wage.due_on": Span.on(date(2026, 9, 30)),
            "status.lost_on": Span(date(2025, 1, 1), date(2025, 12, 31)),
            "wrk.unsafe": Conflict((True, False)),
        },
        {"job.started_on": {"job.started_on.year": "zanzibar"}},
        {"job.started_on": "error_date"},
        ["fear"],
    )
    token = keep_draft(token=None, draft=told, minute=NOW)
    found = open_draft(token=token, minute=NOW)
    assert found is not None
    assert (found.answers, found.typed) == (told.answers, told.typed)
    assert (found.faults, found.warned) == (told.faults, told.warned)
    assert not found.fresh


def test_nobody_opens_the_draft_of_somebody_else():
    mine, other = kept(**{"doc.held": True}), kept(**{"doc.held": False})
    assert open_draft(token=mine, minute=NOW).answers == {"doc.held": True}
    assert open_draft(token=other, minute=NOW).answers == {"doc.held": False}
    assert open_draft(token=Token.new("draft").text, minute=NOW) is None
    assert open_draft(token=None, minute=NOW) is None
    assert open_draft(token="not a token", minute=NOW) is None


def test_a_row_swapped_for_another_does_not_open():
    mine, other = kept(**{"doc.held": True}), kept(**{"doc.held": False})
    Row.objects.filter(slot=Token.read(mine, "draft").slot).update(
        sealed=Row.objects.get(slot=Token.read(other, "draft").slot).sealed
    )
    assert open_draft(token=mine, minute=NOW) is None


def test_a_draft_ends_after_thirty_minutes_without_waiting_for_the_sweep():
    token = kept(**{"doc.held": True})
    assert open_draft(token=token, minute=NOW + MINUTES - 1) is not None
    assert open_draft(token=token, minute=NOW + MINUTES) is None
    assert MINUTES == 30


def test_each_answer_gives_thirty_minutes_more():
    token = kept(**{"doc.held": True})
    later = NOW + MINUTES - 1
    assert keep_draft(token=token, draft=Draft({"doc.held": False}), minute=later) == token
    assert open_draft(token=token, minute=later + MINUTES - 1).answers == {"doc.held": False}
    assert Row.objects.count() == 1


def test_the_sweep_destroys_what_has_ended_and_nothing_else():
    old = kept(**{"doc.held": True})
    young = keep_draft(token=None, draft=Draft(), minute=NOW + 5)
    assert sweep(minute=NOW + MINUTES - 1) == 0
    assert sweep(minute=NOW + MINUTES) == 1
    assert sweep(minute=NOW + MINUTES) == 0
    assert open_draft(token=old, minute=NOW) is None
    assert open_draft(token=young, minute=NOW + MINUTES) is not None


def test_anyone_who_writes_sweeps_what_others_left():
    kept(**{"doc.held": True})
    keep_draft(token=None, draft=Draft(), minute=NOW + MINUTES)
    assert Row.objects.count() == 1


def test_a_full_store_refuses_a_new_draft_and_keeps_every_other(monkeypatch):
    token = kept(**{"doc.held": True})
    monkeypatch.setattr(actions, "MOST", 1)
    with pytest.raises(FullError):
        kept(**{"doc.held": False})
    assert keep_draft(token=token, draft=Draft({"doc.held": False}), minute=NOW) == token
    assert open_draft(token=token, minute=NOW).answers == {"doc.held": False}


def test_a_store_full_of_what_has_ended_is_not_full(monkeypatch):
    kept(**{"doc.held": True})
    monkeypatch.setattr(actions, "MOST", 1)
    keep_draft(token=None, draft=Draft(), minute=NOW + MINUTES)
    assert Row.objects.count() == 1


def test_a_warning_passed_a_thousand_times_is_kept_once():
    token = keep_draft(token=None, draft=Draft(warned=["fear", "papers"] * 1000), minute=NOW)
    assert open_draft(token=token, minute=NOW).warned == ["fear", "papers"]


def test_a_store_that_fails_is_not_taken_for_an_empty_one(monkeypatch):
    token = kept(**{"doc.held": True})

    def fail(_self):
        raise DatabaseError

    monkeypatch.setattr("django.db.models.query.QuerySet._fetch_all", fail)
    with pytest.raises(NotReadError):
        open_draft(token=token, minute=NOW)


def test_a_destroyed_draft_is_gone():
    token, other = kept(**{"doc.held": True}), kept(**{"doc.held": False})
    destroy_draft(token=token)
    destroy_draft(token=token)
    destroy_draft(token="not a token")
    destroy_draft(token=None)
    assert open_draft(token=token, minute=NOW) is None
    assert open_draft(token=other, minute=NOW) is not None


def test_the_row_holds_a_slot_a_ciphertext_and_a_minute_and_nothing_more():
    columns = {field.name for field in Row._meta.get_fields()}
    assert columns == {"slot", "sealed", "ends_at"}
    row = Row.objects.get(slot=Token.read(kept(**{"doc.held": True}), "draft").slot)
    assert isinstance(row.ends_at, int)
    assert str(row) == "a draft"


WRITE = """
import django, sqlite3, sys
from pathlib import Path
django.setup()
from django.conf import settings
from django.core.management import call_command
from alongside.records.drafts.actions import keep_draft
from alongside.records.drafts.content import Draft
call_command("migrate", verbosity=0)
told = Draft({"doc.held": True, "ei.hours": 7391846}, {"wage.due_on": {"wage.due_on.day": "zanzibar"}})
token = keep_draft(token=None, draft=told, minute=29900000)
token = keep_draft(token=token, draft=told, minute=29900001)
if "--plant" in sys.argv:
    planted = sqlite3.connect(settings.DATABASES["default"]["NAME"])
    planted.executescript("create table p(w); insert into p values('zanzibar')")
folder = Path(settings.DATABASES["default"]["NAME"]).parent
print(token, len(list(folder.glob("*"))))
print((b"".join(f.read_bytes() for f in folder.glob("*"))).hex())
"""


def on_disk(tmp_path: Path, *more: str) -> tuple[str, int, bytes]:
    """Write a draft in a process of its own; return its token, the files there were, and their bytes."""
    ran = subprocess.run(
        [sys.executable, "-c", WRITE, *more],
        env=os.environ | {"ALONGSIDE_DATABASE": str(tmp_path / "d.sqlite3")},
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    first, body = ran.stdout.split("\n")[:2]
    token, files = first.split()
    return token, int(files), bytes.fromhex(body)


TELLING = re.compile(rb"zanzibar|7391846|doc\.held|ei\.hours|wage\.due|error_")


@pytest.mark.sqlite_only
def test_the_database_and_its_log_hold_no_word_no_key_of_a_fact_and_no_token(tmp_path):
    token, files, disk = on_disk(tmp_path)
    assert files > 1, "the write-ahead log was read as well"
    assert b"drafts_draft" in disk
    assert TELLING.search(disk) is None
    assert token.encode() not in disk
    assert Token.read(token, "draft")._key not in disk


@pytest.mark.sqlite_only
def test_a_clear_word_in_the_database_would_be_found(tmp_path):
    _, _, disk = on_disk(tmp_path, "--plant")
    assert TELLING.search(disk) is not None


@pytest.mark.sqlite_only
def test_destroying_overwrites_what_was_there(tmp_path):
    """Deleted rows are zeroed, should the key ever be found elsewhere."""
    from django.conf import settings  # noqa: PLC0415 - the settings as they run

    command = settings.DATABASES["default"]["OPTIONS"]["init_command"]
    store = sqlite3.connect(tmp_path / "s.sqlite3")
    store.executescript(command)
    assert store.execute("PRAGMA secure_delete").fetchone() == (1,)
    assert store.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    store.close()


@pytest.mark.parametrize("told", ["every question", "every question with silence"])
def test_nobody_who_answers_the_pages_has_a_longer_ciphertext_than_others(book, told):
    keys = [key for part in book.interview for page in part.pages for key in page]
    whole = dict.fromkeys(keys, Silence.RATHER_NOT_SAY)
    if told == "every question":
        whole = {key: _longest(book.vocabulary.facts[key]) for key in keys}
    one = kept(**{"doc.held": True})
    all_of_it = keep_draft(token=None, draft=Draft(whole), minute=NOW)
    sizes = {
        len(Row.objects.get(slot=Token.read(t, "draft").slot).sealed) for t in (one, all_of_it)
    }
    assert len(sizes) == 1


def _longest(fact):
    if fact.kind is Kind.DATE:
        return Span(date(2025, 1, 1), date(2025, 12, 31))
    if fact.options:
        return max(fact.options, key=len)
    return 100_000_000 if fact.kind in {Kind.NUMBER, Kind.MONEY} else True
