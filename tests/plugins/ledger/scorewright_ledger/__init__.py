"""Point Ledger, an imaginary platform, as a target of Scorewright."""

from __future__ import annotations

from scorewright_ledger.target import TARGET

__all__ = ["TARGET"]
