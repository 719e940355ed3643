"""A model that hands people over, and when it does."""

from __future__ import annotations

from tests.semantics.play import LEAD

BASE = (
    LEAD
    + """
[marks]
mql = {}
quiet = {}
[fields]
kept = { type = "number" }
when-hot = { type = "date" }
[assets]
demo = { form = "Demo" }
[rules.page]
on = { visits = "any-page" }
points = { lead = 50 }
[rules.left]
on = { unsubscribes = true }
points = { lead = -60 }
"""
)


def hot(when='{ score = "lead", at_least = 100 }', then="[{ notify = 'owner' }]", more=""):
    """A spec with one threshold."""
    return f"{BASE}\n[thresholds.hot]\nwhen = {when}\nthen = {then}\n{more}\n"


def instant(day, hour=10):
    """On a day of January 2026."""
    return f"2026-01-{day:02}T{hour:02}:00:00"


def fired(*days, hour=10):
    """When it fired, as a story tells it."""
    return [instant(day, hour)[:-3] for day in days]
