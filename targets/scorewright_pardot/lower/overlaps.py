"""Which of the assets that one rule names lie within one another: an event pays a rule once, however many of them it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorewright_pardot.lower.residual import Place

__all__ = ["crossing", "holds", "outermost"]


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
    if kind != place[0] or (match != "is" and place[2] not in {"is", match}):
        return False
    (host, path), (other_host, other) = _address(kind, text), _address(kind, place[1])
    if host and host != other_host:
        return False
    if match == "is":
        return place[2] == "is" and path == other
    ways = {"starts_with": other.startswith, "ends_with": other.endswith, "contains": other.__contains__}
    return match in ways and ways[match](path)


def crossing(places: Iterable[Place]) -> bool:
    """Whether an event may be at two places of which neither lies within the other."""
    found = sorted(outermost(places))
    wide = [place for place in found if place[2] not in {"is", "starts_with"}]
    hosts = [place for place in found if place[2] == "starts_with"]
    return any(place[0] == other[0] for place in wide for other in (*wide, *hosts) if place != other)


def _address(kind: str, text: str) -> tuple[str, str]:
    """A page as host (empty: any) and path; other assets have names, in which case does not count either."""
    text = text.casefold()
    if kind != "pages":
        return "", text
    address = re.sub(r"^([a-z][a-z0-9+.-]*:)?//", "", re.split(r"[?#]", text, maxsplit=1)[0])
    host, slash, path = address.partition("/")
    if not slash and "." not in host:
        host, path = "", host
    return host, f"/{path}".rstrip("/")
