"""From the version that stands on an instance to the one in hand: what is edited in place, made anew, re-rolled, retired."""

from __future__ import annotations

from scorewright_marketo.migration.migrate import migrate

__all__ = ["migrate"]
