"""What a migration says of itself: what is exact, what is bounded and by how much, and what it refuses."""

from __future__ import annotations

from scorewright_marketo.migration.telling.whole import tell

__all__ = ["tell"]
