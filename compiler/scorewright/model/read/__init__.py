"""The reader: a document that has the language's shape becomes a model."""

from __future__ import annotations

from scorewright.model.read.read import Reading, read

__all__ = ["Reading", "read"]
