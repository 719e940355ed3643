"""What a lowering must obey, held over the objects at each compile: how they are written, and what they do to people."""

from __future__ import annotations

from scorewright_marketo.audit.hold import RULES, Breach, audit

__all__ = ["RULES", "Breach", "audit"]
