"""What a proof of a migration has exercised: rules of both versions, and the moves of what acts on people."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scorewright.verify.acting import acts
from scorewright.verify.cover import goals

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from scorewright.plugin.emulation import Deed
    from scorewright.semantics import Timeline
    from scorewright.verify.meant import Meant
    from scorewright.verify.passage.way import Way

__all__ = ["Exercised", "passage_goals", "since"]

_FRESH = {"create", "resume", "run"}
"""Moves after which something has to act for it; of the others it is enough that it has acted before."""


def passage_goals(way: Way) -> Mapping[str, str]:
    """Everything that lives should reach, by key, in words: of the version before, of this one, and the moves.

    A move is for elements; it is exercised by a life in which one of these does something.  Moves for what is there all the
    time (a score, a segment), and waits, are exercised by every life.
    """
    found = {
        f"before {key}": f"the version before: {goal.said}" for key, goal in goals(way.models[0]).items()
    }
    found.update({f"after {key}": f"this version: {goal.said}" for key, goal in goals(way.models[1]).items()})
    for number, move in enumerate(way.moves):
        if any(acts(str(element)) for element in move.get("for", ())) and move.get("kind"):
            told = f"{move['act']} {move['name']}"
            found[f"move {number}"] = f"step {number + 1}, {told}: what it is for does nothing"
    return found


class Exercised:
    """Says which moves a play has exercised."""

    def __init__(self, way: Way) -> None:
        self._moves = way.moves
        rows = [
            (f"{kind}: {row['name']}", row.get("for", ()))
            for tables in (way.before.tables, way.after.tables)
            for kind, entries in tables.items()
            for row in entries
            if "name" in row
        ]
        rows += [
            (f"{move.get('kind')}: {move['name']}", move.get("for", ()))
            for move in way.moves
            if "name" in move
        ]
        self._for: dict[str, set[str]] = {}
        for name, elements in rows:
            self._for.setdefault(name, set()).update(map(str, elements))

    def of(self, timeline: Timeline, deeds: Iterable[Deed], at: int) -> Iterator[str]:
        """The keys of the moves for what has acted, in a play in which they begin at an instant."""
        ever, later = set(), set()
        told = [(change.at, {change.element}) for change in timeline.changes]
        told += [(deed.at, self._for.get(deed.by, set())) for deed in deeds]
        for when, elements in told:
            ever |= elements
            later |= elements if when >= at else set()
        for number, move in enumerate(self._moves):
            if set(map(str, move.get("for", ()))) & (later if move["act"] in _FRESH else ever):
                yield f"move {number}"


def since(meant: Meant, at: int) -> Meant:
    """What a life means from an instant on."""
    changes = tuple(change for change in meant.timeline.changes if change.at >= at)
    return meant._replace(timeline=replace(meant.timeline, changes=changes))
