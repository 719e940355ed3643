"""Where Point Ledger shows what a spec speaks of: balances, and the log of alerts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.plugin.emulation import Gauge, done_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.model.elements import Model

__all__ = ["HOURS", "alert_name", "gauges"]

HOURS = 2
"""An event is booked within an hour, and what is used up is known everywhere an hour later."""


def alert_name(threshold: str, place: int) -> str:
    """The name of the alert that an action of a threshold becomes."""
    return f"{threshold}-{place + 1}"


def gauges(model: Model) -> Iterator[Gauge]:
    """One gauge for each account and each alert."""
    for key in model.scores:
        yield Gauge("score", key, {"balance_of": key}, HOURS)
    for threshold in model.thresholds.values():
        for place, action in enumerate(threshold.then):
            at = {"alert": alert_name(threshold.id, place)}
            yield Gauge("done", done_key(action.path, threshold.product), at, HOURS)
