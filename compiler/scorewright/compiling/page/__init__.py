"""The build sheet as one page that opens from disk: a consultant works from it all day."""

from __future__ import annotations

from scorewright.compiling.page.page import render_page, ticked_of

__all__ = ["render_page", "ticked_of"]
