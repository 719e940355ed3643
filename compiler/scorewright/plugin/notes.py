"""What a lowering has to say about one element of a spec."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scorewright.diagnostics.rule import KeyPath
    from scorewright.plugin.emulation import Bound

__all__ = ["Note", "Result"]


class Result(StrEnum):
    """What became of an element."""

    EXACT = "exact"
    """Equal to the reference machine at every quiet moment."""
    BOUNDED = "bounded"
    """Differs by at most the bound; an error until the spec accepts it by name."""
    BY_HAND = "by hand"
    """Exact once a person has built it as the sheet says."""
    REFUSED = "refused"
    """Not lowered: the reason, and the nearest thing that works."""


@dataclass(frozen=True, slots=True)
class Note:
    """One note.  Every element of the model gets at least one: nothing is dropped in silence.

    ``name`` is stable and in kebab-case; a spec accepts a bounded lowering by it (``[accept.<id>] note = …``).
    ``element`` is the element as a spec spells it (``decay.gone-quiet``), ``path`` the place the caret points at.
    ``bound`` says in numbers by how much and in which situation (for ``BOUNDED``); ``instead`` is the way out (for
    ``REFUSED``); ``bounds`` say the same for tools, and are held by ``scorewright verify``; ``facts`` are the ids of the facts that the result rests on.
    """

    name: str
    result: Result
    element: str
    path: KeyPath
    message: str
    bound: str = ""
    instead: str = ""
    facts: tuple[str, ...] = ()
    product: str | None = None
    bounds: tuple[Bound, ...] = ()
