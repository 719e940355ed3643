"""Which spec and which targets a command means when its arguments leave it to scorewright.toml."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import click

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from scorewright.compiling.since import Before
    from scorewright.compiling.values import Compiled
    from scorewright.diagnostics.diagnostic import Diagnostic
    from scorewright.project import Project

__all__ = ["Meant", "compile_meant", "only_spec", "targets_of", "unread_lock"]


def targets_of(instance: str | None, project: Project) -> tuple[str, ...]:
    """The target of the instance that was named; none without an instance, and then the defaults hold."""
    if instance is None:
        return ()
    if instance not in project.instances:
        known = ", ".join(project.instances) or "none"
        raise click.UsageError(f"scorewright.toml has no instance {instance!r}; it has {known}")
    return (project.instances[instance].target,)


class Meant(NamedTuple):
    """A compile of what a command means, and the version before of each target; or what keeps it from being made."""

    compiled: Compiled | None
    before: Mapping[str, Before]
    diagnostics: tuple[Diagnostic, ...]


def compile_meant(
    spec: Path,
    project: Project,
    targets: tuple[str, ...],
    *,
    edition: str | None,
    instance: str | None,
    since: Path | None,
    today: date,
) -> Meant:
    """Compile a spec; from ``since`` on, where that is given: a lock file, or an earlier output."""
    from scorewright.cli.progress import working
    from scorewright.compiling import compile_spec

    before, faults = _before(since, targets or tuple(project.targets), instance, today)
    if faults:
        return Meant(None, {}, faults)
    with working(f"compiling {spec}"):
        compiled = compile_spec(
            spec,
            project=project,
            targets=targets or tuple(before),
            edition=edition,
            instance=instance,
            today=today,
            since={name: one.since for name, one in before.items()},
        )
        return Meant(compiled, before, compiled.diagnostics)


def _before(
    path: Path | None, targets: Iterable[str], instance: str | None, today: date
) -> tuple[Mapping[str, Before], tuple[Diagnostic, ...]]:
    """The version before of each target, as ``--since`` names it; nothing where it is not given, or what is wrong with it."""
    if path is None:
        return {}, ()
    from scorewright.compiling.lock import UnreadableLockError
    from scorewright.compiling.since import before
    from scorewright.plugin.registry import builtin_names

    try:
        return before(path, tuple(targets) or builtin_names(), instance, today), ()
    except UnreadableLockError as error:
        return {}, unread_lock(path, str(error))


def unread_lock(path: Path, words: str) -> tuple[Diagnostic, ...]:
    """What is wrong with a lock file, or with an earlier output."""
    from scorewright.cli import show
    from scorewright.compiling import rules

    help_ = "give the lock file that `scorewright lock` wrote, or the folder that `scorewright compile --out` wrote"
    return show.about(rules.LOCK_UNREAD, words, help_, path.as_posix())


def only_spec(project: Project, doing: str = "compile") -> Path:
    """The one spec that scorewright.toml names; with more of them their outputs would fall over one another."""
    if len(project.specs) == 1:
        return project.specs[0]
    several = ": scorewright.toml lists several" if project.specs else ""
    raise click.UsageError(f"name the spec to {doing}{several}")
