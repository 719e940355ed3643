"""A request with its parameters read: forms, JSON texts inside forms, and JSON bodies, each refused as Marketo refuses it."""

from __future__ import annotations

import ast
import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import parse_qsl

from scorewright_marketo.limits import given
from scorewright_marketo.sandbox.envelope import PlatformError, seconds
from scorewright_marketo.sandbox.store import Home

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scorewright.plugin.sandboxes import Asked
    from scorewright_marketo.sandbox.store import Row

__all__ = ["DESCRIPTION", "Request", "read_request"]

DESCRIPTION = given("description")
"""How long a description may be."""
_LARGEST_PAGE = 200
"""Records a page of the asset API has at most (Adobe Developer, Marketo Engage, assets: maxReturn)."""
_PAIR = re.compile(r"""['"]?(\w+)['"]?\s*:\s*['"]?([^'",{}]*)['"]?""")
_LOOSE = re.compile(rf"\s*\{{\s*{_PAIR.pattern}(?:\s*,\s*{_PAIR.pattern})*\s*\}}\s*")
"""A flat object without quotation marks, or with the wrong ones."""
_FORM, _JSON = "application/x-www-form-urlencoded", "application/json"


class Request(NamedTuple):
    """What a handler sees of a request: its method, the parameters of query and form, and the JSON body."""

    method: str
    path: str
    params: Mapping[str, str]
    body: bytes
    type: str
    beside: Sequence[str]

    def text(self, name: str, *, most: int | None = None) -> str:
        """A text that has to be there and not blank.  Raises 701."""
        text = self.params.get(name, "").strip()
        if not text:
            raise PlatformError("701", f"{name} cannot be blank")
        return self._within(name, text, most)

    def optional(self, name: str, *, most: int | None = None) -> str | None:
        """A text that may be missing."""
        text = self.params.get(name)
        return text if text is None else self._within(name, text, most)

    def _within(self, name: str, text: str, most: int | None) -> str:
        if most is not None and len(text) > most:
            raise PlatformError("701", f"{name} cannot exceed more than {most} characters")
        return text

    def number(self, name: str, default: int, most: int | None = None) -> int:
        """A whole number that is not negative.  Raises 1001 and 1003."""
        text = self.params.get(name)
        if text is None:
            return default
        if not (text.isascii() and text.isdigit()):
            raise PlatformError("1001", f"Invalid value '{text}'. Required of type 'Integer'")
        if len(text) > 10 or (most is not None and int(text) > most):
            raise PlatformError("1003", f"Invalid value '{text}' for {name}")
        return int(text)

    def flag(self, name: str) -> bool | None:
        """``true`` or ``false``."""
        text = self.params.get(name)
        if text is None:
            return None
        if text.lower() not in {"true", "false"}:
            raise PlatformError("1001", f"Invalid value '{text}'. Required of type 'Boolean'")
        return text.lower() == "true"

    def nested(self, name: str) -> Any:
        """A value that comes as JSON text in a parameter; ``None`` where it is missing.  Raises 611."""
        text = self.params.get(name)
        if text is None:
            return None
        value = _loose(text)
        if value is None:
            raise PlatformError("611", f"System error: {name} is no JSON")
        return value

    def home(self, name: str) -> Home:
        """``{"id": 15, "type": "Folder"}`` that has to be there.  Raises 701, 611."""
        self.text(name)
        return self._home(name)

    def home_or_none(self, name: str) -> Home | None:
        """The same where it may be missing."""
        return None if name not in self.params else self._home(name)

    def _home(self, name: str) -> Home:
        value = self.nested(name)
        kind = value.get("type") if isinstance(value, dict) else None
        id = value.get("id") if isinstance(value, dict) else None
        if isinstance(id, str) and id.isascii() and id.isdigit():
            id = int(id)
        if (
            not isinstance(id, int)
            or isinstance(id, bool)
            or str(kind).capitalize() not in {"Folder", "Program"}
        ):
            raise PlatformError("611", f"System error: {name} needs id and type")
        return Home(str(kind).capitalize(), id if abs(id) < 2**31 else 0)

    def moment(self, name: str) -> float | None:
        """A time in ISO 8601, as seconds since 1970.  Raises 704."""
        text = self.params.get(name)
        if not text:
            return None
        try:
            moment = datetime.fromisoformat(text.replace(" ", "+"))  # a plus that was not encoded
        except ValueError:
            raise PlatformError("704") from None
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()

    def updated(self, rows: Sequence[Row]) -> Sequence[Row]:
        """Those that were changed within ``earliestUpdatedAt`` and ``latestUpdatedAt``."""
        early, late = self.moment("earliestUpdatedAt"), self.moment("latestUpdatedAt")
        if early is None and late is None:
            return rows
        low, high = early or 0.0, late if late is not None else float("inf")
        return [row for row in rows if low <= seconds(row.data["updatedAt"]) <= high]

    def page(self, items: Sequence[Any]) -> Sequence[Any]:
        """What ``offset`` and ``maxReturn`` cut out; 20 unless told, at most 200."""
        offset, most = self.number("offset", 0), self.number("maxReturn", 20, _LARGEST_PAGE)
        return items[offset : offset + most]

    def json(self) -> Any:
        """The JSON body.  Raises 612 and 609."""
        if self.type != _JSON:
            raise PlatformError("612")
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            raise PlatformError("609") from None


def read_request(asked: Asked) -> Request:
    """Read what came; a POST with ``_method=GET`` is a GET whose query stands in the body."""
    type = asked.headers.get("content-type", "").partition(";")[0].strip().lower()
    params = dict(reversed(asked.query))  # of a key that stands there twice, the first one counts
    if type == _FORM:
        pairs = parse_qsl(asked.body.decode("utf-8", "replace"), keep_blank_values=True)
        params = {**dict(reversed(pairs)), **params}
    method = "GET" if asked.method == "POST" and params.get("_method", "").upper() == "GET" else asked.method
    return Request(method, asked.path, params, asked.body, type, asked.beside)


def _loose(text: str) -> Any:
    """JSON, or what clients in use send in its place and the platform reads: other quotation marks, or none."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        pass
    if _LOOSE.fullmatch(text):
        return {key: value.strip() for key, value in _PAIR.findall(text)}
    try:
        value = ast.literal_eval(text)
    except (ValueError, SyntaxError, TypeError, RecursionError, MemoryError):
        return None
    return value if isinstance(value, list | dict) else None
