"""How much of what Marketo gives a bundle uses, and which elements use most of it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from scorewright.plugin.bundle import Quota
from scorewright_marketo.limits import LIMITS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorewright_marketo import objects as ob

__all__ = ["quotas"]

_MOST = 5
COUNTERS = 3
"""Fields that count for limits: as many as may stay for good, since no field can be deleted."""


def quotas(lowered: ob.Lowered) -> tuple[Quota, ...]:
    """Fields that can never be deleted first: they are the dearest."""
    own = [field for field in lowered.fields if not field.standard]
    live = [campaign for campaign in lowered.campaigns if campaign.type == "trigger"]
    return (
        _quota(
            ("custom field that can never be deleted", "custom fields that can never be deleted"),
            own,
            "custom-fields",
            ("give rules limits of once: a counter is a field",),
        ),
        _quota(
            ("helper field among them", "helper fields among them"),
            [field for field in own if field.helper],
            None,
        ),
        _quota(
            ("field that counts for a limit among them", "fields that count for limits among them"),
            [field for field in own if field.counts],
            None,
            (
                "limit once, or once in a window, which Marketo remembers by itself; or let rules share a group",
            ),
            advised=COUNTERS,
        ),
        _quota(("score token", "score tokens"), lowered.tokens, "tokens"),
        _quota(("smart campaign", "smart campaigns"), lowered.campaigns, "campaigns"),
        _quota(
            ("trigger campaign", "trigger campaigns"),
            live,
            "triggers",
            ("score seldom things by nightly batches: every trigger is looked at for every event",),
        ),
    )


def _quota(
    names: tuple[str, str],
    items: Iterable[ob.Asset],
    limit: str | None,
    savings: tuple[str, ...] = (),
    *,
    advised: int | None = None,
) -> Quota:
    found = list(items)
    row = LIMITS[limit] if limit is not None else None
    counts = Counter(element for item in found for element in item.elements)
    dearest = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST]
    return Quota(
        names[len(found) != 1],
        len(found),
        row.given if row else None,
        row.fact if row else "",
        tuple(dearest),
        savings,
        advised,
    )
