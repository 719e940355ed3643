"""A comment's text: the marker by which it is found again, and never more than GitHub takes."""

from __future__ import annotations

import re

from scorewright.diff.render.markdown import LIMIT, MARKER

__all__ = ["body_of", "marker_of"]

_KEY = re.compile(r"[A-Za-z0-9._/ -]{0,80}")
_CUT = "\n\n… cut: this is as much as a comment takes.\n"


def marker_of(key: str) -> str:
    """The first line of the comment of a key.  Raises ``ValueError`` for what a comment in HTML cannot hold."""
    if not _KEY.fullmatch(key) or "--" in key:
        raise ValueError("a key is made of letters, digits, dots, slashes and single dashes")
    return f"{MARKER.removesuffix(' -->')} {key} -->" if key else MARKER


def body_of(text: str, marker: str) -> str:
    """The text under its marker; a marker that it begins with is replaced."""
    body = f"{marker}\n{text.removeprefix(MARKER).lstrip()}"
    return body if len(body) <= LIMIT else body[: LIMIT - len(_CUT)] + _CUT
