"""Puts the sheet together: what each version says otherwise than the one before, by element."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scorewright.diff.facets import FACETS
from scorewright.diff.run import diff_of
from scorewright.diff.side import Side
from scorewright.revisions.outcomes import between
from scorewright.revisions.values import Revision, Row, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scorewright.diff.values import Change, Name
    from scorewright.revisions.history import Version
    from scorewright.revisions.outcomes import Outcome

__all__ = ["table_of", "with_figures"]

_LEFT_OUT = {"examples", "waive", "accept"}
_ORDER = {table: place for place, table in enumerate(("model", "lifecycle", "targets", *FACETS))}


def table_of(versions: Iterable[Version]) -> Table:
    """The sheet of some versions, oldest first.  A version that says the same as the one before is no revision."""
    sheet = _Sheet()
    before = Side("nothing")
    title = ""
    for version in versions:
        diff = diff_of(before, version.side)
        changes = [change for change in diff.changes if change.name[0] not in _LEFT_OUT]
        if changes:
            sheet.revise(version, changes, first=before.model is None)
        before, title = version.side, diff.title
    return Table(
        title=title,
        revisions=tuple(_revision(version) for version in sheet.revisions),
        rows=sheet.rows(),
    )


def with_figures(table: Table, outcomes: Sequence[Outcome]) -> Table:
    """The sheet with what came of the leads while each revision was in force."""
    sums = between(outcomes, [revision.day for revision in table.revisions])
    return replace(
        table,
        revisions=tuple(
            replace(revision, figures=figures)
            for revision, figures in zip(table.revisions, sums, strict=True)
        ),
    )


def _revision(version: Version) -> Revision:
    return Revision(commit=version.commit, day=version.day, author=version.author, reason=version.subject)


class _Sheet:
    """The cells filled so far: by element, and by the number of the revision."""

    def __init__(self) -> None:
        self.revisions: list[Version] = []
        self._cells: dict[Name, dict[int, str]] = {}
        self._titles: dict[Name, str] = {}
        self._gone: set[Name] = set()

    def revise(self, version: Version, changes: list[Change], *, first: bool) -> None:
        """One column more."""
        column = len(self.revisions)
        self.revisions.append(version)
        for change in changes:
            name = change.name
            if change.kind == "renamed":
                self._cells[name] = self._cells.pop((name[0], change.was), {})
            self._titles[name] = change.title
            self._gone.discard(name)
            if change.kind == "removed":
                self._gone.add(name)
            self._add(name, column, _words(change, first=first))
        for change in changes:
            moved = [f"{part.what} {part.before} → {part.after}" for part in (*change.parts, *change.moved)]
            for name in change.reached:
                if name in self._cells:
                    self._add(name, column, f"through {'.'.join(change.name)}: {', '.join(moved)}")

    def _add(self, name: Name, column: int, words: str) -> None:
        cells = self._cells.setdefault(name, {})
        cells[column] = "; ".join(filter(None, (cells.get(column, ""), words)))

    def rows(self) -> tuple[Row, ...]:
        """Every element that ever was, in the order of the tables, those that are gone last."""
        names = sorted(self._cells, key=lambda name: (name in self._gone, _ORDER.get(name[0], len(_ORDER))))
        return tuple(
            Row(
                ".".join(filter(None, name)),
                self._titles.get(name, name[1]),
                tuple(self._cells[name].get(column, "") for column in range(len(self.revisions))),
            )
            for name in names
        )


def _words(change: Change, *, first: bool) -> str:
    """What a revision did to an element; in the first column, what it says to begin with."""
    if change.kind == "removed":
        return "gone"
    told = [f"{part.what}: {part.before or 'nothing'} → {part.after or 'nothing'}" for part in change.parts]
    if change.kind == "renamed":
        told.insert(0, f"before {change.was}")
    if first:
        told = [f"{part.what} {part.after}" for part in change.parts]
    words = "; ".join(filter(None, (change.says, *told)))
    return words if first or change.kind != "added" else f"new: {words}"
