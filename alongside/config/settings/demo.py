"""The demo: one process group, an embedded database, plain HTTP on this machine alone."""

import os
import secrets
from pathlib import Path

from alongside.config.settings.base import *  # noqa: F403 - settings are made to be layered
from alongside.config.settings.base import DATABASES, VAR
from alongside.config.settings.stores import store

VAR.mkdir(exist_ok=True)
_KEY = VAR / "demo-key"
if not _KEY.exists():
    with open(
        _KEY, "x", encoding="ascii", opener=lambda path, flags: os.open(path, flags, 0o600)
    ) as _new:
        _new.write(secrets.token_urlsafe(48))
SECRET_KEY = _KEY.read_text(encoding="ascii")
SECURE_COOKIES = False
DATABASES["default"] = store(os.environ.get("ALONGSIDE_DATABASE", VAR / "alongside.sqlite3"))
_STORE = DATABASES["default"]
_FOLDER = VAR if "postgresql" in _STORE["ENGINE"] else Path(_STORE["NAME"]).parent
WITHDRAWALS_FILE = _FOLDER / "withdrawals"
DEMO_SIGN_IN = _FOLDER / "demo-sign-in"  # how to be one of the fictional people of this store
