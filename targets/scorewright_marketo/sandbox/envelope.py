"""The envelope that every answer comes in, also the refusals: HTTP says 200, and the body says what happened."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from scorewright.plugin.sandboxes import Answer
from scorewright_marketo.sandbox.codes import CODES

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["NOT_FOUND", "PlatformError", "failure", "nothing", "record", "seconds", "stamp", "success"]

_STAMP = "%Y-%m-%dT%H:%M:%SZ+0000"
NOT_FOUND = "No assets found for the given search criteria."
"""What stands in ``warnings`` where nothing was found: that is no error."""


class PlatformError(Exception):
    """A refusal by the platform: the code, and the message where it says more than the code's own."""

    def __init__(self, code: str, message: str = "") -> None:
        super().__init__(message or CODES[code])
        self.code = code
        self.message = message or CODES[code]


def stamp(seconds: float) -> str:
    """A moment as asset answers write it: neither RFC 3339 nor anything else."""
    return datetime.fromtimestamp(seconds, UTC).strftime(_STAMP)


def seconds(text: str) -> float:
    """The moment that ``stamp`` wrote."""
    return datetime.strptime(text, _STAMP).replace(tzinfo=UTC).timestamp()


def success(request: str, result: Sequence[Any], **more: Any) -> Answer:
    """What was asked for; ``result`` is an array also for one record."""
    return _answer(
        {"success": True, "errors": [], "requestId": request, "warnings": [], "result": list(result), **more}
    )


def nothing(request: str) -> Answer:
    """Nothing was found, which is a success without a result."""
    return _answer({"success": True, "errors": [], "requestId": request, "warnings": [NOT_FOUND]})


def failure(request: str, code: str, message: str) -> Answer:
    """A refusal of the whole call."""
    errors = [{"code": code, "message": message}]
    return _answer({"requestId": request, "success": False, "errors": errors})


def record(code: str, message: str) -> dict[str, Any]:
    """A refusal of one record, as it stands in ``result``."""
    return {"status": "skipped", "reasons": [{"code": code, "message": message}]}


def _answer(data: dict[str, Any]) -> Answer:
    return Answer(200, json.dumps(data, ensure_ascii=False).encode())
