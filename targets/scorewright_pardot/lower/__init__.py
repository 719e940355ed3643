"""From a model to objects and notes, one lowering a kind of element."""

from __future__ import annotations

from scorewright_pardot.lower.lower import Lowered, lower

__all__ = ["Lowered", "lower"]
