"""Which spec and which targets a command means when its arguments leave it to scorewright.toml."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pathlib import Path

    from scorewright.project import Project

__all__ = ["only_spec", "targets_of"]


def targets_of(instance: str | None, project: Project) -> tuple[str, ...]:
    """The target of the instance that was named; none without an instance, and then the defaults hold."""
    if instance is None:
        return ()
    if instance not in project.instances:
        known = ", ".join(project.instances) or "none"
        raise click.UsageError(f"scorewright.toml has no instance {instance!r}; it has {known}")
    return (project.instances[instance].target,)


def only_spec(project: Project, doing: str = "compile") -> Path:
    """The one spec that scorewright.toml names; with more of them their outputs would fall over one another."""
    if len(project.specs) == 1:
        return project.specs[0]
    several = ": scorewright.toml lists several" if project.specs else ""
    raise click.UsageError(f"name the spec to {doing}{several}")
