"""A page made without the rules, so that the search for traces can be seen to find them."""

from __future__ import annotations

import gzip
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

BODY_MARKER = "quokkaparade"
PAGE = f"""<!doctype html><title>A form</title><p>{BODY_MARKER} {{said}}<form method="post">
<label>Name <input type="text" name="name"></label>
<label>Story <textarea name="story"></textarea></label>
<button>Send</button></form><a href="/away">Away</a>"""


class _Careless(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self._answer("" if self.path == "/" else "away")

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers["Content-Length"])).decode())

    def _answer(self, said: str) -> None:
        body = gzip.compress(PAGE.format(said=said).encode())
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Cache-Control", "max-age=3600")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Write no log."""


@contextmanager
def careless() -> Iterator[str]:
    """Serve the careless page; give its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Careless)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://localhost:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
