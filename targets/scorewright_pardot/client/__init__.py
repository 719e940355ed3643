"""Will hold the client of the platform's API (v5), for what it can take; not built yet."""

from __future__ import annotations

__all__: list[str] = []
