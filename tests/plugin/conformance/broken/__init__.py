"""Point Ledger with one promise broken at a time: what the conformance kit must find, each by its own name."""

from __future__ import annotations

from tests.plugin.conformance.broken import made, moved, played, reached, said
from tests.plugin.conformance.broken.faults import (
    API,
    API_FAULTS,
    EMULATED,
    EMULATED_FAULTS,
    STATIC,
    STATIC_FAULTS,
)

__all__ = [
    "API",
    "API_FAULTS",
    "EMULATED",
    "EMULATED_FAULTS",
    "STATIC",
    "STATIC_FAULTS",
    "made",
    "moved",
    "played",
    "reached",
    "said",
]
