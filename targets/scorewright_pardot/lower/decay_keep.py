"""A category that is kept as peak interest: nothing is built that takes from it, and it is said by how much it shows more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model import conditions as con
from scorewright_pardot.lower.context import CannotLowerError
from scorewright_pardot.lower.decay_off import DecayOff

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["KeepDecay"]


class KeepDecay(DecayOff):
    """One decay that is left to the reader: the category only grows."""

    def lower(self) -> str:
        """Emit nothing, and bound what is never taken.  Raises ``CannotLowerError``."""
        if self.home.kind != "category":
            raise self._cannot("a score that can be set need not be kept: one rule sets it")
        if self.actions:
            raise self._cannot("what is kept is never silent, so nothing would do the actions of `then`")
        if self._lifted() != 0:
            raise self._cannot("a step may lift the score, which then is no peak: add at_least to it")
        every = self._taken()[1]
        readers = ", ".join(self._readers())
        bound = f"up to {every} points more than the spec means after one silence, and as much again after each further one"
        if readers:
            bound += f"; {readers} read it so"
        self.cx.bounded("kept-as-peak", bound, bounds=self._in_a_silence((0, every)))
        return "nothing is built: the category is kept as peak interest"

    def _cannot(self, message: str) -> CannotLowerError:
        return CannotLowerError("cannot-be-kept", message, self._by("bands"), self.decay.path)

    def _readers(self) -> Iterator[str]:
        """Names of the elements whose conditions ask for the score."""
        for element in self.cx.model.elements():
            asked = (getattr(element, "when", None), getattr(element, "unless", None))
            tests = (item for condition in asked for item in con.walk(condition))
            if any(isinstance(item, con.ScoreTest) and item.score == self.decay.score for item in tests):
                yield element.name
