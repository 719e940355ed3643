"""The client of API v5, as talks: what it can take of a model, what it can read, and what is left to people."""

from __future__ import annotations

from scorewright_pardot.client.api import PardotApi
from scorewright_pardot.client.settings import schema

__all__ = ["PardotApi", "schema"]
