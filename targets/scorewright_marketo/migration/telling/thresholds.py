"""Thresholds: who stands between the old one and the new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model.actions import TakeMark
from scorewright.model.elements import Threshold
from scorewright.plugin.notes import Result
from scorewright_marketo.lower.bounds import by_actions
from scorewright_marketo.migration.tables import CAMPAIGNS
from scorewright_marketo.migration.telling.ground import WHEN
from scorewright_marketo.migration.watch import crossed_by, is_watch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.plugin.notes import Note
    from scorewright_marketo.migration.telling.ground import Ground

__all__ = ["thresholds"]


def thresholds(ground: Ground) -> Iterator[Note]:
    """Who stands between the old threshold and the new one."""
    for element, _ in ground.plan.watched:
        yield ground.note("past-it-counts-as-handed-over", Result.EXACT, element)
    listed = {item.elements[0] for item in ground.now() if crossed_by(item)}
    touched = {pair.new.elements[0] for pair in ground.meant.edits(CAMPAIGNS) if is_watch(pair.new)}
    for name in sorted(touched - listed):
        for threshold in ground.elements.get(name, ()):
            if isinstance(threshold, Threshold):
                yield from _wakes(ground, threshold)


def _wakes(ground: Ground, item: Threshold) -> Iterator[Note]:
    if not any(isinstance(action, TakeMark) for action in item.then):
        return
    bounds = by_actions(ground.b, item, item.then, many=1, when=WHEN)
    bound = "one handoff more for who bears the mark, was active, and is past it only by the change"
    yield ground.note("wakes-up-by-the-change", Result.BOUNDED, item.name, bound=bound, bounds=bounds)
