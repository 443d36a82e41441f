"""Settings of the tests: like the demo, with a database of their own and the pseudo-locale."""

import os

from alongside.config.settings.base import *  # noqa: F403 - settings are made to be layered
from alongside.config.settings.base import DATABASES, VAR

VAR.mkdir(exist_ok=True)
SECRET_KEY = "for tests alone, guards nothing"  # noqa: S105 - not a secret
SECURE_COOKIES = False
PSEUDO_LOCALE = True
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
DATABASES["default"]["NAME"] = os.environ.get("ALONGSIDE_DATABASE", VAR / "testing.sqlite3")
DATABASES["default"]["CONN_MAX_AGE"] = 0
