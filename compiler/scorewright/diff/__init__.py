"""What a change of a spec does: two versions compared by what they mean, and told to who must agree to it."""

from __future__ import annotations

from scorewright.diff.report import report
from scorewright.diff.run import BaseError, PeopleError, built, compare, diff_of, played
from scorewright.diff.whole import Diff

__all__ = ["BaseError", "Diff", "PeopleError", "built", "compare", "diff_of", "played", "report"]
