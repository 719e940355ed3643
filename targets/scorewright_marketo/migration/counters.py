"""Numbers that are filled in before anything goes by them: what was given is counted, and who has no score yet has 0."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright_marketo.migration.once import INITIAL, passing
from scorewright_marketo.migration.tables import CAMPAIGNS, FIELDS, changes, value_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from scorewright.plugin.bundle import Emitted
    from scorewright_marketo.migration.compare import Difference, Pair

__all__ = ["counted_by", "filled_counters", "filled_scores"]


def filled_counters(difference: Difference) -> Iterator[tuple[Emitted, str]]:
    """Batches that run once: who was given the award before has one in its new counter."""
    fresh = {item.name for item in difference.comes("helper-fields")}
    now = [*(pair.new for pair in difference.pairs), *difference.added]
    for pair in difference.edits(CAMPAIGNS):
        for field in counted_by(pair.new.table):
            others = [item for item in now if item.kind == CAMPAIGNS and item.name != pair.new.name]
            if field in fresh and not any(changes(item.table, field) for item in others):
                yield _filled(pair, field), "Who was given it before has been given it once."


def filled_scores(difference: Difference, starts: Iterable[Emitted]) -> Iterator[tuple[Emitted, str]]:
    """The same for scores that are brought to a new floor above 0: whoever is there does not start anew."""
    fresh = {str(item.table["label"]) for item in difference.comes(*FIELDS)}
    for item in starts:
        for clause in item.table["smart_list"]["filters"]:
            known = clause["operator"] == "is not empty" and clause["rule"] not in fresh
            if known and changes(item.table, clause["rule"]):
                yield _at_zero(item, clause), "Who has had no points yet stands at 0."


def _at_zero(item: Emitted, clause: Mapping[str, Any]) -> Emitted:
    fields = [{"label": "Score Name", "value": clause["rule"]}, {"label": "Change", "value": "=0"}]
    asked = {"filters": [{**clause, "operator": "is empty"}], "filter_logic": "ALL"}
    return passing(item, "zeros of", asked, [{"step": "Change Score", "fields": fields}], INITIAL)


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
