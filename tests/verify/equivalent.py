"""Mutants that change nothing a person can see: each with its reason, so that a survivor is either here or a hole."""

from __future__ import annotations

import re

__all__ = ["EQUIVALENT", "reason_of"]

_NEXT_PHASE = "whoever is tagged below the number loses the tag again when the next rules are resumed"
_ORDER = (
    "what the order of resuming changes is seen by people who are there already, and covered by their bounds"
)
_NO_KIND = "no history says whether a form that no asset names is a handler or stands on a landing page"
_READ_AGAIN = "the trigger lets in too many or too few, and the executable reads the score again"

EQUIVALENT: tuple[tuple[str, str, str], ...] = (
    ("pardot", r"^tags: .*: left out", "a tag is there as soon as somebody types it"),
    ("pardot", r"already past it: (criteria|resume_phase)", _NEXT_PHASE),
    ("pardot", r": resume_phase is", _ORDER),
    ("pardot", r"below again: criteria\[0\] left out", "taking a tag off whom it is not on does nothing"),
    (
        "pardot",
        r": set .* to -?\d+: criteria\.1[.\[]",
        "the guard keeps a rule from setting what is set already",
    ),
    (
        "pardot",
        r": once .*: actions\.1\.of is",
        "the tag is for later versions: no rule of this one reads it",
    ),
    ("pardot", r"grades .*: criteria\[0\] left out", "everybody who is graded has the profile"),
    ("pardot", r"^baseline-scoring: (Form Handler|Landing Page)", _NO_KIND),
    ("marketo", r"^score-fields: Person Score: left out", "the standard field is there already"),
    ("marketo", r"^smart-campaigns: .*Start .*: qualification is", "what runs once has nobody twice"),
    (
        "marketo",
        r"^smart-campaigns: .*Start .*: schedule is",
        "what it fills in is kept up by others: each night it finds nothing to do",
    ),
    (
        "marketo",
        r"Cross .*: qualification is 'Once every 2 hour'",
        "two crossings in that time are a crowd, and bounded",
    ),
    ("marketo", r"When .* may (open|close): smart_list\.triggers\.\d+\.constraints", _READ_AGAIN),
    (
        "marketo",
        r": value is '[67]\d\d minutes'|Duration.*6\d\d minutes",
        "the wait is over before the gauge is read",
    ),
)
"""Target, what is said of the mutant (a pattern), and why nobody can tell it from the bundle that it was made of."""


def reason_of(target, said):
    """Why a survivor is none; empty where nobody knows."""
    return next((why for name, pattern, why in EQUIVALENT if name == target and re.search(pattern, said)), "")
