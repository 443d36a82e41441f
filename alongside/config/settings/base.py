"""Settings that every way of running shares. What keeps a person safe stands here, not in a deployment."""

from pathlib import Path

from alongside.config.middleware import static_headers

ROOT = Path(__file__).resolve().parents[3]
VAR = ROOT / "var"

DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "alongside.records.drafts",
    "alongside.doors.entry",
    "alongside.config",
]
MIDDLEWARE = [
    "alongside.config.middleware.SafetyHeaders",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.common.CommonMiddleware",
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
            "environment": "alongside.doors.entry.speaking.environment",
            "loader": None,
        },
    }
]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": VAR / "alongside.sqlite3",
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 3,  # longer, and a few who wait would keep everybody else out
            "init_command": (
                "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA secure_delete=ON;"
            ),
        },
    }
}
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
SECURE_COOKIES = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
DATA_UPLOAD_MAX_NUMBER_FILES = 0
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
        for name in ("django", "django.request", "django.security", "django.server")
    },
}
