"""What the proof of a migration is about: both versions with their files, and the moves between them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scorewright.model.elements import Model
    from scorewright.verify.bundle import ReadBundle

__all__ = ["Way", "way_of"]

_HOUR, _DAY = 3_600, 86_400
_CLICKS = 120
"""Seconds that a move is given, beside the waits."""


def way_of(
    target: str,
    models: tuple[Model, Model],
    before: ReadBundle,
    files: Mapping[str, bytes],
    facts: Mapping[str, bool | int | str],
) -> Way:
    """The way that a compile with ``--since`` has written.  Raises ``UnreadableBundleError``."""
    from scorewright.verify.bundle import read_bundle, read_migration

    after = read_bundle(files)
    moves, bounds = read_migration(files)
    return Way(target, models, before, replace(after, bounds=(*after.bounds, *bounds)), moves, facts)


@dataclass(frozen=True, slots=True)
class Way:
    """From one version to another, on one target.

    ``moves`` are the rows of the emitted migration; ``after`` has the bounds of the migration among its own.
    """

    target: str
    models: tuple[Model, Model]
    before: ReadBundle
    after: ReadBundle
    moves: Sequence[Mapping[str, Any]]
    facts: Mapping[str, bool | int | str]
    answered: frozenset[str] = frozenset()
    """The facts that an instance has settled."""
    seed: int = 1
    effort: int = 1
    stride: int = 1
    """Every how-manieth place of a change is lived; 1: all of them."""
    only: str = ""
    """The name of the one life to play; empty: all."""
    worlds: int = 8
    """How many places, per step of effort, look for a life that a fact changes; 0: the facts are left as they are."""

    @property
    def busy(self) -> int:
        """Seconds from the first move until people live under the new version; a day is left for what the clock does."""
        told = [move.get("act") for move in self.moves]
        first = told.index("rest") if "rest" in told else len(told)
        return self._hours(first) * _HOUR + len(self.moves) * _CLICKS + _DAY

    @property
    def whole(self) -> int:
        """Seconds until the last move is done."""
        return self._hours(len(self.moves)) * _HOUR + len(self.moves) * _CLICKS + _DAY

    def _hours(self, last: int) -> int:
        return sum(int(move.get("hours", 0)) for move in self.moves[:last])
