"""How fast the API may be asked, how long it may take, and how late a read may be: each figure with its source."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["ALL", "LAG", "LOCAL", "OURS", "PATIENCE", "WINDOW", "Figure"]


class Figure(NamedTuple):
    """A number, what it counts, and who says so."""

    number: int
    title: str
    source: str


_RATES = "experienceleague.adobe.com, Marketo developer guide, REST API: rate limits"

WINDOW = Figure(20, "seconds over which calls are counted", _RATES)
ALL = Figure(100, "calls in a window that an instance takes of everybody together", _RATES)
OURS = Figure(50, "calls in a window that one integration should keep to", _RATES)
LOCAL = Figure(
    10_000, "calls in a window that an embedded sandbox may be set to", "ours: it has no rate of its own"
)
PATIENCE = Figure(
    310, "seconds that a call may take", "Marketo developer guide, asset API: up to 300 s; ten for the way"
)
LAG = Figure(
    10, "seconds by which a read may lag behind a write", "nothing is published; a setting says otherwise"
)
