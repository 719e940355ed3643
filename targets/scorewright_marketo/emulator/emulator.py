"""The emulator as the proof asks for it: an instance, and the same instance with the version before in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright_marketo.emulator.changing import Changing
from scorewright_marketo.emulator.instance import Instance

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scorewright.model.elements import Model
    from scorewright.plugin.emulation import Tables
    from scorewright.plugin.migration import Changed

__all__ = ["MarketoEmulator"]


class MarketoEmulator(Instance):
    """Marketo with a bundle built in it.  Raises ``UnreadableBundleError`` for tables that it could not hold."""

    def since(self, model: Model, tables: Tables, moves: Sequence[Mapping[str, Any]]) -> Changed:
        """The same instance with the version before in it, and the moves to this one."""
        return Changing((model, self.model), (tables, self.tables), moves, self.facts)
