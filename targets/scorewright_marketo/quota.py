"""How much of what Marketo gives a bundle uses, which elements use most of it, and what would save."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from scorewright.plugin.bundle import Quota
from scorewright_marketo.limits import LIMITS
from scorewright_marketo.lower.merging import listens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from scorewright_marketo import objects as ob
    from scorewright_marketo.saving import Saving

__all__ = ["quotas"]

_MOST = 5
"""So many elements are named of those that use most: enough to see where saving begins."""
COUNTERS = 3
"""Fields that count for limits: as many as may stay for good, since no field can be deleted."""


def quotas(
    lowered: ob.Lowered,
    budget: Mapping[str, int] | None = None,
    savings: Callable[[], tuple[Saving, ...]] = tuple,
) -> tuple[Quota, ...]:
    """Fields that can never be deleted first: they are the dearest.

    ``budget`` is what the spec allows of ``fields`` and ``triggers``; ``savings`` is asked only where there are too many.
    """
    own = [field for field in lowered.fields if not field.standard]
    given = budget or {}
    found = (
        _within(
            _quota(
                ("custom field that can never be deleted", "custom fields that can never be deleted"),
                own,
                "custom-fields",
            ),
            given.get("fields"),
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
            advised=COUNTERS,
        ),
        _quota(("score token", "score tokens"), lowered.tokens, "tokens"),
        _quota(("smart campaign", "smart campaigns"), lowered.campaigns, "campaigns"),
        _within(
            _quota(
                ("trigger campaign", "trigger campaigns"),
                [campaign for campaign in lowered.campaigns if listens(campaign)],
                "triggers",
            ),
            given.get("triggers"),
        ),
    )
    saving = ("fields", "", "counters", "", "", "triggers")
    over = [kind if _is_over(quota) else "" for kind, quota in zip(saving, found, strict=True)]
    ways = savings() if any(over) else ()
    return tuple(
        replace(quota, savings=_told(ways, kind)) if kind else quota
        for kind, quota in zip(over, found, strict=True)
    )


def _within(quota: Quota, budget: int | None) -> Quota:
    """The team's own budget, where it is less than what the platform takes."""
    if budget is None or (quota.given is not None and quota.given <= budget):
        return quota
    return replace(quota, given=budget, fact="")


def _is_over(quota: Quota) -> bool:
    room = quota.given if quota.given is not None else quota.advised
    return room is not None and quota.used > room


def _told(ways: Iterable[Saving], kind: str) -> tuple[str, ...]:
    """What saves most first."""
    rows = [(-getattr(way.saved, kind), way.words) for way in ways]
    return tuple(f"{words}: {-saved} fewer" for saved, words in sorted(rows) if saved < 0)


def _quota(
    names: tuple[str, str], items: Iterable[ob.Asset], limit: str | None, *, advised: int | None = None
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
        advised=advised,
    )
