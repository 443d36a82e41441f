"""Production: HTTPS, cookies bound to the host, every secret from the environment."""

import os

from alongside.config.settings.base import *  # noqa: F403 - settings are made to be layered
from alongside.config.settings.base import DATABASES

os.umask(0o077)  # whichever command makes the store, nobody else on the machine reads it

SECRET_KEY = os.environ["ALONGSIDE_SECRET_KEY"]
ALLOWED_HOSTS = os.environ["ALONGSIDE_HOSTS"].split(",")
DATABASES["default"]["NAME"] = os.environ["ALONGSIDE_DATABASE"]
CSRF_COOKIE_NAME = "__Host-c"
CSRF_COOKIE_SECURE = True
DRAFT_COOKIE = "__Host-d"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
