"""How far Point Ledger takes each feature: a few, and all others refused by name."""

from __future__ import annotations

from scorewright.plugin.capability import Capability, Support
from scorewright.plugin.features import FEATURES

__all__ = ["CAPABILITIES"]

_KNOWN = {
    "event-submits": (Support.FULL, "a source of the kind of the form", "booked-as-one"),
    "event-clicks": (Support.FULL, "a source of the kind of the link", "booked-as-one"),
    "event-downloads": (Support.FULL, "a source of the kind file", "booked-as-one"),
    "event-any": (Support.FULL, "a posting has several sources", "booked-as-one"),
    "points-event": (Support.FULL, "a posting", "booked-as-one"),
    "points-negative": (Support.FULL, "a posting below zero", "booked-as-one"),
    "points-several": (Support.FULL, "a posting to each account", "booked-as-one"),
    "limit-once": (Support.BOUNDED, "`Once`, which two servers may each use up", "once-synced-hours"),
    "when-score": (Support.FULL, "the number of an alert", "alert-at-crossing"),
    "score-engagement": (Support.FULL, "an account", "booked-as-one"),
    "score-part": (Support.FULL, "an account", "booked-as-one"),
    "score-start": (Support.FULL, "the opening balance", "booked-as-one"),
    "threshold": (Support.FULL, "an alert", "alert-at-crossing"),
    "action-notify": (Support.FULL, "whom an alert is sent to", "alert-at-crossing"),
}

CAPABILITIES: tuple[Capability, ...] = tuple(
    Capability(feature.id, *_KNOWN[feature.id])
    if feature.id in _KNOWN
    else Capability(
        feature.id,
        Support.IMPOSSIBLE,
        "Point Ledger books points for events and sends alerts; it knows nothing else.",
        instead="leave it out on this target, or score it on another platform",
    )
    for feature in FEATURES
)
