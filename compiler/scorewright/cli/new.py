"""``scorewright new DIR``: start a model from one that ships; ``new --target NAME``: start a plugin."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from scorewright.cli import exits, show
from scorewright.cli.options import PATH

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["new"]


@click.command()
@click.argument("folder", metavar="DIR", required=False, type=PATH)
@click.option("--template", "name", metavar="ID", help="The model to start from; see --list.")
@click.option(
    "--target", metavar="NAME", help="Start a plugin for another platform instead; DIR: scorewright-NAME."
)
@click.option("--list", "listing", is_flag=True, help="List the models that ship, and write nothing.")
def new(folder: Path | None, name: str | None, target: str | None, listing: bool) -> int:
    """Start a model in the new folder DIR from one that ships with Scorewright, or a plugin with --target."""
    if target is not None:
        if name is not None or listing:
            raise click.UsageError("--target starts a plugin, and --template and --list are of models")
        return _plugin(target, folder)
    return _list() if listing else _model(folder, name)


def _list() -> int:
    from scorewright.project.scaffold import templates

    known = templates()
    width = max((len(template.id) for template in known), default=0)
    show.out("\n".join(f"{template.id:<{width}}  {template.title}" for template in known))
    return exits.DONE


def _model(folder: Path | None, name: str | None) -> int:
    from scorewright.output import OutputError
    from scorewright.project.scaffold import DEFAULT, start, templates

    if folder is None:
        raise click.UsageError("name the folder to write: scorewright new DIR (or see --list)")
    chosen = {template.id: template for template in templates()}.get(name or DEFAULT)
    if chosen is None:
        raise click.BadParameter(
            f"no template {name!r}; `scorewright new --list` shows them", param_hint="--template"
        )
    try:
        written = start(chosen, folder)
    except OutputError as error:
        return show.stop((error.diagnostic,))
    show.out("\n".join(f"wrote {file}" for file in written))
    show.out(f"next: scorewright check {folder}")
    return exits.DONE


def _plugin(name: str, folder: Path | None) -> int:
    from scorewright.output import OutputError
    from scorewright.project.skeleton import name_fault, plugin_folder, start_plugin

    fault = name_fault(name)
    if fault is not None:
        raise click.BadParameter(fault, param_hint="--target")
    place = folder or plugin_folder(name)
    try:
        written = start_plugin(name, place)
    except OutputError as error:
        return show.stop((error.diagnostic,))
    show.out("\n".join(f"wrote {file}" for file in written))
    show.out(f"next: cd {place} && pip install -e '.[test]' && pytest    (what fails says what to write)")
    return exits.DONE
