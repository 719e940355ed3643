"""What keeps one side from signing (SW811 to SW819)."""

from __future__ import annotations

from scorewright.diagnostics.rule import Rule, Severity

__all__ = ["CANNOT_SIGN"]

CANNOT_SIGN = Rule(
    "SW811",
    "agreement-cannot-be-signed",
    Severity.ERROR,
    """What
`agreements.toml` cannot be edited without touching more than this signature.
Why
The file is what both sides approve. A tool that rewrote the rest of it on the way would ask them to approve what
nobody changed.
Example
    # agreements.toml
    agreements = { mql = { says = "engagement at least 90" } }
Use instead
A table for each threshold, a line for each key:
    # agreements.toml
    [agreements.mql]
    says = "engagement at least 90"
""",
)
