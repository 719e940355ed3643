"""The whole diff as one value: what is said otherwise, and what that does to people and on platforms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scorewright.diff.people import Consequences
    from scorewright.diff.platforms import Platform
    from scorewright.diff.values import Agreed, Change
    from scorewright.diff.window import Window

__all__ = ["Diff"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Diff:
    """Everything that two versions of a model say otherwise.  ``base`` and ``head`` name the two."""

    base: str
    head: str
    title: str
    agreed: tuple[Agreed, ...] = ()
    changes: tuple[Change, ...] = ()
    window: Window | None = None
    """``None``: the model may change at any time."""
    people: Consequences | None = None
    """``None``: nobody was played."""
    platforms: tuple[Platform, ...] = ()
    left_out: tuple[str, ...] = ()
    """What was not looked at, and how to have it looked at, in sentences."""

    @property
    def empty(self) -> bool:
        """Whether both say the same."""
        return not (self.agreed or self.changes)
