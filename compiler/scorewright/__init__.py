"""Scorewright: lead scoring as code, compiled for Pardot and Marketo."""

from __future__ import annotations

__all__ = ["__version__"]

__version__ = "0.1.0"
