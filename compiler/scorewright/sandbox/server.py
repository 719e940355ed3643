"""Serves a sandbox over HTTP on loopback, with the standard library alone."""

from __future__ import annotations

import contextlib
import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlsplit

from scorewright.plugin.sandboxes import Answer, Asked
from scorewright.sandbox.service import DroppedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.sandbox.service import Service

__all__ = ["HOST", "Serving", "serving"]

HOST = "127.0.0.1"
_MOST_BYTES = 64 * 1024 * 1024
"""What is read of a body at all; the platforms' own limits lie far below, and are theirs to report."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "scorewright-sandbox"
    sys_version = ""
    wbufsize = (
        64 * 1024
    )  # head and body leave in one packet: without it each answer waits 40 ms for an acknowledgement
    disable_nagle_algorithm = True
    server: Serving

    def _respond(self) -> None:
        body = self._body()
        if body is None:
            self._send(Answer(411, b"", ()))
            self.close_connection = True
            return
        try:
            answer = self.server.service.respond(self._asked(body))
        except DroppedError:
            self.close_connection = True
            return
        except Exception as fault:  # noqa: BLE001 - a fault of ours must not look like a network's
            text = f"fault in the sandbox: {type(fault).__name__}\n".encode()
            answer = Answer(500, text, (("Content-Type", "text/plain"),))
        self._send(answer)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = _respond  # noqa: N815 - the base's names

    def _body(self) -> bytes | None:
        """The body; ``None`` where its length is not said in a way that can be believed."""
        text = self.headers.get("Content-Length", "0")
        if "Transfer-Encoding" in self.headers or not (text.isascii() and text.isdigit()):
            return None
        length = int(text)
        return None if length > _MOST_BYTES else self.rfile.read(length)

    def _asked(self, body: bytes) -> Asked:
        parts = urlsplit("//x" + self.path) if self.path.startswith("/") else urlsplit(self.path)
        headers = {name.lower(): text for name, text in self.headers.items()}
        host = headers.get("host") or f"{HOST}:{self.server.server_port}"
        query = tuple(parse_qsl(parts.query, keep_blank_values=True))
        return Asked(self.command, unquote(parts.path), query, headers, body, f"http://{host}")

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        for name, text in answer.headers:
            self.send_header(name, text)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)
        self.wfile.flush()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the store has the log."""


class Serving(ThreadingHTTPServer):
    """A server that listens already.  ``port`` 0 picks a free one.  Raises ``OSError`` where the port is taken."""

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = os.name == "posix"  # elsewhere it would let two servers listen on one port

    def __init__(self, service: Service, port: int = 0) -> None:
        self.service = service
        super().__init__((HOST, port), _Handler)

    @property
    def address(self) -> str:
        """Where it answers: ``http://127.0.0.1:8321``."""
        return f"http://{HOST}:{self.server_port}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a client that went away."""


@contextlib.contextmanager
def serving(service: Service, port: int = 0) -> Iterator[Serving]:
    """Serve in a thread for as long as the block runs."""
    with Serving(service, port) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
