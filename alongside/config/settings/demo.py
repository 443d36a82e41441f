"""The demo: one process group, an embedded database, plain HTTP on this machine alone."""

import os
import secrets

from alongside.config.settings.base import *  # noqa: F403 - settings are made to be layered
from alongside.config.settings.base import DATABASES, VAR

VAR.mkdir(exist_ok=True)
_KEY = VAR / "demo-key"
if not _KEY.exists():
    _KEY.write_text(secrets.token_urlsafe(48), encoding="ascii")
    _KEY.chmod(0o600)
SECRET_KEY = _KEY.read_text(encoding="ascii")
SECURE_COOKIES = False
DATABASES["default"]["NAME"] = os.environ.get("ALONGSIDE_DATABASE", VAR / "alongside.sqlite3")
