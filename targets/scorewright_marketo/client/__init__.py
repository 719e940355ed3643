"""A client of Marketo's REST API, as talks: what it can take of a model, what it can read, and what is left to people."""

from __future__ import annotations

from scorewright_marketo.client.api import MarketoApi
from scorewright_marketo.client.settings import schema

__all__ = ["MarketoApi", "schema"]
