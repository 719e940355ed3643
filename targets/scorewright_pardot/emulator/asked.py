"""One criterion, opened: what a reader of criteria is given, and the shapes of what it gives back."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorewright_pardot.emulator.criteria import Criteria
from scorewright_pardot.emulator.texts import whole
from scorewright_pardot.emulator.unreadable import UnreadableBundleError
from scorewright_pardot.labels import CRITERIA, OPERATORS

if TYPE_CHECKING:
    from collections.abc import Callable

    from scorewright_pardot.emulator.prospect import Prospect

__all__ = ["Asked", "criteria_of"]


class Asked(NamedTuple):
    """Our short words of the first dropdown and the operator, what it is about, the value, and where it stands."""

    word: str
    of: str
    operator: str
    value: str
    where: tuple[str, str]

    def unreadable(self, what: str) -> UnreadableBundleError:
        """The error that says what of it cannot be read."""
        return UnreadableBundleError(*self.where, f"criterion {CRITERIA[self.word].text!r}: {what}")

    def no_operator(self) -> UnreadableBundleError:
        """The error that says that the dropdown does not offer the operator there."""
        return self.unreadable(f"it has no operator {OPERATORS[self.operator].text!r}")

    def number(self) -> int:
        """The value as a whole number; raises ``UnreadableBundleError``."""
        number = whole(self.value)
        if number is None:
            raise self.unreadable(f"{self.value!r} is no number")
        return number


def criteria_of(holds: Callable[[Prospect, int], bool], *reads: str) -> Criteria:
    """A criterion that reads these cells, and that the clock does not turn."""
    return Criteria(holds, frozenset(reads), frozenset())
