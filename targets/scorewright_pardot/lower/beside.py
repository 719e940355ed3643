"""What a threshold may see for a moment, and what then goes: half of what another element does, and what a reset hides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model import actions as act
from scorewright.model import conditions as con
from scorewright_pardot.lower.combined import summands
from scorewright_pardot.lower.openings import band_scores, opened_half_way

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.model.elements import Threshold
    from scorewright_pardot.lower.context import Context

__all__ = ["seen_beside", "seen_half_done"]


def seen_beside(cx: Context, threshold: Threshold) -> None:
    """Say what a threshold on the overall score may see of other scores' points, for as long as they show.

    What is left of them the overall score shows, and what that opens is told with it.  But what an action resets, or other
    points of the same moment take back, is not left.
    """
    total = cx.homes.total
    kept = any(home.kind == "category" for home in cx.homes.of.values())
    if total is None or not kept or cx.facts["category-adjust-moves-overall"] != "unknown":
        return
    if total not in _asked(cx, threshold) or not (_is_reset(cx, total) or _both_ways(cx)):
        return
    cx.bounded(
        "category-may-move-total",
        "one handoff more or less, each time that another score moves and the overall one is reset, or that others go up and "
        "down at once, if the platform couples the two",
        "category-adjust-moves-overall",
        bounds=cx.acted(threshold, -1, 1, "moved-beside"),
    )


def _both_ways(cx: Context) -> bool:
    """Whether rules give points to categories and take some, for one and the same person."""
    values = [value for due in cx.due for value in due.moves.values()]
    values += [
        score.start.value
        for key, score in cx.model.scores.items()
        if score.start is not None and cx.homes.of[key].kind == "category"
    ]
    return any(value > 0 for value in values) and any(value < 0 for value in values)


def seen_half_done(cx: Context, threshold: Threshold, *, guarded: bool) -> None:
    """Say what a threshold may see of an element that has done the part which opens it, and not yet the one that shuts it.

    One that is ``guarded`` waits for activity, and by then a decay has done all of it.
    """
    if guarded or not opened_half_way(cx.model, threshold):
        return
    cx.rest_on("rule-acts-in-one-piece")
    text = "one handoff more, each time that one element turns two of the things that it asks for, and a rule looks between them"
    cx.bounded("spare-handoff", text, bounds=cx.acted(threshold, 0, 1, "turned-together"))


def _asked(cx: Context, threshold: Threshold) -> set[str]:
    """The scores that a threshold asks for, in bands and sums too."""
    found = {*_named(cx, threshold.when), *_named(cx, threshold.unless)}
    return found | summands(cx.model, [key for key in found if cx.homes.of[key].kind == "sum"])


def _named(cx: Context, condition: con.Condition | None) -> Iterator[str]:
    for item in con.walk(condition):
        if isinstance(item, con.ScoreTest):
            yield item.score
        elif isinstance(item, con.BandTest):
            yield from band_scores(cx.model, item.band)
        elif isinstance(item, con.InSegment):
            yield from _named(cx, cx.model.segments[item.segment].when)


def _is_reset(cx: Context, score: str) -> bool:
    tables = (cx.model.rules, cx.model.thresholds, cx.model.decay)
    actions = (action for table in tables for element in table.values() for action in element.then)
    return any(isinstance(action, act.Reset) and action.score == score for action in actions)
