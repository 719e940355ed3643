"""One side signs what a threshold says now: the text of ``agreements.toml`` with that signature, all else kept."""

from __future__ import annotations

from scorewright.agree.run import AgreeError, Agreement, UnknownThresholdError, agree

__all__ = ["AgreeError", "Agreement", "UnknownThresholdError", "agree"]
