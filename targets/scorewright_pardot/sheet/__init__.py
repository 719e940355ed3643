"""The build sheet: what a person clicks, in order, with the labels of the screen."""

from __future__ import annotations

from scorewright_pardot.sheet.sheet import build

__all__ = ["build"]
