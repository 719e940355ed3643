"""Where the choices of a made spec come from: a seeded generator for long runs, Hypothesis for runs that shrink."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["Choose", "Chooser"]

T = TypeVar("T")


class Chooser(Protocol):
    """Gives an integer between two others, both included; the lower one is the simplest choice."""

    def __call__(self, low: int, high: int) -> int: ...


class Choose:
    """Choices of every kind, all made from integers, the first or smallest being the simplest."""

    def __init__(self, integer: Chooser) -> None:
        self.integer = integer

    @classmethod
    def seeded(cls, seed: int) -> Choose:
        """The same choices for the same seed, on every machine."""
        return cls(random.Random(seed).randint)

    def flip(self, one_in: int = 2) -> bool:
        """Whether to do something, on average once in so many times."""
        return self.integer(0, one_in - 1) == one_in - 1

    def pick(self, options: Sequence[T]) -> T:
        """One of these."""
        return options[self.integer(0, len(options) - 1)]

    def some(self, options: Sequence[T], least: int = 1, most: int = 3) -> list[T]:
        """Several of these, each once, in an order of their own."""
        left = list(options)
        count = self.integer(min(least, len(left)), min(most, len(left)))
        return [left.pop(self.integer(0, len(left) - 1)) for _ in range(count)]

    def several(self, make: Callable[[], T], least: int = 1, most: int = 3) -> list[T]:
        """So many made things."""
        return [make() for _ in range(self.integer(least, most))]
