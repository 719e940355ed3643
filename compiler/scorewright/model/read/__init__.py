"""The reader: a document that has the language's shape becomes a model."""

from scorewright.model.read.read import Reading, read

__all__ = ["Reading", "read"]
