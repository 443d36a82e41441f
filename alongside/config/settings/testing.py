"""Settings of the tests: like the demo, with a database of their own and the pseudo-locale."""

import os
from pathlib import Path

from alongside.config.settings.base import *  # noqa: F403 - settings are made to be layered
from alongside.config.settings.base import DATABASES, DESK_HOSTS, VAR
from alongside.config.settings.stores import store

VAR.mkdir(exist_ok=True)
os.environ.setdefault("ALONGSIDE_DIRECTORY", str(VAR / "testing-directory.sqlite3"))  # none there
SECRET_KEY = "for tests alone, guards nothing"  # noqa: S105 - not a secret
SECURE_COOKIES = False
PSEUDO_LOCALE = True
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver", *DESK_HOSTS]
DATABASES["default"] = store(os.environ.get("ALONGSIDE_DATABASE", VAR / "testing.sqlite3"))
DATABASES["default"]["CONN_MAX_AGE"] = 0
if DATABASES["default"]["ENGINE"] == "alongside.config.sqlite":
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}  # one in each process of the tests
WITHDRAWALS_FILE = Path(os.environ.get("ALONGSIDE_WITHDRAWALS", VAR / "testing-withdrawals"))
