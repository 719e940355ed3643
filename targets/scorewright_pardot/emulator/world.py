"""What an instance of the platform is like: the facts that the emulator turns on, read once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["MODELLED", "World"]


class World(NamedTuple):
    """The facts as values; each field is the fact of that name, with ``-`` for ``_``."""

    actions_add_to_baseline: bool
    actions_lose_scores: bool
    activity_kinds: frozenset[str]
    bots_are_filtered: bool
    category_adjust_moves_overall: bool | None
    """``None``: nobody knows, so the schedule decides."""
    category_below_zero: bool
    clock_sweep_days: int
    completion_actions_move_categories: bool
    dates_compare_in_days: bool
    days_greater_than_is_strict: bool
    days_less_than_is_strict: bool
    external_activity_criterion: bool
    formula_syncs_back: bool
    grade_shows_at_first_answer: bool
    increment_completion_action: bool
    list_isnt_matches_others: bool
    negatives_match_empty_fields: bool
    nesting_depth: int
    never_active_matches: bool
    opens_count_once: bool
    overall_leaves_categories: bool
    page_actions_apply_tags: bool
    page_actions_increment: bool
    program_acts_as_rules: bool
    program_moves_categories: bool
    program_moves_scores: bool
    program_repeat_counts_from_end: bool
    program_repeat_least_days: int
    program_steps_read_afresh: bool
    repeat_counts_elapsed_days: bool
    repeat_least_days: int
    rule_acts_in_one_piece: bool
    tag_isnt_matches_untagged: bool
    text_ignores_case: bool
    text_starts_with: bool
    value_box_characters: int
    webinar_criterion: bool

    @classmethod
    def of(cls, facts: Mapping[str, bool | int | str]) -> World:
        """Read every fact that there is a field for."""
        found: dict[str, Any] = {name: _value(facts[name.replace("_", "-")]) for name in cls._fields}
        found["activity_kinds"] = frozenset(str(facts["activity-kinds"]).split())
        return cls(**found)


def _value(value: bool | int | str) -> bool | int | str | None:
    return None if value == "unknown" else value


MODELLED = frozenset(name.replace("_", "-") for name in World._fields)
"""The ids of these facts."""
