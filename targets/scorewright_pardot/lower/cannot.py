"""What a lowering raises where a shape has no sound lowering, and what a lowering may ask of the run that it is in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scorewright.diagnostics.rule import KeyPath
    from scorewright.model.elements import Score
    from scorewright.plugin.emulation import Bound
    from scorewright_pardot.lower.bounds import Room
    from scorewright_pardot.lower.expression import Expression
    from scorewright_pardot.options import Options

__all__ = ["CannotLowerError", "Run"]


class Run(Protocol):
    """The part of a run that reads facts and notes what the element in hand rests on."""

    @property
    def facts(self) -> Mapping[str, bool | int | str]:
        """Every fact's value."""
        ...

    @property
    def options(self) -> Options:
        """What the target's table says."""
        ...

    def flag(self, fact: str) -> bool:
        """A yes-or-no fact, noted."""
        ...

    def rest_on(self, *facts: str) -> None:
        """Note facts without asking for their value."""
        ...

    def bounded(self, name: str, bound: str, *facts: str, bounds: Iterable[Bound], instead: str = "") -> None:
        """Say that the element in hand is lowered within a bound: in words, and as values."""
        ...

    def unscored(self, score: Score, category: str) -> Expression:
        """Has no score in a category."""
        ...

    def off(self, origins: Mapping[str, Room], when: str = "any", *, feeds: bool = True) -> tuple[Bound, ...]:
        """Bounds of all scores that these differences are carried to."""
        ...


class CannotLowerError(Exception):
    """A shape that has no sound lowering; becomes a refused note of the element that is being lowered."""

    def __init__(
        self, name: str, message: str, instead: str, path: KeyPath = (), facts: tuple[str, ...] = ()
    ) -> None:
        super().__init__(message)
        self.name = name
        self.message = message
        self.instead = instead
        self.path = path
        self.facts = facts
