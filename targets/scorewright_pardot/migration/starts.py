"""Starts of scores that are there already: only whoever comes later begins there, so the rule first meets everybody in vain."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scorewright.plugin.bundle import Emitted
from scorewright_pardot.labels import ACTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorewright.plugin.emulation import Gauge
    from scorewright_pardot.migration.compare import Difference

__all__ = ["late_starts", "meeting", "met"]


def late_starts(difference: Difference, before: Sequence[Gauge]) -> Iterator[Emitted]:
    """The rules that give a start which a score of the version before did not have; ``before`` are its gauges."""
    there = {f"scores.{gauge.key}" for gauge in before if gauge.kind == "score"}
    for item in difference.added:
        if item.kind == "automation-rules" and item.lowering == "start" and {*item.elements} & there:
            yield item


def met(rule: Emitted) -> Emitted:
    """The tag that a rule puts on whoever it meets in vain."""
    element = rule.elements[0].partition(".")[2]
    return Emitted("tags", f"sw/scores/{element}/there", {}, rule.elements, "migration-there")


def meeting(rule: Emitted) -> Emitted:
    """The rule as it is while it meets those who are there: it matches everybody once, and gives them nothing."""
    action = {"action": ACTIONS["tag-add"].text, "of": met(rule).name}
    return replace(rule, table={**rule.table, "actions": [action]})
