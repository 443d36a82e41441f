"""Where records are kept: a file of SQLite, or a PostgreSQL server, told by one address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

if TYPE_CHECKING:
    from pathlib import Path
    from urllib.parse import SplitResult

SCHEMES = ("postgresql", "postgres")
# Nobody waits for a lock longer than on SQLite; a transaction whose process is gone lets go of its rows.
PATIENCE = {
    "lock_timeout": "3s",
    "statement_timeout": "10s",
    "idle_in_transaction_session_timeout": "30s",
    "default_transaction_isolation": r"read\ committed",
}
TLS = frozenset({"sslmode", "sslrootcert", "sslcert", "sslkey"})
"""What an address may say beside ``host``: how the way to a server elsewhere is guarded."""


def store(address: str | Path) -> dict[str, Any]:
    """Return Django's settings for an address: a path, or ``postgresql://user@/name?host=/folder``.

    Raises ImproperlyConfigured for an address of PostgreSQL that cannot be read.
    """
    parts = urlsplit(str(address))
    return _postgresql(parts) if parts.scheme in SCHEMES else _sqlite(address)


def _sqlite(path: str | Path) -> dict[str, Any]:
    return {
        "ENGINE": "alongside.config.sqlite",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 3,  # longer, and a few who wait would keep everybody else out
            "init_command": (
                "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA secure_delete=ON;"
            ),
        },
    }


def _postgresql(parts: SplitResult) -> dict[str, Any]:
    more = dict(parse_qsl(parts.query))
    folder = more.pop("host", "")
    if unknown := sorted(set(more) - TLS):
        msg = f"ALONGSIDE_DATABASE cannot say {', '.join(unknown)}"
        raise ImproperlyConfigured(msg)
    if not (name := unquote(parts.path.removeprefix("/"))):
        msg = "ALONGSIDE_DATABASE names no database: postgresql://user@/name?host=/folder/of/socket"
        raise ImproperlyConfigured(msg)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": folder or parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,  # a server that was restarted meets nobody with an error
        "OPTIONS": {
            "connect_timeout": 3,
            "options": " ".join(f"-c {name}={value}" for name, value in PATIENCE.items()),
            **more,
        },
    }
