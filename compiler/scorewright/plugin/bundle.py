"""All that one compile makes for one target."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorewright.plugin.emulation import Gauge
    from scorewright.plugin.notes import Note
    from scorewright.plugin.plans import PlanTable
    from scorewright.plugin.sheet import Sheet

__all__ = ["Bundle", "Emitted", "Quota"]


@dataclass(frozen=True, slots=True)
class Emitted:
    """One object of the platform, as it is written to its file.

    ``kind`` is the file's stem and a plain plural (``automation-rules``, ``tags``, ``tokens``); ``name`` is the
    object's name on the platform, unique within its kind; ``table`` is its content, plain TOML values only, numbers
    as numbers; ``elements`` are the elements of the spec that it exists for, ``lowering`` the name of the lowering
    that made it, ``facts`` the facts that it rests on.
    """

    kind: str
    name: str
    table: Mapping[str, Any]
    elements: tuple[str, ...]
    lowering: str
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quota:
    """How much of a limited resource is used.  ``given`` ``None``: counted, and no limit is known.

    Over the limit is an error that names ``dearest``: (element, how much of it the element uses), greatest first.
    ``savings`` say what would help.  Above ``advised`` it is advice: the platform takes more, and it costs too much.
    """

    name: str
    used: int
    given: int | None
    fact: str = ""
    dearest: tuple[tuple[str, int], ...] = ()
    savings: tuple[str, ...] = ()
    advised: int | None = None


@dataclass(frozen=True, slots=True)
class Bundle:
    """What a target makes of a model.

    Objects stand in the order in which they must be built.  ``gauges`` say where each score, mark, segment and action
    of the model is read off: what has none cannot be seen on the platform.
    """

    target: str
    objects: tuple[Emitted, ...]
    notes: tuple[Note, ...]
    sheet: Sheet
    quotas: tuple[Quota, ...] = ()
    gauges: tuple[Gauge, ...] = ()
    plans: tuple[PlanTable, ...] = ()
    """What was chosen where there was something to choose, among what could be had."""
