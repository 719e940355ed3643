"""How texts are compared: whole, at the start, at the end, anywhere, as a word (question 32); and how pages are."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import normalize

__all__ = ["fold", "matches", "page_matches", "page_name", "same"]


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """Case folded, accents kept (in whatever way they were typed), runs of blanks equal."""
    return " ".join(normalize("NFC", text).split()).casefold()


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


# --- pages ----------------------------------------------------------------------------------------------------------


def page_matches(mode: str, page: str, sought: str) -> bool:
    """Whether a page is one that an asset names: host optional, query string, last ``/`` and case ignored.

    Hosts are compared where both name one.  A text that is looked for inside or at the end of a path is no address,
    so it has no host.
    """
    host, path = _split(page)
    if mode in {"is", "starts_with"}:
        wanted_host, wanted = _split(sought)
        if wanted_host and host and wanted_host != host:
            return False
        if mode == "is":
            return path == wanted
        return f"{path.rstrip('/')}/".startswith(_tail(sought, wanted))
    part = sought.partition("?")[0]
    return part != "" and any(matches(mode, form, part) for form in (path, f"{path.rstrip('/')}/"))


def _tail(sought: str, wanted: str) -> str:
    """The start of a path as it was written: ``/blog/`` is not the start of ``/blog-post``."""
    written = sought.partition("?")[0].endswith("/")
    return f"{wanted.rstrip('/')}/" if written else wanted


def page_name(page: str) -> str:
    """One name for all ways in which a page is reported: its host, if that is told, and its path."""
    return "".join(_split(page))


@lru_cache(maxsize=16384)
def _split(page: str) -> tuple[str, str]:
    """An address as host (empty if there is none) and path, which begins with ``/`` and ends without."""
    address = re.split(r"[?#]", fold(page), maxsplit=1)[0]
    scheme = re.match(r"([a-z][a-z0-9+.-]*:)?//", address)
    rest = address[scheme.end() :] if scheme else address
    first, slash, others = rest.partition("/")
    has_host = first and (scheme is not None or "." in first or ":" in first)
    path = f"{slash}{others}" if has_host else f"/{rest.lstrip('/')}"
    return (first if has_host else ""), path.rstrip("/") or "/"
