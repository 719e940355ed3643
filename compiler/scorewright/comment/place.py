"""Which pull request a run of GitHub Actions is about, as its environment and event file say."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scorewright.comment.github import Place

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["UnknownPlaceError", "place_of"]

_REPOSITORY = re.compile(r"[\w.-]+/[\w.-]+")
_API = re.compile(r"https://[^\s/]+(/[^\s]*)?|http://(127\.0\.0\.1|localhost|\[::1\])(:\d+)?/?")
"""A token goes over an encrypted line, or stays on this machine."""


class UnknownPlaceError(Exception):
    """The environment does not say where to write; the message says what is missing."""


def place_of(environment: Mapping[str, str]) -> tuple[Place, str]:
    """The pull request, and the token to write to it with.

    Read are ``GITHUB_API_URL``, ``GITHUB_REPOSITORY``, ``GITHUB_TOKEN`` and the event in ``GITHUB_EVENT_PATH``.
    Raises the error above.
    """
    token = environment.get("GITHUB_TOKEN", "")
    if not token.strip():
        raise UnknownPlaceError("GITHUB_TOKEN is not set")
    api = environment.get("GITHUB_API_URL") or "https://api.github.com"
    if not _API.fullmatch(api):
        raise UnknownPlaceError("GITHUB_API_URL is no https address")
    repository = environment.get("GITHUB_REPOSITORY", "")
    if not _REPOSITORY.fullmatch(repository):
        raise UnknownPlaceError("GITHUB_REPOSITORY does not name a repository, as owner/name")
    number = _number(_event(environment.get("GITHUB_EVENT_PATH", "")))
    return Place(api.rstrip("/"), repository, number), token.strip()


def _event(path: str) -> Any:
    try:
        return json.loads(Path(path).read_text("utf-8")) if path else None
    except (OSError, ValueError):
        return None


def _number(event: Any) -> int:
    pull = event.get("pull_request") if isinstance(event, dict) else None
    number = pull.get("number") if isinstance(pull, dict) else None
    if isinstance(number, int) and not isinstance(number, bool) and number > 0:
        return number
    raise UnknownPlaceError("GITHUB_EVENT_PATH does not name the event of a pull request")
