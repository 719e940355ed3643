"""The switches: what this instance does where Adobe's documents leave something open."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["MODELLED", "Platform", "platform_of"]


@dataclass(frozen=True, slots=True)
class Platform:
    """One value for each fact that changes what the emulator does; a fact's id has hyphens for underscores.

    ``"either"`` lets the schedule decide.
    """

    batch_person_in_minutes: bool = True
    bot_constraint: bool = True
    created_at_is_known: bool = True
    created_without_change: bool = True
    day_windows_roll: bool = True
    empty_boolean_is_false: bool = True
    empty_scores: str = "either"
    filter_counts_trigger_event: str = "either"
    filter_values_keep_blanks: bool = True
    hour_windows_roll: bool = True
    late_anonymous_past: bool = True
    lead_token_in_data_value: bool = True
    link_is_address: bool = True
    negative_operators_match_empty: bool = True
    new_score_on_decrease: bool = True
    opportunity_triggers: bool = True
    page_without_host: bool = True
    qualification_memory: bool = True
    request_from_executable: bool = True
    retention_rest: int = 760
    retention_web: int = 90
    runs_interleave: bool = True
    score_token_signed: bool = True
    several_values: bool = True
    trigger_order: bool = False
    week_starts_monday: bool = False


MODELLED = frozenset(item.name.replace("_", "-") for item in fields(Platform))
"""The ids of those facts."""


def platform_of(facts: Mapping[str, bool | int | str]) -> Platform:
    """The switches for an instance; a fact that is not told keeps the value of the table."""
    told = {item.name: facts.get(item.name.replace("_", "-")) for item in fields(Platform)}
    return Platform(**{name: value for name, value in told.items() if value is not None})  # type: ignore[arg-type]
