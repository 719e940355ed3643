"""How fast the API may be asked, how long it may take, and how late a read may be: each figure with its source."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["LAG", "LOCAL", "LOCAL_LAG", "OURS", "PATIENCE", "WINDOW", "Figure"]


class Figure(NamedTuple):
    """A number, what it counts, and who says so."""

    number: int
    title: str
    source: str


_LIMITS = "developer.salesforce.com, Account Engagement API: rate limits"

WINDOW = Figure(1, "seconds over which calls are counted", "ours")
OURS = Figure(
    5,
    "calls in a window",
    f"ours; {_LIMITS}: five requests at a time, and for a minute's rate no number is given",
)
LOCAL = Figure(100, "calls in a window to an embedded sandbox", "ours: it has no rate of its own")
PATIENCE = Figure(
    310, "seconds that a call may take", "nothing is published but that a request times out (error 214)"
)
LAG = Figure(
    60,
    "seconds by which a read may lag behind a write",
    "developer.salesforce.com, Account Engagement API: cache",
)
LOCAL_LAG = Figure(
    5, "the same of an embedded sandbox", "ours: its queries lag so that a push learns to wait"
)
