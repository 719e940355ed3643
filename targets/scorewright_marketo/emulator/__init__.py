"""Will hold an executable form of Marketo's documented behaviour, to verify bundles against.  Not built yet."""

from __future__ import annotations
