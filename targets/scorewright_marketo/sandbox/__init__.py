"""A small Marketo on this machine: its REST API as Adobe documents it, quirks included, over a SQLite store."""

from __future__ import annotations
