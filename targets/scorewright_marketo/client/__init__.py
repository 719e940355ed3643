"""Will hold a client of Marketo's REST API, for plan, push and read-back.  Not built yet."""

from __future__ import annotations
