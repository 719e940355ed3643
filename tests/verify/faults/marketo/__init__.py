"""Faults in what is built in Marketo, by what they are in: forms that suggest themselves, and slips of the hand."""

from __future__ import annotations

from tests.verify.faults.marketo import (
    counting,
    doing,
    facts,
    meeting,
    melting,
    memory,
    points,
    products,
    shares,
    silence,
    slips,
    thresholds,
)

__all__ = ["MODULES"]

MODULES = (
    points,
    counting,
    shares,
    memory,
    thresholds,
    meeting,
    silence,
    melting,
    facts,
    products,
    doing,
    slips,
)
