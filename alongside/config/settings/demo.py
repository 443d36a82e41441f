"""The demo: one process group, an embedded database, plain HTTP on this machine alone."""

import os
import secrets

from alongside.config.settings.base import *  # noqa: F403 - settings are made to be layered
from alongside.config.settings.base import DATABASES, VAR

VAR.mkdir(exist_ok=True)
_KEY = VAR / "demo-key"
if not _KEY.exists():
    with open(
        _KEY, "x", encoding="ascii", opener=lambda path, flags: os.open(path, flags, 0o600)
    ) as _new:
        _new.write(secrets.token_urlsafe(48))
SECRET_KEY = _KEY.read_text(encoding="ascii")
SECURE_COOKIES = False
DATABASES["default"]["NAME"] = os.environ.get("ALONGSIDE_DATABASE", VAR / "alongside.sqlite3")
