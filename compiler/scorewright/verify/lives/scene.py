"""A stage with its moves: what they are is measured on the stage itself, once somebody asks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.verify.lives.moves import Moves
from scorewright.verify.lives.stage import Stage

if TYPE_CHECKING:
    from scorewright.model.elements import Model

__all__ = ["Scene"]


class Scene(Stage):
    """A model on which lives are told, with what changes its scores."""

    def __init__(self, model: Model, settle_hours: int = 24) -> None:
        super().__init__(model, settle_hours)
        self._moves: Moves | None = None

    @property
    def moves(self) -> Moves:
        """What changes scores, and by how much; while that is measured, what is known of it so far."""
        if self._moves is None:
            self._moves = Moves(self)
            self._moves.measure()
        return self._moves

    @property
    def steering(self) -> Moves:
        """What brings scores to numbers: moves."""
        return self.moves
