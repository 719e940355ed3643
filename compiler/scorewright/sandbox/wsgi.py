"""The service as a WSGI application: tests and clients in the same process need no socket."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from scorewright.plugin.sandboxes import Asked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from wsgiref.types import StartResponse, WSGIEnvironment

    from scorewright.sandbox.service import Service

__all__ = ["application"]


def application(service: Service) -> Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]]:
    """A WSGI callable; where the line is to break, it raises ``DroppedError``."""

    def answer(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        found = service.respond(_asked(environ))
        reason = HTTPStatus(found.status).phrase
        start(f"{found.status} {reason}", [*found.headers, ("Content-Length", str(len(found.body)))])
        return [found.body]

    return answer


def _asked(environ: dict[str, Any]) -> Asked:
    headers = {key[5:].replace("_", "-").lower(): text for key, text in environ.items() if key[:5] == "HTTP_"}
    headers |= {"content-type": environ.get("CONTENT_TYPE", "")} if environ.get("CONTENT_TYPE") else {}
    host = headers.get("host") or f"{environ['SERVER_NAME']}:{environ['SERVER_PORT']}"
    length = environ.get("CONTENT_LENGTH")
    return Asked(
        environ["REQUEST_METHOD"],
        _path(environ.get("PATH_INFO", "")),
        tuple(parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True)),
        headers,
        environ["wsgi.input"].read(int(length)) if length else environ["wsgi.input"].read(),
        f"{environ['wsgi.url_scheme']}://{host}",
    )


def _path(text: str) -> str:
    """The path; some callers hand it over decoded already, and not as the standard's bytes in disguise."""
    try:
        return text.encode("latin-1").decode()
    except UnicodeError:
        return text
