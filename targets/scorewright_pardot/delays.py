"""How long the platform takes where its documents say "up to hours": what gauges wait for, and the emulator uses up."""

from __future__ import annotations

__all__ = ["LISTS_TAKE", "PIECES_AN_HOUR", "PIECES_TAKE", "PROGRAMS_TAKE", "RULES_TAKE", "SYNC_TAKES"]

RULES_TAKE = 4
"""Hours in which rules have looked again at a prospect who changed: "up to hours" on busy databases."""
LISTS_TAKE = 6
"""Hours in which a dynamic list is rebuilt: "several hours" on large databases."""
PROGRAMS_TAKE = 4
"""Hours in which an engagement program has noticed that somebody may go in or go on, and has done what a step does."""
SYNC_TAKES = 1
"""Hours in which a field has gone to Salesforce, and what a formula makes of it has come back."""
PIECES_TAKE = 1
"""Hours from a rule's look to its last action, where its actions are pulled apart: minutes each."""
PIECES_AN_HOUR = 10
"""Steps that a program takes for one person within an hour, where each is pulled apart from the next."""
