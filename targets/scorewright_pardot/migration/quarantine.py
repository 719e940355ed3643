"""How long a rule must rest after a change, so that nobody meets one step of a decay twice in a silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright_pardot.migration.tables import same_repeat, window_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

__all__ = ["quarantine", "remembers"]


def remembers(table: Mapping[str, Any], shortest: int) -> bool:
    """Whether a rule's memory keeps it from firing again: one that repeats as soon as it may is disarmed by what it does."""
    return bool(table.get("repeat")) and int(table["days_before_repeat"]) > shortest


def quarantine(old: Mapping[str, Any], new: Mapping[str, Any], shortest: int) -> int:
    """Days from the last sweep of the old form until the new one is resumed; 0: at once.

    Whoever has met the step in the old window must have left the new one by then.  A window that has not moved is kept
    by the rule's own memory, if that stays.
    """
    if not remembers(old, shortest) or not remembers(new, shortest):
        return 0
    before, after = window_of(old), window_of(new)
    if before is None or after is None:
        return 0  # no silence: what the memory kept from happening twice is a limit, and told as such
    if same_repeat(old, new) and before == after:
        return 0
    if after.end is None:
        return int(new["days_before_repeat"])
    return max(0, after.end - before.first) + 1
