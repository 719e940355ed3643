"""An embedded business unit: API v5 as it is documented, quirks included, on a database that is handed in.

It has the objects that a scoring model and its assets touch.  It has no imports and exports, no external activities, no
visitors, and no merging of tags: those paths answer that there is nothing.
"""

from __future__ import annotations

from scorewright_pardot.sandbox.sandbox import PardotSandbox

__all__ = ["PardotSandbox"]
