"""Salesforce Account Engagement (Pardot) as a target of Scorewright."""

from __future__ import annotations

from scorewright_pardot.target import TARGET

__all__ = ["TARGET"]
