"""Processes that write are killed in full flight, five hundred times: what was acknowledged is there, whole."""

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from tests.stores import own_store

ROOT = Path(__file__).resolve().parents[2]
TIMES = 500


def test_no_acknowledged_entry_is_lost_to_kill_9(tmp_path):
    store = own_store(tmp_path)
    env = os.environ | {
        "ALONGSIDE_DATABASE": store,
        "DJANGO_SETTINGS_MODULE": "alongside.config.settings.testing",
    }
    command = [sys.executable, "-m", "tests.records.killing", str(TIMES)]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    said = re.search(r"killed (\d+) acknowledged (\d+) lost 0", done.stdout)
    assert said
    assert int(said[1]) >= TIMES
    assert int(said[2]) > 0, "they were killed while they wrote, however slow the machine"
    if not store.startswith("postgresql:"):
        with closing(sqlite3.connect(store)) as opened:
            assert opened.execute("pragma integrity_check").fetchone() == ("ok",)
