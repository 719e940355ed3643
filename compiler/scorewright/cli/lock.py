"""``scorewright lock PATH --instance NAME``: record that the sheet has been carried out on an instance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from scorewright.cli import exits, show
from scorewright.cli.meant import compile_meant, only_spec, targets_of
from scorewright.cli.options import PATH, format_option, today_option

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from scorewright.compiling.values import Compiled

__all__ = ["lock"]


@click.command()
@click.argument("path", metavar="[PATH]", required=False, type=PATH)
@click.option(
    "--instance",
    metavar="NAME",
    required=True,
    help="The instance of scorewright.toml that it stands on now.",
)
@click.option("--edition", metavar="NAME", help="The platform's edition, before what the spec says of it.")
@format_option("text", "json")
@today_option
def lock(path: Path | None, instance: str, edition: str | None, form: str, today: date) -> int:
    """Record in scorewright.lock, beside the spec, that the sheet of PATH has been carried out on an instance.

    The file keeps the spec and every object that stands there, with no secrets and no ids: commit it.  The next
    `scorewright compile --since scorewright.lock` says the way from there.
    """
    from scorewright.compiling.lock import FILE_NAME
    from scorewright.project import load_project

    loaded = load_project(path)
    if loaded.diagnostics:
        return show.stop(loaded.diagnostics, form)
    project = loaded.project
    spec = path or only_spec(project, "lock")
    targets = targets_of(instance, project)
    file = (spec if spec.is_dir() else spec.parent) / FILE_NAME
    there = _is_locked(file, instance)
    compiled, _, found = compile_meant(
        spec,
        project,
        targets,
        edition=edition,
        instance=instance,
        since=file if there else None,
        today=today,
    )
    if compiled is None or show.code_of(found) != exits.DONE:
        return show.stop(found, form)
    _write(file, compiled, instance, today)
    if form == "json":
        show.as_json({"version": 1, "lock": file.as_posix(), "instance": instance, "target": targets[0]})
    else:
        show.findings(compiled.diagnostics, to_stderr=True)
        show.out(f"{file}: {instance} stands at this version of {targets[0]}")
    return exits.DONE


def _is_locked(file: Path, instance: str) -> bool:
    """Whether the file knows the instance; what cannot be read is told by whoever reads it."""
    from scorewright.compiling.lock import UnreadableLockError, read_lock

    try:
        return instance in read_lock(file)
    except UnreadableLockError:
        return True


def _write(file: Path, compiled: Compiled, instance: str, today: date) -> None:
    from scorewright.compiling.lock import locked, with_instance
    from scorewright.output import replace_file

    (built,) = compiled.built
    files = compiled.files[built.target.name]
    one = locked(instance, built, compiled.checked, today.isoformat(), files)
    replace_file(file, with_instance(file, one))
