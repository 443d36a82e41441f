"""Settings that every way of running shares. What keeps a person safe stands here, not in a deployment."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from alongside.config.middleware import static_headers
from alongside.config.settings.stores import store

ROOT = Path(__file__).resolve().parents[3]
VAR = ROOT / "var"

DEBUG = False
DESK_HOSTS = ["desk.localhost"]
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *DESK_HOSTS]
DOOR = os.environ.get("ALONGSIDE_DOOR", "")
if DOOR not in {"", "entry", "desk"}:
    message = f"ALONGSIDE_DOOR cannot be {DOOR!r}; use entry or desk, or leave it out for both."
    raise ImproperlyConfigured(message)
INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "alongside.records.drafts",
    "alongside.records.gone",
    "alongside.records.journal",
    "alongside.records.agencies",
    "alongside.records.casefile",
    "alongside.doors.entry",
    "alongside.doors.desk",
    "alongside.doors.open",
    "alongside.config",
]
MIDDLEWARE = [
    "alongside.config.middleware.SafetyHeaders",
    "alongside.config.hosts.DoorOfHost",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.common.CommonMiddleware",
    "alongside.config.flood.Admission",
    "alongside.config.turns.InTurn",
    "alongside.config.uploads.FilesInMemory",  # before the next, which reads the form
    "django.middleware.csrf.CsrfViewMiddleware",
]
ROOT_URLCONF = "alongside.config.urls"
WSGI_APPLICATION = "alongside.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "alongside.doors.showing.speaking.environment",
            "loader": None,
        },
    }
]
DATABASES = {"default": store(VAR / "alongside.sqlite3")}
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = False
LANGUAGE_CODE = "en"
STATIC_URL = "/static/"
STATICFILES_DIRS = [ROOT / "alongside" / "static"]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_ADD_HEADERS_FUNCTION = static_headers
WHITENOISE_ALLOW_ALL_ORIGINS = False  # another site has no business reading that we are here

CSRF_COOKIE_NAME = "c"
CSRF_COOKIE_AGE = None  # ends with the browser
CSRF_COOKIE_HTTPONLY = True
# Strict would not be sent with a link opened from a chat; a new one would be set, and a form that
# stands open in another tab would be refused. It holds nothing: the answers' own cookie is Strict.
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "alongside.config.views.refused"
DRAFT_COOKIE = "d"
LOOKED_COOKIE = "l"  # finds and opens what somebody looked for in the Book
# Of the desk: what finds a session, what opens it, what is not sent yet.
SESSION_COOKIE, UNLOCK_COOKIE, BETWEEN_COOKIE = "s", "u", "b"
WITHDRAWALS_FILE = Path(os.environ.get("ALONGSIDE_WITHDRAWALS", VAR / "withdrawals"))
DEMO_SIGN_IN: Path | None = None  # a file of the demo: nobody else's way in is ever written down
SECURE_COOKIES = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 128 * 1024  # three long letters half written, nine bytes a sign
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
# Of more than MOST_FILES the rest is dropped and the form arrives; of more than this it is refused.
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_HANDLERS = ["alongside.config.uploads.NoFiles"]  # views ask for files: takes_files
MOST_FILES = 3
LARGEST_FILE = FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
LARGEST_FORM = 40 * 1024 * 1024  # read past and dropped, up to here, so that the words arrive
MOST_UPLOADS = 4  # at once, of the eight threads of a process
# Thirty people at one address, twelve heavy requests each in five minutes, and two to spare for each.
HEAVY_PER_ADDRESS = 30 * (12 + 2)
# Twelve a second, of 40 to 100 ms: half to one and a quarter of two processors.
HEAVY_PER_MINUTE = 720
BEHIND_PROXY = False  # whether X-Forwarded-For is written by a server in front that we trust
APPEND_SLASH = False
# W001 and W002 miss Django's own middleware for headers that SafetyHeaders puts on every answer.
SILENCED_SYSTEM_CHECKS = ["security.W001", "security.W002"]
PSEUDO_LOCALE = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"quiet": {"()": "alongside.config.quiet.QuietFormatter"}},
    "handlers": {"quiet": {"class": "logging.StreamHandler", "formatter": "quiet"}},
    "root": {"handlers": ["quiet"], "level": "WARNING"},
    "loggers": {
        name: {"handlers": ["quiet"], "level": "ERROR", "propagate": False}
        for name in ("django", "django.request", "django.security", "django.server", "fido2")
    },
}
