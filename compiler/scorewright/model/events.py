"""Events: what happens (``on``, ``or_on``), and the same in the past (``visited``)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scorewright.diagnostics.rule import KeyPath
    from scorewright.model.value_tests import Test
    from scorewright.model.values import Window

__all__ = ["Event"]


@dataclass(frozen=True, slots=True)
class Event:
    """One verb and what it is done to.

    ``verb`` is in the present.  ``objects`` are asset ids (also built-in ones such as ``any-page``), activity ids,
    field ids, or the word behind ``bounces`` and ``opportunity``; empty for verbs that take ``true``.
    ``nth`` above 1 means: this event is the n-th or a later one in ``within`` (ever, when that is ``None``).
    ``where`` pairs a property with its test; all must hold.
    """

    verb: str
    objects: tuple[str, ...] = ()
    excluding: tuple[str, ...] = ()
    nth: int = 1
    within: Window | None = None
    where: tuple[tuple[str, Test], ...] = ()
    path: KeyPath = field(compare=False, kw_only=True, default=())
