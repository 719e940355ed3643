"""Makes the revision sheet of a spec from git, and from a file of outcomes where one is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.diff.revision import GitError, repository_of
from scorewright.diff.rules import GIT_FAILS
from scorewright.revisions.history import versions
from scorewright.revisions.outcomes import BrokenOutcomesError, read_outcomes
from scorewright.revisions.rules import NO_HISTORY, OUTCOMES_UNREAD
from scorewright.revisions.table import table_of, with_figures
from scorewright.source.place import place

if TYPE_CHECKING:
    from pathlib import Path

    from scorewright.diagnostics.diagnostic import Diagnostic
    from scorewright.diagnostics.rule import Finding
    from scorewright.revisions.outcomes import Outcome
    from scorewright.revisions.values import Table

__all__ = ["RevisionsError", "revisions"]


class RevisionsError(Exception):
    """There is no sheet; ``diagnostics`` say why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.diagnostics: tuple[Diagnostic, ...] = place((finding,), None)


def revisions(spec: Path, *, until: str = "HEAD", outcomes: Path | None = None) -> Table:
    """The sheet of the spec at a path, up to a revision.  Raises ``RevisionsError``."""
    counted = None if outcomes is None else _outcomes(outcomes)
    try:
        table = table_of(versions(repository_of(spec), until))
    except GitError as error:
        help_ = "name a spec in a repository of git, and a revision that is there"
        raise RevisionsError(GIT_FAILS.at((), f"git: {error}", help=help_)) from None
    if not table.revisions:
        message = f"git has no version of {spec} that can be read"
        raise RevisionsError(NO_HISTORY.at((), message, help="commit it first"))
    return table if counted is None else with_figures(table, counted)


def _outcomes(path: Path) -> tuple[Outcome, ...]:
    try:
        return read_outcomes(path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError, BrokenOutcomesError) as error:
        words = error.strerror or str(error) if isinstance(error, OSError) else str(error)
        help_ = "the first line is date,leads,opportunities,won"
        raise RevisionsError(OUTCOMES_UNREAD.in_file(path.as_posix(), words, help=help_)) from None
