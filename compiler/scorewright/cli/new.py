"""``scorewright new DIR``: start a model from one that ships."""

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
@click.option("--list", "listing", is_flag=True, help="List the models that ship, and write nothing.")
def new(folder: Path | None, name: str | None, listing: bool) -> int:
    """Start a model in the new folder DIR from one that ships with Scorewright."""
    from scorewright.output import OutputError
    from scorewright.project.scaffold import DEFAULT, start, templates

    known = {template.id: template for template in templates()}
    if listing:
        width = max(map(len, known), default=0)
        show.out("\n".join(f"{template.id:<{width}}  {template.title}" for template in known.values()))
        return exits.DONE
    if folder is None:
        raise click.UsageError("name the folder to write: scorewright new DIR (or see --list)")
    chosen = known.get(name or DEFAULT)
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
