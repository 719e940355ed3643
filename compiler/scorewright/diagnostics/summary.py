"""Counts diagnostics by how grave they are, for the last line and for the exit code."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from scorewright.diagnostics.rule import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorewright.diagnostics.diagnostic import Diagnostic

__all__ = ["counts", "summary"]


def counts(diagnostics: Iterable[Diagnostic]) -> dict[Severity, int]:
    """Give the number of each severity, the gravest first; none is left out."""
    found = Counter(each.severity for each in diagnostics)
    return {severity: found[severity] for severity in Severity}


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """Say ``2 errors, 1 warning``; without any diagnostic, an empty text."""
    found = counts(diagnostics)
    words = {
        Severity.ERROR: ("error", "errors"),
        Severity.WARNING: ("warning", "warnings"),
        Severity.ADVICE: ("piece of advice", "pieces of advice"),
    }
    return ", ".join(
        f"{number} {words[severity][number != 1]}" for severity, number in found.items() if number
    )
