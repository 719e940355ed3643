"""Starts of scores that are there already: only whoever comes later begins there, so the rule first meets everybody in vain."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scorewright.plugin.bundle import Emitted
from scorewright_pardot.labels import ACTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.plugin.migration import Since
    from scorewright_pardot.migration.compare import Difference

__all__ = ["late_starts", "meeting", "met"]


def late_starts(difference: Difference, since: Since) -> Iterator[Emitted]:
    """The rules that give a start which a score of the version before did not have.

    A part of a sum that nothing reads can be no gauge, and is a score of the model of then all the same.
    """
    there = {gauge.key for gauge in since.gauges if gauge.kind == "score"}
    there |= {*(since.model.scores if since.model is not None else ())}
    for item in difference.added:
        if item.kind == "automation-rules" and item.lowering == "start" and _score_of(item) in there:
            yield item


def _score_of(rule: Emitted) -> str:
    """The score that begins, as its rule's name has it: of copies for products the element is one and the same."""
    return rule.name.rpartition(": ")[0].rpartition("scores ")[2]


def met(rule: Emitted) -> Emitted:
    """The tag that a rule puts on whoever it meets in vain."""
    return Emitted("tags", f"sw/scores/{_score_of(rule)}/there", {}, rule.elements, "migration-there")


def meeting(rule: Emitted) -> Emitted:
    """The rule as it is while it meets those who are there: it matches everybody once, and gives them nothing."""
    action = {"action": ACTIONS["tag-add"].text, "of": met(rule).name}
    return replace(rule, table={**rule.table, "actions": [action]})
