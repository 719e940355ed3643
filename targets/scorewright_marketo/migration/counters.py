"""Counters of awards that are given so many times: what was given before is counted before anything more is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright_marketo.migration.once import INITIAL, passing
from scorewright_marketo.migration.tables import CAMPAIGNS, changes, value_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scorewright.plugin.bundle import Emitted
    from scorewright_marketo.migration.compare import Difference, Pair

__all__ = ["counted_by", "filled_counters"]


def filled_counters(difference: Difference) -> Iterator[tuple[Emitted, str]]:
    """Batches that run once: who was given the award before has one in its new counter."""
    fresh = {item.name for item in difference.comes("helper-fields")}
    now = [*(pair.new for pair in difference.pairs), *difference.added]
    for pair in difference.edits(CAMPAIGNS):
        for field in counted_by(pair.new.table):
            others = [item for item in now if item.kind == CAMPAIGNS and item.name != pair.new.name]
            if field in fresh and not any(changes(item.table, field) for item in others):
                yield _filled(pair, field), "Who was given it before has been given it once."


def counted_by(table: Mapping[str, Any]) -> Iterator[str]:
    """The fields that an award counts itself in: one more each time."""
    for step in table["flow"]:
        if step["step"] == "Change Score" and value_of(step, "Change") == "+1":
            field = value_of(step, "Score Name")
            if any(row["rule"] == field for row in table["smart_list"].get("filters", ())):
                yield field


def _filled(pair: Pair, field: str) -> Emitted:
    fields = [{"label": "Score Name", "value": field}, {"label": "Change", "value": "=1"}]
    been = {"rule": "Member of Smart Campaign", "operator": "in", "values": [pair.new.name]}
    asked = {"filters": [been], "filter_logic": "ALL"}
    return passing(pair.new, "count of", asked, [{"step": "Change Score", "fields": fields}], INITIAL)
