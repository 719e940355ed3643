"""The exit codes, in one place: scripts and pipelines decide by them, so they never change their meaning."""

from __future__ import annotations

__all__ = [
    "BROKEN_PIPE",
    "CHANGES",
    "DONE",
    "ERRORS",
    "GUARDED",
    "HALF_WAY",
    "INTERNAL",
    "INTERRUPTED",
    "MEANINGS",
    "USAGE",
]

DONE = 0
ERRORS = 1
USAGE = 2
CHANGES = 3
HALF_WAY = 4
GUARDED = 5
INTERNAL = 70
"""``EX_SOFTWARE`` of BSD's sysexits.h."""
INTERRUPTED = 130
"""128 + SIGINT, as a shell reports a program that ended by Ctrl-C."""
BROKEN_PIPE = 141
"""128 + SIGPIPE: the reader (``head``, a pager) left before the end."""

MEANINGS = (
    (DONE, "done; warnings alone are 0, or 1 with --strict"),
    (ERRORS, "the spec has errors, or the files could not be read or written"),
    (USAGE, "wrong usage"),
    (CHANGES, "changes pending (fmt --check, diff and plan --exit-code, status)"),
    (HALF_WAY, "a push stopped half-way: run it again"),
    (GUARDED, "refused by a guard, or nobody said yes: nothing was done"),
    (INTERNAL, "a fault in Scorewright itself (SW999)"),
)
"""What ``scorewright --help`` prints under the commands."""
