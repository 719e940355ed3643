"""Faults in what is built in Account Engagement, by what they are in: forms that suggest themselves, and slips of the hand."""

from __future__ import annotations

from tests.verify.faults.pardot import (
    categories,
    digits,
    doing,
    facts,
    handoffs,
    limits,
    mirror,
    past,
    points,
    programs,
    silence,
    slips,
    taken,
    thresholds,
    turns,
)

__all__ = ["MODULES"]

MODULES = (
    points,
    thresholds,
    silence,
    facts,
    categories,
    limits,
    digits,
    doing,
    handoffs,
    mirror,
    past,
    programs,
    slips,
    taken,
    turns,
)
