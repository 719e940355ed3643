"""Serves a target's embedded sandbox on loopback: calls logged, faults ordered, the state on a page."""

from __future__ import annotations
