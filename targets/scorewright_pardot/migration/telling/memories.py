"""What only actions on assets leave (a tag, a count): an action that is new tells nothing of what people did before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model import conditions as con
from scorewright.plugin.notes import Result
from scorewright_pardot.labels import ACTIONS
from scorewright_pardot.lower import bounds as room
from scorewright_pardot.lower.remembered import asked_by, memories
from scorewright_pardot.migration.tables import actions_of
from scorewright_pardot.migration.telling.ground import WHEN
from scorewright_pardot.names import Names
from scorewright_pardot.options import Options

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from scorewright.plugin.bundle import Emitted
    from scorewright.plugin.notes import Note
    from scorewright_pardot.lower.bounds import Turn
    from scorewright_pardot.migration.telling.ground import Ground

__all__ = ["unremembered"]

_LEAVES = {ACTIONS["tag-add"].text, ACTIONS["increment"].text}
_STAND = {"page-actions", "completion-actions"}


def unremembered(ground: Ground) -> Iterator[Note]:
    """A note of each element that asks for what only actions leave, where an action is new or gone."""
    model, names = ground.request.model, Names(Options.of(ground.request.options).prefix)
    shown = frozenset(gauge.key for gauge in ground.bundle.gauges if gauge.kind == "score")
    olds, news = _places(ground.since.objects), _places(ground.bundle.objects)
    changed: dict[con.Happened, Turn] = {}
    for element in model.elements():
        for test in asked_by(model, element):
            for memory in memories(model, names, test):
                turn = _turn(test, olds.get(memory, frozenset()), news.get(memory, frozenset()))
                changed.update({test: turn} if turn != (0, 0) else {})

    def asks(other: room.Asked) -> Turn:
        return changed.get(other, (0, 0)) if isinstance(other, con.Happened) else (0, 0)

    for element in model.elements():
        mine = [test for test in asked_by(model, element) if test in changed]
        named = ", ".join(dict.fromkeys(name for test in mine for name in test.event.objects))
        bounds = room.merged(room.otherwise(model, element, asks, shown, WHEN)) if mine else ()
        if bounds:
            bound = f"what somebody did before the change with {named}, as far as no action has told it"
            yield ground.note(
                "remembered-from-now-on", Result.BOUNDED, element.name, bound=bound, bounds=bounds
            )


def _places(objects: Iterable[Emitted]) -> Mapping[str, frozenset[tuple[str, ...]]]:
    """Where what an action leaves is left: by the tag or the field."""
    found: dict[str, set[tuple[str, ...]]] = {}
    for item in objects:
        if item.kind in _STAND:
            table = item.table
            place = tuple(str(table.get(key, "")) for key in ("asset_kind", "asset", "path", "match"))
            for act in actions_of(table):
                if act.label in _LEAVES:
                    found.setdefault(act.of, set()).add(place)
    return {name: frozenset(places) for name, places in found.items()}


def _turn(test: con.Happened, old: frozenset[tuple[str, ...]], new: frozenset[tuple[str, ...]]) -> Turn:
    """Too little is remembered of a place that is new, too much of one that is gone."""
    less, more = bool(new - old), bool(old - new)
    least, most = bool(test.least), test.most is not None
    return -int((less and least) or (more and most)), int((more and least) or (less and most))
