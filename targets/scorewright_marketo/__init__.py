"""The Adobe Marketo Engage target: programs, score fields, tokens, smart campaigns, and the sheet to build them."""

from __future__ import annotations

from scorewright_marketo.target import TARGET

__all__ = ["TARGET"]
