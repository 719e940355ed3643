"""How texts are compared: whole, at the start, at the end, anywhere, as a word (question 32)."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

__all__ = ["matches", "same", "same_path"]


def fold(text: str) -> str:
    """Case folded, accents kept, runs of blanks equal."""
    return " ".join(text.split()).casefold()


def same(one: str, other: str) -> bool:
    """The whole text, case ignored."""
    return fold(one) == fold(other)


def matches(mode: str, text: str, sought: str) -> bool:
    """Whether a text matches another in one of the language's five modes."""
    value, part = fold(text), fold(sought)
    if mode == "starts_with":
        return value.startswith(part)
    if mode == "ends_with":
        return value.endswith(part)
    if mode == "contains":
        return part in value
    if mode == "contains_word":
        return _word(part).search(value) is not None
    return value == part


@lru_cache(maxsize=4096)
def _word(part: str) -> re.Pattern[str]:
    """A word stands between characters that are neither letters nor digits."""
    return re.compile(rf"(?<![^\W_]){re.escape(part)}(?![^\W_])")


def same_path(mode: str, page: str, sought: str) -> bool:
    """Whether a page is the one that an asset names: host optional, query string, last ``/`` and case ignored."""
    host, path = _page(page)
    wanted_host, wanted = _page(sought)
    if wanted_host and host and wanted_host != host:
        return False
    return matches(mode, path, wanted)


def _page(text: str) -> tuple[str, str]:
    parts = urlsplit(text if "//" in text or text.startswith("/") else f"//{text}")
    path = parts.path.rstrip("/") or "/"
    return (parts.hostname or "").casefold(), path.casefold()
