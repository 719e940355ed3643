"""Will hold an embedded server that speaks Marketo's REST API, for demos and tests.  Not built yet."""

from __future__ import annotations
