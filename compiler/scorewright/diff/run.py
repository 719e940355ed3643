"""Compare two versions of a spec: find the base, read both, and put together all that differs."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scorewright.diff import rules
from scorewright.diff.agreed import agreed
from scorewright.diff.compare import changes
from scorewright.diff.facets import FACETS
from scorewright.diff.pair import renamed
from scorewright.diff.revision import GitError, UnknownRevisionError, export, repository_of
from scorewright.diff.side import Side, read_side
from scorewright.diff.through import with_reach
from scorewright.diff.values import MOST_ELEMENTS
from scorewright.diff.whole import Diff
from scorewright.diff.window import window_of
from scorewright.model.elements import Header, Lifecycle
from scorewright.source.place import place

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from scorewright.diagnostics.diagnostic import Diagnostic
    from scorewright.diagnostics.rule import Finding
    from scorewright.model.elements import Model
    from scorewright.model.history import Person

__all__ = ["BaseError", "PeopleError", "built", "compare", "diff_of", "played"]


class BaseError(Exception):
    """There is nothing to compare with; ``diagnostics`` say why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.diagnostics = place((finding,), None)


class PeopleError(Exception):
    """The people to be played could not be read; ``diagnostics`` say why."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        super().__init__(diagnostics[0].message)
        self.diagnostics = diagnostics


def compare(path: Path, base: str) -> tuple[Side, Side]:
    """Read the spec at ``path``, and as it was at ``base``: a folder or file, or a revision.  Raises ``BaseError``."""
    return _base(path, base), read_side(path, "now")


def diff_of(old: Side, new: Side, today: date | None = None) -> Diff:
    """All that the new version says otherwise; where there was no spec before, everything is new.

    ``today`` is the day that is held against the model's change window; without it none is.  The new side must have a
    model.
    """
    assert new.model is not None
    before = old.model or _nothing(new.model)
    moved = renamed(before, new.model)
    found = with_reach(changes(before, new.model, moved), before, new.model, new.uses)
    return Diff(
        base=old.label,
        head=new.label,
        title=new.model.header.title,
        agreed=agreed(before, new.model, old.agreements, new.agreements, moved),
        changes=found,
        window=None if today is None else window_of(new.model, found, today),
    )


def played(diff: Diff, old: Side, new: Side, people: Path | None = None) -> Diff:
    """The diff with what it does to people: those of a file or folder, or lives made for what changed.

    Nobody is played where nothing that could move them has changed, or where there was no spec before.
    Raises ``PeopleError``.
    """
    found = diff.changes
    touched = {name for each in found if each.gravity != "words" for name in (each.name, *each.reached)}
    if old.model is None or new.model is None or not touched:
        return diff
    from scorewright.diff.people import consequences, made_people, told_people

    moved = renamed(old.model, new.model)
    if people is None:
        source = "the examples, and lives made for what changed"
        both = made_people(old.model, new.model, touched, moved)
    else:
        source, both = str(people), told_people(_told(people, old.model, new.model))
    if not both:
        return replace(diff, left_out=(*diff.left_out, _NOT_PLAYED))
    return replace(diff, people=consequences(old.model, new.model, moved, both, source))


def built(diff: Diff, old: Side, new: Side, targets: Iterable[str], instance: str | None = None) -> Diff:
    """The diff with what it does on platforms: those named, else the project's, else the built-in ones.

    A large model is compiled for targets that are named alone.
    """
    names = tuple(targets)
    if new.model is None or all(
        change.gravity == "words" and change.name[0] in _UNBUILT for change in diff.changes
    ):
        return diff
    if not names and len(new.model.elements()) > MOST_ELEMENTS:
        return replace(diff, left_out=(*diff.left_out, _NOT_BUILT))
    from scorewright.diff.platforms import on_platforms
    from scorewright.plugin.registry import builtin_names

    names = names or tuple(new.project.targets) or builtin_names()
    return replace(diff, platforms=on_platforms(old, new, names, instance))


_NOT_PLAYED = f"Nobody was played: no lives are made for more than {MOST_ELEMENTS:,} elements. Name people with --people."
_NOT_BUILT = (
    f"Nothing was compiled: more than {MOST_ELEMENTS:,} elements take a while. Name platforms with --target."
)
_UNBUILT = {"examples", "waive", "goals"}
"""Tables of which nothing is built."""


def _told(path: Path, old: Model, new: Model) -> tuple[tuple[str, tuple[Person, ...]], ...]:
    from scorewright.explain.person.people import read_people

    told = read_people(path, (old, new), Path.cwd())
    if told.diagnostics:
        raise PeopleError(told.diagnostics)
    return told.people


def _nothing(model: Model) -> Model:
    """A model that says nothing yet, of the same name."""
    header = Header(id=model.header.id, title=model.header.title, timezone=model.header.timezone)
    empty: dict[str, Any] = {table: {} for table in FACETS}
    return replace(model, header=header, lifecycle=Lifecycle(names={}), options={}, **empty)


def _base(path: Path, base: str) -> Side:
    folder = Path(base)
    if folder.exists():
        return read_side(folder, base)
    try:
        repository = repository_of(path)
        with tempfile.TemporaryDirectory(prefix="scorewright-") as place:
            root = Path(place).resolve()
            spec, commit = export(repository, base, root)
            label = base if commit.startswith(base) else f"{base} ({commit})"
            return read_side(spec, label, cwd=root) if spec.exists() else Side(label)
    except UnknownRevisionError:
        help_ = "name a folder, or a branch, tag or commit that was fetched: git fetch --depth=1 origin main"
        message = f"{base!r} is neither a folder nor a revision that git knows here"
        raise BaseError(rules.BASE_UNKNOWN.at((), message, help=help_)) from None
    except GitError as error:
        help_ = "name the folder of the older version with --base"
        raise BaseError(rules.GIT_FAILS.at((), f"git: {error}", help=help_)) from None
