"""Batches that are made for a change alone: they run once, over the people who are there, and are deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright.plugin.bundle import Emitted
from scorewright_marketo.limits import LIMITS
from scorewright_marketo.migration.compare import KEPT
from scorewright_marketo.migration.tables import CAMPAIGNS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["DELTA", "EARLIER", "INITIAL", "passing"]

DELTA = f"{KEPT}re-roll"
"""The lowering of one that brings what was given to what is to be given."""
EARLIER = f"{KEPT}earlier-points"
"""The lowering of a campaign that also takes back what earlier versions gave."""
INITIAL = f"{KEPT}initial"
"""The lowering of one that fills in what new campaigns read."""


def passing(
    beside: Emitted, what: str, asked: Mapping[str, Any], flow: Sequence[Any], lowering: str
) -> Emitted:
    """A batch that stands beside a campaign, and is called after it and what it brings about."""
    table = beside.table
    name = _fitting(f"Change: {what} {table['campaign']}")
    made = {
        "program": table["program"],
        "campaign": name,
        "folder": table["folder"],
        "type": "batch",
        "status": "inactive",
        "smart_list": dict(asked),
        "flow": list(flow),
        "qualification": "Every time",
        "schedule": "Run once",
    }
    return Emitted(CAMPAIGNS, f"{table['program']}.{name}", made, beside.elements, lowering)


def _fitting(name: str) -> str:
    """A name that Marketo takes; of a longer one the beginning, with what tells it from others."""
    from hashlib import sha256

    most = LIMITS["campaign-name"].given or len(name)
    return name if len(name) <= most else f"{name[: most - 9]} {sha256(name.encode()).hexdigest()[:8]}"
