"""Will hold a small server that speaks the platform's API, for the demo and the tests; not built yet."""

from __future__ import annotations

__all__: list[str] = []
