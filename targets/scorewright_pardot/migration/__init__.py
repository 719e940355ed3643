"""From the version that stands on an instance to the one in hand: what is edited in place, made anew, drained, retired."""

from __future__ import annotations

from scorewright_pardot.migration.migrate import migrate

__all__ = ["migrate"]
