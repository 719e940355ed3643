"""How long Marketo takes, and what comes when in the night: what keeps batches apart, and what migrations wait for."""

from __future__ import annotations

__all__ = [
    "AWAKE",
    "BATCH_BEGINS",
    "BETWEEN",
    "CALENDAR",
    "DECAYS",
    "FACTS",
    "FLOWS_END",
    "GRADES",
    "NIGHT_ENDS",
    "REARMED",
]

BATCH_BEGINS = 20
"""Minutes after which a batch has begun and looked at the person, whatever queue it stood in."""
FLOWS_END = 3
"""Hours after which nobody waits in a threshold's flow any more."""
NIGHT_ENDS = 26
"""Hours in which every nightly batch has run once, and what it has moved is noticed."""

FACTS = 0
"""Minutes from the night's first batch: what holds of people, and what it is worth."""
AWAKE = 30
"""Who is active again has what was counted in the silence set back, before the next step counts."""
DECAYS = 60
"""The first step of a decay; the others follow in their order."""
GRADES = 90
"""Labels, when scores have moved."""
REARMED = 120
"""Thresholds that the calendar re-arms, when no re-roll stands between two steps, where a score can be below for a moment."""
BETWEEN = (20, 40, -20, -40)
"""Where nothing else changes a score that is held in bounds: for batches that can take no turns."""
CALENDAR = "00:05"
"""The clock time at which a calendar day, week or month begins to count anew."""
