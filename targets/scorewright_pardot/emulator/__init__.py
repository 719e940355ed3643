"""Will hold an executable form of the platform's documented behaviour; not built yet."""

from __future__ import annotations

__all__: list[str] = []
