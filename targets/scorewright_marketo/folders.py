"""The folders of a program: where each kind of campaign stands, numbered so that the tree reads in their order."""

from __future__ import annotations

__all__ = ["AWARDS", "DECAY", "FACTS_AND_TIERS", "GRADES_AND_BANDS", "HELPERS", "THRESHOLDS", "TRIGGERS"]

HELPERS = "01 Helpers"
TRIGGERS = "01 Triggers"
AWARDS = "02 Awards"
FACTS_AND_TIERS = "03 Facts and tiers"
DECAY = "04 Decay"
THRESHOLDS = "05 Thresholds"
GRADES_AND_BANDS = "06 Grades and bands"
