"""What a change does on each platform: objects, notes, quotas and hand work, from a compile of both versions."""

from __future__ import annotations

from scorewright.diff.platforms.compare import on_platforms
from scorewright.diff.platforms.values import Platform

__all__ = ["Platform", "on_platforms"]
