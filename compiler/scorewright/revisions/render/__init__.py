"""The forms of the revision sheet, each made from the same grid of texts and numbers."""

from __future__ import annotations
