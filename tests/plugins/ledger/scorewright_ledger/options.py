"""What ``[targets.ledger]`` may say."""

from __future__ import annotations

from typing import Any

__all__ = ["SCHEMA"]

SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "currency": {
            "type": "string",
            "minLength": 1,
            "maxLength": 20,
            "description": "What the accounts count: points, unless this says otherwise.",
        }
    },
}
