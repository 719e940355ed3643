"""What a check looks at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from scorewright.diagnostics.rule import Finding, Rule
    from scorewright.model.elements import Model
    from scorewright.model.read.read import Name

__all__ = ["Family", "Subject"]


@dataclass(frozen=True, slots=True)
class Subject:
    """One model, and what the model itself does not hold.

    ``uses`` says which names each element uses, also the elements that could not be read.  ``agreements`` is the
    content of ``agreements.toml``; ``today`` the day on which review dates are looked at.  ``whole`` is false when
    something was left out of the model: a check that draws conclusions from what is *not* there then keeps silent.
    """

    model: Model
    uses: Mapping[Name, frozenset[Name]]
    agreements: Mapping[str, Any]
    today: date
    whole: bool


@dataclass(frozen=True, slots=True)
class Family:
    """Checks that belong together: their rules, for the documentation, and the functions that look."""

    rules: tuple[Rule, ...]
    checks: tuple[Callable[[Subject], Iterable[Finding]], ...]
    whole_checks: tuple[Callable[[Subject], Iterable[Finding]], ...] = ()
    """Checks that need the whole model: nothing left out."""
