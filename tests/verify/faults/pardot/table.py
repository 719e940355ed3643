"""Words of the platform, and the spec that most faults begin with."""

from __future__ import annotations

__all__ = [
    "BY",
    "CATEGORY",
    "HEAD",
    "LESS_DAYS",
    "MORE_DAYS",
    "ON_CATEGORY",
    "PAGE",
    "RULES",
    "SCORE",
    "SILENT",
    "TAG",
    "TIME",
    "TO",
]

RULES = "automation-rules"
SCORE = "Prospect score"
TIME = "Prospect time"
TAG = "Prospect tag"
CATEGORY = "Prospect scoring category"
LESS_DAYS = "is less than (days ago)"
MORE_DAYS = "is greater than (days ago)"
BY = {"action": "Adjust Prospect Score", "of": "By"}
TO = {"action": "Adjust Prospect Score", "of": "To"}
ON_CATEGORY = "Adjust Prospect Score for Scoring Category"
SILENT = {"criterion": TIME, "of": "last activity"}

HEAD = """
language = 1
[model]
id = "made"
title = "Made"
timezone = "UTC"
counts_as_activity = ["visits", "submits", "clicks", "downloads"]
[targets.pardot]
edition = "plus"
[scores.lead]
title = "Lead"
kind = "engagement"
overall = true
"""
PAGE = """
[rules.page]
on = { visits = "any-page" }
points = { lead = 2 }
"""
