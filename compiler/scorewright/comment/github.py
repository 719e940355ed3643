"""Writes a comment through GitHub's REST API, or brings the one that is there up to date.

Source: GitHub's REST API, "Issue comments" (list, create, update), version 2022-11-28; a pull request is an issue.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

__all__ = ["CommentError", "Place", "put"]

_A_PAGE = 100
"""Comments of a page: as many as GitHub gives (docs.github.com, REST API: pagination)."""
_PAGES = 30
"""As many pages of comments are looked through; a pull request with more is no place for one more."""
_SECONDS = 20.0
_REASONS = {
    401: "the token is not valid",
    403: "the token may not write comments here, as in a pull request from a fork",
    404: "there is no such pull request, or the token may not see it",
    410: "comments are switched off here",
    422: "GitHub refuses the text",
}


class CommentError(Exception):
    """Nothing was written; the message says why, and never holds the token."""


class Place(NamedTuple):
    """A pull request: the API's address, ``owner/name`` and the number."""

    api: str
    repository: str
    number: int


def put(
    place: Place, token: str, marker: str, body: str, *, transport: httpx.BaseTransport | None = None
) -> str:
    """Write ``body``, whose first line is ``marker``; gives ``created``, ``updated`` or ``unchanged``.

    Only a comment of a bot is taken for ours: whoever else writes the marker keeps what they wrote.
    Raises ``CommentError``.
    """
    import httpx

    headers = {
        "Authorization": f"Bearer {token}",
        "Accept": "application/vnd.github+json",
        "X-GitHub-Api-Version": "2022-11-28",
    }
    with httpx.Client(base_url=place.api, headers=headers, timeout=_SECONDS, transport=transport) as client:
        try:
            return _put(client, place, marker, body)
        except httpx.HTTPError as error:
            raise CommentError(f"GitHub does not answer: {type(error).__name__}") from None


def _put(client: httpx.Client, place: Place, marker: str, body: str) -> str:
    issue = f"/repos/{place.repository}/issues"
    mine = next(
        (each for each in _comments(client, f"{issue}/{place.number}/comments") if _is_ours(each, marker)),
        None,
    )
    if mine is None:
        _asked(client.post(f"{issue}/{place.number}/comments", json={"body": body}))
        return "created"
    if _same(str(mine["body"]), body):
        return "unchanged"
    _asked(client.patch(f"{issue}/comments/{int(mine['id'])}", json={"body": body}))
    return "updated"


def _comments(client: httpx.Client, path: str) -> Iterator[dict[str, Any]]:
    for page in range(1, _PAGES + 1):
        found = _asked(client.get(path, params={"per_page": _A_PAGE, "page": page}))
        if not isinstance(found, list):
            raise CommentError("GitHub's answer is no list of comments")
        yield from (each for each in found if isinstance(each, dict))
        if len(found) < _A_PAGE:
            return


def _is_ours(comment: dict[str, Any], marker: str) -> bool:
    author = comment.get("user")
    by_bot = isinstance(author, dict) and author.get("type") == "Bot"
    return by_bot and str(comment.get("body", "")).lstrip().startswith(marker)


def _same(there: str, wanted: str) -> bool:
    """Whether two texts are the same but for line ends, which GitHub changes."""
    return there.replace("\r\n", "\n").strip() == wanted.strip()


def _asked(answer: httpx.Response) -> Any:
    if answer.is_success:
        try:
            return answer.json()
        except ValueError:
            raise CommentError("GitHub's answer is no JSON") from None
    reason = _REASONS.get(
        answer.status_code, "GitHub cannot do it now, try again" if answer.is_server_error else "refused"
    )
    raise CommentError(f"{reason} (HTTP {answer.status_code})")
