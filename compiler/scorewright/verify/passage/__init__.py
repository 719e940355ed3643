"""The proof of a migration: people live under the version before, its moves are carried out, and they live on."""

from __future__ import annotations

from scorewright.verify.passage.prove import Passed, prove
from scorewright.verify.passage.way import Way, way_of

__all__ = ["Passed", "Way", "prove", "way_of"]
