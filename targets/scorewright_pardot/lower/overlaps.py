"""Which of the assets that one rule names lie within one another: an event pays a rule once, however many of them it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Place", "crossing", "holds", "meets", "outermost"]

Place = tuple[str, str, str]
"""One page or asset: kind, name or path, and how it is compared."""


def outermost(places: Iterable[Place]) -> frozenset[Place]:
    """The places that lie within no other of them; of two that are one place the first counts."""
    kept: list[Place] = []
    for place in sorted(places, key=lambda one: (one[2] == "is", len(one[1]), one)):
        if not any(holds(other, place) for other in kept):
            kept.append(place)
    return frozenset(kept)


def holds(wide: Place, place: Place) -> bool:
    """Whether every event at a place is one at another place, too."""
    kind, text, match = wide
    if kind == place[0] and match == "contains" and place[2] in {"starts_with", "ends_with"}:
        found = _address(kind, place[1])[1] if place[2] == "starts_with" else _plain(place[1])
        return _plain(text) in found
    if kind != place[0] or (match != "is" and place[2] not in {"is", match}):
        return False
    if match in {"ends_with", "contains"}:
        return _part_of(match, _plain(text), place)
    (host, path), (other_host, other) = _address(kind, text), _address(kind, place[1])
    if host and host != other_host:
        return False
    if match == "starts_with":
        exact = place[2] == "is"
        return (f"{other.rstrip('/')}/" if exact else other).startswith(path)
    return match == place[2] and path.rstrip("/") == other.rstrip("/")


def _part_of(match: str, part: str, place: Place) -> bool:
    """A page is written with or without its last ``/``; what is looked for is no address, and has no host."""
    if place[2] == "is":
        path = _address(place[0], place[1])[1].rstrip("/")
        forms = (path, f"{path}/") if place[0] == "pages" else (path,)
    else:
        forms = (_plain(place[1]),)
    return any(form.endswith(part) if match == "ends_with" else part in form for form in forms)


def meets(one: Place, other: Place) -> bool:
    """Whether one event may be at both places."""
    if one[0] != other[0]:
        return False
    if one[2] not in {"is", "starts_with"} and other[2] not in {"is", "starts_with"}:
        return True
    if one[2] in {"is", "starts_with"} and other[2] in {"is", "starts_with"}:
        (host, path), (other_host, other_path) = _address(one[0], one[1]), _address(one[0], other[1])
        if host and other_host and host != other_host:
            return False
        return holds((one[0], path, one[2]), (one[0], other_path, other[2])) or holds(
            (one[0], other_path, other[2]), (one[0], path, one[2])
        )
    pattern, place = (one, other) if other[2] in {"is", "starts_with"} else (other, one)
    return place[2] == "starts_with" or _part_of(
        "ends_with" if pattern[2] == "ends_with" else "contains", _plain(pattern[1]), place
    )


def crossing(places: Iterable[Place]) -> bool:
    """Whether an event may be at two places of which neither lies within the other."""
    found = sorted(outermost(places))
    return any(
        place[0] == other[0] and (other[2] != "is" or place[2] == "contains_word")
        for place in found
        for other in found
        if place != other and place[2] not in {"is", "starts_with"}
    )


def _plain(text: str) -> str:
    return text.casefold().partition("?")[0]


def _address(kind: str, text: str) -> tuple[str, str]:
    """A page as host (empty: any) and path, as it was written; other assets have names, in which case does not count."""
    text = text.casefold()
    if kind != "pages":
        return "", text
    address = re.sub(r"^([a-z][a-z0-9+.-]*:)?//", "", re.split(r"[?#]", text, maxsplit=1)[0])
    host, slash, path = address.partition("/")
    if not slash and "." not in host:
        host, path = "", host
    return host, f"/{path}"
