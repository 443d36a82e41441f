"""Production: HTTPS, cookies bound to the host, every secret from the environment."""

import os

from alongside.config.settings.base import *  # noqa: F403 - settings are made to be layered
from alongside.config.settings.base import DATABASES
from alongside.config.settings.stores import store

os.umask(0o077)  # whichever command makes the store, nobody else on the machine reads it

SECRET_KEY = os.environ["ALONGSIDE_SECRET_KEY"]
DESK_HOSTS = [host for host in os.environ.get("ALONGSIDE_DESK_HOSTS", "").split(",") if host]
ALLOWED_HOSTS = [*os.environ["ALONGSIDE_HOSTS"].split(","), *DESK_HOSTS]
DATABASES["default"] = store(os.environ["ALONGSIDE_DATABASE"])
CSRF_COOKIE_NAME = "__Host-c"
CSRF_COOKIE_SECURE = True
DRAFT_COOKIE, LOOKED_COOKIE = "__Host-d", "__Host-l"
SESSION_COOKIE, UNLOCK_COOKIE, BETWEEN_COOKIE = "__Host-s", "__Host-u", "__Host-b"
BEHIND_PROXY = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
