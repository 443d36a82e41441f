"""Serving with Gunicorn, quietly: no access log, no control socket, temporary files in memory.

Each process also sweeps the store every minute, so that thirty minutes are thirty minutes on the
disk too, be there a visitor or not and a timer of the system or not.
"""

from __future__ import annotations

import logging
import os
import socket
import tempfile
import threading
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db import connections
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]  # Gunicorn ships none
from gunicorn.http.errors import LimitRequestHeaders  # type: ignore[import-untyped]  # the same

from alongside.config.middleware import HEADERS
from alongside.config.sharing import SharingWorker, forget

WORKERS, THREADS = max(2, os.cpu_count() or 2), 12
"""A process for each core, which answers one request at a time; its threads read what comes and send what goes."""
LAST_PORT = 65_535
HOUR = 60
MEMORY = Path("/dev/shm")  # noqa: S108 - memory, for the server's heartbeat alone


class QuietWorker(SharingWorker):
    """Answers what is no request, or a broken one, by 303 too, and repeats nothing of it.

    Gunicorn's own answer would be a page of its own with the status that makes a browser keep what
    was sent, and a piece of it in the text.
    """

    def handle_error(
        self, _request: object, client: socket.socket, _from: object, error: Exception
    ) -> None:
        """Send the person to the page that says that something went wrong."""
        lines = [
            *HEADERS.items(),
            ("Location", "/en/e/"),
            ("Content-Length", "0"),
            ("Connection", "close"),
        ]
        if isinstance(error, LimitRequestHeaders):
            # Cookies too large come back until they are cleared.
            lines.append(("Clear-Site-Data", '"cookies"'))
        answer = "".join(f"{name}: {value}\r\n" for name, value in lines)
        with suppress(OSError):
            client.sendall(f"HTTP/1.1 303 See Other\r\n{answer}\r\n".encode("ascii"))


class Server(BaseApplication):  # type: ignore[misc]  # a base without types
    """Gunicorn with our settings and no configuration file."""

    def __init__(self, bind: str, **more: Any) -> None:  # noqa: ANN401 - Gunicorn's settings
        """Serve on ``bind``, like ``127.0.0.1:8000``."""
        self._settings = {
            "bind": bind,
            "workers": WORKERS,
            "threads": THREADS,
            "worker_class": QuietWorker,
            "accesslog": None,
            "loglevel": "critical",
            "preload_app": True,
            "control_socket_disable": True,
            "worker_tmp_dir": _memory(),
            "limit_request_line": 2048,
            "forwarder_headers": "",  # nobody in front may rename the site
            "secure_scheme_headers": {},  # Django reads the one header that says HTTPS
            "post_worker_init": keep_sweeping,
            "child_exit": forget,
            "timeout": 30,
            "keepalive": 5,
            **more,
        }
        super().__init__()

    def load_config(self) -> None:
        """Take the settings this version of Gunicorn knows."""
        for name, value in self._settings.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Any:  # noqa: ANN401 - a WSGI application
        """Return the application, its content already read."""
        from alongside.config.wsgi import application  # noqa: PLC0415 - after Django's settings are chosen
        from alongside.doors.showing.cards import by_code  # noqa: PLC0415 - the same
        from alongside.doors.showing.helping import SUPPLY  # noqa: PLC0415 - the same
        from alongside.doors.showing.speaking import warm  # noqa: PLC0415 - the same

        warm()
        SUPPLY.index(datetime.now(tz=UTC).date())
        by_code()
        connections.close_all()  # two processes on one connection would read each other's answers
        return application


def free_port() -> int:
    """Return the port asked for by PORT (8000). Raises CommandError for none, or one that is taken."""
    asked = os.environ.get("PORT", "8000")
    if not asked.isascii() or not asked.isdigit() or not 0 < int(asked) <= LAST_PORT:
        msg = f"PORT cannot be {asked!r}; use a number from 1 to {LAST_PORT}, like PORT=8001."
        raise CommandError(msg)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(asked)))
        except OSError as error:
            other = int(asked) % LAST_PORT + 1
            msg = f"Port {asked} cannot be used ({error.strerror}); try another, like PORT={other}."
            raise CommandError(msg) from error
    return int(asked)


def keep_sweeping(_worker: object) -> None:
    """Sweep in this process from now on."""
    threading.Thread(target=_sweep_each_minute, name="sweep", daemon=True).start()


def _sweep_each_minute() -> None:
    from alongside.config.flood import forget_all  # noqa: PLC0415 - after Django's settings
    from alongside.config.sweeping import (  # noqa: PLC0415 - the same
        empty_log,
        sweep_each_hour,
        sweep_each_minute,
    )

    began = int(time.time() // 60)
    hourly = began + (os.getpid() - began) % HOUR  # not all processes at the same minute
    while True:
        try:
            forget_all()
            minute = int(time.time() // 60)
            sweep_each_minute(minute)
            if minute >= hourly:  # at the next minute where one was missed, or the store failed
                sweep_each_hour(minute)
                hourly = minute + HOUR
            empty_log()
        except Exception:  # the next minute tries again
            logging.getLogger(__name__).exception("The store could not be swept")
        finally:
            connections.close_all()  # no request ends here that would give a broken one back
        time.sleep(61 - time.time() % 60)  # a second into the next minute


def _memory() -> str:
    return str(MEMORY) if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) else tempfile.gettempdir()
