"""How value boxes, texts and page addresses are read: what is typed, cut, split and compared."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["fold_by", "page_is", "terms", "whole"]

Fold = "Callable[[str], str]"

_WHOLE = re.compile(r"[-+]?[0-9]{1,15}")


def whole(text: str) -> int | None:
    """The whole number that a text is; ``None`` for any other text, and for numbers that no score or box holds."""
    return int(text) if _WHOLE.fullmatch(text) else None


def terms(typed: str, room: int) -> tuple[str, ...]:
    """The values in one box: cut at its length, separated by ``;``, where a value in double quotes may hold one."""
    found: list[str] = []
    inside, start = False, 0
    text = typed[:room]
    for place, char in enumerate(text):
        if char == '"':
            inside = not inside
        elif char == ";" and not inside:
            found.append(text[start:place])
            start = place + 1
    found.append(text[start:])
    return tuple(term for term in (_unquoted(part.strip()) for part in found) if term)


def _unquoted(term: str) -> str:
    return term[1:-1] if len(term) > 1 and term[0] == term[-1] == '"' else term


def fold_by(ignore_case: bool) -> Callable[[str], str]:
    """How two texts are made comparable."""
    return str.casefold if ignore_case else str


def page_is(match: str, path: str, page: str) -> bool:
    """Whether an address is one that a page action names.

    Case, query string and a last ``/`` do not matter, nor does the host where one side leaves it out.
    """
    host, place = _address(page)
    if match in {"is", "starts_with"}:
        wanted_host, wanted = _address(path)
        if host and wanted_host and host != wanted_host:
            return False
        if match == "is":
            return place == wanted
        beginning = wanted.rstrip("/") + ("/" if path.partition("?")[0].endswith("/") else "")
        return f"{place.rstrip('/')}/".startswith(beginning)
    part = path.partition("?")[0].casefold()
    forms = (place, f"{place.rstrip('/')}/")
    if match == "ends_with":
        return any(form.endswith(part) for form in forms)
    return any(part in form for form in forms)


def _address(page: str) -> tuple[str, str]:
    """Host (empty when it is not told) and path, which begins with ``/`` and does not end with one."""
    text = page.casefold().partition("?")[0].partition("#")[0]
    scheme = text.find("//")
    rest = text[scheme + 2 :] if scheme >= 0 else text
    first, slash, others = rest.partition("/")
    has_host = bool(first) and (scheme >= 0 or "." in first or ":" in first)
    path = f"{slash}{others}" if has_host else f"/{rest.lstrip('/')}"
    return (first if has_host else ""), path.rstrip("/") or "/"
