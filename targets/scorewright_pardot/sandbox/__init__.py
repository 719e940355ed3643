"""An embedded business unit: API v5 as it is documented, quirks included, on a database that is handed in."""

from __future__ import annotations

from scorewright_pardot.sandbox.sandbox import PardotSandbox

__all__ = ["PardotSandbox"]
