"""What comes out of the machine: every change that a history makes, each with its element and its reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from scorewright.diagnostics.rule import KeyPath
    from scorewright.model.history import Scalar

__all__ = ["Change", "Timeline"]


class Change(NamedTuple):
    """One change: what changed, from what to what, by which element of the spec, and why in words.

    ``kind`` is ``score``, ``holds`` (a fit score's sum), ``mark``, ``list``, ``campaign``, ``field``, ``fired``,
    ``limit`` (a rule that gave nothing), ``decay`` (a step that did nothing, or steps that are armed again) or ``done``
    (a notice, a task, a moment, an assignment, a campaign; ``after`` is the product whose copy did it); ``reason`` is one of the machine's own words: ``award``, ``limit reached``,
    ``clamped``, ``decay``, ``spent``, ``re-armed``, ``holds``, ``ends``, ``expired``, ``faded``, ``reset``, ``action``,
    ``label`` (of a band, in its field), ``start`` and ``set outside``.  What is clamped is a change of its own, from
    the sum of the moment's points to the bound.
    """

    at: int
    kind: str
    name: str
    before: Scalar
    after: Scalar
    element: str
    path: KeyPath
    reason: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """Every change, in order."""

    changes: tuple[Change, ...]

    def fired(self, threshold: str, until: int) -> int:
        """How often a threshold (by id; any product's copy counts) has fired up to an instant, this included."""
        return sum(
            1
            for change in self.changes
            if change.kind == "fired" and change.at <= until and change.name.partition("@")[0] == threshold
        )
