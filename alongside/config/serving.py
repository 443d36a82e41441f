"""Serving with Gunicorn, quietly: no access log, no control socket, temporary files in memory."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]  # Gunicorn ships none

WORKERS, THREADS = 2, 4
MEMORY = Path("/dev/shm")  # noqa: S108 - memory, for the server's heartbeat alone


class Server(BaseApplication):  # type: ignore[misc]  # a base without types
    """Gunicorn with our settings and no configuration file."""

    def __init__(self, bind: str, **more: Any) -> None:  # noqa: ANN401 - Gunicorn's settings
        """Serve on ``bind``, like ``127.0.0.1:8000``."""
        self._settings = {
            "bind": bind,
            "workers": WORKERS,
            "threads": THREADS,
            "worker_class": "gthread",
            "accesslog": None,
            "loglevel": "critical",
            "preload_app": True,
            "control_socket_disable": True,
            "worker_tmp_dir": _memory(),
            "limit_request_line": 2048,
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
        from alongside.doors.entry.speaking import warm  # noqa: PLC0415 - the same

        warm()
        return application


def _memory() -> str:
    return str(MEMORY) if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) else tempfile.gettempdir()
