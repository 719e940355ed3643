"""A model's history as the sheet that teams keep by hand: a row a rule, a column a revision, and what came of each."""

from __future__ import annotations

from scorewright.revisions.run import RevisionsError, revisions
from scorewright.revisions.values import Revision, Row, Table

__all__ = ["Revision", "RevisionsError", "Row", "Table", "revisions"]
