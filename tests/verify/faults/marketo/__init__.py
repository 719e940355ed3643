"""Faults in what is built in Marketo, by what they are in: forms that suggest themselves, and slips of the hand."""

from __future__ import annotations

from tests.verify.faults.marketo import (
    doing,
    facts,
    meeting,
    points,
    products,
    silence,
    slips,
    thresholds,
)

__all__ = ["MODULES"]

MODULES = (points, thresholds, meeting, silence, facts, products, doing, slips)
