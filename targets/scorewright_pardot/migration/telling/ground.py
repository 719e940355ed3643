"""What every note of a migration is made from: both versions, where scores are read off, and bounds for what an element moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.plugin.emulation import Bound
from scorewright.plugin.notes import Note
from scorewright_pardot.migration.notes import NOTES
from scorewright_pardot.options import Options

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.plugin.bundle import Bundle
    from scorewright.plugin.migration import Since
    from scorewright.plugin.notes import Result
    from scorewright.plugin.target import Request
    from scorewright_pardot.migration.compare import Difference

__all__ = ["RULES", "WHEN", "Ground"]

WHEN = "migrated"
"""The situation in which a bound of a migration holds."""
RULES = "automation-rules"


class Ground:
    """A change as whoever tells of it needs it; ``at`` and ``was`` say where each gauge is read off, and was."""

    def __init__(self, request: Request, bundle: Bundle, since: Since, difference: Difference) -> None:
        self.request = request
        self.bundle = bundle
        self.since = since
        self.difference = difference
        options = Options.of(request.options)
        self.shortest = max(options.repeat_days, int(request.facts["repeat-least-days"]), 1)
        self.at = {gauge.name: gauge.at for gauge in bundle.gauges}
        self.was = {gauge.name: gauge.at for gauge in since.gauges}

    def note(
        self,
        name: str,
        result: Result,
        element: str,
        *,
        bound: str = "",
        instead: str = "",
        bounds: tuple[Bound, ...] = (),
        facts: tuple[str, ...] = (),
    ) -> Note:
        """One note."""
        path = tuple(element.split("."))
        return Note(name, result, element, path, NOTES[name], bound, instead, facts, None, bounds)

    def moves(
        self, element: str, least: int, most: int, *, done: tuple[int, int] = (0, 0)
    ) -> tuple[Bound, ...]:
        """Bounds of all scores that an element's rules move, and of what it does so many times less or more."""
        model = self.request.model
        table, _, key = element.partition(".")
        found = []
        for name, item in getattr(model, table).items():
            if name.partition("@")[0] != key:
                continue
            keys = [score for score, _ in item.points] if table == "rules" else [item.score]
            found += [
                Bound(f"score {score}", least, most, WHEN) for given in keys for score in self.reached(given)
            ]
            if any(done):
                found += [
                    Bound(gauge, *done, WHEN)
                    for gauge in self.at
                    if gauge.startswith((f"done {table}.{key}.", f"done {table}.{name}."))
                ]
        return tuple(item for item in dict.fromkeys(found) if item.gauge in self.at)

    def reached(self, key: str) -> Iterator[str]:
        """The scores that points of a score reach."""
        scores = self.request.model.scores
        yield key
        for other in scores.values():
            if (
                scores[key].feeds == other.key
                or key in other.sum_of
                or any(key == part for part, _ in other.percent_of)
            ):
                yield from self.reached(other.key)
